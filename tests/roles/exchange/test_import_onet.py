"""The whole import of O*NET on a small extract: once, twice, dry, over what editors did, and broken in likely ways."""

import io
import shutil
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from careers.models import JobFamily, SalaryBand
from publications.models import Publication
from roles.exchange.onet.page import profile_uuid
from roles.models import Edition, RoleProfile
from roles.publishing import record_edition, save_sources, withdraw
from skills.models import Skill, SkillLabel, SkillMapping

pytestmark = pytest.mark.django_db

FOLDER = Path(__file__).parents[2] / "data" / "onet"
WAGES = FOLDER / "national_M2030_dl.csv"


def run(folder=FOLDER, *arguments, wages=WAGES):
    out = io.StringIO()
    given = ["--wages", str(wages)] if wages else []
    call_command("import_onet", str(folder), *given, *arguments, stdout=out)
    return out.getvalue().splitlines()


@pytest.fixture
def folder(tmp_path):
    """A copy of the extract, to break."""
    return Path(shutil.copytree(FOLDER, tmp_path / "onet"))


@pytest.fixture
def editor():
    return get_user_model().objects.create_superuser("dana")


def developers():
    return RoleProfile.objects.get(uuid=profile_uuid("15-1252.00"))


def profiles_line(lines):
    return next(line for line in lines if line.startswith("profiles: "))


def test_import_creates_and_publishes_everything():
    lines = run(FOLDER, "--publish")

    assert lines == [
        "job families: 2 created, 0 changed, 0 unchanged",
        "skills: 13 created, 0 changed, 0 unchanged",
        "salary bands: 4 created, 0 changed, 0 unchanged",
        "profiles: 4 created, 0 changed, 0 unchanged, 4 published",
        "Occupations without a row in national_M2030_dl.csv: 0.",
    ]
    assert Publication.objects.live().count() == 4
    publication = Publication.objects.get(slug="software-developers")
    assert publication.family_label == "Computer and Mathematical Occupations"
    assert publication.pay_currency == "USD"
    assert set(publication.moves.values_list("target_slug", flat=True)) == {
        "software-testers", "blockchain-engineers", "actors",
    }  # fmt: skip


def test_second_run_changes_nothing():
    run(FOLDER, "--publish")
    editions = Edition.objects.count()
    numbers = list(Publication.objects.order_by("pk").values_list("seq", flat=True))

    lines = run(FOLDER, "--publish")

    assert profiles_line(lines) == "profiles: 0 created, 0 changed, 4 unchanged, 0 published"
    assert Edition.objects.count() == editions
    assert list(Publication.objects.order_by("pk").values_list("seq", flat=True)) == numbers


def test_publishing_may_follow_later():
    run()

    assert profiles_line(run(FOLDER, "--publish")).endswith("0 created, 0 changed, 4 unchanged, 4 published")


def test_dry_run_tells_and_keeps_nothing():
    lines = run(FOLDER, "--publish", "--dry-run")

    assert "+ software-developers: Software Developers" in lines
    assert lines[-1] == "Dry run: nothing was kept."
    assert not RoleProfile.objects.exists()
    assert not Skill.objects.exists()
    assert not Publication.objects.exists()


def test_older_tables_change_only_what_differs(folder):
    run()
    shutil.copytree(FOLDER / "older", folder, dirs_exist_ok=True)

    lines = run(folder, "--dry-run")

    changes = lines[lines.index("~ software-developers: Software Developers") :]
    assert changes == [
        "~ software-developers: Software Developers",
        "    - alternate_titles[0]: Application Programmer",
        "    + alternate_titles[0]: Old-time Programmer",
        "~ software-testers: Software Testers",
        "    ~ facts[0].value: Zone Four → Zone Two",
        "    ~ qualifications[0].group: Zone Four (SVP 7.0 to < 8.0) → Zone Two (SVP 4.0 to < 6.0)",
        "    ~ qualifications[0].text: A degree. → School is enough.",
        "    ~ qualifications[1].group: Zone Four (SVP 7.0 to < 8.0) → Zone Two (SVP 4.0 to < 6.0)",
        "    ~ qualifications[1].text: Years of experience. → A little experience helps.",
        "    ~ qualifications[2].group: Zone Four (SVP 7.0 to < 8.0) → Zone Two (SVP 4.0 to < 6.0)",
        "    ~ qualifications[2].text: Years of training. → Some months of training.",
        "profiles: 0 created, 2 changed, 2 unchanged, 0 published",
        "Occupations without a row in national_M2030_dl.csv: 0.",
        "Dry run: nothing was kept.",
    ]


