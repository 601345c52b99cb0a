"""Pay as a figure: in words, drawn as bars on a common scale, and with every number in a table."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from ..pay import AMOUNTS, amounts, say_amount
from . import words
from .entries import Entries, Entry, Row
from .locales import place_name, say_short_amount

# The part of the width that bars may take; the rest holds the figures beside them.
_LEFT, _RIGHT = Decimal(20), Decimal(80)


@dataclass(slots=True)
class Bar:
    """Where the marks of one bar stand, in percent of the width, and what is written beside them."""

    left: str
    width: str
    right: str
    low: str
    high: str
    # The middle half of the people paid, where the source knows it.
    inner_left: str = ""
    inner_width: str = ""
    median_at: str = ""
    median: str = ""
    described: str = ""

    @property
    def height(self) -> int:
        """The median is written below the bar."""
        return 38 if self.median else 20


@dataclass(slots=True)
class PayLine:
    """One part of pay: in words, and as a bar if it has amounts."""

    entry: Entry
    bar: Bar | None


class PayTable(NamedTuple):
    headings: list[str]
    rows: list[tuple[str, list[str]]]


@dataclass(slots=True)
class PayFigure:
    """The pay of one group of rows."""

    lines: list[PayLine]
    table: PayTable | None = None
    has_quartiles: bool = field(default=False)


class Scale:
    """Positions of amounts between the lowest and the highest that are drawn together."""

    def __init__(self, stated: list[Decimal]) -> None:
        self.lowest, self.highest = min(stated), max(stated)

    def at(self, amount: Decimal) -> Decimal:
        if self.highest == self.lowest:
            return (_LEFT + _RIGHT) / 2
        return _LEFT + (_RIGHT - _LEFT) * (amount - self.lowest) / (self.highest - self.lowest)


def pay_figure(rows: list[Row], entries: Entries) -> PayFigure:
    """Lines of pay in their order; those in one currency and period share a scale, so that they can be compared."""
    together: dict[tuple[str, str], list[Decimal]] = defaultdict(list)
    for row in rows:
        together[row["currency"], row["period"]] += amounts(row)
    scales = {unit: Scale(stated) for unit, stated in together.items() if stated}
    lines = [
        PayLine(
            entry=entries.make("salary_bands", row),
            bar=_bar(row, scales[row["currency"], row["period"]], entries.tag) if amounts(row) else None,
        )
        for row in rows
    ]
    return PayFigure(
        lines,
        table=_table(rows, entries.tag),
        has_quartiles=any(line.bar and line.bar.inner_width for line in lines),
    )


def _bar(row: Row, scale: Scale, tag: str) -> Bar:
    stated = amounts(row)
    left, right = scale.at(stated[0]), scale.at(stated[-1])
    short = [say_short_amount(amount, row["currency"], tag) for amount in (stated[0], stated[-1])]
    bar = Bar(
        left=_percent(left),
        width=_percent(max(right - left, Decimal(1))),
        right=_percent(right),
        low=short[0] if stated[0] != stated[-1] else "",
        high=short[1],
        described="; ".join(f"{name} {value}" for name, value in _named_amounts(row, tag)),
    )
    if row["percentile_25"] is not None and row["percentile_75"] is not None:
        inner_left, inner_right = (
            scale.at(Decimal(str(row[name]))) for name in ("percentile_25", "percentile_75")
        )
        bar.inner_left, bar.inner_width = _percent(inner_left), _percent(inner_right - inner_left)
    if row["median"] is not None and len(stated) > 1:
        median = Decimal(str(row["median"]))
        bar.median_at = _percent(scale.at(median))
        bar.median = say_short_amount(median, row["currency"], tag)
    return bar


def _percent(value: Decimal) -> str:
    return f"{value:.2f}%"


def _named_amounts(row: Row, tag: str) -> list[tuple[str, str]]:
    return [
        (words.AMOUNTS[name], say_amount(Decimal(str(row[name])), row["currency"], tag))
        for name in AMOUNTS
        if row[name] is not None
    ]


def _table(rows: list[Row], tag: str) -> PayTable | None:
    """All amounts, where they are more than a range in one line already says."""
    with_amounts = [row for row in rows if amounts(row)]
    named = [dict(_named_amounts(row, tag)) for row in with_amounts]
    if not with_amounts or (len(named) == 1 and len(named[0]) <= 2):
        return None
    columns = [name for name in words.AMOUNTS.values() if any(name in row for row in named)]
    return PayTable(
        headings=[*columns, "Currency", "Per"],
        rows=[
            (
                _name(row, tag),
                [
                    *(cells.get(name, "–") for name in columns),
                    row["currency"],
                    words.PERIODS[row["period"]].lower(),
                ],
            )
            for row, cells in zip(with_amounts, named, strict=True)
        ],
    )


def _name(row: Row, tag: str) -> str:
    return ", ".join(
        filter(
            None,
            (
                words.PAY_COMPONENTS[row["component"]],
                place_name(row["region"], tag),
                words.WORK_ARRANGEMENTS[row["work_arrangement"]].lower(),
            ),
        )
    )
