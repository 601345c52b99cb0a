"""Other titles of a role, which editors type one per line."""

from roles.models import AlternateTitle, RoleProfile

from .formsets import STEP


def save_titles(profile: RoleProfile, titles: list[str]) -> None:
    """Let a profile have these other titles, in this order.

    A title that was there keeps its row, and so its identity in editions; one that was reworded keeps it, too.
    """
    known: dict[str, AlternateTitle] = {}
    for row in profile.alternate_titles.order_by("position", "pk"):
        if known.setdefault(row.title, row) is not row:
            row.delete()
    new = [title for title in titles if title not in known]
    gone = [row for title, row in known.items() if title not in titles]
    for row in gone[len(new) :]:
        row.delete()
    for title in new:
        known[title] = gone.pop(0) if gone else AlternateTitle(profile=profile)
    changed, added = [], []
    for index, title in enumerate(titles):
        row, position = known[title], (index + 1) * STEP
        if row._state.adding:
            added.append(row)
        elif (row.title, row.position) != (title, position):
            changed.append(row)
        row.title, row.position = title, position
    AlternateTitle.objects.bulk_update(changed, ["title", "position"], batch_size=200)
    AlternateTitle.objects.bulk_create(added, batch_size=200)