def test_newer_release_over_older_one(folder):
    shutil.copytree(FOLDER / "older", folder, dirs_exist_ok=True)
    run(folder)

    assert profiles_line(run()) == "profiles: 0 created, 2 changed, 2 unchanged, 0 published"


def test_release_is_shown_and_may_be_given(folder):
    (folder / "Read Me.txt").unlink()

    run(folder, "--release", "29.9")

    attribution = developers().attributions.first()
    assert attribution.release == "29.9"
    assert "O*NET 29.9 Database" in attribution.statement
    assert developers().updated_on == ""


def test_skills_keep_what_o_net_calls_them():
    run()

    programming = Skill.objects.get(slug="programming")
    assert (programming.type, programming.description) == ("skill", "Telling machines what to do.")
    assert programming.mappings.values_list("scheme", "version", "code", "relation").get() == (
        "O*NET", "90.1", "2.B.3.e", "exact",
    )  # fmt: skip
    c_plus_plus = Skill.objects.get(slug="c-plus-plus")
    assert sorted(c_plus_plus.mappings.values_list("scheme", "version", "code", "relation")) == [
        ("UNSPSC", "in O*NET 90.1", "43232401", "broad"),
        ("UNSPSC", "in O*NET 90.1", "43232408", "broad"),
    ]
    # The skill and the knowledge of the same name are two.
    assert set(Skill.objects.filter(label="Mathematics").values_list("slug", "type")) == {
        ("mathematics", "skill"), ("mathematics-knowledge", "knowledge"),
    }  # fmt: skip
    assert {"c", "c-sharp"} <= set(Skill.objects.values_list("slug", flat=True))


def test_skills_of_the_library_are_used_as_they_are():
    """Known by their code, by their name and type, by another of their names; what replaced one is taken for it."""
    by_code = Skill.objects.create(slug="coding", label="Coding", type="skill")
    SkillMapping.objects.create(skill=by_code, scheme="O*NET", version="80", code="2.B.3.e")
    Skill.objects.create(slug="reading", label="READING", type="skill", description="Ours.")
    renamed = Skill.objects.create(slug="postgres", label="Postgres", type="technology")
    SkillLabel.objects.create(skill=renamed, label="PostgreSQL")
    successor = Skill.objects.create(slug="laptop", label="Laptop", type="tool")
    Skill.objects.create(
        slug="laptops", label="Laptop computers", type="tool", status="retired", replaced_by=successor
    )

    run()

    shown = set(developers().skills.values_list("skill__slug", flat=True))
    assert {"coding", "reading"} <= shown
    assert "programming" not in shown
    assert {"postgres", "laptop"} <= set(developers().tools.values_list("skill__slug", flat=True))
    reading = Skill.objects.get(slug="reading")
    assert (reading.label, reading.description) == ("READING", "Ours.")
    assert reading.mappings.get().code == "2.A.1.a"
    # One that it has in another release's version is not given again.
    assert by_code.mappings.count() == 1


def test_a_skill_renamed_here_keeps_its_new_name():
    run()
    skill = Skill.objects.get(slug="programming")
    skill.label = "Writing programs"
    skill.save()

    run()

    assert Skill.objects.get(slug="programming").label == "Writing programs"


def test_families_of_the_library_are_used_as_they_are():
    run()
    JobFamily.objects.filter(label__startswith="Computer").update(slug="computing", label="Computing")

    lines = run()

    assert developers().job_family.label == "Computing"
    assert lines[0] == "job families: 0 created, 0 changed, 0 unchanged"


def test_newer_wages_make_a_new_band(tmp_path):
    run()
    newer = tmp_path / "wages.csv"
    newer.write_bytes(WAGES.read_bytes().replace(b"133080", b"140000"))

    lines = run(FOLDER, "--wages-as-of", "2031-05", wages=newer)

    assert profiles_line(lines) == "profiles: 0 created, 4 changed, 0 unchanged, 0 published"
    assert SalaryBand.objects.count() == 8
    assert developers().salary_bands.get().band.median == 140_000


