"""Saving from source documents: what is wrong is named, and then nothing is written."""

import pytest

from careers.models import JobFamily, SalaryBand
from roles.documents import DocumentError
from roles.models import Duty, Edition, RoleProfile, Section
from roles.publishing import save_sources
from tests.roles.documents.sources import source

pytestmark = pytest.mark.django_db

UUID = "00000000-0000-4000-8000-000000000001"
OTHER_UUID = "00000000-0000-4000-8000-000000000002"


def problems(*sources):
    with pytest.raises(DocumentError) as error:
        save_sources(sources=list(sources))
    assert not RoleProfile.objects.exists(), "nothing may be left of what was refused"
    return [str(problem) for problem in error.value.problems]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ({"schema": 1, "slug": "a"}, 'a: "role_title" is a required property'),
        (["not a role"], 'role 1: ["not a role"] is not of type "object"'),
        (source(schema=2), "nurse: schema: 1 was expected"),
        (source(colour="red"), "nurse: Additional properties are not allowed ('colour' was unexpected)"),
        (source(role_title=" "), "nurse: role_title: Write something here."),
        (source(role_title="x" * 201), "nurse: role_title: Longer than 200 characters."),
        (source("bad slug"), "bad slug: slug: Use letters, digits, hyphens and underscores only."),
        (source(locale="klingon"), "nurse: locale: “klingon” is not a language."),
        (source(region="UK"), "nurse: region: “UK” is not a place code."),
        (source(published_on="2025-02-30"), "nurse: published_on: “2025-02-30” is not a date."),
        (source(published_on="July"), "nurse: published_on: "),
        (source(questions=[{"question": "<p></p>"}]), "nurse: questions[0].question: Write something here."),
        (
            source(skills=[{"label": "a", "examples": ["one\ntwo"]}]),
            "skills[0].examples: Write one text per line.",
        ),
        (
            source(links=[{"text": "a", "url": "/\\evil.example"}]),
            "links[0].url: Write a full web address",
        ),
        (source(job_family={"slug": "none"}), "nurse: job_family: There is no job family “none”."),
        (source(duties=[{"text": "a\x00b"}]), "nurse: duties[0].text: The text holds a NUL character"),
        (source(summary="\ud800"), "nurse: summary: The text holds a NUL character or half"),
        (source(duties="Listen"), 'nurse: duties: "Listen" is not of type "array"'),
        (source(duties=[{"text": "a"}, {"text": 5}]), 'nurse: duties[1].text: 5 is not of type "string"'),
        (
            source(duties=[{"text": "a", "percent_time": 101}]),
            "nurse: duties[0].percent_time: 101 is greater than",
        ),
        (
            source(duties=[{"text": "a", "percent_time": 1.234}]),
            "percent_time: 1.234 has more than 2 decimal places.",
        ),
        (source(duties=[{"text": "a", "section": "b"}]), "duties[0].section: There is no section “b”"),
        (
            source(sections=[{"anchor": "a"}, {"anchor": "a"}]),
            "sections[1].anchor: Another row of sections has",
        ),
        (
            source(sections=[{"anchor": "a", "parent": "a"}]),
            "sections[0].parent: A section cannot be a sub-section of",
        ),
        (source(sections=[{"anchor": "a", "parent": "b"}]), "sections[0].parent: There is no section “b”"),
        (
            source(
                sections=[{"anchor": "a"}, {"anchor": "b", "parent": "a"}, {"anchor": "c", "parent": "b"}]
            ),
            "sections[2].parent: A sub-section cannot have sub-sections",
        ),
        (source(skills=[{}]), "skills[0].skill: Choose a skill, or write its name."),
        (source(skills=[{"skill": {"slug": "none"}}]), "skills[0].skill: There is no skill “none”."),
        (source(career_moves=[{"to": {"slug": "none"}}]), "career_moves[0].to: There is no role “none”."),
        (
            source(career_moves=[{"to": {"slug": "nurse"}}]),
            "career_moves[0].to: A role cannot be a career move of",
        ),
        (source(salary_bands=[{"minimum": 1}]), "salary_bands[0].currency: Say in which currency"),
        (
            source(salary_bands=[{"currency": "QQQ"}]),
            "salary_bands[0].currency: “QQQ” is not a currency code.",
        ),
        (
            source(salary_bands=[{"currency": "GBP", "minimum": 9, "maximum": 1}]),
            "salary_bands[0].minimum: “From” (9.00) is more than “To” (1.00).",
        ),
        (
            source(salary_bands=[{"currency": "GBP", "minimum": -5}]),
            "salary_bands[0].minimum: Pay cannot be below zero.",
        ),
        (source(salary_bands=[{"currency": "GBP", "minimum": 10**30}]), "salary_bands[0].minimum: "),
        (
            source(links=[{"text": "x", "url": "javascript:alert(1)"}]),
            "links[0].url: Write a full web address",
        ),
        (
            source(references=[{"title": "x", "url": "javascript:alert(1)"}]),
            "references[0].url: Enter a valid URL.",
        ),
        (source(duties=[{"text": "a", "uuid": "no"}]), "duties[0].uuid: "),
        (
            source(duties=[{"text": "a", "uuid": UUID}, {"text": "b", "uuid": UUID}]),
            "duties[1].uuid: Another row of duties has the same UUID.",
        ),
        (
            source(qualifications=[{"text": "a", "substitutes_for": UUID}]),
            "qualifications[0].substitutes_for: It must be the UUID of another row here.",
        ),
        (source(summary="x" * 200_001), "nurse: summary: Longer than 200000 characters."),
    ],
)
def test_what_is_wrong_is_named(written, expected):
    found = problems(written)

    assert any(expected in problem for problem in found), found
    assert len(found) == 1, found


