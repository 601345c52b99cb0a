"""Finding in the vocabulary what an import needs."""

import uuid

import pytest

from roles.exchange.terms import TermsReport
from roles.exchange.vocabulary import WantedSkill, add_skills, free_slug
from skills.models import Skill
from tests.factories import SkillFactory, SkillMappingFactory

NAMESPACE = uuid.UUID("11111111-2222-3333-4444-555555555555")


@pytest.mark.parametrize(
    ("label", "taken", "slug"),
    [
        ("PostgreSQL", set(), "postgresql"),
        ("C", set(), "c"),
        ("C++", {"c"}, "c-plus-plus"),
        ("C#", {"c"}, "c-sharp"),
        ("Mathematics", {"mathematics"}, "mathematics-tool"),
        ("Mathematics", {"mathematics", "mathematics-tool"}, "mathematics-tool-2"),
        ("Señal", set(), "senal"),
        ("日本語", set(), "tool"),
        ("x" * 200, {"x" * 140}, "x" * 135 + "-tool"),
    ],
)
def test_free_slug(label, taken, slug):
    assert free_slug(label, taken, suffix="tool") == slug


def add(*wanted):
    report = TermsReport()
    references = add_skills(wanted, namespace=NAMESPACE, name="test", report=report)
    return [references[skill.key]["slug"] for skill in wanted], report


@pytest.mark.django_db
def test_same_skill_gets_the_same_uuid_everywhere():
    add(WantedSkill("Python", "technology"))
    first = Skill.objects.get().uuid
    Skill.objects.all().delete()

    add(WantedSkill("python", "technology"))

    assert Skill.objects.get().uuid == first


@pytest.mark.django_db
def test_exact_code_goes_before_name():
    by_name = SkillFactory(label="Programming")
    by_code = SkillMappingFactory(skill__label="Coding", scheme="O*NET", code="1").skill
    close = SkillMappingFactory(skill__label="Typing", scheme="O*NET", code="2", relation="close").skill

    exact, unmapped = (
        WantedSkill("Programming", "skill", codes={("O*NET", "9", code, "exact")}) for code in "13"
    )
    slugs, _ = add(exact)

    assert slugs == [by_code.slug]
    assert add(unmapped)[0] == [by_name.slug]
    # A code that is only close says nothing of what the skill is.
    assert add(WantedSkill("New", "skill", codes={("O*NET", "9", "2", "exact")}))[0] != [close.slug]


@pytest.mark.django_db
def test_replacement_that_goes_in_a_circle_ends():
    one, two = SkillFactory(label="One"), SkillFactory(label="Two")
    Skill.objects.filter(pk=one.pk).update(replaced_by=two)
    Skill.objects.filter(pk=two.pk).update(replaced_by=one)

    assert add(WantedSkill("One", "skill"))[0] == [one.slug]


@pytest.mark.django_db
@pytest.mark.parametrize("count", [5, 50])
def test_number_of_queries_does_not_grow(count, django_assert_max_num_queries):
    wanted = [WantedSkill(f"Skill {i}", "skill", codes={("X", "", str(i), "exact")}) for i in range(count)]
    add(*wanted)

    with django_assert_max_num_queries(6):
        _, report = add(*wanted)

    assert not report.changed_anything