def test_without_wages_there_is_no_pay():
    lines = run(wages=None)

    assert "No table of wages was given (--wages), so profiles do not show pay." in lines
    assert not SalaryBand.objects.exists()


def test_profile_edited_here_is_left_alone(editor):
    run(FOLDER, "--publish")
    profile = developers()
    profile.page_title = "What does a software developer do?"
    profile.save()
    record_edition(profile=profile, by=editor, note="A better heading")

    lines = run(FOLDER, "--publish")

    assert profiles_line(lines) == "profiles: 0 created, 0 changed, 3 unchanged, 0 published"
    assert (
        "Edited here since the last import, left alone (--overwrite replaces them): software-developers"
        in lines
    )
    assert developers().page_title == "What does a software developer do?"


def test_overwrite_takes_back_what_was_edited_here(editor):
    run()
    profile = developers()
    profile.page_title = "What does a software developer do?"
    profile.slug = "developers"
    profile.save()
    record_edition(profile=profile, by=editor)

    lines = run(FOLDER, "--overwrite")

    # Two, because the testers' page names the developers' address.
    assert profiles_line(lines) == "profiles: 0 created, 2 changed, 2 unchanged, 0 published"
    assert developers().page_title == ""
    # The address stays, because others link to it.
    assert developers().slug == "developers"
    assert profiles_line(run()) == "profiles: 0 created, 0 changed, 4 unchanged, 0 published"


def test_withdrawn_profile_is_not_published_again(editor):
    run(FOLDER, "--publish")
    withdraw(profile=developers(), by=editor, reason="We do not hire any.")

    lines = run(FOLDER, "--publish")

    assert "Withdrawn here, not published again: software-developers" in lines
    assert Publication.objects.get(slug="software-developers").state == "withdrawn"


def test_address_of_another_profile_is_not_taken():
    save_sources(sources=[{"schema": 1, "slug": "software-developers", "role_title": "Ours"}])

    run(FOLDER, "--publish")

    assert developers().slug == "software-developers-15-1252-00"


@pytest.mark.parametrize(
    "file", ["Tools Used.txt", "UNSPSC Reference.txt", "Emerging Tasks.txt", "Sample of Reported Titles.txt"]
)
def test_optional_file_may_be_missing(folder, file):
    (folder / file).unlink()

    lines = run(folder)

    assert any(
        line.startswith(f"There is no {file} in the folder, so profiles do not show") for line in lines
    )
    assert RoleProfile.objects.count() == 4


