"""Dates known to the year, the month or the day: what is one, and how it is said."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from publications.partial_dates import first_day, say, validate_partial_date


@pytest.mark.parametrize(
    "value", ["2025", "2025-07", "2025-07-14", "2024-02-29", "0001", "1900-12-31", "9999-12-31"]
)
def test_validate_partial_date_accepts(value):
    validate_partial_date(value)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "25",
        "20255",
        "0000",
        "2025-00",
        "2025-13",
        "2025-7",
        "2025-07-00",
        "2025-07-32",
        "2025-02-30",
        "2025-02-29",
        "2025-04-31",
        "-2025",
        "2025-",
        " 2025",
        "2025 ",
        "2025\n",
        "2025-07-14\n",
        "2025\x00",
        "2025-07-14T00:00",
        "2025/07",
        "14.07.2025",
        "July 2025",
        "２０２５",
        "٢٠٢٥",
        "2025–07",
        None,
        2025,
    ],
)
def test_validate_partial_date_refuses(value):
    with pytest.raises(ValidationError) as error:
        validate_partial_date(value)

    assert error.value.code == "invalid_partial_date"
    assert error.value.messages == [
        f"“{value}” is not a date. Write a year, a month or a day: 2025, 2025-07 or 2025-07-14."
    ]


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2025", datetime.date(2025, 1, 1)),
        ("2025-07", datetime.date(2025, 7, 1)),
        ("2025-07-14", datetime.date(2025, 7, 14)),
    ],
)
def test_first_day(value, day):
    assert first_day(value) == day


@pytest.mark.parametrize(
    ("value", "locale", "words"),
    [
        ("", "en", ""),
        ("2025", "en", "2025"),
        ("2025-07", "en", "July 2025"),
        ("2025-07-14", "en", "July 14, 2025"),
        ("2025-07-14", "en-GB", "14 July 2025"),
        ("2025-07-14", "en_GB", "14 July 2025"),
        ("2025-07-14", "en-US", "July 14, 2025"),
        ("2025-07", "en-GB", "July 2025"),
        ("2025-03", "de", "März 2025"),
        ("2025-07-14", "de", "14. Juli 2025"),
        ("2025-07", "fr", "juillet 2025"),
        ("2025-07", "es-CO", "julio de 2025"),
        ("2025", "ja", "2025年"),
        ("2025-07", "ja", "2025年7月"),
        ("2025-07", "zh-Hant-TW", "2025年7月"),
    ],
)
def test_say(value, locale, words):
    assert say(value, locale) == words
