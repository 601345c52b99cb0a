"""The career framework: what can never be stored, and what editors are told."""

from datetime import date
from itertools import combinations

import pytest
from django.core.exceptions import ValidationError
from django.db.models import F, ProtectedError

from careers.models import AMOUNTS, JobFamily, currency_codes, place_codes, validate_currency, validate_region
from tests.breaches import Breach
from tests.factories import JobFamilyFactory, LevelFactory, LevelScaleFactory
from tests.factories_editing import (
    CareerMoveFactory,
    RolePayFactory,
    RoleProfileFactory,
    SalaryBandFactory,
    SectionFactory,
)

PAY = [("salaryband", SalaryBandFactory), ("rolepay", RolePayFactory)]

BREACHES = [
    Breach("jobfamily_not_its_own_parent", JobFamilyFactory, {"parent": F("pk")}),
    Breach(
        "level_one_per_rank_and_track",
        LevelFactory,
        {name: lambda other, name=name: getattr(other, name) for name in ("scale", "rank", "track")},
    ),
    Breach("level_rank_at_least_1", LevelFactory, {"rank": 0}),
    Breach(
        "salaryband_effective_dates_in_order",
        SalaryBandFactory,
        {"effective_from": date(2025, 4, 2), "effective_to": date(2025, 4, 1)},
    ),
    Breach("careermove_leads_somewhere", CareerMoveFactory, {"to": None, "label": ""}),
    Breach(
        "careermove_not_to_itself",
        CareerMoveFactory,
        {"profile": lambda other: other.profile, "to": lambda other: other.profile},
    ),
    *(
        Breach(
            f"{model}_amounts_in_order", factory, {lower: 60_000, higher: 45_000}, given={"currency": "GBP"}
        )
        for model, factory in PAY
        for lower, higher in combinations(AMOUNTS, 2)
    ),
    *(
        Breach(f"{model}_amounts_not_negative", factory, {name: -1}, given={"currency": "GBP"})
        for model, factory in PAY
        for name in AMOUNTS
    ),
    *(
        Breach(f"{model}_amounts_have_currency", factory, {name: 1, "currency": ""})
        for model, factory in PAY
        for name in AMOUNTS
    ),
]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("breach", BREACHES, ids=str)
def test_database_refuses(breach):
    breach.try_it()


@pytest.mark.parametrize(
    "values",
    [
        {},
        dict.fromkeys(AMOUNTS, 45_000),
        {name: 1000 * number for number, name in enumerate(AMOUNTS)},
        {"minimum": 0},
        {"median": "0.01", "maximum": "999999999999.99"},
    ],
)
@pytest.mark.parametrize("factory", [SalaryBandFactory, RolePayFactory])
def test_database_takes_amounts_in_order(factory, values):
    pay = factory(currency="GBP", **values)

    pay.refresh_from_db()
    pay.full_clean()


# What editors are told


def messages_of(record):
    with pytest.raises(ValidationError) as error:
        record.full_clean()
    return error.value.message_dict


@pytest.mark.parametrize(
    ("values", "messages"),
    [
        (
            {"currency": "GBP", "minimum": 60_000, "maximum": 45_000},
            {"minimum": ["“From” (60000) is more than “To” (45000)."]},
        ),
        (
            {"currency": "GBP", "minimum": 3, "median": 2, "maximum": 4},
            {"minimum": ["“From” (3) is more than “Median” (2)."]},
        ),
        ({"minimum": 1}, {"currency": ["Say in which currency the amounts are."]}),
        ({"currency": "GBP", "median": -1}, {"median": ["Pay cannot be below zero."]}),
        (
            {"currency": "gbp", "minimum": 1},
            {
                "currency": [
                    "“gbp” is not a currency code. Use three capital letters of ISO 4217, such as GBP, EUR or USD."
                ]
            },
        ),
        (
            {"region": "UK"},
            {
                "region": [
                    "“UK” is not a place code. Use a country or a part of one as in ISO 3166: GB, US or US-CO."
                ]
            },
        ),
        (
            {"as_of": "2025-02-30"},
            {
                "as_of": [
                    "“2025-02-30” is not a date. Write a year, a month or a day: 2025, 2025-07 or 2025-07-14."
                ]
            },
        ),
        (
            {"effective_from": date(2025, 4, 2), "effective_to": date(2025, 4, 1)},
            {"__all__": ["A band cannot end before it starts."]},
        ),
    ],
)
def test_pay_that_makes_no_sense_is_refused_in_words(values, messages):
    assert messages_of(SalaryBandFactory.build(**values)) == messages


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_job_family_below_itself_is_refused_in_words(depth):
    top = family = JobFamilyFactory()
    for _ in range(depth - 1):
        family = JobFamilyFactory(parent=family)
    top.parent = family

    messages = ["A job family cannot be part of a family that is part of it."]
    assert messages_of(top)["parent"] == messages


