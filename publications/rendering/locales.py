"""Dates, numbers and names of places as the reader of a document's language writes them."""

import datetime
import re
from decimal import Decimal
from functools import cache

import pycountry
from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_compact_currency, format_decimal

from ..pay import say_amount

_FITS = len("£100,000")
_LONG_NUMBER = re.compile(r"[0-9]{5}")


@cache
def locale_of(tag: str) -> Locale:
    """The locale of a BCP 47 tag; what is not known falls back on its language, then on English."""
    for candidate in (tag, tag.split("-")[0], "en"):
        try:
            return Locale.parse(candidate, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    raise UnknownLocaleError(tag)


@cache
def place_name(code: str, tag: str) -> str:
    """A country, or a part of one with its country: “Germany”, “Colorado, United States”."""
    if not code:
        return ""
    country_code = code.split("-")[0]
    country = locale_of(tag).territories.get(country_code, country_code)
    part = pycountry.subdivisions.get(code=code) if "-" in code else None
    return f"{part.name}, {country}" if part else country


@cache
def language_name(language: str, tag: str = "en") -> str:
    """A language by its name, with a capital: “English”, “Français”."""
    name = locale_of(language).get_display_name(locale_of(tag)) or language
    return name[:1].upper() + name[1:]


def say_day(moment: datetime.datetime | datetime.date, tag: str) -> str:
    return format_date(moment, format="long", locale=locale_of(tag))


def say_number(value: float, tag: str) -> str:
    """A number with two decimals at most, and none that say nothing."""
    return format_decimal(value, format="#,##0.##", locale=locale_of(tag))


@cache
def say_percent(value: float, tag: str) -> str:
    pattern = locale_of(tag).percent_formats[None].pattern
    # The locale decides where the sign stands and whether a space stands before it: 30%, 30 %, %30.
    return pattern.replace("#,##0", say_number(value, tag))


def say_short_amount(amount: Decimal, currency: str, tag: str) -> str:
    """An amount short enough for a drawing: as it is (“£42,350”), or else in thousands (“CHF 130K”)."""
    exact = say_amount(amount, currency, tag)
    if len(exact) <= _FITS:
        return exact
    short = format_compact_currency(amount, currency, fraction_digits=1, locale=locale_of(tag))
    # Some languages have no short form of a thousand.
    return exact if _LONG_NUMBER.search(short) else short
