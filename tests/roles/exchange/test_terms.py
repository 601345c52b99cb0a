"""The vocabulary file: written and read, once and twice, and refused whole when anything in it is wrong."""

import copy
import json

import pytest

from careers.models import JobFamily, Level, LevelScale, SalaryBand
from publications.names import names_changed
from roles.documents.problems import DocumentError
from roles.exchange.terms import dump_terms, load_terms
from roles.models import Organization
from skills.models import ProficiencyLevel, Skill

pytestmark = pytest.mark.django_db

TERMS = {
    "job_families": [
        # A child may come before its parent.
        {"slug": "web", "label": "Web", "parent": "engineering"},
        {"slug": "engineering", "label": "Engineering", "description": "Those who build.", "position": 10},
    ],
    "level_scales": [{"slug": "house", "label": "House ladder"}],
    "levels": [
        {"slug": "junior", "label": "Junior", "scale": "house", "rank": 1},
        {"slug": "senior", "label": "Senior", "scale": "house", "rank": 2, "autonomy": "Decides alone."},
    ],
    "proficiency_levels": [
        {"slug": "expert", "label": "Expert", "rank": 4, "description": "Others ask them."}
    ],
    "skills": [
        {
            "slug": "postgres",
            "label": "Postgres",
            "type": "technology",
            "status": "retired",
            "replaced_by": "postgresql",
        },
        {
            "uuid": "5b7f0a3e-44a1-4f0e-9a3e-7a6f2f1f0a11",
            "slug": "postgresql",
            "label": "PostgreSQL",
            "type": "technology",
            "labels": [{"label": "Postgre", "kind": "hidden"}],
            "mappings": [{"scheme": "UNSPSC", "code": "43232304", "relation": "broad"}],
            "level_texts": {"expert": "Reads query plans."},
        },
    ],
    "salary_bands": [
        {
            "slug": "web-senior-gb",
            "label": "Web, senior, UK",
            "family": "web",
            "level": "senior",
            "currency": "GBP",
            "minimum": 61000,
            "maximum": 75000.5,
            "region": "GB",
            "as_of": "2025-04",
            "effective_from": "2025-04-01",
        }
    ],
    "publishers": [
        {
            "slug": "acme",
            "label": "Acme",
            "about": "<p>We make things.</p>",
            "clients": ["Road Runner"],
            "contacts": [
                {"department": "Press", "email": "press@acme.example"},
                {"department": "Press", "phone": "1"},
            ],
        }
    ],
}


def changed(path, value):
    """The file above with one value replaced (or, for a path that ends in a new key, added)."""
    data = copy.deepcopy(TERMS)
    inner = data
    for part in path[:-1]:
        inner = inner[part]
    inner[path[-1]] = value
    return data


def test_load_creates_everything():
    report = load_terms(TERMS, name="terms.json")

    assert {key: len(kind.created) for key, kind in report.kinds.items()} == {
        "job_families": 2,
        "level_scales": 1,
        "levels": 2,
        "proficiency_levels": 1,
        "skills": 2,
        "salary_bands": 1,
        "publishers": 1,
    }
    assert JobFamily.objects.get(slug="web").parent.slug == "engineering"
    postgresql = Skill.objects.get(slug="postgresql")
    assert str(postgresql.uuid) == "5b7f0a3e-44a1-4f0e-9a3e-7a6f2f1f0a11"
    assert Skill.objects.get(slug="postgres").replaced_by == postgresql
    assert postgresql.mappings.get().relation == "broad"
    assert postgresql.level_texts.get().level.slug == "expert"
    assert str(SalaryBand.objects.get().maximum) == "75000.50"
    assert [contact.phone for contact in Organization.objects.get().contacts.all()] == ["", "1"]


def test_load_twice_changes_and_writes_nothing(django_assert_max_num_queries):
    load_terms(TERMS, name="terms.json")

    with django_assert_max_num_queries(30) as queries:
        report = load_terms(TERMS, name="terms.json")

    assert not report.changed_anything
    written = [q["sql"] for q in queries if not q["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE"))]
    assert written == []


