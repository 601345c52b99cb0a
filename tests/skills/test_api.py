import pytest

from skills.models import Skill
from tests.factories import (
    ProficiencyLevelFactory,
    PublicationFactory,
    SkillFactory,
    SkillLabelFactory,
    SkillLevelTextFactory,
    SkillMappingFactory,
)

pytestmark = pytest.mark.django_db

SKILLS = "/api/v1/skills/"


def slugs(response):
    assert response.status_code == 200, response.content
    return [skill["slug"] for skill in response.json()["results"]]


@pytest.fixture
def python():
    skill = SkillFactory(
        label="Python",
        type="technology",
        uri="https://skills.example/python",
        description="A language.",
        note="Ask Dana before renaming.",
    )
    SkillLabelFactory(skill=skill, label="CPython")
    SkillLabelFactory(skill=skill, label="Pyhton", kind="hidden")
    SkillMappingFactory(skill=skill, scheme="SFIA", version="9", code="PROG", relation="broad")
    expert = ProficiencyLevelFactory(label="Expert", rank=4)
    SkillLevelTextFactory(skill=skill, level=expert, text="Others ask them.")
    SkillLevelTextFactory(skill=skill, level=ProficiencyLevelFactory(label="Working", rank=2), text="Alone.")
    return skill


def shown(python):
    return {
        "uuid": str(python.uuid),
        "slug": "python",
        "label": "Python",
        "type": "technology",
        "uri": "https://skills.example/python",
        "description": "A language.",
        "other_names": [{"label": "CPython", "locale": "en"}],
        "mappings": [{"scheme": "SFIA", "version": "9", "code": "PROG", "uri": "", "relation": "broad"}],
        "levels": [
            {"slug": "working", "label": "Working", "rank": 2, "text": "Alone."},
            {"slug": "expert", "label": "Expert", "rank": 4, "text": "Others ask them."},
        ],
        "role_count": 2,
    }


def test_skill_list_shows_a_skill_whole(client, python):
    PublicationFactory(skills=[python, python])
    PublicationFactory(skills=[python])
    PublicationFactory(skills=[python], withdrawn=True)

    assert client.get(SKILLS).json() == {
        "count": 1,
        "page": 1,
        "page_size": 20,
        "page_count": 1,
        "next": None,
        "previous": None,
        "results": [shown(python)],
    }


def test_skill_detail_shows_the_same(client, python):
    PublicationFactory.create_batch(2, skills=[python])

    assert client.get(f"{SKILLS}python/").json() == shown(python)


def test_skill_list_leaves_out_what_no_live_role_asks_for(client):
    PublicationFactory(skills=[SkillFactory(slug="used")])
    PublicationFactory(skills=[SkillFactory(slug="used-once")], withdrawn=True)
    SkillFactory(slug="unused")

    assert slugs(client.get(SKILLS)) == ["used"]


@pytest.mark.parametrize("slug", ["used-once", "unused", "nobody"])
def test_skill_detail_of_what_no_live_role_asks_for_is_not_found(client, slug):
    PublicationFactory(skills=[SkillFactory(slug="used-once")], withdrawn=True)
    SkillFactory(slug="unused")

    response = client.get(f"{SKILLS}{slug}/")

    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"
    assert "used" not in response.text


def test_skill_list_says_nothing_of_internal_notes_and_search_words(client, python):
    PublicationFactory(skills=[python])

    for url in (SKILLS, f"{SKILLS}python/"):
        text = client.get(url).text
        assert "Dana" not in text
        assert "Pyhton" not in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["python", "teaching"]),
        ("type=technology", ["python"]),
        ("type=tool", []),
        ("q=TEACH", ["teaching"]),
        ("q=cpyth", ["python"]),
        ("q=pyhton", []),
        ("q=%25", []),
        ("q=t&type=skill", ["teaching"]),
    ],
)
def test_skill_list_filters(client, python, query, found):
    PublicationFactory(skills=[python, SkillFactory(label="Teaching")])

    assert slugs(client.get(f"{SKILLS}?{query}")) == found


@pytest.mark.parametrize(
    ("query", "parameter"),
    [("type=magic", "type"), ("q=%00", "q"), ("q=" + "x" * 101, "q"), ("q=", "q"), ("note=Dana", "note")],
)
def test_skill_list_refuses_what_it_does_not_understand(client, query, parameter):
    response = client.get(f"{SKILLS}?{query}")

    assert response.status_code == 400
    assert [error["parameter"] for error in response.json()["errors"]] == [parameter]


def test_skill_detail_refuses_parameters(client, python):
    PublicationFactory(skills=[python])

    assert client.get(f"{SKILLS}python/?page=1").status_code == 400


@pytest.mark.parametrize("count", [1, 5])
def test_skill_list_queries(client, django_assert_num_queries, count):
    """Cold: the stamp, how many, which, the skills, three kinds of rows on them, their roles, the stamp."""
    skills = SkillFactory.create_batch(count)
    for skill in skills:
        SkillLabelFactory(skill=skill)
        SkillMappingFactory(skill=skill)
        SkillLevelTextFactory(skill=skill)
    PublicationFactory(skills=skills)

    with django_assert_num_queries(9):
        cold = client.get(SKILLS)
    with django_assert_num_queries(1):
        warm = client.get(SKILLS)
    with django_assert_num_queries(1):
        held = client.get(SKILLS, headers={"If-None-Match": cold.headers["ETag"]})

    assert len(cold.json()["results"]) == count
    assert warm.content == cold.content
    assert held.status_code == 304


@pytest.mark.parametrize("url", [SKILLS, f"{SKILLS}python/"])
def test_a_new_description_shows_at_once_though_no_document_holds_it(client, python, url):
    PublicationFactory(skills=[python])
    before = client.get(url)

    Skill.objects.filter(pk=python.pk).update(description="Named after a troupe of comedians.")
    after = client.get(url, headers={"If-None-Match": before.headers["ETag"]})

    assert after.status_code == 200
    assert "comedians" in after.text
