"""How long it takes to publish one role among many."""

import time
from statistics import median
from typing import Any

from publications.models import Publication
from roles.models import RoleProfile
from roles.publishing import publish, save_sources

from . import library


def publish_one(count: int, times: int) -> tuple[float, float]:
    """Change and publish one role after the other; the median milliseconds of saving one and of publishing it."""
    saving, publishing = [], []
    step = max(1, count // times)
    for number in range(0, min(count, times * step), step):
        source = library.source(number, count) | {"summary": f"<p>As of {time.time_ns()}.</p>"}
        saving.append(_milliseconds(save_sources, sources=[source]))
        profile = RoleProfile.objects.get(slug=source["slug"])
        before = Publication.objects.values_list("seq", flat=True).get(slug=source["slug"])
        publishing.append(_milliseconds(publish, profile=profile, by=None))
        if Publication.objects.values_list("seq", flat=True).get(slug=source["slug"]) == before:
            raise SystemExit("Publishing changed nothing, so nothing was measured.")
    # The first one also loads templates and names.
    return median(saving[1:] or saving), median(publishing[1:] or publishing)


def _milliseconds(service: Any, **arguments: Any) -> float:
    start = time.perf_counter()
    service(**arguments)
    return (time.perf_counter() - start) * 1000
