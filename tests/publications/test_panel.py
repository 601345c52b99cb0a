"""The facts a reader looks for first."""

import pytest

from publications.rendering.outline import outline
from publications.rendering.panel import panel
from tests.factories import DocumentFactory, document_row


def facts(**values):
    document = DocumentFactory(**values)
    return {fact.term: [said.text for said in fact.values] for fact in panel(document, outline(document))}


def remark(term, **values):
    document = DocumentFactory(**values)
    return next(fact for fact in panel(document, outline(document)) if fact.term == term).values[0].remark


def education(**values):
    return document_row(
        "qualifications", **{"kind": "education", "strength": "required", "text": "A degree"} | values
    )


def test_panel_says_openly_what_is_not_stated():
    assert facts() == {"Pay": ["Not stated"], "Degree": ["Not stated"]}


def test_panel_shows_pay_by_component_and_says_when_there_is_more():
    base = document_row(
        "salary_bands", component="base", period="YEAR", currency="GBP", minimum=40_000, maximum=50_000
    )
    total = base | {"component": "total", "display_text": "£45K–£60K"}

    assert facts(salary_bands=[base, total])["Base pay"] == ["£40,000–£50,000 a year"]
    assert facts(salary_bands=[base, total])["Total pay"] == ["£45K–£60K"]
    assert facts(salary_bands=[base] * 5)["More pay"] == ["2 more on this page"]


def test_degree_that_is_required():
    rows = [education(credential_category="bachelor degree")]

    assert facts(qualifications=rows)["Degree"] == ["Bachelor degree"]
    assert remark("Degree", qualifications=rows) == "required"


def test_degree_that_something_else_may_stand_in_for():
    degree = education(credential_category="bachelor degree")
    instead = education(kind="experience", substitutes_for=degree["uuid"])

    assert remark("Degree", qualifications=[degree, instead]) == "or what may stand in for it"


@pytest.mark.parametrize("strength", ["preferred", "valued"])
def test_degree_that_is_welcome_is_not_required(strength):
    rows = [education(credential_category="bachelor degree", strength=strength)]

    assert facts(qualifications=rows)["Degree"] == ["Not required"]
    assert remark("Degree", qualifications=rows) == "Bachelor degree welcome"


def test_education_in_other_words_claims_nothing_about_a_degree():
    assert facts(qualifications=[education()])["Degree"] == ["See qualifications"]


@pytest.mark.parametrize(
    ("months", "said"),
    [
        ([60], "5 years or more"),
        ([12], "1 year or more"),
        ([18], "18 months or more"),
        ([24, 60], "5 years or more"),
    ],
)
def test_experience_is_the_least_that_is_asked_for(months, said):
    rows = [education(kind="experience", months_experience=each) for each in months]

    assert facts(qualifications=rows)["Experience"] == [said]


def test_experience_that_is_only_welcome_is_not_asked_for():
    assert "Experience" not in facts(qualifications=[education(months_experience=60, strength="preferred")])
