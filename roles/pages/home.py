"""The first page: what there is, and a taste of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from publications.caching import cached_on_seq
from publications.models import Publication, PublicationMove

from .families import family_tree

NEWEST_SHOWN = 6
# A ladder is shown with as many steps as there are, within these limits.
FEWEST_STEPS, MOST_STEPS = 3, 5
# Enough moves to find a good ladder among, however many there are.
MOVES_READ = 400


@require_safe
@cached_on_seq
def home(request: HttpRequest) -> HttpResponse:
    live = Publication.objects.live().defer("document")
    context = {
        "count": live.count(),
        "families": family_tree(),
        # Keys are given in the order in which roles first went public, and have an index.
        "newest": live.order_by("-pk")[:NEWEST_SHOWN],
        "ladder": ladder(),
    }
    return render(request, "roles/home.html", context)


def ladder() -> list[Publication]:
    """The longest chain of next steps from role to role, the most junior first; empty if there is none."""
    steps = (
        PublicationMove.objects.filter(kind="next", publication__state=Publication.State.LIVE)
        .order_by("publication", "position")
        .values_list("publication__role_uuid", "target_uuid")[:MOVES_READ]
    )
    next_steps: dict[Any, list[Any]] = {}
    for role, target in steps:
        next_steps.setdefault(role, []).append(target)
    chains = [_longest_chain(role, next_steps) for role in next_steps]
    longest = max(chains, key=len, default=[])
    if len(longest) < FEWEST_STEPS:
        return []
    roles = Publication.objects.live().defer("document").in_bulk(longest, field_name="role_uuid")
    return [roles[uuid] for uuid in longest if uuid in roles]


def _longest_chain(start: Any, next_steps: dict[Any, list[Any]]) -> list[Any]:
    """The longest way up from a role that visits none twice, as far as it is shown."""
    best: list[Any] = []
    ways = [[start]]
    while ways:
        way = ways.pop()
        if len(way) > len(best):
            best = way
        if len(way) < MOST_STEPS:
            ways += [[*way, step] for step in reversed(next_steps.get(way[-1], [])) if step not in way]
    return best