def test_job_family_may_move_to_any_family_that_is_not_below_it():
    top = JobFamilyFactory()
    child, other = JobFamilyFactory(parent=top), JobFamilyFactory(parent=top)
    child.parent = other

    child.full_clean()

    assert child.ancestors() == [other, top]


def test_job_family_that_is_new_has_no_circle():
    JobFamilyFactory.build(parent=JobFamilyFactory()).full_clean()


def test_circle_that_two_editors_made_at_once_is_not_followed_for_ever():
    one = JobFamilyFactory()
    two = JobFamilyFactory(parent=one)
    below = JobFamilyFactory(parent=two)
    JobFamily.objects.filter(pk=one.pk).update(parent=two)

    assert JobFamily.objects.get(pk=one.pk).ancestors() == [two]
    assert JobFamily.objects.get(pk=below.pk).ancestors() == [two, one]
    assert "parent" in messages_of(JobFamily.objects.get(pk=one.pk))


def test_second_level_of_a_rank_and_track_is_refused_in_words():
    level = LevelFactory(rank=3)

    assert messages_of(LevelFactory.build(scale=level.scale, rank=3)) == {
        "__all__": ["The scale already has a level of that rank and track."]
    }
    LevelFactory.build(scale=level.scale, rank=3, track="management").full_clean()
    LevelFactory.build(scale=LevelScaleFactory(slug="other"), rank=3).full_clean()


def test_move_that_leads_nowhere_is_refused_in_words():
    move = CareerMoveFactory.build(profile=RoleProfileFactory(), label="")

    assert messages_of(move) == {"label": ["Choose the role the move leads to, or write its title."]}


def test_move_to_the_role_itself_is_refused_in_words():
    profile = RoleProfileFactory()

    assert messages_of(CareerMoveFactory.build(profile=profile, to=profile)) == {
        "to": ["A role cannot be a career move of itself."]
    }


def test_move_in_a_section_of_another_profile_is_refused_in_words():
    move = CareerMoveFactory.build(profile=RoleProfileFactory(), section=SectionFactory())

    assert messages_of(move) == {"section": ["This section belongs to another profile."]}


@pytest.mark.parametrize("code", ["GBP", "EUR", "USD", "JPY", "KWD", "CHF"])
def test_validate_currency_accepts(code):
    validate_currency(code)


@pytest.mark.parametrize(
    "code", ["", "gbp", "Gbp", " GBP", "GBP\n", "GBP\x00", "ＧＢＰ", "£", "GB", "GBPP", "DEM", "826", None]
)
def test_validate_currency_refuses(code):
    with pytest.raises(ValidationError) as error:
        validate_currency(code)

    assert error.value.code == "invalid_currency"


@pytest.mark.parametrize("code", ["GB", "US", "US-CO", "GB-ENG", "DE-BE", "FR-75C", "AU-NSW"])
def test_validate_region_accepts(code):
    validate_region(code)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "gb",
        "us-co",
        "US-co",
        "UK",
        "EU",
        "US-ZZ",
        "US-",
        "-",
        "GB-",
        "GBR",
        "826",
        "GB\n",
        "GB\x00",
        "ＧＢ",
        "US–CO",
        None,
    ],
)
def test_validate_region_refuses(code):
    with pytest.raises(ValidationError) as error:
        validate_region(code)

    assert error.value.code == "invalid_region"


def test_codes_fit_their_columns():
    assert {len(code) for code in currency_codes()} == {3}
    assert max(map(len, place_codes())) <= 6


def test_what_others_refer_to_cannot_be_deleted():
    child = JobFamilyFactory(parent=JobFamilyFactory())
    level = LevelFactory()
    SalaryBandFactory(family=child, level=level)

    for record in (child.parent, child, level, level.scale):
        with pytest.raises(ProtectedError):
            record.delete()


def test_records_are_called_by_their_names():
    assert str(JobFamilyFactory(label="Web")) == "Web"
    assert str(LevelFactory(label="Senior").scale) == "Ladder"
    assert str(SalaryBandFactory(label="Web, senior")) == "Web, senior"
    assert str(CareerMoveFactory(label="Lead")) == "Lead"
    assert str(CareerMoveFactory(to_a_profile=True, to__role_title="Lead")) == "Lead"