def test_all_problems_of_all_roles_are_told_at_once():
    found = problems(
        source("one", duties=[{"text": "a", "section": "x"}, {"text": "b", "section": "y"}]),
        source("two", region="UK"),
    )

    assert [problem.split(":")[0] for problem in found] == ["one", "one", "two"]


def test_two_roles_of_one_file_must_differ():
    assert problems(source("one", uuid=UUID), source("two", uuid=UUID)) == [
        f"two: uuid: Another role here has the same uuid “{UUID}”."
    ]
    assert "Another role here has the same slug" in problems(source("one"), source("one"))[0]


def test_a_row_of_another_role_is_refused():
    save_sources(sources=[source("one", duties=[{"text": "a", "uuid": UUID}])])

    with pytest.raises(DocumentError, match=f"two: duties\\[0\\].uuid: {UUID} belongs to another role"):
        save_sources(sources=[source("two", duties=[{"text": "a", "uuid": UUID}])])
    assert not RoleProfile.objects.filter(slug="two").exists()


def test_a_slug_that_another_role_has_is_refused():
    save_sources(sources=[source("one", uuid=UUID)])

    with pytest.raises(DocumentError, match="one: slug: “One” has this slug, and another UUID"):
        save_sources(sources=[source("one", uuid=OTHER_UUID)])


def test_two_roles_may_exchange_their_slugs():
    save_sources(sources=[source("one", uuid=UUID), source("two", uuid=OTHER_UUID)])

    save_sources(sources=[source("two", uuid=UUID), source("one", uuid=OTHER_UUID)])

    assert str(RoleProfile.objects.get(slug="two").uuid) == UUID


def test_figures_of_a_band_are_not_overwritten_silently():
    SalaryBand.objects.create(slug="band", label="Band", currency="GBP", minimum=10, maximum=20)

    found = problems(source(salary_bands=[{"band": {"slug": "band"}, "maximum": 25}]))

    assert "salary_bands[0].maximum: 25 is not what the salary band “Band” says (20)" in found[0]


def test_rich_text_is_cleaned_at_the_door():
    save_sources(sources=[source(summary="<p onclick='x'>Hi<script>alert(1)</script></p>")])

    assert RoleProfile.objects.get().summary == "<p>Hi</p>"
    assert "script" not in Edition.objects.get().source


def test_an_iterator_is_read_whole_and_a_list_is_read_twice():
    report = save_sources(sources=iter([source("one"), source("two")]))

    assert [role.slug for role in report.created] == ["one", "two"]


def test_a_report_tells_each_change():
    family = JobFamily.objects.create(slug="care", label="Care")
    first = source(
        duties=[{"text": "Listen", "uuid": UUID}, {"text": "Write", "uuid": OTHER_UUID}],
        sections=[{"anchor": "a"}],
    )
    save_sources(sources=[first])
    second = source(
        role_title="Ward nurse",
        job_family={"slug": family.slug},
        duties=[{"text": "Listen well", "uuid": UUID}, {"text": "Plan"}],
        sections=[{"anchor": "a"}],
    )

    report = save_sources(sources=[second])

    assert [str(change) for change in report.changed[0].changes] == [
        "~ role_title: Nurse → Ward nurse",
        "~ job_family: nothing → care",
        "- duties[1]: Write",
        "~ duties[0].text: Listen → Listen well",
        "+ duties[1]: Plan",
    ]


def test_only_a_change_makes_open_forms_stale():
    save_sources(sources=[source()])
    before = RoleProfile.objects.get().lock_version

    save_sources(sources=[source()])
    assert RoleProfile.objects.get().lock_version == before

    save_sources(sources=[source(role_title="Other")])
    assert RoleProfile.objects.get().lock_version > before


@pytest.mark.parametrize("count", [1, 5])
def test_queries_do_not_grow_with_roles_or_rows(count, django_assert_max_num_queries):
    written = [
        source(
            f"role-{number}",
            sections=[{"anchor": f"s{row}"} for row in range(count)],
            duties=[{"text": f"Duty {row}", "section": "s0"} for row in range(count)],
            career_moves=[{"label": f"Move {row}"} for row in range(count)],
        )
        for number in range(count)
    ]

    with django_assert_max_num_queries(45):
        save_sources(sources=written)

    assert Section.objects.count() == Duty.objects.count() == count * count
