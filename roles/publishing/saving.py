"""Saving a profile: one save covers the profile and all its rows, and leaves an edition."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max

from roles.documents import canonical, digest, dump, fetch_one
from roles.documents.format import SCHEMA_VERSION
from roles.documents.rows import with_references
from roles.models import Edition, Event, RoleProfile


class StaleSave(Exception):
    """Somebody saved the profile since it was opened; nothing was written.

    `saved_by` is the user who did (None for a command), `saved_at` when.
    """

    def __init__(self, profile: RoleProfile):
        self.profile = RoleProfile.objects.select_related("edition__created_by").filter(pk=profile.pk).first()
        edition = self.profile.edition if self.profile else None
        self.saved_by: Any | None = edition.created_by if edition else None
        self.saved_at: datetime.datetime | None = edition.created_at if edition else None
        super().__init__(self.message())

    def message(self) -> str:
        if self.profile is None:
            return "Somebody deleted this profile while you were editing it. Nothing of yours was saved."
        who = str(self.saved_by) if self.saved_by else "Somebody"
        return f"{who} saved this profile while you were editing it. Nothing of yours was saved yet."


def claim(*, profile: RoleProfile, lock_version: int) -> None:
    """Start a save: the first statement of its transaction. Raises `StaleSave` if the profile was saved meanwhile."""
    claimed = RoleProfile.objects.filter(pk=profile.pk, lock_version=lock_version)
    if not claimed.update(lock_version=F("lock_version") + 1):
        raise StaleSave(profile)
    profile.lock_version = lock_version + 1


@transaction.atomic
def record_edition(*, profile: RoleProfile, by: Any | None, note: str = "") -> Edition | None:
    """End a save: keep what is in the editing tables as an edition. None when nothing changed since the last one."""
    of, profile = profile, with_references(RoleProfile.objects).select_related("edition").get(pk=profile.pk)
    text = canonical(dump(fetch_one(profile)))
    source_hash = digest(text)
    before = profile.edition
    if before is not None and before.source_hash == source_hash:
        return None
    number = (profile.editions.aggregate(last=Max("number"))["last"] or 0) + 1
    edition = Edition.objects.create(
        profile=profile,
        number=number,
        created_by=by,
        note=note,
        schema=SCHEMA_VERSION,
        source_hash=source_hash,
        source=text,
    )
    RoleProfile.objects.filter(pk=profile.pk).update(edition=edition)
    # Whoever goes on to save this object must not put the old one back.
    of.edition = edition
    Event.objects.create(
        verb=Event.Verb.SAVED if before else Event.Verb.CREATED,
        by=by,
        profile_uuid=profile.uuid,
        profile_title=profile.role_title,
        edition_from=before.number if before else None,
        edition_to=number,
        reason=note,
    )
    return edition
