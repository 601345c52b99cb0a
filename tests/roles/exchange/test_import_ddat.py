"""The import of the UK Digital and Data framework on a small extract: once, twice, dry, edited, and broken."""

import io
import shutil
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from careers.models import JobFamily, Level, LevelScale
from publications.models import Publication
from roles.exchange.ddat.convert import take_apart
from roles.models import RoleProfile
from roles.publishing import record_edition
from skills.models import ProficiencyLevel, Skill

FOLDER = Path(__file__).parents[2] / "data" / "ddat"

pytestmark = pytest.mark.django_db


def run(folder=FOLDER, *arguments):
    out = io.StringIO()
    call_command("import_ddat", str(folder), *arguments, stdout=out)
    return out.getvalue().splitlines()


@pytest.fixture
def folder(tmp_path):
    """A copy of the extract, to break."""
    return Path(shutil.copytree(FOLDER, tmp_path / "ddat"))


def role(slug):
    return RoleProfile.objects.get(slug=slug)


def profiles_line(lines):
    return next(line for line in lines if line.startswith("profiles: "))


def test_import_creates_and_publishes_everything():
    lines = run(FOLDER, "--publish")

    assert lines == [
        "job families: 3 created, 0 changed, 0 unchanged",
        "level scales: 1 created, 0 changed, 0 unchanged",
        "levels: 9 created, 0 changed, 0 unchanged",
        "proficiency levels: 4 created, 0 changed, 0 unchanged",
        "skills: 4 created, 0 changed, 0 unchanged",
        "profiles: 11 created, 0 changed, 0 unchanged, 11 published",
        "Rows of roles.csv that repeat a skill of the same level, counted once: 1.",
        "Skills that skills.csv lacks, taken from roles.csv: 1.",
        "Rows of roles.csv that name no skill: 1.",
        "Skills asked for without saying how well: 1.",
        "Roles that have no levels, each one profile without a level: 1.",
    ]
    assert Publication.objects.live().count() == 11
    assert Publication.objects.get(slug="senior-maker").level_label == "Senior"


def test_second_run_changes_nothing():
    run(FOLDER, "--publish")

    lines = run(FOLDER, "--publish")

    assert profiles_line(lines) == "profiles: 0 created, 0 changed, 11 unchanged, 0 published"
    assert [line for line in lines if " created" in line and " 0 created" not in line] == []


def test_dry_run_tells_and_keeps_nothing():
    lines = run(FOLDER, "--dry-run")

    assert "+ senior-maker: Senior maker" in lines
    assert lines[-1] == "Dry run: nothing was kept."
    assert not RoleProfile.objects.exists()
    assert not LevelScale.objects.exists()


def test_vocabulary():
    run()

    assert JobFamily.objects.get(slug="building").parent.label == "UK Government Digital and Data"
    assert list(Level.objects.order_by("rank", "track").values_list("label", "rank", "track")) == [
        ("Junior", 3, "any"),
        ("Analyst", 5, "any"),
        ("Senior analyst", 6, "any"),
        ("Mid-level", 7, "any"),
        ("Senior", 8, "any"),
        ("Senior, management", 8, "management"),
        ("Lead", 9, "any"),
        ("Lead, management", 9, "management"),
        ("Head", 11, "any"),
    ]
    assert list(ProficiencyLevel.objects.values_list("slug", "rank")) == [
        ("awareness", 1), ("working", 2), ("practitioner", 3), ("expert", 4),
    ]  # fmt: skip
    testing = Skill.objects.get(slug="testing-code")
    assert testing.description == "Testing code means showing that it works."
    assert testing.level_texts.get(level__slug="awareness").text == "You can:\n- say what a test is"
    # A skill that only roles.csv knows is taken from there.
    assert Skill.objects.get(slug="unlisted-craft").description == "Only here."


def test_profile_of_a_level():
    run()
    maker = role("maker")

    assert (maker.role_title, maker.level.label, maker.job_family.label) == ("Maker", "Mid-level", "Building")
    assert (maker.locale, maker.region) == ("en-GB", "GB")
    assert maker.summary == "<p>A maker works alone &amp; with others.</p>"
    assert list(maker.sections.values_list("anchor", flat=True)) == [
        "at-this-level", "the-role", "skills", "next", "related",
    ]  # fmt: skip
    assert list(maker.duties.values_list("section__anchor", "text")) == [
        ("at-this-level", "build features"),
        ("at-this-level", "review <code>"),
        ("the-role", "write software"),
        ("the-role", "look after it"),
    ]
    assert maker.sections.get(anchor="at-this-level").body == "<p>At this role level, you will:</p>"
    assert maker.sections.get(anchor="the-role").body == (
        "<p>A software maker builds what users need.</p><p>In this role, you will:</p>"
    )
    skill = maker.skills.get()
    assert (skill.skill.slug, skill.strength, skill.proficiency.slug) == ("testing-code", "must", "working")
    assert skill.explanation == (
        "<p>You can:</p><ul><li>write tests for your own code</li><li>run them each day</li></ul>"
    )
    assert maker.attributions.get().statement == (
        "Contains public sector information licensed under the Open Government Licence v3.0."
    )


