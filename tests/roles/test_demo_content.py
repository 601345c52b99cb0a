"""The demo content as it lies in the files: valid, whole, and as varied as the format allows. No database is needed."""

import json
import re
from collections import Counter, defaultdict
from functools import cache
from itertools import chain, pairwise
from pathlib import Path

import pytest

import roles.demo
from careers.models import AMOUNTS, CareerMove, SalaryBand
from publications.richtext import clean, to_text
from roles.documents.format import PROFILE, ROWS, references_in
from roles.documents.schema import problems_with
from roles.exchange.terms.schema import problems_with as problems_with_terms
from roles.models import Contribution, Duty, Fact, Link, Question, Section

FOLDER = Path(roles.demo.__file__).parent
ROLE_FILES = sorted((FOLDER / "roles").glob("*.json"))
TERM_FILES = sorted((FOLDER / "terms").glob("*.json"))

REMOTE = "senior-python-developer"
GUIDE = "senior-python-developer-company-guide"
LIBRARY = "senior-python-developer-role-library"
JOB_DESCRIPTION = "senior-python-developer-job-description"
INTERVIEW = "senior-python-developer-interview-guide"
FIVE = {REMOTE, GUIDE, LIBRARY, JOB_DESCRIPTION, INTERVIEW}


@cache
def demo_roles():
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in ROLE_FILES}


@cache
def demo_terms():
    terms = defaultdict(list)
    for path in TERM_FILES:
        for key, records in json.loads(path.read_text(encoding="utf-8")).items():
            terms[key] += records
    return terms


@cache
def by_slug(key):
    return {record["slug"]: record for record in demo_terms()[key]}


def rows_of(role, key, **wanted):
    """The rows of one array that hold these values; a field left out of the file is empty."""
    return [
        row for row in role.get(key, []) if all(row.get(name, "") == value for name, value in wanted.items())
    ]


def standing_in(role, key, anchor):
    return rows_of(role, key, section=anchor)


def paragraphs(html):
    return html.count("<p>")


def section(role, anchor):
    (found,) = rows_of(role, "sections", anchor=anchor)
    return found


def headings(role):
    return [row["heading"] for row in role["sections"] if "parent" not in row]


def groups(rows):
    return Counter(row.get("group", "") for row in rows)


# The files


@pytest.mark.parametrize("path", ROLE_FILES, ids=lambda path: path.stem)
def test_role_file_is_a_valid_source(path):
    role = json.loads(path.read_text(encoding="utf-8"))

    assert [str(problem) for problem in problems_with(role, "source")] == []
    assert role["slug"] == path.stem


