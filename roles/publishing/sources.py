"""Saving profiles from source documents: what imports, restores and seeds share."""

import uuid
from collections.abc import Callable, Iterable, Iterator
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import CharField, F, Max, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from publications.batches import batches, fewer_collections
from roles.documents import (
    Change,
    DocumentError,
    Problem,
    Role,
    canonical,
    diff,
    digest,
    dump,
    fetch,
    problems_with,
)
from roles.documents.directory import Directory
from roles.documents.format import SCHEMA_VERSION
from roles.documents.parse import parse
from roles.documents.rows import with_references
from roles.documents.store import store
from roles.models import Edition, Event, RoleProfile
from roles.models.profile import taken_slugs

from .live import BATCH
from .rights import require


@dataclass
class SavedRole:
    """What saving did to one profile."""

    slug: str
    title: str
    changes: list[Change] = field(default_factory=list)


@dataclass
class SaveReport:
    """What saving a set of sources did, role by role, in their order."""

    created: list[SavedRole] = field(default_factory=list)
    changed: list[SavedRole] = field(default_factory=list)
    unchanged: list[SavedRole] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)

    def profiles(self) -> list[RoleProfile]:
        """The profiles that the sources describe, created, changed or not."""
        return [RoleProfile(pk=pk) for pk in self.keys]


@fewer_collections()
@transaction.atomic
def save_sources(
    *,
    sources: Iterable[dict[str, Any]],
    by: Any | None = None,
    note: str = "",
    progress: Callable[[int], Any] | None = None,
) -> SaveReport:
    """Create or change the profiles that source documents describe, each with an edition; all or none.

    A role is found by its UUID, else by its slug; what a document leaves out is taken away. Sources are read twice, so
    that roles may name each other in any order: an iterator is held in memory, anything else is iterated again. Raises
    `DocumentError` with everything that is wrong with any of them. `progress` is called with how many more are done.
    """
    require(by, "roles.change_roleprofile", "change role profiles")
    if isinstance(sources, Iterator):
        sources = list(sources)
    heads, problems = _read_heads(sources)
    if problems:
        raise DocumentError(problems)
    profiles = _claim(heads)
    saver = _Saver(profiles, heads, by, note)
    for batch in batches(sources, BATCH):
        saver.save(batch)
        if progress:
            progress(len(batch))
    if saver.problems:
        raise DocumentError(saver.problems)
    return saver.report


@dataclass
class _Head:
    """What is needed of each role before any is saved."""

    slug: str
    uuid: uuid.UUID | None


def _read_heads(sources: Iterable[dict[str, Any]]) -> tuple[list[_Head], list[Problem]]:
    heads: list[_Head] = []
    problems: list[Problem] = []
    seen: set[Any] = set()
    for index, source in enumerate(sources):
        name = _name(source, index)
        if found := problems_with(source, "source"):
            problems += [Problem(problem.path, problem.message, role=name) for problem in found]
            continue
        head = _Head(source["slug"], uuid.UUID(source["uuid"]) if source.get("uuid") else None)
        for value, path in ((head.slug, "slug"), (head.uuid, "uuid")):
            if value in seen:
                problems.append(Problem(path, f"Another role here has the same {path} “{value}”.", role=name))
            if value is not None:
                seen.add(value)
        heads.append(head)
    return heads, problems


def _name(source: Any, index: int) -> str:
    """How a problem names a role that may not even have a slug."""
    slug = source.get("slug") if isinstance(source, dict) else None
    return slug if isinstance(slug, str) and slug else f"role {index + 1}"


def _claim(heads: list[_Head]) -> dict[str, RoleProfile]:
    """The profile of each head by slug, created or locked."""
    known = _known(heads)
    claimed, problems = _match(heads, known)
    taken = taken_slugs({slug: profile.uuid for slug, profile in claimed.items()})
    problems += [
        Problem("slug", "Another role is or was public at this address.", role=slug) for slug in sorted(taken)
    ]
    if problems:
        raise DocumentError(problems)
    moved = [profile.pk for slug, profile in claimed.items() if profile.pk and profile.slug != slug]
    # Roles may exchange their slugs: each gives up its old one before any takes a new one.
    for some in batches(moved):
        RoleProfile.objects.filter(pk__in=some).update(slug=Concat(Value("~"), Cast("pk", CharField())))
    RoleProfile.objects.bulk_create(
        [profile for profile in claimed.values() if profile.pk is None], batch_size=200
    )
    return claimed


def _known(heads: list[_Head]) -> list[RoleProfile]:
    """The profiles that have a UUID or a slug of the heads, locked."""
    keys: set[int] = set()
    for some in batches(heads):
        uuids = [head.uuid for head in some if head.uuid]
        found = RoleProfile.objects.filter(Q(uuid__in=uuids) | Q(slug__in=[head.slug for head in some]))
        keys |= set(found.values_list("pk", flat=True))
    # In one order for everybody, so that two imports at once cannot wait for each other.
    locked = RoleProfile.objects.select_for_update(no_key=True).order_by("pk")
    return [profile for some in batches(sorted(keys)) for profile in locked.filter(pk__in=some)]