def test_what_follows_a_list_and_what_a_role_means_by_a_skill():
    run()
    senior = role("senior-maker")

    assert senior.sections.get(anchor="at-this-level").trail == "<p>There are two roles at this level.</p>"
    explanation = senior.skills.get(skill__slug="leading-people").explanation
    assert explanation.startswith("<p>Leading people here means coaching.</p>")


def test_a_text_that_is_not_written_yet_is_left_out(folder):
    table = folder / "roles.csv"
    table.write_bytes(table.read_bytes().replace(b"Leading people here means coaching.", b"MISSING"))

    run(folder)

    assert "MISSING" not in role("senior-maker").edition.source


def test_moves():
    run()

    moves = role("maker").career_moves.values_list("section__anchor", "kind", "to__slug")
    assert list(moves) == [
        ("next", "next", "senior-maker"),
        ("next", "manage", "senior-maker-management"),
        ("related", "related", "desk-manager"),
    ]


def test_role_without_levels():
    run()
    chief = role("chief-maker")

    assert (chief.role_title, chief.level, chief.summary) == (
        "Chief maker",
        None,
        "<p>A chief maker steers.</p>",
    )
    assert list(chief.duties.values_list("text", flat=True)) == ["choose"]
    skill = chief.skills.get()
    assert (skill.proficiency, skill.explanation) == (None, "")
    assert chief.facts.get().value == "Senior Civil Service"


def test_vocabulary_of_the_library_is_used_as_it_is():
    JobFamily.objects.create(slug="building", label="Makers of things")
    ProficiencyLevel.objects.create(slug="expert", label="Master", rank=9)
    Skill.objects.create(slug="tests", label="testing CODE", type="skill", description="Ours.")

    run()

    assert role("maker").job_family.label == "Makers of things"
    assert role("lead-maker").skills.get().proficiency.label == "Master"
    tests = Skill.objects.get(slug="tests")
    assert (tests.label, tests.description, tests.level_texts.count()) == ("testing CODE", "Ours.", 4)


def test_profile_edited_here_is_left_alone_unless_told():
    run()
    profile = role("maker")
    profile.role_title = "Creator"
    profile.save()
    record_edition(profile=profile, by=get_user_model().objects.create(username="dana"))

    left, taken = run(), run(FOLDER, "--overwrite")

    assert profiles_line(left) == "profiles: 0 created, 0 changed, 10 unchanged, 0 published"
    assert any(line.startswith("Edited here since the last import") for line in left)
    assert profiles_line(taken) == "profiles: 0 created, 1 changed, 10 unchanged, 0 published"
    assert role("maker").role_title == "Maker"


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("roles.csv", b"Skill Level,", b"Level of Skill,", "roles.csv, line 1: There is no column “Skill Level”."),
        ("roles.csv", b",Practitioner,", b",Superb,", "Skill Level should be one of Awareness, Working, Practitioner"),
        ("roles.csv", b"Chiefs,Chief maker", b",Chief maker", "Role Family is empty."),
        ("roles.csv", b"Chiefs,Chief maker", b"Chiefs,", "Role is empty."),
        ("roles.csv", b"Building,Software", b"Chiefs,Software", "“Software maker” is in the family Chiefs above"),
        ("roles.csv", b",Senior Civil Service", b"", "It has 9 values where the header names 10."),
        ("roles.csv", b"A lead maker decides.", b"A lead maker \xe9.", "It is not UTF-8."),
        ("roles.csv", b"A lead maker decides.", b"A lead\x00 maker.", "It holds a NUL character."),
        ("roles.csv", b'"A lead maker decides.', b'A "lead" maker', "roles.csv, line "),
        ("skills.csv", b"Leading people,", b"Testing code,", "The skill “Testing code” stands there twice."),
        ("skills.csv", b"\nSteering a department,", b"\n,", "Skill Name is empty."),
    ],
)  # fmt: skip
def test_broken_file_is_refused(folder, file, old, new, message):
    content = (folder / file).read_bytes()
    assert old in content
    (folder / file).write_bytes(content.replace(old, new, 1))

    with pytest.raises(CommandError) as error:
        run(folder)

    assert message in str(error.value)
    assert file in str(error.value)
    assert not RoleProfile.objects.exists()
    assert not Skill.objects.exists()


@pytest.mark.parametrize("file", ["roles.csv", "skills.csv"])
def test_both_files_must_be_there(folder, file):
    (folder / file).unlink()

    with pytest.raises(CommandError, match=f"{file}: There is no such file in ddat"):
        run(folder)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ([], "", [], [])),
        ("One line.\n\nAnother.", (["One line.", "Another."], "", [], [])),
        ("Lead.\n\nYou will:\n- a\n- b\n\nAfter.", (["Lead."], "You will:", ["a", "b"], ["After."])),
        ("Lead.\n- \xa0a\n-b\n- a", (["Lead."], "", ["a"], ["-b"])),
    ],
)
def test_take_apart(text, parts):
    found = take_apart(text)

    assert (found.paragraphs, found.opening, found.bullets, found.after) == parts


def test_role_that_the_framework_dropped_is_left_as_it_is(folder):
    run()
    rows = (folder / "roles.csv").read_bytes()
    (folder / "roles.csv").write_bytes(rows[: rows.index(b"Chiefs,Chief maker")])

    lines = run(folder)

    assert "Imported once and not in these files, left as they are: chief-maker" in lines
    assert role("chief-maker").role_title == "Chief maker"
