"""The names that a document shows of shared records and other roles, as they are now."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import prefetch_related_objects

from careers.models import JobFamily
from publications.batches import batches
from publications.models import Publication

from .directory import Directory
from .format import references_in


@dataclass
class Terms:
    """What `build` writes in for each reference: by kind, then by the slug and by the UUID of a source."""

    by_uuid: dict[str, dict[str, dict[str, Any]]] = field(default_factory=lambda: defaultdict(dict))
    by_slug: dict[str, dict[str, dict[str, Any]]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, kind: str, expanded: dict[str, Any]) -> None:
        self.by_uuid[kind][expanded["uuid"]] = expanded
        self.by_slug[kind][expanded["slug"]] = expanded

    def find(self, kind: str, reference: dict[str, str]) -> dict[str, Any] | None:
        """The names of what a reference points to: by UUID if that is known, else by slug."""
        return self.by_uuid[kind].get(reference.get("uuid", "")) or self.by_slug[kind].get(reference["slug"])


def expand(kind: str, record: Any) -> dict[str, Any]:
    """A shared record as documents show it (`schema.EXPANDED`)."""
    expanded: dict[str, Any] = {"uuid": str(record.uuid), "slug": record.slug}
    if kind == "salary_band":
        return expanded
    expanded["label"] = record.label
    match kind:
        case "job_family":
            expanded["ancestors"] = [
                {"uuid": str(family.uuid), "slug": family.slug, "label": family.label}
                for family in reversed(record.ancestors())
            ]
        case "level":
            expanded |= {"rank": record.rank, "track": record.track}
        case "skill":
            expanded |= {"type": record.type, "uri": record.uri}
        case "proficiency_level":
            expanded["rank"] = record.rank
        case "publisher":
            names = ("about", "website", "clients", "offices", "legal_line", "logo_url", "logo_alt")
            expanded |= {name: getattr(record, name) for name in names}
            expanded["contacts"] = [
                {"department": contact.department, "phone": contact.phone, "email": contact.email}
                for contact in record.contacts.all()
            ]
    return expanded


def public_role(uuid: Any, slug: str, title: str) -> dict[str, Any]:
    """Another role as documents show it."""
    return {"uuid": str(uuid), "slug": slug, "title": title, "url": f"/roles/{slug}/"}


class Resolver:
    """Terms for many sources, each name looked up once."""

    def __init__(self) -> None:
        self.terms = Terms()
        self._directory = Directory()
        self._expanded: set[tuple[str, str]] = set()
        self._roles: set[str] = set()

    def going_live(self, roles: Iterable[dict[str, Any]]) -> None:
        """Take these roles (as `public_role` gives them) for live: they are published in the same transaction."""
        for role in roles:
            self.terms.add("role", role)
            self._roles.add(role["uuid"])

    def find(self, kind: str, reference: dict[str, str]) -> Any | None:
        """The record a reference points to, among those that `resolve` has seen."""
        return self._directory.find(kind, reference)

    def resolve(self, sources: list[dict[str, Any]]) -> Terms:
        """The terms that `sources` need; what does not exist, and roles that are not live, are not in them."""
        self._directory.fetch(sources)
        found: dict[str, list[Any]] = defaultdict(list)
        for source in sources:
            for _, kind, reference in references_in(source):
                record = self._directory.find(kind, reference)
                if record is not None and (kind, str(record.uuid)) not in self._expanded:
                    self._expanded.add((kind, str(record.uuid)))
                    found[kind].append(record)
        self._add_roles(found.pop("role", []))
        for kind, records in found.items():
            self._prefetch(kind, records)
            for record in records:
                self.terms.add(kind, expand(kind, record))
        return self.terms

    def _add_roles(self, records: list[Any]) -> None:
        uuids = [record.uuid for record in records if str(record.uuid) not in self._roles]
        for some in batches(uuids):
            found = Publication.objects.filter(role_uuid__in=some)
            for uuid, slug, title, state in found.values_list("role_uuid", "slug", "title", "state"):
                kind = "role" if state == Publication.State.LIVE else "former_role"
                self.terms.add(kind, public_role(uuid, slug, title))

    def _prefetch(self, kind: str, records: list[Any]) -> None:
        """Fetch what `expand` follows for all records at once."""
        if kind == "job_family":
            families = {family.pk: family for family in JobFamily.objects.all()}
            for record in [*records, *families.values()]:
                record.parent = families.get(record.parent_id)
        elif kind == "publisher":
            prefetch_related_objects(records, "contacts")
