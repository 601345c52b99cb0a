"""Finding the shared records and roles that documents name."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from publications.batches import batches

from .format import TERM_KINDS, references_in

MODELS = {kind: model for model, kind in TERM_KINDS.items()}


class Directory:
    """The shared records that a set of sources refers to, fetched with a few queries per kind."""

    def __init__(self) -> None:
        self._by_uuid: dict[tuple[str, str], Any] = {}
        self._by_slug: dict[tuple[str, str], Any] = {}

    def add(self, kind: str, record: Any) -> None:
        self._by_uuid[kind, str(record.uuid)] = record
        self._by_slug[kind, record.slug] = record

    def find(self, kind: str, reference: dict[str, str]) -> Any | None:
        """The record of a reference: by UUID if that is known here, else by slug."""
        found = self._by_uuid.get((kind, reference.get("uuid", "")))
        return found or self._by_slug.get((kind, reference["slug"]))

    def fetch(self, sources: Iterable[dict[str, Any]]) -> None:
        """Look up what `sources` name and is not known yet."""
        wanted: dict[str, dict[str, str]] = defaultdict(dict)
        for source in sources:
            for _, kind, reference in references_in(source):
                if self.find(kind, reference) is None:
                    wanted[kind][reference["slug"]] = reference.get("uuid", "")
        for kind, references in wanted.items():
            for some in batches(references.items()):
                uuids = [uuid for _, uuid in some if uuid]
                slugs = [slug for slug, _ in some]
                for record in MODELS[kind]._default_manager.filter(Q(slug__in=slugs) | Q(uuid__in=uuids)):
                    self.add(kind, record)
