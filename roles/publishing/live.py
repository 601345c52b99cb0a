"""Bringing publications in line with editions: the part that publishing, renames and withdrawals share."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone

from publications.batches import batches
from publications.facets import facets, links
from publications.feed import number_changes, take_turn
from publications.models import Publication, PublicationPage, SlugRedirect
from publications.stored_pages import page_of
from roles.documents import DocumentError, Problem, build, canonical, digest
from roles.documents.format import references_in
from roles.documents.terms import Resolver
from roles.models import Edition, Event, LiveReference, RoleProfile
from roles.models.profile import taken_slugs

# Roles built together: enough to share look-ups, few enough to keep memory flat.
BATCH = 50


class NotPublishable(ValidationError):
    """A profile that cannot be published as it is; `problems` names each place."""

    def __init__(self, problems: list[Problem]):
        self.problems = problems
        super().__init__([str(problem) for problem in problems], code="not_publishable")


@dataclass
class Change:
    """What one transaction does to publications, until its numbers are given.

    Made after the rows of profiles are locked and before anything public is read: from then on it is alone.
    """

    by: Any | None
    verb: str
    reason: str = ""
    resolver: Resolver = field(default_factory=Resolver)
    touched: list[int] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    # Roles whose slug, title or state changed, so that documents which name them follow.
    renamed: set[Any] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        take_turn()

    def put(self, editions: Iterable[Edition]) -> list[Publication]:
        """Make these editions live; those that would change nothing for readers make no event and no number."""
        editions = list(editions)
        sources = [json.loads(edition.source) for edition in editions]
        terms = self.resolver.resolve(sources)
        before = {
            publication.role_uuid: publication
            for publication in Publication.objects.filter(
                role_uuid__in=[edition.profile.uuid for edition in editions]
            ).defer("document")
        }
        self._check_slugs(sources, editions)
        done: list[tuple[Publication, dict[str, Any], Edition, dict[str, Any], Publication | None]] = []
        unchanged: list[Publication] = []
        for edition, source in zip(editions, sources, strict=True):
            try:
                document = build(source, terms)
            except DocumentError as error:
                self.problems += error.problems
                continue
            old = before.get(edition.profile.uuid)
            publication = _publication(edition, document, old)
            if old is not None and old.state == "live" and old.document_hash == publication.document_hash:
                unchanged.append(publication)
            else:
                done.append((publication, document, edition, source, old))
        if self.problems:
            return []
        # Where readers see no change, only which edition is live is noted: partners and caches stay quiet.
        Publication.objects.bulk_update(unchanged, ["edition_uuid", "edition_number"], batch_size=100)
        self._write(done)
        return [*unchanged, *(item[0] for item in done)]

    def _check_slugs(self, sources: list[dict[str, Any]], editions: list[Edition]) -> None:
        wanted = {
            source["slug"]: edition.profile.uuid for source, edition in zip(sources, editions, strict=True)
        }
        for slug in sorted(taken_slugs(wanted)):
            self.problems.append(Problem("slug", "Another role is or was public at this address.", role=slug))

    def _write(self, done: list[Any]) -> None:
        new = [publication for publication, _, _, _, old in done if old is None]
        changed = [publication for publication, _, _, _, old in done if old is not None]
        Publication.objects.bulk_create(new, batch_size=100)
        Publication.objects.bulk_update(changed, _COLUMNS, batch_size=50)
        self._write_links(done)
        redirects = []
        for publication, _document, edition, _source, old in done:
            self.touched.append(publication.pk)
            if old is None or (old.slug, old.title, old.state) != (
                publication.slug,
                publication.title,
                "live",
            ):
                self.renamed.add(publication.role_uuid)
            if old is not None and old.slug != publication.slug:
                redirects.append(SlugRedirect(old_slug=old.slug, role_uuid=publication.role_uuid))
            self.events.append(self._event(publication, old, edition.number))
        # A role that takes back an address of its own needs no redirect from it any more.
        SlugRedirect.objects.filter(old_slug__in=[publication.slug for publication in changed]).delete()
        SlugRedirect.objects.bulk_create(redirects, batch_size=500)

    def _write_links(self, done: list[Any]) -> None:
        keys = [publication.pk for publication, *_ in done]
        rows: dict[type[Model], list[Any]] = {PublicationPage: []}
        references: list[LiveReference] = []
        for publication, document, edition, source, _ in done:
            for model, links_of_role in links(publication, document).items():
                rows.setdefault(model, []).extend(links_of_role)
            rows[PublicationPage].append(page_of(publication, document))
            references += self._references(edition.profile, source)
        for model, new in rows.items():
            model._default_manager.filter(publication__in=keys).delete()
            model._default_manager.bulk_create(new, batch_size=500)
        LiveReference.objects.filter(
            role_uuid__in=[edition.profile.uuid for _, _, edition, *_ in done]
        ).delete()
        LiveReference.objects.bulk_create(references, batch_size=1000)

    def _references(self, profile: RoleProfile, source: dict[str, Any]) -> list[LiveReference]:
        targets = {
            (kind, record.uuid)
            for _, kind, reference in references_in(source)
            if (record := self.resolver.find(kind, reference)) is not None
        }
        return [LiveReference(role_uuid=profile.uuid, kind=kind, target_uuid=uuid) for kind, uuid in targets]

    def _event(self, publication: Publication, old: Publication | None, number: int) -> Event:
        return Event(
            verb=self.verb,
            by=self.by,
            profile_uuid=publication.role_uuid,
            profile_title=publication.title,
            edition_from=old.edition_number if old is not None and old.state == "live" else None,
            edition_to=number,
            reason=self.reason,
        )

    def finish(self) -> int:
        """The end of the transaction: documents that name a changed role follow, then numbers and events."""
        if self.problems:
            raise NotPublishable(self.problems)
        self._follow()
        if not self.touched:
            return 0
        highest = number_changes(self.touched)
        for index, event in enumerate(self.events):
            event.seq = highest - len(self.touched) + 1 + index
        Event.objects.bulk_create(self.events, batch_size=500)
        return len(self.touched)

    def _follow(self) -> None:
        """Build again what names a role that went live, was renamed or was withdrawn."""
        if not self.renamed:
            return
        own = set(Publication.objects.filter(pk__in=self.touched).values_list("role_uuid", flat=True))
        self.verb, self.reason = Event.Verb.REBUILT, "A role that it names changed."
        # What was known of roles is not true any more.
        self.resolver = Resolver()
        self.rebuild("role", self.renamed, except_for=own)
        if self.problems:
            raise NotPublishable(self.problems)

    def rebuild(self, kind: str, targets: Iterable[Any], except_for: Iterable[Any] = ()) -> None:
        """Build live documents that refer to `targets` again, each from its own edition."""
        roles: set[Any] = set()
        for some in batches(targets):
            found = LiveReference.objects.filter(kind=kind, target_uuid__in=some)
            roles |= set(found.values_list("role_uuid", flat=True))
        for uuids in batches(sorted(roles.difference(except_for)), BATCH):
            self.put(live_editions(uuids))


def live_editions(role_uuids: list[Any]) -> list[Edition]:
    """The editions that the live publications of these roles were built from."""
    editions = (
        Publication.objects.live().filter(role_uuid__in=role_uuids).values_list("edition_uuid", flat=True)
    )
    return list(Edition.objects.filter(uuid__in=list(editions)).select_related("profile"))


_COLUMNS = [
    column.name
    for column in Publication._meta.concrete_fields
    if column.name not in {"id", "role_uuid", "seq", "first_published_at"}
]


def _publication(edition: Edition, document: dict[str, Any], old: Publication | None) -> Publication:
    text = canonical(document)
    now = timezone.now()
    return Publication(
        pk=old.pk if old else None,
        role_uuid=edition.profile.uuid,
        seq=old.seq if old else None,
        state=Publication.State.LIVE,
        edition_uuid=edition.uuid,
        edition_number=edition.number,
        document=text,
        document_hash=digest(text),
        first_published_at=old.first_published_at if old else now,
        published_at=now,
        **facets(document),
    )
