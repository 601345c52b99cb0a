"""What occupations pay in the United States: the national tables of the Occupational Employment and Wage Statistics.

Published each year by the Bureau of Labor Statistics (https://www.bls.gov/oes/tables.htm), here as CSV.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Any

from publications.partial_dates import say
from roles.documents.canonical import number

from .tables import Tables

TITLE = "Occupational Employment and Wage Statistics"
URL = "https://www.bls.gov/oes/tables.htm"

# Columns of yearly pay; those of hourly pay start with H.
_AMOUNTS = {
    "A_PCT10": "percentile_10",
    "A_PCT25": "percentile_25",
    "A_MEDIAN": "median",
    "A_PCT75": "percentile_75",
    "A_PCT90": "percentile_90",
}
_COLUMNS = (
    "OCC_CODE", "OCC_TITLE", "O_GROUP", "TOT_EMP", *_AMOUNTS, *(name.replace("A_", "H_") for name in _AMOUNTS),
)  # fmt: skip
# "*" and "**" stand for figures that are not released.
_NOT_RELEASED = {"", "*", "**"}
# "#" stands for pay at or above the top of what is published: 115.00 an hour, 239,200 a year (May 2023, May 2024).
_TOP_CODED = "#"
TOP = {"YEAR": Decimal(239_200), "HOUR": Decimal(115)}
_NAMES = {
    "percentile_10": "the 10th percentile",
    "percentile_25": "the 25th percentile",
    "median": "the median",
    "percentile_75": "the 75th percentile",
    "percentile_90": "the 90th percentile",
}


@dataclass(frozen=True)
class Wage:
    """What one occupation of the SOC pays, and how many work in it."""

    code: str
    title: str
    employment: int | None
    period: str
    amounts: Mapping[str, Decimal]
    # The figures that are at or above the top of what is published, and so not known.
    top_coded: tuple[str, ...]

    @property
    def is_known(self) -> bool:
        return bool(self.amounts or self.top_coded)


@dataclass(frozen=True)
class Wages:
    """The wages of one release, by SOC code."""

    as_of: str
    by_code: Mapping[str, Wage]

    @property
    def release(self) -> str:
        """The release as BLS calls it: “May 2024”."""
        return say(self.as_of)

    @property
    def source(self) -> str:
        return f"U.S. Bureau of Labor Statistics, {TITLE}, {self.release}"

    def attribution(self) -> dict[str, str]:
        """The source line that BLS asks for, as a row of a role document."""
        return {
            "source": TITLE,
            "release": self.release,
            "statement": f"Source: {self.source}.",
            "url": URL,
            "licence": "Public domain",
        }


def as_of_from_name(file: str) -> str:
    """The month of a table, as its publisher puts it into the name of the file; empty where it is not there."""
    found = re.search(r"M(20\d\d)", file)
    # M2024 is May 2024.
    return f"{found[1]}-05" if found else ""


def read_wages(tables: Tables, file: str, *, as_of: str) -> Wages:
    """The wages in a national table. What is wrong with it is noted in `tables`."""
    by_code: dict[str, Wage] = {}
    detailed: set[str] = set()
    for line, (code, title, group, employment, *figures) in tables.comma_separated(file, _COLUMNS):
        if not re.fullmatch(r"\d\d-\d{4}", code):
            tables.problem(file, f"OCC_CODE should look like 15-1252 and is “{code}”.", line)
            continue
        # Seven codes stand there twice, as a broad occupation and as the only detailed one in it.
        if code in detailed or (group != "detailed" and code in by_code):
            if group == "detailed":
                tables.problem(file, f"The occupation {code} stands there twice.", line)
            continue
        if group == "detailed":
            detailed.add(code)
        by_code[code] = _wage(tables, file, line, code, title, employment, figures)
    return Wages(as_of, by_code)


def _wage(
    tables: Tables, file: str, line: int, code: str, title: str, employment: str, figures: list[str]
) -> Wage:
    """One row. Some occupations are paid by the hour only (actors), or have no hourly figure (teachers)."""
    period, offset, letter = "YEAR", 0, "A"
    if all(text in _NOT_RELEASED for text in figures[: len(_AMOUNTS)]):
        period, offset, letter = "HOUR", len(_AMOUNTS), "H"
    amounts: dict[str, Decimal] = {}
    top_coded: list[str] = []
    for (column, name), text in zip(_AMOUNTS.items(), figures[offset:], strict=False):
        if text == _TOP_CODED:
            top_coded.append(name)
        elif text not in _NOT_RELEASED:
            value = tables.number(file, line, column.replace("A", letter, 1), text.replace(",", ""))
            if value is not None:
                amounts[name] = value
    values = list(amounts.values())
    if values != sorted(values):
        tables.problem(file, f"The figures of {code} are not in order, from the lowest to the highest.", line)
    people = None
    if employment not in _NOT_RELEASED:
        people = tables.number(file, line, "TOT_EMP", employment.replace(",", ""))
    return Wage(code, title, int(people) if people is not None else None, period, amounts, tuple(top_coded))


def band_slug(wage: Wage, wages: Wages) -> str:
    return f"us-soc-{wage.code}-{wages.as_of}"


def band(wage: Wage, wages: Wages, *, family: str) -> dict[str, Any]:
    """The salary band of an occupation, as a vocabulary file has it."""
    return {
        "slug": band_slug(wage, wages),
        "label": f"{wage.title}, United States, {wages.release}"[:200],
        "family": family,
        "component": "base",
        "currency": "USD",
        "period": wage.period,
        "region": "US",
        "as_of": wages.as_of,
        "source_title": wages.source,
        "source_url": URL,
        "note": f"Made by an import of OEWS; SOC {wage.code}.",
        **{name: number(wage.amounts.get(name)) for name in _AMOUNTS.values()},
    }


def display_text(wage: Wage) -> str:
    """How readers see pay that its figures cannot say in full; empty where they can."""
    if not wage.top_coded:
        return ""
    per = "a year" if wage.period == "YEAR" else "an hour"
    top = _dollars(TOP[wage.period])
    if median := wage.amounts.get("median"):
        return f"{_dollars(median)} {per} (median), {top} or more for the highest paid"
    return f"{top} or more {per} (median)" if "median" in wage.top_coded else f"Up to {top} or more {per}"


def note(wage: Wage, *, title: str) -> str:
    """What a reader should know about the figures, as rich text; `title` is that of the role that shows them."""
    sentences = []
    if wage.title != title:
        sentences.append(f"The figures are for all of {escape(wage.title)} (SOC {wage.code}).")
    if wage.top_coded:
        names = [_NAMES[name] for name in wage.top_coded]
        missing = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
        per = "a year" if wage.period == "YEAR" else "an hour"
        sentences.append(
            f"No figure is published for {missing}: pay is {_dollars(TOP[wage.period])} {per} or more there, "
            "the highest that the survey states."
        )
    return f"<p>{' '.join(sentences)}</p>" if sentences else ""


def _dollars(value: Decimal) -> str:
    return f"${value:,.0f}" if value == value.to_integral_value() else f"${value:,.2f}"
