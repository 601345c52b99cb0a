"""Publish and withdraw."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from publications.batches import batches, fewer_collections
from publications.models import (
    Publication,
    PublicationFamily,
    PublicationMove,
    PublicationPage,
    PublicationSkill,
)
from roles.documents import build
from roles.documents.terms import Resolver, public_role
from roles.models import Edition, Event, LiveReference, RoleProfile

from .live import BATCH, Change
from .rights import require


@transaction.atomic
def publish(*, profile: RoleProfile, by: Any | None, edition: Edition | None = None) -> Publication:
    """Make the latest edition of a profile public.

    `edition` is the one that whoever publishes has seen: if another was saved since, nothing is published. What cannot
    be built is refused with every place that is wrong (`NotPublishable`).
    """
    require(by, "roles.publish_roleprofile", "publish role profiles")
    # Two people may publish at once: the second waits here, then sees what the first did.
    profile = _locked(profile)
    if profile.edition_id is None:
        raise ValidationError("Save the profile before you publish it.", code="never_saved")
    if edition is not None and edition.pk != profile.edition_id:
        raise ValidationError(
            "The profile was saved again since you opened it. Look at it once more, then publish.",
            code="stale",
        )
    change = Change(by=by, verb=Event.Verb.PUBLISHED)
    latest = Edition.objects.select_related("profile").get(pk=profile.edition_id)
    change.put([latest])
    change.finish()
    return Publication.objects.get(role_uuid=profile.uuid)


def _locked(profile: RoleProfile) -> RoleProfile:
    """The profile as it is now, kept so until the transaction ends; other rows may still refer to it meanwhile."""
    return RoleProfile.objects.select_for_update(no_key=True).get(pk=profile.pk)


@fewer_collections()
@transaction.atomic
def publish_many(
    *, profiles: Iterable[RoleProfile], by: Any | None = None, progress: Callable[[int], Any] | None = None
) -> int:
    """Publish the latest editions of many profiles in one transaction, all or none.

    They may name each other in any order. `progress` is called with how many more are done. Returns how many
    publications changed.
    """
    require(by, "roles.publish_roleprofile", "publish role profiles")
    keys = sorted(profile.pk for profile in profiles)
    for some in batches(keys):
        list(
            RoleProfile.objects.select_for_update(no_key=True).filter(pk__in=some).order_by("pk").values("pk")
        )
    change = Change(by=by, verb=Event.Verb.PUBLISHED)
    for some in batches(keys, BATCH):
        change.resolver.going_live(_identities(some))
    for some in batches(keys, BATCH):
        change.put(_latest_editions(some))
        if progress:
            progress(len(some))
    return change.finish()


def _latest_editions(keys: list[int]) -> list[Edition]:
    profiles = RoleProfile.objects.filter(pk__in=keys)
    editions = [profile.edition_id for profile in profiles if profile.edition_id is not None]
    if len(editions) < len(keys):
        raise ValidationError("Save each profile before you publish it.", code="never_saved")
    return list(Edition.objects.filter(pk__in=editions).select_related("profile").order_by("profile_id"))


def _identities(keys: list[int]) -> list[dict[str, Any]]:
    """Under which address and title these profiles go live."""
    identities = []
    for uuid, text in RoleProfile.objects.filter(pk__in=keys).values_list("uuid", "edition__source"):
        if text is not None:
            source = json.loads(text)
            identities.append(public_role(uuid, source["slug"], source["role_title"]))
    return identities


@transaction.atomic
def withdraw(
    *, profile: RoleProfile, by: Any | None, reason: str = "", replacement: RoleProfile | None = None
) -> Publication:
    """Take a profile off the site. Its row stays, and says that it was there, since when it is not, and why."""
    require(by, "roles.withdraw_roleprofile", "withdraw role profiles")
    _locked(profile)
    change = Change(by=by, verb=Event.Verb.WITHDRAWN, reason=reason)
    publication = Publication.objects.filter(role_uuid=profile.uuid).first()
    if publication is None or publication.state != Publication.State.LIVE:
        raise ValidationError("This profile is not public, so it cannot be withdrawn.", code="not_live")
    publication.state = Publication.State.WITHDRAWN
    publication.withdrawn_at = timezone.now()
    publication.withdrawal_reason = reason
    publication.replacement_slug = _public_slug(replacement) if replacement else ""
    publication.save(update_fields=["state", "withdrawn_at", "withdrawal_reason", "replacement_slug"])
    for model in (PublicationFamily, PublicationSkill, PublicationMove, PublicationPage):
        model._default_manager.filter(publication=publication).delete()
    LiveReference.objects.filter(role_uuid=profile.uuid).delete()
    change.touched.append(publication.pk)
    change.renamed.add(publication.role_uuid)
    change.events.append(
        Event(
            verb=Event.Verb.WITHDRAWN,
            by=by,
            profile_uuid=publication.role_uuid,
            profile_title=publication.title,
            edition_from=publication.edition_number,
            reason=reason,
        )
    )
    change.finish()
    publication.refresh_from_db()
    return publication


def _public_slug(replacement: RoleProfile) -> str:
    """The public address of the role that readers are sent to instead."""
    slug = (
        Publication.objects.live().filter(role_uuid=replacement.uuid).values_list("slug", flat=True).first()
    )
    if slug is None:
        raise ValidationError(
            f"“{replacement}” is not public, so it cannot replace this role.", code="not_live"
        )
    return slug


@transaction.atomic
def delete_profile(*, profile: RoleProfile, by: Any | None) -> None:
    """Delete a profile that never was public."""
    require(by, "roles.delete_roleprofile", "delete role profiles")
    _locked(profile)
    if Publication.objects.filter(role_uuid=profile.uuid).exists():
        raise ValidationError(
            "This profile is or was public. Withdraw it instead: what was once public can always be shown again.",
            code="was_public",
        )
    Event.objects.create(
        verb=Event.Verb.DELETED, by=by, profile_uuid=profile.uuid, profile_title=profile.role_title
    )
    RoleProfile.objects.filter(pk=profile.pk).update(edition=None)
    RoleProfile.objects.get(pk=profile.pk).delete()


def preview(edition: Edition) -> dict[str, Any]:
    """The document that publishing this edition now would give."""
    source = json.loads(edition.source)
    return build(source, Resolver().resolve([source]))
