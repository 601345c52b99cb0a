"""The first page after signing in: what is in hand, what is live, what is due, and what happened."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from roles.models import RoleProfile

from .history import latest
from .standing import Standing, count_by_standing, overdue, with_standing

EVENTS_SHOWN = 12
UNFINISHED_SHOWN = 6


@dataclass(frozen=True)
class Card:
    """One number, what it counts, and the list of what was counted."""

    name: str
    label: str
    text: str
    number: int
    url: str


def dashboard(request: HttpRequest) -> dict[str, Any]:
    """What the dashboard shows to people who may see profiles."""
    user: Any = request.user
    if not (user.has_perm("roles.view_roleprofile") or user.has_perm("roles.change_roleprofile")):
        return {}
    numbers = count_by_standing()
    unfinished = with_standing(RoleProfile.objects.filter(owner=user)).filter(
        standing__in=[Standing.DRAFT, Standing.CHANGED]
    )
    return {
        "cards": _cards(numbers),
        "has_profiles": any(numbers.values()),
        "unfinished": unfinished.order_by("-updated_at")[:UNFINISHED_SHOWN],
        "happened": latest(EVENTS_SHOWN),
        "may_write": user.has_perm("roles.add_roleprofile"),
    }


def _cards(numbers: dict[str, int]) -> list[Card]:
    return [
        Card("draft", "Drafts", "never published", numbers[Standing.DRAFT], _list(standing="draft")),
        Card(
            "changed",
            "Changed since",
            "live, with later editions that are not public",
            numbers[Standing.CHANGED],
            _list(standing="changed"),
        ),
        Card("live", "Live", "as last saved", numbers[Standing.LIVE], _list(standing="live")),
        Card(
            "overdue",
            "Review overdue",
            "somebody should read them again",
            overdue(RoleProfile.objects.all()).count(),
            _list(review="overdue"),
        ),
        Card(
            "withdrawn",
            "Withdrawn",
            "no longer public",
            numbers[Standing.WITHDRAWN],
            _list(standing="withdrawn"),
        ),
    ]


def _list(**filters: str) -> str:
    return f"{reverse('admin:roles_roleprofile_changelist')}?{urlencode(filters)}"
