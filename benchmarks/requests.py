"""The requests that are measured, and how each compares with the floors."""

from dataclasses import dataclass, field
from statistics import median
from urllib.parse import urlencode

from tqdm import tqdm

from .load import Rate, measure
from .server import get


@dataclass(frozen=True)
class Scenario:
    """One request, and the least share of the row floor that it should reach (DESIGN: numbers we hold ourselves to)."""

    name: str
    path: str
    goal: float | None = None
    not_modified: bool = False


@dataclass
class Result:
    scenario: Scenario
    size: int
    rates: list[Rate] = field(default_factory=list)


def scenarios(slug: str, pk: int, family: str) -> list[Scenario]:
    """Both floors first, then what readers and partners ask for most."""
    role, document = f"/roles/{slug}/", f"/api/v1/roles/{slug}/"
    filtered = "/api/v1/roles/?" + urlencode(
        {"family": family, "work_arrangement": "remote", "page_size": 20}
    )
    pages = "/roles/?" + urlencode({"family": family})
    return [
        Scenario("Floor: constant, 20 KB", "/benchmarks/constant/"),
        Scenario("Floor: row", f"/benchmarks/row/{pk}/"),
        Scenario("Role page, warm", role, 0.90),
        Scenario("Role page, 304", role, 1.30, not_modified=True),
        Scenario("API role detail", document, 0.90),
        Scenario("API role detail, 304", document, 1.30, not_modified=True),
        Scenario("API role list, filtered, warm", filtered, 0.80),
        Scenario("API role list, filtered, 304", filtered, None, not_modified=True),
        Scenario("Role list page, filtered, warm", pages, 0.80),
        Scenario("Role list page, filtered, 304", pages, None, not_modified=True),
    ]


def run(port: int, chosen: list[Scenario], rounds: int, seconds: float) -> list[Result]:
    """Measure all in turn, round after round, so that whatever else the machine does meets each alike."""
    results = []
    headers = {}
    for scenario in chosen:
        # Each worker has a cache of its own, so ask often enough to meet both.
        for _ in range(20):
            response = get(port, scenario.path)
        if response.status != 200:
            raise SystemExit(f"{scenario.path} answered {response.status}, not 200.")
        results.append(Result(scenario, len(response.content)))  # type: ignore[attr-defined]
        headers[scenario] = {"If-None-Match": response.headers["ETag"]} if scenario.not_modified else {}
        if scenario.not_modified:
            results[-1].size = 0
            if (status := get(port, scenario.path, headers[scenario]).status) != 304:
                raise SystemExit(f"{scenario.path} answered {status} to the holder of the latest, not 304.")

    with tqdm(total=rounds * len(chosen), desc="Measuring") as bar:
        for round_number in range(rounds + 1):
            for result in results:
                scenario = result.scenario
                status = 304 if scenario.not_modified else 200
                # The first round only warms up.
                length = seconds if round_number else min(seconds, 1)
                rate = measure(port, scenario.path, headers[scenario], status, length)
                if round_number:
                    result.rates.append(rate)
                    bar.update()
    return results


def table(results: list[Result]) -> str:
    """The results as Markdown. Ratios are taken within each round; what stands here is their median."""
    constant, row = results[0], results[1]
    lines = [
        "| Request | Bytes | Requests/s | p99, ms | of constant | of row | Goal, of row | Reached |",
        "| --- | --: | --: | --: | --: | --: | --: | :-: |",
    ]
    for result in results:
        of_row = _ratio(result, row)
        goal = result.scenario.goal
        cells = [
            result.scenario.name,
            f"{result.size:,}",
            f"{median(rate.per_second for rate in result.rates):,.0f}",
            f"{median(rate.p99 for rate in result.rates):.1f}",
            f"{_ratio(result, constant):.2f}",
            f"{of_row:.2f}",
            f"{goal:.2f}" if goal else "–",
            "–" if goal is None else ("yes" if of_row >= goal else "**no**"),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _ratio(result: Result, floor: Result) -> float:
    pairs = zip(result.rates, floor.rates, strict=True)
    return median(rate.per_second / least.per_second for rate, least in pairs)
