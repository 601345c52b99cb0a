"""Where a profile stands between its desk and its readers: what is live, and what is not."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import Case, Count, F, OuterRef, QuerySet, Subquery, Value, When
from django.utils import timezone

from publications.models import Publication
from roles.models import RoleProfile


class Standing(models.TextChoices):
    """What editors ask first about a profile."""

    DRAFT = "draft", "Draft"
    LIVE = "live", "Live"
    CHANGED = "changed", "Changed since"
    WITHDRAWN = "withdrawn", "Withdrawn"


def with_standing(profiles: QuerySet[RoleProfile]) -> QuerySet[Any]:
    """Annotate profiles with `standing` and `live_slug`, without a query for each."""
    publication = Publication.objects.filter(role_uuid=OuterRef("uuid"))
    return profiles.annotate(
        live_state=Subquery(publication.values("state")[:1]),
        live_number=Subquery(publication.values("edition_number")[:1]),
        live_slug=Subquery(publication.values("slug")[:1]),
    ).annotate(
        standing=Case(
            When(
                live_state=Publication.State.LIVE, edition__number__gt=F("live_number"), then=Value("changed")
            ),
            When(live_state=Publication.State.LIVE, then=Value("live")),
            When(live_state__isnull=False, then=Value("withdrawn")),
            default=Value("draft"),
            output_field=models.CharField(),
        )
    )


def count_by_standing() -> dict[str, int]:
    """How many profiles there are of each standing."""
    counted = with_standing(RoleProfile.objects.order_by()).values("standing").annotate(number=Count("pk"))
    return dict.fromkeys(Standing.values, 0) | {row["standing"]: row["number"] for row in counted}


def overdue(profiles: QuerySet[RoleProfile]) -> QuerySet[RoleProfile]:
    """Profiles which somebody should have read again by now."""
    return profiles.filter(review_due_on__lt=today())


def today() -> datetime.date:
    return timezone.localdate()


def publication_of(profile: RoleProfile) -> Publication | None:
    """What the public has of a profile, read where it is written: a replica may lag behind what was just published."""
    found = Publication.objects.using(DEFAULT_DB_ALIAS).filter(role_uuid=profile.uuid)
    return found.defer("document").first()


@dataclass(frozen=True)
class Banner:
    """What the form says above its tabs."""

    standing: Standing
    publication: Publication | None
    # Saved since what is live.
    later_editions: int
    latest_number: int | None

    @classmethod
    def of(cls, profile: RoleProfile) -> "Banner":
        publication = publication_of(profile)
        latest = profile.edition.number if profile.edition else None
        if publication is None:
            return cls(Standing.DRAFT, None, 0, latest)
        if publication.state != Publication.State.LIVE:
            return cls(Standing.WITHDRAWN, publication, 0, latest)
        later = (latest or 0) - publication.edition_number
        return cls(Standing.CHANGED if later else Standing.LIVE, publication, later, latest)
