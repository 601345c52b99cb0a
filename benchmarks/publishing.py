"""How long it takes to publish one role among many."""

import time
from statistics import median
from typing import Any

from publications.models import Publication
from roles.models import RoleProfile
from roles.publishing import publish, save_sources

from . import library


def publish_one(count: int, times: int) -> dict[str, tuple[float, float]]:
    """Change and publish one role after the other; the median milliseconds of each, by the clock and of processor."""
    saving, publishing = [], []
    step = max(1, count // times)
    for number in range(0, min(count, times * step), step):
        source = library.source(number, count) | {"summary": f"<p>As of {time.time_ns()}.</p>"}
        saving.append(_milliseconds(save_sources, sources=[source]))
        profile = RoleProfile.objects.get(slug=source["slug"])
        published = Publication.objects.filter(slug=source["slug"])
        before = published.get().seq
        publishing.append(_milliseconds(publish, profile=profile, by=None))
        if published.get().seq == before:
            raise SystemExit("Publishing changed nothing, so nothing was measured.")
    return {"save one role": _medians(saving), "publish it": _medians(publishing)}


def _milliseconds(service: Any, **arguments: Any) -> tuple[float, float]:
    clock, processor = time.perf_counter(), time.process_time()
    service(**arguments)
    return (time.perf_counter() - clock) * 1000, (time.process_time() - processor) * 1000


def _medians(times: list[tuple[float, float]]) -> tuple[float, float]:
    # The first one also loads templates and names.
    by_clock, processor = zip(*(times[1:] or times), strict=True)
    return median(by_clock), median(processor)
