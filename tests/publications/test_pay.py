"""Pay made comparable and put into words."""

from decimal import Decimal

import pytest

from careers.models import AMOUNTS as MODEL_AMOUNTS
from careers.models import Pay
from publications.pay import (
    AMOUNTS,
    PERIOD_WORDS,
    PERIODS_PER_YEAR,
    AnnualRange,
    amounts,
    annual_range,
    leading_band,
    say_amount,
    say_band,
)
from tests.factories import document_row


def band(**values):
    return document_row("salary_bands", **{"component": "base", "currency": "GBP", "period": "YEAR"} | values)


def document(*bands):
    return {"salary_bands": list(bands)}


def test_pay_knows_every_amount_and_period_of_the_models():
    assert AMOUNTS == MODEL_AMOUNTS
    assert PERIODS_PER_YEAR.keys() == PERIOD_WORDS.keys() == set(Pay.Period.values)


@pytest.mark.parametrize(
    ("period", "minimum", "maximum"),
    [
        ("HOUR", 41_600, 62_400),
        ("DAY", 5_200, 7_800),
        ("WEEK", 1_040, 1_560),
        ("MONTH", 240, 360),
        ("YEAR", 20, 30),
    ],
)
def test_annual_range_of_each_period(period, minimum, maximum):
    found = annual_range(document(band(period=period, minimum=20, maximum=30)))

    assert found == AnnualRange("GBP", Decimal(minimum), Decimal(maximum))


def test_annual_range_is_exact_with_cents():
    found = annual_range(document(band(period="HOUR", minimum=0.1, maximum=21.37)))

    assert found == AnnualRange("GBP", Decimal("208.0"), Decimal("44449.60"))


@pytest.mark.parametrize(
    ("stated", "lowest", "highest"),
    [
        ({"minimum": 1}, 1, 1),
        ({"maximum": 9}, 9, 9),
        ({"median": 5}, 5, 5),
        # Surveys leave out the highest figure where it is above what they tell.
        ({"percentile_10": 1, "percentile_25": 2, "median": 5, "percentile_75": 7}, 1, 7),
        ({"median": 5, "percentile_90": 9}, 5, 9),
        ({"minimum": 0, "maximum": 9, "median": 5}, 0, 9),
    ],
)
def test_annual_range_is_from_the_lowest_to_the_highest_stated(stated, lowest, highest):
    assert annual_range(document(band(**stated))) == AnnualRange("GBP", Decimal(lowest), Decimal(highest))


def test_amounts_take_zero_for_an_amount():
    assert amounts(band(minimum=0, maximum=5)) == [Decimal(0), Decimal(5)]
    assert amounts(band()) == []


BASE = band(minimum=45_000)
TOTAL = band(component="total", minimum=90_000)
EQUITY = band(component="equity", minimum=5_000)
BONUS = band(component="bonus", maximum=5_000)
BASE_IN_WORDS = band(display_text="Competitive")
TOTAL_IN_WORDS = band(component="total", display_text="About £90K")
NOTHING = band()


@pytest.mark.parametrize(
    ("bands", "leading"),
    [
        ([], None),
        ([NOTHING], None),
        ([EQUITY, BONUS], None),
        ([BASE], BASE),
        ([TOTAL, BASE], BASE),
        ([EQUITY, TOTAL], TOTAL),
        ([NOTHING, TOTAL], TOTAL),
        ([BASE_IN_WORDS, TOTAL], TOTAL),
        ([BASE_IN_WORDS, BASE], BASE),
        ([TOTAL_IN_WORDS, BASE_IN_WORDS], BASE_IN_WORDS),
        ([band(minimum=1, region="US"), band(minimum=2, region="GB")], band(minimum=1, region="US")),
    ],
)
def test_leading_band(bands, leading):
    found = leading_band(document(*bands))

    assert (found and found | {"uuid": ""}) == (leading and leading | {"uuid": ""})


@pytest.mark.parametrize("bands", [[], [NOTHING], [EQUITY], [BASE_IN_WORDS]])
def test_annual_range_is_none_without_amounts(bands):
    assert annual_range(document(*bands)) is None


@pytest.mark.parametrize(
    ("amount", "currency", "locale", "words"),
    [
        ("45000", "GBP", "en-GB", "£45,000"),
        ("45000.00", "GBP", "en-GB", "£45,000"),
        ("45000", "USD", "en-US", "$45,000"),
        ("45000", "USD", "en-GB", "US$45,000"),
        ("21.5", "USD", "en-US", "$21.50"),
        ("21.55", "USD", "en-US", "$21.55"),
        ("0.05", "USD", "en-US", "$0.05"),
        ("0", "USD", "en-US", "$0"),
        ("45000", "EUR", "de", "45.000\xa0€"),
        ("21.5", "EUR", "de", "21,50\xa0€"),
        ("45000", "EUR", "fr", "45\u202f000\xa0€"),
        ("1000000", "INR", "hi", "₹10,00,000"),
        ("45000", "CHF", "de-CH", "CHF\xa045’000"),
        ("45000", "CHF", "en-GB", "CHF\xa045,000"),
        # Currencies without decimals, and with three.
        ("5000000", "JPY", "en", "¥5,000,000"),
        ("5000000", "JPY", "ja", "￥5,000,000"),
        ("5000.5", "JPY", "en", "¥5,000.5"),
        ("45000", "KWD", "en", "KWD\xa045,000"),
        ("45000.125", "KWD", "en", "KWD\xa045,000.125"),
        ("100", "KWD", "de", "100\xa0KWD"),
    ],
)
def test_say_amount(amount, currency, locale, words):
    assert say_amount(Decimal(amount), currency, locale) == words


@pytest.mark.parametrize(
    ("values", "locale", "words"),
    [
        ({"minimum": 45_000, "maximum": 60_000}, "en-GB", "£45,000–£60,000 a year"),
        ({"minimum": 45_000, "maximum": 45_000}, "en-GB", "£45,000 a year"),
        ({"minimum": 45_000, "maximum": 45_000.0}, "en-GB", "£45,000 a year"),
        ({"minimum": 45_000}, "en-GB", "From £45,000 a year"),
        ({"maximum": 60_000}, "en-GB", "Up to £60,000 a year"),
        ({"median": 50_000}, "en-GB", "£50,000 a year"),
        ({"percentile_10": 40_000, "percentile_75": 70_000}, "en-GB", "£40,000–£70,000 a year"),
        ({"minimum": 45_000, "maximum": 60_000, "currency": "EUR"}, "de", "45.000\xa0€–60.000\xa0€ a year"),
        (
            {"minimum": 21.5, "maximum": 30, "currency": "USD", "period": "HOUR"},
            "en-US",
            "$21.50–$30 an hour",
        ),
        ({"minimum": 300, "period": "DAY"}, "en-GB", "From £300 a day"),
        ({"minimum": 700, "maximum": 800, "period": "WEEK"}, "en-GB", "£700–£800 a week"),
        ({"maximum": 3000, "period": "MONTH"}, "en-GB", "Up to £3,000 a month"),
        ({"display_text": "$135K–$190K", "minimum": 1}, "en-US", "$135K–$190K"),
        ({"display_text": "Competitive", "currency": ""}, "en-US", "Competitive"),
        ({}, "en", ""),
    ],
)
def test_say_band(values, locale, words):
    assert say_band(band(**values), locale) == words
