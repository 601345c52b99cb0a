"""Skills, their names and levels: what can never be stored, and what editors are told."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import F, ProtectedError

from skills.models import Skill
from tests.breaches import Breach
from tests.factories import (
    ProficiencyLevelFactory,
    SkillFactory,
    SkillLabelFactory,
    SkillLevelTextFactory,
    SkillMappingFactory,
)

BREACHES = [
    Breach(
        "skill_one_label_per_type",
        SkillFactory,
        {"label": lambda other: other.label.upper(), "type": lambda other: other.type},
        new={"slug": "another"},
    ),
    Breach("skill_not_replaced_by_itself", SkillFactory, {"replaced_by": F("pk")}),
    Breach(
        "skilllabel_once_per_skill",
        SkillLabelFactory,
        {
            "skill": lambda other: other.skill,
            "label": lambda other: other.label.upper(),
            "locale": lambda other: other.locale,
        },
    ),
    Breach("skillmapping_has_code_or_uri", SkillMappingFactory, {"code": "", "uri": ""}),
    Breach(
        "skillmapping_once",
        SkillMappingFactory,
        {"skill": lambda other: other.skill, "code": lambda other: other.code},
    ),
    Breach(
        "skillleveltext_one_per_level",
        SkillLevelTextFactory,
        {"skill": lambda other: other.skill, "level": lambda other: other.level},
    ),
]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("breach", BREACHES, ids=str)
def test_database_refuses(breach):
    breach.try_it()


def test_one_name_may_be_of_two_types():
    SkillFactory(label="Python", slug="python")

    SkillFactory(label="python", slug="python-language", type=Skill.Type.TECHNOLOGY).full_clean()


def test_second_skill_of_one_name_and_type_is_refused_in_words():
    SkillFactory(label="Python", slug="python")

    with pytest.raises(ValidationError) as error:
        SkillFactory.build(label="PYTHON", slug="python-2").full_clean()

    assert error.value.messages == ["There is already a skill of this name and type."]


def test_only_a_retired_skill_may_be_replaced():
    new = SkillFactory()

    SkillFactory.build(status=Skill.Status.RETIRED, replaced_by=new).full_clean()
    with pytest.raises(ValidationError) as error:
        SkillFactory.build(status=Skill.Status.ACTIVE, replaced_by=new).full_clean()

    assert error.value.message_dict == {
        "replaced_by": ["Only a retired skill names the one that replaces it."]
    }


def test_skill_cannot_replace_itself_in_words():
    skill = SkillFactory(status=Skill.Status.RETIRED)
    skill.replaced_by = skill

    with pytest.raises(ValidationError, match="A skill cannot be replaced by itself"):
        skill.full_clean()


def test_mapping_without_code_or_address_is_refused_in_words():
    with pytest.raises(ValidationError, match="Give the code or the web identifier"):
        SkillMappingFactory.build(skill=SkillFactory(), code="").full_clean()


def test_choosable_leaves_out_retired_skills():
    active = SkillFactory()
    SkillFactory(status=Skill.Status.RETIRED)

    assert list(Skill.objects.choosable()) == [active]


def test_what_others_refer_to_cannot_be_deleted():
    new = SkillFactory()
    SkillFactory(status=Skill.Status.RETIRED, replaced_by=new)
    level = SkillLevelTextFactory().level

    for record in (new, level):
        with pytest.raises(ProtectedError):
            record.delete()


def test_records_are_called_by_their_names():
    skill = SkillFactory(label="Python")
    level = ProficiencyLevelFactory(label="Expert")

    assert str(skill) == "Python"
    assert str(SkillLabelFactory(label="Py")) == "Py"
    assert str(SkillMappingFactory(scheme="ESCO", code="S1")) == "ESCO S1"
    assert (
        str(SkillMappingFactory(scheme="ESCO", code="", uri="https://example.org/1"))
        == "ESCO https://example.org/1"
    )
    assert str(SkillLevelTextFactory(skill=skill, level=level)) == "Python: Expert"