def rewrite(folder, file, old, new):
    path = folder / file
    content = path.read_bytes()
    assert old in content
    path.write_bytes(content.replace(old, new))


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("Occupation Data.txt", b"27-2011.00", b"27-2011", "Occupation Data.txt, line 5: The code should look like"),
        ("Occupation Data.txt", b"27-2011.00", b"99-2011.00", "line 5: There is no major group 99 in the SOC"),
        ("Occupation Data.txt", b"27-2011.00", b"15-1252.00", "line 5: The occupation 15-1252.00 stands there twice."),
        ("Occupation Data.txt", b"Actors", b"n/a", "Occupation Data.txt, line 5: Title is empty."),
        ("Occupation Data.txt", b"\tTitle", b"\tName", "Occupation Data.txt, line 1: There is no column “Title”."),
        ("Alternate Titles.txt", b"27-2011.00", b"27-2012.00", "line 6: There is no occupation “27-2012.00” in"),
        ("Alternate Titles.txt", b"\tThespian", b"", "Alternate Titles.txt, line 6: It has 3 values where"),
        ("Task Statements.txt", b"\t502\t", b"\t501\t", "Statements.txt, line 3: The task 501 stands there twice."),
        ("Task Statements.txt", b"\tSupplemental\t", b"\tOdd\t", "line 2: Task Type should be Core, Supplemental or"),
        ("Task Statements.txt", b"Learn lines", b"Lear\x00n lines", "line 6: It holds a NUL character."),
        ("Task Statements.txt", b"Learn lines", b"Learn l\xedneas", "line 6: It is not UTF-8."),
        ("Knowledge.txt", b"4.80", b"high", "Knowledge.txt, line 2: Data Value should be a number and is “high”."),
        ("Knowledge.txt", b"4.80", b"5.80", "Knowledge.txt, line 2: Data Value should be between 1 and 5"),
        ("Knowledge.txt", b"2.C.3.a", b"2.C.9.z", "Knowledge.txt, line 2: There is no element “2.C.9.z” in Content"),
        ("Technology Skills.txt", b"43232304", b"4323", "line 6: Commodity Code should have eight digits"),
        ("Technology Skills.txt", b"PostgreSQL", b"n/a", "Technology Skills.txt, line 6: Example is empty."),
        ("Job Zones.txt", b"\t2\t", b"\t9\t", "Job Zones.txt, line 4: There is no job zone “9” in Job Zone Reference"),
        ("Education, Training, and Experience.txt", b"RL\t7", b"RL\t70", "line 4: There is no category 70 of scale RL"),
        ("Education, Training, and Experience.txt", b"71.30", b"171.30", "line 3: Data Value should be between 0"),
        ("Related Occupations.txt", b"\t27-2011.00", b"\t27-9999.00", "line 2: There is no occupation “27-9999.00”"),
        ("Related Occupations.txt", b"\t11\r", b"\televen\r", "line 2: Index should be a number and is “eleven”."),
        ("Read Me.txt", b"O*NET 90.1 Database", b"Something", "Read Me.txt: It does not say which release this is."),
        ("national_M2030_dl.csv", b"133080", b"a lot", "line 3: A_MEDIAN should be a number and is “a lot”."),
    ],
)  # fmt: skip
def test_broken_file_is_refused_by_line(folder, file, old, new, message):
    rewrite(folder, file, old, new)

    with pytest.raises(CommandError) as error:
        run(folder, wages=folder / WAGES.name)

    assert message in str(error.value)
    assert str(error.value).endswith("Nothing was imported.")
    assert not RoleProfile.objects.exists()
    assert not Skill.objects.exists()


@pytest.mark.parametrize("file", [
    "Occupation Data.txt", "Alternate Titles.txt", "Task Statements.txt", "Skills.txt.gz", "Knowledge.txt",
    "Content Model Reference.txt", "Technology Skills.txt", "Education, Training, and Experience.txt",
    "Education, Training, and Experience Categories.txt", "Job Zones.txt", "Job Zone Reference.txt",
    "Related Occupations.txt",
])  # fmt: skip
def test_required_file_must_be_there(folder, file):
    (folder / file).unlink()

    with pytest.raises(CommandError) as error:
        run(folder)

    assert f"{file.removesuffix('.gz')}: There is no such file in onet (plain or with .gz)." in str(
        error.value
    )


def test_all_that_is_wrong_is_told_at_once(folder):
    rewrite(folder, "Job Zones.txt", b"\t2\t", b"\t9\t")
    rewrite(folder, "Knowledge.txt", b"4.80", b"high")
    (folder / "Related Occupations.txt").unlink()

    with pytest.raises(CommandError) as error:
        run(folder, wages=folder / "nowhere_M2030.csv")

    told = str(error.value)
    assert all(
        file in told for file in ("Job Zones.txt, line 4", "Knowledge.txt, line 2", "Related Occ", "nowhere")
    )


def test_folder_must_be_there(tmp_path):
    with pytest.raises(CommandError, match=r"Occupation Data\.txt: There is no such file in nowhere"):
        run(tmp_path / "nowhere")


@pytest.mark.parametrize("arguments", [[], ["--wages-as-of", "last year"]])
def test_month_of_wages_must_be_known(folder, arguments):
    (folder / "wages.csv").write_bytes(WAGES.read_bytes())

    with pytest.raises(CommandError, match=r"wages\.csv: Which month is it of\?"):
        run(folder, *arguments, wages=folder / "wages.csv")


def test_another_release_with_the_same_content_changes_dates_and_attribution_only(folder):
    run(folder)
    rewrite(folder, "Read Me.txt", b"O*NET 90.1 Database", b"O*NET 90.2 Database")

    lines = run(folder, "--dry-run")

    changes = lines[lines.index("~ blockchain-engineers: Blockchain Engineers") :]
    assert changes[1].startswith("    ~ attributions[0].release: 90.1 → 90.2")
    assert changes[2].startswith("    ~ attributions[0].statement: ")
    assert changes[3].startswith("~ actors")
