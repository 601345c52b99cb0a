"""Pay as documents hold it, made comparable and put into words."""

import re
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
_DECIMALS = re.compile(r"\.0+")
_LETTER_THEN_DIGIT = re.compile(r"(?<=[A-Za-z])(?=[0-9])")


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
    """The band that stands for the role: the first of base pay with amounts, else of total pay, else one in words."""
    bands = [band for part in _COMPONENTS for band in document["salary_bands"] if band["component"] == part]
    with_amounts = (band for band in bands if amounts(band))
    in_words = (band for band in bands if band["display_text"])
    return next(with_amounts, None) or next(in_words, None)


def annual_range(document: dict[str, Any]) -> AnnualRange | None:
    """The yearly pay that filters compare, or None where the document states none."""
    band = leading_band(document)
    stated = amounts(band) if band else []
    if not band or not stated:
        return None
    factor = PERIODS_PER_YEAR[band["period"]]
    return AnnualRange(band["currency"], stated[0] * factor, stated[-1] * factor)


def say_amount(amount: Decimal, currency: str, locale: str = "en") -> str:
    """An amount with its currency, without decimals where it has none: “£45,000” or “$21.50”."""
    parsed = Locale.parse(locale, sep="-")
    if amount == amount.to_integral_value():
        pattern = _DECIMALS.sub("", parsed.currency_formats["standard"].pattern)
        text = format_currency(amount, currency, pattern, locale=parsed, currency_digits=False)
    else:
        text = format_currency(amount, currency, locale=parsed, decimal_quantization=False)
    # A code stands apart from its amount (CHF 45,000), a sign does not.
    return _LETTER_THEN_DIGIT.sub("\xa0", text)


def say_band(band: dict[str, Any], locale: str = "en") -> str:
    """What a band pays in words: the publisher's own, else “£45,000–£60,000 a year” from its figures."""
    if band["display_text"]:
        return band["display_text"]
    stated = amounts(band)
    if not stated:
        return ""
    low, high = (say_amount(amount, band["currency"], locale) for amount in (stated[0], stated[-1]))
    per = PERIOD_WORDS[band["period"]]
    if len(stated) == 1 and band["minimum"] is not None:
        return f"From {low} {per}"
    if len(stated) == 1 and band["maximum"] is not None:
        return f"Up to {high} {per}"
    return f"{low} {per}" if low == high else f"{low}–{high} {per}"
