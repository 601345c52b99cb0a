"""Names follow: when a shared record is renamed, live documents that show it are built again."""

from typing import Any

from django.dispatch import receiver

from careers.models import JobFamily
from publications.names import names_changed
from roles.models import Event

from .live import Change


@receiver(names_changed, dispatch_uid="roles.publishing.follow_names")
def follow_names(*, kind: str, uuids: list[Any], **_: Any) -> int:
    """Build each live document that shows a changed name from its own edition, in the transaction of the change.

    A document that says the same as before keeps its number. Returns how many changed.
    """
    change = Change(by=None, verb=Event.Verb.REBUILT, reason="term")
    change.rebuild(kind, _with_descendants(uuids) if kind == "job_family" else uuids)
    return change.finish()


def _with_descendants(uuids: list[Any]) -> set[Any]:
    """Families and all below them, whose documents name the families above."""
    found = set(uuids)
    children: dict[Any, list[Any]] = {}
    for uuid, parent in JobFamily.objects.exclude(parent=None).values_list("uuid", "parent__uuid"):
        children.setdefault(parent, []).append(uuid)
    waiting = list(uuids)
    while waiting:
        below = [uuid for uuid in children.get(waiting.pop(), []) if uuid not in found]
        found.update(below)
        waiting += below
    return found