def _match(heads: list[_Head], known: list[RoleProfile]) -> tuple[dict[str, RoleProfile], list[Problem]]:
    """Which profile each head means: the one of its UUID, else the one at its slug, else a new one."""
    by_uuid = {profile.uuid: profile for profile in known}
    # A role known by its UUID may leave its slug to another role of the same set.
    of_uuid = {head.uuid for head in heads if head.uuid in by_uuid}
    by_slug = {profile.slug: profile for profile in known if profile.uuid not in of_uuid}
    claimed: dict[str, RoleProfile] = {}
    problems: list[Problem] = []
    for head in heads:
        at_slug = by_slug.get(head.slug)
        if head.uuid is not None and at_slug is not None:
            problems.append(Problem("slug", f"“{at_slug}” has this slug, and another UUID.", role=head.slug))
            continue
        profile = by_uuid.get(head.uuid) if head.uuid else at_slug
        if profile is None:
            # Its title is not checked yet, and comes with the rest of the source.
            profile = RoleProfile(slug=head.slug, role_title=head.slug, uuid=head.uuid or uuid.uuid4())
        claimed[head.slug] = profile
    return claimed, problems


class _Saver:
    """Saves batch after batch of sources."""

    def __init__(self, profiles: dict[str, RoleProfile], heads: list[_Head], by: Any | None, note: str):
        self.profiles = profiles
        self.by = by
        self.note = note
        self.report = SaveReport(keys=[profiles[head.slug].pk for head in heads])
        self.problems: list[Problem] = []
        self.directory = Directory()
        for slug, profile in profiles.items():
            # Moves name roles as this set of sources calls them.
            profile.slug = slug
            self.directory.add("role", profile)

    def save(self, sources: list[dict[str, Any]]) -> None:
        self.directory.fetch(sources)
        stored = self._stored(sources)
        parsed: list[Role] = []
        for source in sources:
            try:
                profile = copy(stored[source["slug"]])
                parsed.append(parse(source, directory=self.directory, profile=profile))
            except DocumentError as error:
                self.problems += [
                    Problem(item.path, item.message, role=source["slug"]) for item in error.problems
                ]
        if not self.problems:
            self._write(parsed, stored)

    def _stored(self, sources: list[dict[str, Any]]) -> dict[str, RoleProfile]:
        """The profiles as they are, by the slug their source gives them."""
        keys = {self.profiles[source["slug"]].pk: source["slug"] for source in sources}
        profiles = with_references(RoleProfile.objects).select_related("edition").filter(pk__in=list(keys))
        return {keys[profile.pk]: profile for profile in profiles}

    def _write(self, parsed: list[Role], stored: dict[str, RoleProfile]) -> None:
        changed: list[tuple[Role, dict[str, Any], str]] = []
        for role in parsed:
            source = dump(role)
            text = canonical(source)
            before = role.profile.edition
            if before is not None and before.source_hash == digest(text):
                self.report.unchanged.append(SavedRole(role.profile.slug, role.profile.role_title))
            else:
                changed.append((role, source, text))
        if not changed:
            return
        # Only what changes is compared with what is stored: most of a second import stops above.
        old = fetch([stored[role.profile.slug] for role, *_ in changed])
        for (role, source, _), stored_role in zip(changed, old, strict=True):
            saved = SavedRole(role.profile.slug, role.profile.role_title)
            if stored_role.profile.edition is None:
                self.report.created.append(saved)
            else:
                saved.changes = diff(dump(stored_role), source)
                self.report.changed.append(saved)
        try:
            store([(role, stored_role) for (role, *_), stored_role in zip(changed, old, strict=True)])
        except DocumentError as error:
            self.problems += error.problems
            return
        self._record([(role.profile, text) for role, _, text in changed])

    def _record(self, changed: list[tuple[RoleProfile, str]]) -> None:
        keys = [profile.pk for profile, _ in changed]
        numbers = dict(
            Edition.objects.filter(profile__in=keys).values_list("profile").annotate(last=Max("number"))
        )
        editions = [
            Edition(
                profile=profile,
                number=numbers.get(profile.pk, 0) + 1,
                created_by=self.by,
                note=self.note,
                schema=SCHEMA_VERSION,
                source_hash=digest(text),
                source=text,
            )
            for profile, text in changed
        ]
        Edition.objects.bulk_create(editions, batch_size=50)
        for edition in editions:
            edition.profile.edition = edition
        RoleProfile.objects.bulk_update([edition.profile for edition in editions], ["edition"])
        # Forms that were opened before are stale from here on; those of unchanged profiles are not.
        RoleProfile.objects.filter(pk__in=keys).update(
            lock_version=F("lock_version") + 1, updated_at=timezone.now()
        )
        Event.objects.bulk_create(
            [
                Event(
                    verb=Event.Verb.SAVED if edition.number > 1 else Event.Verb.CREATED,
                    by=self.by,
                    profile_uuid=edition.profile.uuid,
                    profile_title=edition.profile.role_title,
                    edition_from=edition.number - 1 or None,
                    edition_to=edition.number,
                    reason=self.note,
                )
                for edition in editions
            ],
            batch_size=200,
        )
