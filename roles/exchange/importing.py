"""What the importers of other people's role data share: addresses, what editors changed, saving and publishing."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from uuid import UUID

from publications.batches import batches
from publications.models import Publication
from publications.release import template_release
from roles.models import RoleProfile
from roles.models.profile import taken_slugs
from roles.publishing import SaveReport, publish_many, save_sources

from .progress import progress
from .terms import TermsReport
from .vocabulary import free_slug

Key = TypeVar("Key")


@dataclass
class ImportReport:
    """What an import did, or would do."""

    terms: TermsReport = field(default_factory=TermsReport)
    saved: SaveReport = field(default_factory=SaveReport)
    published: int = 0
    # Slugs of profiles that were not touched: changed here since the last import, withdrawn here, or imported once
    # and not in the files any more.
    edited: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    no_longer_there: list[str] = field(default_factory=list)
    # What the reader of the report should know about the data.
    notes: list[str] = field(default_factory=list)

    def lines(self, *, details: bool) -> Iterator[str]:
        """The report in words."""
        yield from self.terms.lines(details=details)
        if details:
            for role in self.saved.created:
                yield f"+ {role.slug}: {role.title}"
            for role in self.saved.changed:
                yield f"~ {role.slug}: {role.title}"
                yield from (f"    {change}" for change in role.changes)
        saved = self.saved
        yield (
            f"profiles: {len(saved.created)} created, {len(saved.changed)} changed, {len(saved.unchanged)} unchanged, "
            f"{self.published} published"
        )
        for slugs, why in (
            (self.edited, "Edited here since the last import, left alone (--overwrite replaces them)"),
            (self.withdrawn, "Withdrawn here, not published again"),
            (self.no_longer_there, "Imported once and not in these files, left as they are"),
        ):
            if slugs:
                yield f"{why}: {', '.join(slugs)}"
        yield from self.notes


def addresses(wanted: Mapping[UUID, tuple[str, str]]) -> dict[UUID, str]:
    """The slug of each role: the one it has, else one made of its title (with its code where that is taken).

    A role keeps its address when its title changes, because others link to it.
    """
    slugs = _existing_slugs(wanted)
    new = {uuid: names for uuid, names in wanted.items() if uuid not in slugs}
    taken = set(slugs.values()) | _taken(new)
    for uuid, (title, code) in new.items():
        slugs[uuid] = free_slug(title, taken, suffix=code)
        taken.add(slugs[uuid])
    return slugs


def _existing_slugs(uuids: Iterable[UUID]) -> dict[UUID, str]:
    found: dict[UUID, str] = {}
    for some in batches(list(uuids)):
        found |= dict(RoleProfile.objects.filter(uuid__in=some).values_list("uuid", "slug"))
    return found


def _taken(new: Mapping[UUID, tuple[str, str]]) -> set[str]:
    """Of the slugs that new roles would like, those that belong or belonged to other roles."""
    likes = {free_slug(title, set(), suffix=code): uuid for uuid, (title, code) in new.items()}
    taken = taken_slugs(likes)
    for some in batches(list(likes)):
        taken |= set(RoleProfile.objects.filter(slug__in=some).values_list("slug", flat=True))
    return taken


def edited_here(uuids: Iterable[UUID], *, mark: str) -> dict[UUID, str]:
    """Of these roles, those whose latest edition was not written by the import with this `mark`; with their slugs."""
    edited: dict[UUID, str] = {}
    for some in batches(list(uuids)):
        rows = RoleProfile.objects.filter(uuid__in=some).values_list(
            "uuid", "slug", "edition__note", "edition__created_by"
        )
        edited |= {uuid: slug for uuid, slug, note, by in rows if by or not (note or "").startswith(mark)}
    return edited


def no_longer_there(uuids: Iterable[UUID], *, mark: str) -> list[str]:
    """The slugs of roles that the import with this `mark` once brought in, and that are not among these any more."""
    present = set(uuids)
    imported = RoleProfile.objects.filter(edition__created_by=None, edition__note__startswith=mark)
    return sorted(slug for slug, uuid in imported.values_list("slug", "uuid") if uuid not in present)


class Sources(Generic[Key]):
    """Source documents made one by one, and made again each time they are asked for, so that none is kept."""

    def __init__(self, keys: Iterable[Key], convert: Callable[[Key], dict[str, Any]]):
        self.keys = list(keys)
        self.convert = convert

    def __len__(self) -> int:
        return len(self.keys)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (self.convert(key) for key in self.keys)


def save_and_publish(sources: Sources[Any], *, note: str, publish: bool, report: ImportReport) -> None:
    """Save the roles, and publish those that nobody withdrew; in the transaction of the caller."""
    if publish:
        template_release()  # What keeps pages from being made is better told now than in a minute.
    with progress("Saving", len(sources)) as done:
        report.saved = save_sources(sources=sources, note=note, progress=done)
    if not publish:
        return
    withdrawn = dict(
        Publication.objects.exclude(state=Publication.State.LIVE).values_list("role_uuid", "slug")
    )
    kept = []
    for some in batches(report.saved.keys):
        for profile in RoleProfile.objects.filter(pk__in=some).only("pk", "uuid"):
            if profile.uuid in withdrawn:
                report.withdrawn.append(withdrawn[profile.uuid])
            else:
                kept.append(profile)
    with progress("Publishing", len(kept)) as done:
        report.published = publish_many(profiles=kept, progress=done)
