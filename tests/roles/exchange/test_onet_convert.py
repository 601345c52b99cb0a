"""What one occupation becomes: a source document, made by a pure function of the tables."""

from pathlib import Path
from uuid import UUID

import pytest

from roles.exchange.onet.convert import convert
from roles.exchange.onet.families import MAJOR_GROUPS, family_uuid
from roles.exchange.onet.load import _skills
from roles.exchange.onet.page import Context, profile_uuid
from roles.exchange.onet.reading import read_database
from roles.exchange.onet.release import read_release
from roles.exchange.tables import Tables
from roles.exchange.wages import as_of_from_name, read_wages

FOLDER = Path(__file__).parents[2] / "data" / "onet"
WAGES = "national_M2030_dl.csv"
DEVELOPERS, TESTERS, BLOCKCHAIN, ACTORS = "15-1252.00", "15-1253.00", "15-1299.07", "27-2011.00"


@pytest.fixture(scope="module")
def context():
    tables = Tables(FOLDER)
    database = read_database(tables, read_release(tables))
    wages = read_wages(tables, WAGES, as_of=as_of_from_name(WAGES))
    tables.check()
    return Context(
        database=database,
        wages=wages,
        slugs={profile_uuid(code): f"onet-{code[:7]}" for code in database.occupations},
        families={family_uuid(group): {"slug": f"soc-{group}"} for group in MAJOR_GROUPS},
        skills={skill.key: {"slug": skill.label} for skill in _skills(database)},
        changed_by="Rolebook",
    )


@pytest.fixture
def developers(context):
    return convert(DEVELOPERS, context)


def only(rows, *names):
    return [tuple(row.get(name) for name in names) for row in rows]


@pytest.mark.parametrize("code", [DEVELOPERS, TESTERS, BLOCKCHAIN, ACTORS])
def test_same_tables_give_the_same_document(context, code):
    assert convert(code, context) == convert(code, context)


def test_profile(developers):
    assert developers["uuid"] == str(profile_uuid(DEVELOPERS))
    assert developers["slug"] == "onet-15-1252"
    assert developers["role_title"] == "Software Developers"
    assert developers["summary"] == "Write programs that people use &amp; keep them running."
    assert developers["job_family"] == {"slug": "soc-15"}
    assert (developers["locale"], developers["region"], developers["updated_on"]) == (
        "en-US",
        "US",
        "2031-05",
    )


def test_identity_never_changes():
    """Whoever imports the same occupation, anywhere, gets the same role. This number is for ever."""
    assert profile_uuid(DEVELOPERS) == UUID("67b3ae68-b693-5624-bc62-6c7b83a26d23")


def test_page_has_sections_only_for_what_is_there(context, developers):
    assert [section["anchor"] for section in developers["sections"]] == [
        "at-a-glance", "tasks", "skills", "knowledge", "technology", "tools", "preparation", "pay", "related",
    ]  # fmt: skip
    assert convert(BLOCKCHAIN, context)["sections"] == [
        {"anchor": "at-a-glance", "kind": "glance", "heading": "At a glance"},
        {"anchor": "pay", "kind": "salary", "heading": "What it pays"},
    ]


def test_titles_differ_from_the_role_and_each_other(developers):
    """The role's own title and repetitions, whatever their case, are left out."""
    assert only(developers["alternate_titles"], "title") == [
        ("Application Programmer",),
        ("Coder",),
        ("Backend Engineer (BE)",),
    ]


def test_codes(context, developers):
    assert only(developers["occupation_codes"], "scheme", "version", "code", "label") == [
        ("O*NET-SOC", "2019", "15-1252.00", "Software Developers"),
        ("SOC", "2018", "15-1252", "Software Developers"),
    ]
    assert only(convert(BLOCKCHAIN, context)["occupation_codes"], "code", "label") == [
        ("15-1299.07", "Blockchain Engineers"),
        ("15-1299", ""),
    ]


def test_tasks_core_first(context, developers):
    assert only(developers["duties"], "group", "essential", "text") == [
        ("Core tasks", True, "Write code that does what was asked."),
        ("Core tasks", True, "Talk with users about what they need."),
        ("Further tasks", False, "Review the code of others."),
        ("Emerging tasks", None, "Judge code that a machine wrote."),
    ]
    # A type that O*NET does not state is neither.
    assert only(convert(TESTERS, context)["duties"], "group", "essential") == [("", None)]


def test_skills_important_ones_only(context, developers):
    """From 3.00 up, without what is not relevant or not reliable, the most important first."""
    assert only(developers["skills"], "section", "skill", "strength", "importance") == [
        ("skills", {"slug": "Programming"}, "must", 4.75),
        ("skills", {"slug": "Reading"}, "must", 3.5),
        ("skills", {"slug": "Mathematics"}, "preferred", 3),
        ("knowledge", {"slug": "Computers"}, "must", 4.8),
        ("knowledge", {"slug": "Mathematics"}, "preferred", 3.4),
    ]
    assert "skills" not in convert(TESTERS, context)