@pytest.mark.parametrize("path", TERM_FILES, ids=lambda path: path.stem)
def test_term_file_is_valid(path):
    assert problems_with_terms(json.loads(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("path", [*ROLE_FILES, *TERM_FILES], ids=lambda path: path.stem)
def test_file_is_written_so_that_changes_read_well(path):
    text = path.read_text(encoding="utf-8")

    assert text == json.dumps(json.loads(text), indent=2, ensure_ascii=False) + "\n"


@pytest.mark.parametrize("key", ["job_families", "levels", "skills", "salary_bands", "publishers"])
def test_vocabulary_has_each_slug_once(key):
    slugs = [record["slug"] for record in demo_terms()[key]]

    assert len(slugs) == len(set(slugs))


def test_references_lead_to_the_demo_itself():
    known = {
        "job_family": by_slug("job_families"),
        "level": by_slug("levels"),
        "publisher": by_slug("publishers"),
        "skill": by_slug("skills"),
        "proficiency_level": by_slug("proficiency_levels"),
        "salary_band": by_slug("salary_bands"),
        "role": demo_roles(),
    }

    lost = [
        f"{slug}: {path} → {reference['slug']}"
        for slug, role in demo_roles().items()
        for path, kind, reference in references_in(role)
        if reference["slug"] not in known[kind]
    ]

    assert lost == []


def test_vocabulary_refers_to_itself():
    families, levels, skills = by_slug("job_families"), by_slug("levels"), by_slug("skills")

    assert {f["parent"] for f in families.values()} - {None} <= families.keys()
    assert {level["scale"] for level in levels.values()} <= by_slug("level_scales").keys()
    assert {skill["replaced_by"] for skill in skills.values() if "replaced_by" in skill} <= skills.keys()
    for band in demo_terms()["salary_bands"]:
        assert band["family"] in families
        assert band["level"] in levels


def test_rows_stand_in_sections_of_their_profile():
    for slug, role in demo_roles().items():
        anchors = [row["anchor"] for row in role["sections"]]
        assert len(anchors) == len(set(anchors)), slug
        for rows in ROWS:
            for row in role.get(rows.key, []):
                named = {row[name] for name in ("section", "parent") if row.get(name)}
                assert named <= set(anchors), (slug, rows.key, named)


def test_rich_text_is_stored_as_it_is_written():
    """Text that cleaning would change makes a second load report changes that nobody made."""
    for slug, role in demo_roles().items():
        texts = [(column, role) for column in PROFILE]
        texts += [(column, row) for rows in ROWS for row in role.get(rows.key, []) for column in rows.columns]
        for column, row in texts:
            if column.kind == "rich" and row.get(column.name):
                assert clean(row[column.name]) == row[column.name], slug


def test_links_on_this_site_lead_somewhere():
    for slug, role in demo_roles().items():
        for row in role.get("links", []):
            if match := re.fullmatch(r"/roles/([-\w]+)/", row.get("url", "")):
                assert match[1] in demo_roles(), slug


# The library as a whole


def test_library_has_families_with_ladders():
    ranks = defaultdict(set)
    tracks = defaultdict(set)
    for role in demo_roles().values():
        level = by_slug("levels")[role["level"]["slug"]]
        ranks[role["job_family"]["slug"]].add(level["rank"])
        tracks[role["job_family"]["slug"]].add(level["track"])
    ladders = {family for family, found in ranks.items() if len(found) >= 3}

    assert len(demo_roles()) >= 27
    assert ladders == {"software-engineering", "nursing-and-care", "electrical", "people-and-hr"}
    assert all("management" in tracks[family] for family in ladders)


def test_no_step_up_asks_for_less():
    """Where a next step names a skill that the role before it has, it asks for at least as much of it."""
    rank = {level["slug"]: level["rank"] for level in demo_terms()["proficiency_levels"]}

    def asked(role):
        return {
            row["skill"]["slug"]: rank[row["proficiency"]["slug"]]
            for row in role.get("skills", [])
            if "skill" in row and "proficiency" in row
        }

    raised = 0
    for slug, role in demo_roles().items():
        for move in rows_of(role, "career_moves", kind="next"):
            if "to" not in move:
                continue
            before, after = asked(role), asked(demo_roles()[move["to"]["slug"]])
            for skill in before.keys() & after.keys():
                assert after[skill] >= before[skill], (slug, move["to"]["slug"], skill)
                raised += after[skill] > before[skill]

    assert raised >= 25


def test_career_map_leads_to_every_role():
    """Every role but the four other ways of writing one is reached by a move from another."""
    reached = {
        move["to"]["slug"]
        for role in demo_roles().values()
        for move in role.get("career_moves", [])
        if "to" in move
    }
    entries = {
        "junior-python-developer",
        "healthcare-assistant",
        "electrical-apprentice",
        "people-coordinator",
    }

    assert demo_roles().keys() - reached <= (FIVE - {REMOTE}) | entries | {"pflegefachperson"}


def values(key, name):
    return {row.get(name, "") for role in demo_roles().values() for row in role.get(key, [])}


def test_every_kind_of_content_is_used():
    assert {rows.key for rows in ROWS if not values(rows.key, "uuid")} == set()
    assert values("sections", "kind") == set(Section.Kind.values)
    assert values("sections", "render_as") - {""} == set(Section.Rendering.values)
    assert values("facts", "kind") == set(Fact.Kind.values)
    assert values("duties", "frequency") == set(Duty.Frequency.values)
    assert values("questions", "kind") == set(Question.Kind.values)
    assert values("contributions", "role") == set(Contribution.Role.values)
    assert values("links", "kind") == set(Link.Kind.values)
    assert values("career_moves", "kind") == set(CareerMove.Kind.values)


def test_every_field_of_a_row_is_used():
    """All but UUIDs, which are derived, groups where one list is enough, and figures that shared bands give."""
    used = {
        (rows.key, name)
        for role in demo_roles().values()
        for rows in ROWS
        for row in role.get(rows.key, [])
        for name in row
    }
    listed = {(rows.key, name) for rows in ROWS for name in rows.names if name not in {"uuid", "group"}}
    unused = listed - used - {("salary_bands", name) for name in (*AMOUNTS, "source_url")}

    assert unused == set()


def test_pay_is_shown_in_several_currencies_periods_and_places():
    bands = demo_terms()["salary_bands"]

    assert {band["currency"] for band in bands} == {"GBP", "EUR", "USD", "CAD"}
    assert {band["period"] for band in bands} >= {"HOUR", "MONTH", "YEAR"}
    assert {band["component"] for band in bands} | values("salary_bands", "component") >= set(
        SalaryBand.Component.values
    )
    assert {name for band in bands for name in AMOUNTS if name in band} == set(AMOUNTS)
    for band in bands:
        stated = [band[name] for name in AMOUNTS if name in band]
        assert stated == sorted(stated), band["slug"]
        assert all(low <= high for low, high in pairwise(stated))


def test_must_have_lists_stay_short():
    """Seven at most, as we ask of editors; two pages keep the ten of the pages they follow."""
    long = {slug for slug, role in demo_roles().items() if len(rows_of(role, "skills", strength="must")) > 7}

    assert long == {REMOTE, INTERVIEW}


def test_shares_of_time_add_up():
    whole = 0
    for slug, role in demo_roles().items():
        shares = [duty["percent_time"] for duty in role.get("duties", []) if "percent_time" in duty]
        assert sum(shares) in (0, 100), slug
        whole += sum(shares) == 100

    assert whole >= 25


def test_figures_say_where_they_come_from():
    for band in demo_terms()["salary_bands"]:
        assert band["source_title"]
        assert band["as_of"]
    for slug, role in demo_roles().items():
        for row in role.get("salary_bands", []):
            assert "band" in row or (row["source_title"] and row["as_of"]), slug


def test_one_profile_is_in_another_language():
    assert {role["locale"].split("-")[0] for role in demo_roles().values()} == {"en", "de"}


def sentences(role):
    """The sentences of a profile's summary and duties that have more than twelve words."""
    texts = chain(
        to_text(role.get("summary", "")).split("\n"), (duty["text"] for duty in role.get("duties", []))
    )
    found = chain.from_iterable(re.split(r"(?<=[.!?;:])\s+", text) for text in texts)
    return {sentence.strip().lower() for sentence in found if len(sentence.split()) > 12}


def test_no_two_profiles_share_a_sentence():
    count = Counter(chain.from_iterable(sentences(role) for role in demo_roles().values()))

    assert [sentence for sentence, times in count.items() if times > 1] == []


def test_proficiency_scale_is_the_one_of_the_library():
    scale = [(level["slug"], level["rank"]) for level in demo_terms()["proficiency_levels"]]

    assert scale == [("awareness", 1), ("working", 2), ("practitioner", 3), ("expert", 4)]
    assert sum(len(skill["level_texts"]) == 4 for skill in demo_terms()["skills"]) >= 15


# One role written five ways, element by element as counted on real pages


def test_company_guide_has_every_element():
    role = demo_roles()[GUIDE]
    sub_sections = [row for row in role["sections"] if "parent" in row]
    articles = rows_of(role, "links", kind="article")
    publisher = by_slug("publishers")[role["publisher"]["slug"]]

    assert role["page_title"].endswith("?")
    assert role["job_family"]["slug"] == "technology"
    assert "summary" not in role
    assert len(role["published_on"]) == len("2025-05-12")
    assert [row["role"] for row in role["contributions"]] == ["author"]
    assert len(headings(role)) == 9
    answered = [row for row in role["sections"] if row["heading"].endswith("?")]
    assert len(answered) == 6
    assert all(re.fullmatch(r"[^.]+\.", to_text(row["lead"])) for row in answered)
    assert len(sub_sections) == 12
    assert all(re.fullmatch(r"\d\.", row["heading_number"]) for row in sub_sections)
    for row in sub_sections:
        facets = [item["facet"] for item in standing_in(role, "items", row["anchor"])]
        assert facets == ["what", "what", "why", "why", "how", "how"]
    assert len(role["items"]) == 72
    statistics = rows_of(role, "facts", kind="statistic")
    assert [row["source_title"].split(",")[0] for row in statistics] == ["Statista", "McKinsey", "Deloitte"]
    assert (statistics[0]["value"], statistics[0]["as_of"]) == ("49%", "2023")
    assert [row["number"] for row in role["questions"]] == [f"{number}." for number in range(1, 9)]
    assert [bool(row["category"] and row["text"] and row["blurb"]) for row in articles] == [True] * 3
    assert len(rows_of(role, "links", kind="action")) == 6
    assert section(role, "references")["allow_empty"] is True
    assert "references" not in role
    assert paragraphs(publisher["about"]) == 3
    assert (len(publisher["clients"]), len(publisher["offices"])) == (9, 4)
    contacts = publisher["contacts"]
    assert sum(bool(row["phone"] and not row["email"]) for row in contacts) == 3
    assert sum(bool(row["phone"] and row["email"]) for row in contacts) == 2
    assert publisher["legal_line"].startswith("©")


def test_role_library_page_has_every_element():
    role = demo_roles()[LIBRARY]
    facts = role["facts"]
    (letter,) = role["sample_documents"]
    cards = rows_of(role, "career_moves", kind="related")
    whole_letter = letter["salutation"] + letter["body"] + letter["closing"]

    assert role["job_family"]["slug"] == "software-engineering"
    assert paragraphs(role["summary"]) == 1
    assert len(headings(role)) == 8
    assert [row["key"] for row in facts if row.get("value")] == [
        "education", "experience", "certifications", "employer-types", "growth-outlook", "ai-impact",
    ]  # fmt: skip
    assert [row["label"] for row in facts if not row.get("value")] == ["Last updated"]
    assert facts[5]["horizon_year"] == 2030
    assert len(role["duties"]) == 10
    order = [row["anchor"] for row in role["sections"]]
    assert order.index("duties") < order.index("overview")
    assert paragraphs(section(role, "overview")["body"]) == 4
    assert groups(role["qualifications"]) == {
        "Education": 3, "Experience": 3, "Technical": 7, "Data and ML-adjacent (valued)": 4,
    }  # fmt: skip
    assert paragraphs(section(role, "outlook")["body"]) == 4
    assert "salary_bands" not in role
    assert paragraphs(letter["body"]) == 5
    assert len(letter["placeholders"]) == 3
    assert sum(whole_letter.count(row["token"]) for row in letter["placeholders"]) == 5
    assert len(cards) == 6
    assert all(re.fullmatch(r"\$\d+K–\$\d+K", row["pay_text"]) and row["blurb"] for row in cards)
    assert len(rows_of(role, "links", kind="see_all")) == 1
    assert len(rows_of(role, "links", kind="action")) == 1
    assert len(role["questions"]) == 5
    assert json.dumps(role).count("<code>") == 1
    assert role["locale"] == "en-US"


def test_job_description_has_every_element():
    role = demo_roles()[JOB_DESCRIPTION]

    assert paragraphs(role["summary"]) == 1
    assert headings(role) == [
        "Job Profile",
        "Job Description",
        "Responsibilities",
        "Skills and qualifications",
    ]
    assert paragraphs(section(role, "job-profile")["body"]) == 2
    assert paragraphs(section(role, "job-description")["body"]) == 3
    assert len(role["duties"]) == 14
    assert groups(role["qualifications"]) == {"": 13}
    assert role["reading_time"] == "3 mins read"
    assert role["published_on"] == "2025-03-18"
    assert [row["role"] for row in role["contributions"]] == ["author"]
    assert role["locale"] == "en-GB"


def test_interview_guide_has_every_element():
    role = demo_roles()[INTERVIEW]
    asked = rows_of(role, "questions", kind="interview")
    mocks = rows_of(role, "questions", kind="mock")
    author, reviewer = role["contributions"]
    calls = rows_of(role, "links", kind="action")

    assert "summary" not in role
    assert "page_title" not in role
    assert role["updated_on"] == "2025-07"
    assert len(headings(role)) == 13
    assert paragraphs(section(role, "responsibilities")["body"]) == 1
    assert Counter(row["strength"] for row in role["skills"]) == {"must": 10, "preferred": 3}
    assert all(row["explanation"] for row in role["skills"])
    assert len(rows_of(role, "sections", kind="story")) == 1
    assert len(rows_of(role, "sections", kind="essay")) == 3
    assert [row["number"] for row in asked] == [f"Question {number}:" for number in range(1, 11)]
    assert sum(len(row["assessment_points"]) for row in asked) == 30
    assert sum(bool(row["answer"]) for row in asked) == 10
    assert sum(len(row["pitfalls"]) for row in asked) == 20
    assert sum(len(row["follow_ups"]) for row in asked) == 30
    assert len(mocks) == 3
    assert all(row["answer"] and row["example"] and row["count_text"] for row in mocks)
    assert mocks[0]["count_text"] == "3 to 5 targeted questions"
    assert (author["role"], reviewer["role"]) == ("author", "reviewer")
    assert author["job_title"]
    assert reviewer["job_title"]
    assert sorted(groups(role["references"]).values()) == [3, 3, 3]
    assert len(calls) == 2
    assert all(re.search(r"[\U0001F300-\U0001FAFF\u2600-\u27BF]", row["blurb"]) for row in calls)
    assert json.dumps(role).count("<code>") == 45


def test_remote_role_page_has_every_element():
    role = demo_roles()[REMOTE]
    total, base, equity = role["salary_bands"]
    figures = [by_slug("salary_bands")[row["band"]["slug"]] for row in (total, base)]
    ruff = next(row for row in role["tools"] if row.get("skill") == {"slug": "ruff"})
    employers = rows_of(role, "facts", kind="industry", group="Employers that pay the most")

    assert paragraphs(role["summary"]) == 1
    assert len(headings(role)) == 10
    duties = section(role, "what-you-will-do")
    assert (duties["render_as"], duties["separator"], len(role["duties"])) == ("prose", "; ", 10)
    assert len(role["skills"]) == 10
    assert all(row["explanation"] for row in role["skills"])
    assert (len(groups(role["tools"])), len(role["tools"])) == (10, 25)
    assert ruff["note"] == "replaces black, isort, flake8"
    industries = [row for row in standing_in(role, "facts", "industries") if row["kind"] == "industry"]
    assert [bool(row["text"]) for row in industries] == [True] * 5
    assert [(f["component"], f["minimum"], f["maximum"], f["currency"]) for f in figures] == [
        ("total", 130_000, 205_000, "USD"),
        ("base", 115_000, 175_000, "USD"),
    ]
    assert (equity["component"], equity["display_text"]) == ("equity", "plus equity")
    assert len(rows_of(role, "facts", kind="factor")) == 3
    assert len(employers) == 3
    assert Counter(row["kind"] for row in role["career_moves"]) == {"next": 3, "specialise": 2, "manage": 2}
    assert paragraphs(section(role, "career")["lead"]) == 1
    assert groups(standing_in(role, "items", "interview")) == {
        "Four kinds of interview": 4, "Three prompts to practice": 3,
    }  # fmt: skip
    assert len(rows_of(role, "sections", kind="essay")) == 2
    assert len(role["questions"]) == 3
