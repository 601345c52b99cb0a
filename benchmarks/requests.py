"""The requests that are measured, and how each compares with the floors."""

from dataclasses import dataclass, field
from math import nan
from statistics import median
from urllib.parse import urlencode

from tqdm import tqdm

from publications.models import Publication

from .load import Rate, measure
from .server import Server


@dataclass(frozen=True)
class Scenario:
    """One request, and the least share of the row floor that it should reach (DESIGN: numbers we hold ourselves to)."""

    name: str
    path: str
    goal: float | None = None
    not_modified: bool = False


@dataclass
class Result:
    """What was measured of one request, a value for each round."""

    scenario: Scenario
    size: int
    headers: dict[str, str]
    rates: list[Rate] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)

    def per_second(self) -> list[float]:
        return [rate.per_second for rate in self.rates]


def scenarios() -> list[Scenario]:
    """Both floors first, then what readers and partners ask for most, of a role in the middle of the library."""
    live = Publication.objects.live().exclude(family_slug="").order_by("pk")
    chosen = live.defer("document")[live.count() // 2]
    role, document = f"/roles/{chosen.slug}/", f"/api/v1/roles/{chosen.slug}/"
    narrowed = {"family": chosen.family_slug, "language": chosen.language}
    filtered = "/api/v1/roles/?" + urlencode(narrowed | {"page_size": 20})
    pages = "/roles/?" + urlencode(narrowed)
    return [
        Scenario("Floor: constant, 20 KB", "/benchmarks/constant/"),
        Scenario("Floor: row", f"/benchmarks/row/{chosen.pk}/"),
        Scenario("Role page, warm", role, 0.90),
        Scenario("Role page, 304", role, 1.30, not_modified=True),
        Scenario("API role detail", document, 0.90),
        Scenario("API role detail, 304", document, 1.30, not_modified=True),
        Scenario("API role list, filtered, warm", filtered, 0.80),
        Scenario("API role list, filtered, 304", filtered, None, not_modified=True),
        Scenario("Role list page, filtered, warm", pages, 0.80),
        Scenario("Role list page, filtered, 304", pages, None, not_modified=True),
    ]


def run(server: Server, chosen: list[Scenario], rounds: int, seconds: int) -> list[Result]:
    """Measure all in turn, round after round, so that whatever else the machine does meets each alike."""
    results = [_prepare(server, scenario) for scenario in chosen]
    with tqdm(total=rounds * len(chosen), desc="Measuring") as bar:
        for round_number in range(rounds + 1):
            for result in results:
                # The first round only warms up.
                rate, busy = _measure(server, result, seconds if round_number else min(seconds, 1))
                if round_number:
                    result.rates.append(rate)
                    result.busy.append(busy)
                    bar.update()
    return results


def _prepare(server: Server, scenario: Scenario) -> Result:
    """Make sure that the address answers as it should, and that what can be kept is kept."""
    # Each worker has a cache of its own: ask often enough to meet both.
    for _ in range(20):
        status, headers, content = server.get(scenario.path)
    if status != 200:
        raise SystemExit(f"{scenario.path} answered {status}, not 200.")
    if not scenario.not_modified:
        return Result(scenario, len(content), {})
    held = {"If-None-Match": headers["etag"]}
    if (status := server.get(scenario.path, held)[0]) != 304:
        raise SystemExit(f"{scenario.path} answered {status} to the holder of the latest, not 304.")
    return Result(scenario, 0, held)


def _measure(server: Server, result: Result, seconds: int) -> tuple[Rate, float]:
    """One measurement, and the microseconds for which each request kept a processor busy."""
    before = server.processor_seconds()
    status = 304 if result.scenario.not_modified else 200
    rate = measure(server.port, result.scenario.path, result.headers, status, seconds)
    after = server.processor_seconds()
    return rate, nan if before is None or after is None else (after - before) / rate.count * 1e6


def table(results: list[Result]) -> str:
    """The results as Markdown. Ratios are taken within each round; what stands here is their median."""
    constant, row = results[0], results[1]
    lines = [
        "| Request | Bytes | Requests/s | p99, ms | of constant | of row | goal, of row | | processor, µs | of row |",
        "| --- | --: | --: | --: | --: | --: | --: | :-: | --: | --: |",
    ]
    for result in results:
        of_row = _ratio(result.per_second(), row.per_second())
        goal = result.scenario.goal
        cells = [
            result.scenario.name,
            f"{result.size:,}",
            f"{median(result.per_second()):,.0f}",
            f"{median(rate.p99 for rate in result.rates):.1f}",
            f"{_ratio(result.per_second(), constant.per_second()):.2f}",
            f"{of_row:.2f}",
            f"{goal:.2f}" if goal else "",
            "" if goal is None else ("reached" if of_row >= goal else "**missed**"),
            f"{median(result.busy):.0f}",
            f"{_ratio(row.busy, result.busy):.2f}",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _ratio(ours: list[float], floor: list[float]) -> float:
    return median(mine / least for mine, least in zip(ours, floor, strict=True))