def test_technology_by_kind_wanted_first(developers):
    rows = [row for row in developers["tools"] if row["section"] == "technology"]

    assert only(rows, "group", "skill", "note") == [
        ("Development environment software", {"slug": "C#"}, "Hot technology, in demand"),
        ("Development environment software", {"slug": "C++"}, "Hot technology, in demand"),
        ("Development environment software", {"slug": "C"}, "Hot technology"),
        ("Development environment software", {"slug": "Ada"}, ""),
        ("Data base management system software", {"slug": "PostgreSQL"}, "Hot technology"),
    ]


def test_tools_by_family_of_commodities(developers):
    rows = [row for row in developers["tools"] if row["section"] == "tools"]

    assert only(rows, "group", "skill") == [
        ("Computer Equipment and Accessories", {"slug": "Desktop computers"}),
        ("Computer Equipment and Accessories", {"slug": "Laptop computers"}),
        # The reference table does not know this one.
        ("Phone headsets", {"slug": "Headsets"}),
    ]


def test_preparation(context, developers):
    zone = "Zone Four (SVP 7.0 to < 8.0)"
    assert only(developers["qualifications"], "group", "kind", "strength", "text", "months_experience") == [
        (
            "What people in this occupation say is required",
            "education",
            "required",
            "Bachelor's Degree",
            None,
        ),
        (
            "What people in this occupation say is required",
            "experience",
            "preferred",
            "Related work experience: over 2 years, up to and including 4 years",
            24,
        ),
        (zone, "education", "unspecified", "A degree.", None),
        (zone, "experience", "unspecified", "Years of experience.", None),
        (zone, "other", "unspecified", "Years of training.", None),
    ]
    shares = [fact for fact in developers["facts"] if fact["section"] == "preparation"]
    assert only(shares, "label", "value", "minimum", "as_of", "source_title") == [
        ("Bachelor's Degree", "71%", 71.3, "2030-08", "O*NET Database"),
        ("Post-Baccalaureate Certificate", "24%", 23.8, "2030-08", "O*NET Database"),
    ]
    # Suppressed figures are nobody's; “None” is no qualification.
    actors = convert(ACTORS, context)
    assert {row["group"] for row in actors["qualifications"]} == {"Zone Two (SVP 4.0 to < 6.0)"}


def test_glance(context, developers):
    facts = [fact for fact in developers["facts"] if fact["section"] == "at-a-glance"]

    assert only(facts, "key", "value") == [
        ("education", "Bachelor's Degree"),
        ("experience", "Over 2 years, up to and including 4 years"),
        ("training", "Up to and including 1 month"),
        ("job-zone", "Zone Four"),
        ("employment", "1,654,440"),
    ]
    assert facts[-1]["source_title"] == (
        "U.S. Bureau of Labor Statistics, Occupational Employment and Wage Statistics, May 2030"
    )
    # The number of a wider occupation says so; one that was not released is not shown.
    assert convert(BLOCKCHAIN, context)["facts"][0]["text"] == "In all of Computer Occupations, All Other."
    assert "employment" not in [fact["key"] for fact in convert(TESTERS, context)["facts"]]


def test_pay_names_a_shared_band(context, developers):
    assert developers["salary_bands"] == [
        {
            "section": "pay",
            "band": {"slug": "us-soc-15-1252-2030-05"},
            "display_text": "$133,080 a year (median), $239,200 or more for the highest paid",
            "note": (
                "<p>No figure is published for the 90th percentile: pay is $239,200 a year or more there, the highest "
                "that the survey states.</p>"
            ),
        }
    ]
    assert convert(BLOCKCHAIN, context)["salary_bands"][0]["note"] == (
        "<p>The figures are for all of Computer Occupations, All Other (SOC 15-1299).</p>"
    )


def test_related_in_the_order_of_their_index(developers):
    assert only(developers["career_moves"], "group", "kind", "label") == [
        ("Most alike", "related", "Software Testers"),
        ("Alike", "related", "Blockchain Engineers"),
        ("Somewhat alike", "related", "Actors"),
    ]
    assert developers["career_moves"][0]["to"] == {
        "slug": "onet-15-1253",
        "uuid": str(profile_uuid(TESTERS)),
    }


def test_attribution_names_release_and_changes(context, developers):
    onet, oews = developers["attributions"]

    assert onet["release"] == "90.1"
    assert onet["statement"] == (
        "This page includes information from the O*NET 90.1 Database by the U.S. Department of Labor, Employment and "
        "Training Administration (USDOL/ETA). Used under the CC BY 4.0 license. O*NET® is a trademark of USDOL/ETA. "
        "Rolebook has modified all or some of this information. USDOL/ETA has not approved, endorsed, or tested these "
        "modifications."
    )
    assert oews["statement"] == (
        "Source: U.S. Bureau of Labor Statistics, Occupational Employment and Wage Statistics, May 2030."
    )
