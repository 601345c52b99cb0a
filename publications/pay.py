"""Pay as documents hold it, made comparable and put into words."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from babel import Locale
from babel.numbers import format_currency

# How many of each period make a year of full-time work: 52 weeks of 5 days of 8 hours.
PERIODS_PER_YEAR = {"HOUR": 2080, "DAY": 260, "WEEK": 52, "MONTH": 12, "YEAR": 1}
PERIOD_WORDS = {"HOUR": "an hour", "DAY": "a day", "WEEK": "a week", "MONTH": "a month", "YEAR": "a year"}
# From the lowest to the highest.
AMOUNTS = ("minimum", "percentile_10", "percentile_25", "median", "percentile_75", "percentile_90", "maximum")
# Which part of pay stands for the role in lists and filters.
_COMPONENTS = ("base", "total")


@dataclass(frozen=True)
class AnnualRange:
    """The lowest and highest pay stated, in units of `currency` per year of full-time work."""

    currency: str
    minimum: Decimal
    maximum: Decimal


def amounts(band: dict[str, Any]) -> list[Decimal]:
    """The amounts a band states, from the lowest to the highest."""
    return [Decimal(str(band[name])) for name in AMOUNTS if band[name] is not None]


def leading_band(document: dict[str, Any]) -> dict[str, Any] | None:
    """The band that stands for the role: the first of base pay with amounts, else of total pay."""
    for component in _COMPONENTS:
        for band in document["salary_bands"]:
            if band["component"] == component and amounts(band):
                return band
    return None


def annual_range(document: dict[str, Any]) -> AnnualRange | None:
    """The yearly pay that filters compare, or None where the document states none."""
    band = leading_band(document)
    if band is None:
        return None
    stated = amounts(band)
    factor = PERIODS_PER_YEAR[band["period"]]
    return AnnualRange(band["currency"], stated[0] * factor, stated[-1] * factor)


def say_amount(amount: Decimal, currency: str, locale: str = "en") -> str:
    """An amount with its currency, without decimals where it has none: “£45,000” or “$21.50”."""
    parsed = Locale.parse(locale, sep="-")
    text = format_currency(amount, currency, locale=parsed, decimal_quantization=False)
    if amount == amount.to_integral_value():
        symbol = parsed.number_symbols["latn"]["decimal"]
        text = text.replace(f"{symbol}00", "")
    return text


def say_band(band: dict[str, Any], locale: str = "en") -> str:
    """What a band pays in words: the publisher's own, else “£45,000–£60,000 a year” from its figures."""
    if band["display_text"]:
        return band["display_text"]
    stated = amounts(band)
    if not stated:
        return ""
    words = [
        say_amount(amount, band["currency"], locale) for amount in dict.fromkeys((stated[0], stated[-1]))
    ]
    return f"{'–'.join(words)} {PERIOD_WORDS[band['period']]}"