def test_dump_loads_again_as_it_was():
    load_terms(TERMS, name="terms.json")
    dumped = dump_terms()

    report = load_terms(json.loads(json.dumps(dumped)), name="again.json")

    assert not report.changed_anything
    assert dump_terms() == dumped


def test_dump_fills_an_empty_database_with_the_same():
    load_terms(TERMS, name="terms.json")
    dumped = dump_terms()
    for records in (
        *(model.objects.all() for model in (Organization, SalaryBand, Level, LevelScale)),
        Skill.objects.filter(replaced_by__isnull=False),
        Skill.objects.all(),
        ProficiencyLevel.objects.all(),
        JobFamily.objects.filter(parent__isnull=False),
        JobFamily.objects.all(),
    ):
        records.delete()

    load_terms(dumped, name="dumped.json")

    assert dump_terms() == dumped


def test_load_tells_each_change_and_lets_names_follow():
    load_terms(TERMS, name="terms.json")
    heard = []

    def hear(*, kind, uuids, **_):
        heard.append((kind, uuids))

    names_changed.connect(hear)
    data = changed(["skills", 1, "label"], "PostgreSQL server")
    data["skills"][1]["level_texts"]["expert"] = "Writes query plans."
    data["skills"][1]["labels"].append({"label": "PG"})
    try:
        report = load_terms(data, name="terms.json")
    finally:
        names_changed.disconnect(hear)

    changes = report.kinds["skills"].changed["postgresql"]
    assert changes["label"] == ("PostgreSQL", "PostgreSQL server")
    assert changes["level_texts.expert.text"] == ("Reads query plans.", "Writes query plans.")
    assert list(changes) == ["label", "labels[1]", "level_texts.expert.text"]
    assert report.kinds["skills"].unchanged == ["postgres"]
    assert heard == [("skill", [Skill.objects.get(slug="postgresql").uuid])]
    assert "  postgresql: label was “PostgreSQL”, is now “PostgreSQL server”" in report.lines()


def test_load_leaves_alone_what_the_file_does_not_say():
    load_terms(TERMS, name="terms.json")

    report = load_terms({"skills": [{"slug": "postgresql", "label": "PostgreSQL"}]}, name="less.json")

    assert not report.changed_anything
    assert Skill.objects.get(slug="postgresql").labels.count() == 1


def test_load_follows_the_uuid_and_renames():
    load_terms(TERMS, name="terms.json")

    report = load_terms(changed(["skills", 1, "slug"], "pg"), name="t.json")

    assert Skill.objects.count() == 2
    assert Skill.objects.get(slug="postgres").replaced_by.slug == "pg"
    assert report.kinds["skills"].changed["pg"]["slug"] == ("postgresql", "pg")


