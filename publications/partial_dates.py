"""Dates known to the year, the month or the day.

Publishers write "July 2025" as often as a full date, and what they did not say must not be made up. A partial date
is stored as the part of ISO 8601 that is known (`2025`, `2025-07` or `2025-07-14`), which also sorts rightly as text.
"""

import datetime
import re

from babel import Locale
from babel.dates import format_date, format_skeleton
from django.core.exceptions import ValidationError
from django.db import models

PATTERN = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"


def validate_partial_date(value: str) -> None:
    """Refuse text that is not a year, a month or a day that exists."""
    if isinstance(value, str) and re.fullmatch(PATTERN, value) and "\n" not in value:
        try:
            first_day(value)
        except ValueError:
            pass
        else:
            return
    raise ValidationError(
        "“%(value)s” is not a date. Write a year, a month or a day: 2025, 2025-07 or 2025-07-14.",
        code="invalid_partial_date",
        params={"value": value},
    )


def first_day(value: str) -> datetime.date:
    """The earliest day a partial date can mean."""
    parts = [int(part) for part in value.split("-")]
    return datetime.date(*(parts + [1] * (3 - len(parts))))


def say(value: str, locale: str = "en") -> str:
    """A partial date in words, as precise as it is known: “14 July 2025”, “July 2025” or “2025”.

    `locale` is a language tag, such as en-GB.
    """
    if not value:
        return ""
    day = first_day(value)
    parsed = Locale.parse(locale.replace("_", "-"), sep="-")
    # Each language puts year and month together in its own way: 2025年7月, julio de 2025.
    skeleton = {4: "y", 7: "yMMMM"}.get(len(value))
    return (
        format_skeleton(skeleton, day, locale=parsed) if skeleton else format_date(day, "long", locale=parsed)
    )


class PartialDateField(models.CharField):
    """A year, a month or a day, as text."""

    default_validators = [validate_partial_date]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 10)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)