def test_ranks_may_shift_and_swap():
    load_terms(TERMS, name="terms.json")
    data = copy.deepcopy(TERMS)
    data["levels"][0]["rank"], data["levels"][1]["rank"] = 2, 3
    data["levels"].append({"slug": "trainee", "label": "Trainee", "scale": "house", "rank": 1})

    load_terms(data, name="terms.json")

    assert list(Level.objects.order_by("rank").values_list("slug", "rank")) == [
        ("trainee", 1),
        ("junior", 2),
        ("senior", 3),
    ]


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (["skill"], [], "t.json: Additional properties are not allowed ('skill' was unexpected)"),
        (["skills", 1, "colour"], "red", "t.json: skills[1]: Additional properties are not allowed"),
        (["skills", 1, "label"], 5, 't.json: skills[1].label: 5 is not of type "string"'),
        (["skills", 1, "label"], " ", "t.json: skills[1].label: "),
        (["skills", 1, "type"], "gift", "t.json: skills[1] (postgresql).type: Value 'gift' is not a valid choice"),
        (["skills", 1, "label"], "a\x00b", "t.json: skills[1].label: The text holds a NUL character"),
        (["skills", 1, "label"], "\ud800", "t.json: skills[1].label: The text holds a NUL character or half"),
        (["skills", 1, "slug"], "postgres", "t.json: skills[1] (postgres): The same skill as skills[0]."),
        (["skills", 1, "label"], "POSTGRES", "t.json: skills[1] (postgresql): It has the same label and type"),
        (["skills", 0, "replaced_by"], "nowhere", "(postgres).replaced_by: There is no skill “nowhere”."),
        (["skills", 1, "replaced_by"], "postgres", "(postgresql).replaced_by: This goes round in a circle."),
        (["skills", 0, "status"], "active", "(postgres).replaced_by: Only a retired skill names"),
        (["skills", 1, "mappings", 0, "code"], "", "skills[1] (postgresql): Give the code or the web identifier"),
        (["skills", 1, "level_texts"], {"guru": "x"}, "(postgresql).level_texts.guru: There is no proficiency"),
        (["levels", 0, "rank"], 0, "t.json: levels[0] (junior): Ranks start at 1."),
        (["levels", 0, "rank"], 2, "levels[1] (senior): It has the same scale and rank and track as levels[0]"),
        (["job_families", 1, "parent"], "web", "job_families[0] (web).parent: This goes round in a circle."),
        (["salary_bands", 0, "currency"], "XXQ", "(web-senior-gb).currency: “XXQ” is not a currency code"),
        (["salary_bands", 0, "minimum"], 80000, "(web-senior-gb).minimum: “From” (80000"),
        (["salary_bands", 0, "minimum"], 1.005, "(web-senior-gb).minimum: Ensure that there are no more than 2"),
        (["salary_bands", 0, "as_of"], "2025-13", "(web-senior-gb).as_of: “2025-13” is not a date."),
        (["salary_bands", 0, "effective_to"], "2024-01-01", "(web-senior-gb): A band cannot end before it starts."),
        (["salary_bands", 0, "effective_to"], "soon", "t.json: salary_bands[0].effective_to: "),
        (["publishers", 0, "website"], "nowhere", "publishers[0] (acme).website: Enter a valid URL."),
    ],
)  # fmt: skip
def test_load_refuses_the_whole_file(path, value, message):
    with pytest.raises(DocumentError) as error:
        load_terms(changed(path, value), name="t.json")

    assert message in str(error.value)
    assert not Skill.objects.exists()
    assert not JobFamily.objects.exists()


def test_load_names_every_problem():
    data = changed(["skills", 1, "type"], "gift")
    data["salary_bands"][0]["family"] = "nowhere"

    with pytest.raises(DocumentError) as error:
        load_terms(data, name="t.json")

    assert [problem.path for problem in error.value.problems] == [
        "t.json: skills[1] (postgresql).type",
        "t.json: salary_bands[0] (web-senior-gb).family",
    ]


def test_load_refuses_an_address_that_is_somebody_elses():
    load_terms(TERMS, name="terms.json")

    with pytest.raises(DocumentError, match="Another skill, “Postgres”, has this address"):
        load_terms(changed(["skills", 1, "slug"], "postgres") | {"skills": [
            {"uuid": "5b7f0a3e-44a1-4f0e-9a3e-7a6f2f1f0a11", "slug": "postgres", "label": "X"}
        ]}, name="t.json")  # fmt: skip


def test_load_refuses_a_name_that_a_record_outside_the_file_has():
    load_terms(TERMS, name="terms.json")

    with pytest.raises(DocumentError) as error:
        load_terms({"skills": [{"slug": "pg", "label": "postgreSQL", "type": "technology"}]}, name="t.json")

    assert "skills[0] (pg): There is already a skill of this name and type." in str(error.value)


@pytest.mark.parametrize("data", [[], "text", None, {"skills": {}}, {"skills": [3]}])
def test_load_refuses_what_is_no_vocabulary_file(data):
    with pytest.raises(DocumentError, match=r"^t\.json: "):
        load_terms(data, name="t.json")


@pytest.mark.parametrize("count", [1, 50])
def test_number_of_queries_does_not_grow(count, django_assert_max_num_queries):
    skills = [
        {"slug": f"s-{i}", "label": f"Skill {i}", "mappings": [{"scheme": "X", "code": str(i)}]}
        for i in range(count)
    ]

    with django_assert_max_num_queries(15):
        load_terms({"skills": skills}, name="t.json")
