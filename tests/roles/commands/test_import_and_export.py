"""Files in and out: whole or not at all, each problem with its place, and nothing changed by a second run."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from publications.models import Publication
from roles.models import Edition, RoleProfile
from tests.roles.documents.sources import source

pytestmark = pytest.mark.django_db


def run(command, *arguments, **options):
    """What a command printed, and what it complained about."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command(command, *[str(argument) for argument in arguments], stdout=out, stderr=err, **options)
    except CommandError as error:
        return out.getvalue(), f"{err.getvalue()}{error}"
    return out.getvalue(), err.getvalue()


@pytest.fixture
def write(tmp_path):
    def write(name, content):
        path = tmp_path / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        elif name.endswith(".jsonl"):
            path.write_text("".join(json.dumps(one) + "\n" for one in content))
        else:
            path.write_text(json.dumps(content))
        return path

    return write


@pytest.mark.parametrize(
    ("name", "content"),
    [("one.json", source("nurse")), ("many.json", [source("nurse")]), ("lines.jsonl", [source("nurse")])],
)
def test_import_reads_each_form(write, name, content):
    path = write(name, content)

    out, err = run("import_roles", path)

    assert err == ""
    assert out == f"+ nurse: Nurse\n{path}: 1 created, 0 changed, 0 unchanged\n"
    assert Edition.objects.get().note == f"Imported from {name}"
    assert not Publication.objects.exists()


def test_import_with_publish(write):
    out, _ = run("import_roles", write("a.jsonl", [source("nurse"), source("porter")]), publish=True)

    assert "2 created, 0 changed, 0 unchanged, 2 pages changed" in out
    assert Publication.objects.live().count() == 2


def test_a_second_run_changes_nothing(write):
    path = write("a.jsonl", [source("nurse", duties=[{"text": "Listen"}]), source("porter")])
    run("import_roles", path, publish=True)

    out, _ = run("import_roles", path, publish=True)

    assert out == f"{path}: 0 created, 0 changed, 2 unchanged\n"
    assert Edition.objects.count() == 2


def test_a_dry_run_is_the_real_run_taken_back(write):
    run("import_roles", write("a.json", source("nurse", duties=[{"text": "Listen"}])))
    path = write("b.json", [source("nurse", role_title="Ward nurse", duties=[]), source("porter")])

    out, _ = run("import_roles", path, dry_run=True, publish=True)

    assert out == (
        "+ porter: Porter\n"
        "~ nurse: Ward nurse\n"
        "    ~ role_title: Nurse → Ward nurse\n"
        "    - duties[0]: Listen\n"
        f"{path}: 1 created, 1 changed, 0 unchanged, 2 pages changed (dry run: nothing was kept)\n"
    )
    assert RoleProfile.objects.get().role_title == "Nurse"
    assert not Publication.objects.exists()


def test_a_file_is_taken_whole_or_not_at_all(write):
    bad = write("bad.jsonl", [source("good"), source("bad", region="UK"), source("worse", colour=1)])
    fine = write("fine.json", source("fine"))

    out, err = run("import_roles", bad, fine)

    assert f"{bad}:2: bad: region: “UK” is not a place code." not in out
    assert f"{bad}:3: worse: Additional properties are not allowed ('colour' was unexpected)" in err
    assert "1 of 2 files refused; nothing of them was written." in err
    assert list(RoleProfile.objects.values_list("slug", flat=True)) == ["fine"]


def test_problems_name_file_line_role_and_field(write):
    path = write(
        "bad.jsonl", [source("good"), source("bad", duties=[{"text": "a"}, {"text": "b", "section": "x"}])]
    )

    _, err = run("import_roles", path)

    assert f"{path}:2: bad: duties[1].section: There is no section “x” in this document." in err


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.json", b"", ":1: not JSON"),
        ("a.json", b"{", ":1: not JSON"),
        ("a.json", b'{"schema": 1,\n "slug": }', ":2: not JSON"),
        ("a.jsonl", b'{}\n{"a": \n', ":2: not JSON"),
        ("a.json", b'{"slug": "\xff"}', ":1: not UTF-8"),
        ("a.jsonl", b'{}\n{"slug": "\xe9"}', ":2: not UTF-8"),
        ("a.json", '{"schema": 1}'.encode("utf-16"), "the file is UTF-16. Save it as UTF-8."),
        ("a.json", b'{"slug": "a", "slug": "b"}', "the key “slug” stands twice in one object."),
        ("a.json", b'{"schema": NaN}', "NaN is not a JSON number."),
        ("a.json", b"[" * 100_000, "the JSON is nested too deeply."),
        ("a.json", b'{"schema": ' + b"9" * 5_000 + b"}", "digits"),
        ("a.json", b'"text"', 'role 1: "text" is not of type "object"'),
        (
            "a.json",
            b'{"schema": 1, "slug": "a", "role_title": "a\\u0000b"}',
            "a: role_title: The text holds a NUL",
        ),
        (
            "a.json",
            b'{"schema": 1, "slug": "a", "role_title": "\\ud800"}',
            "a: role_title: The text holds a NUL",
        ),
    ],
)
def test_unreadable_files_are_refused_with_their_place(write, name, content, expected):
    path = write(name, content)

    _, err = run("import_roles", path)

    assert expected in err
    assert str(path) in err
    assert not RoleProfile.objects.exists()


def test_a_missing_file_is_named(tmp_path):
    _, err = run("import_roles", tmp_path / "none.json")

    assert f"{tmp_path}/none.json: No such file or directory" in err


def test_a_byte_order_mark_is_no_harm(write):
    path = write("a.json", b"\xef\xbb\xbf" + json.dumps(source("nurse")).encode())

    assert "1 created" in run("import_roles", path)[0]


def test_five_megabytes_of_text_are_refused_not_stored(write):
    _, err = run("import_roles", write("a.json", source("nurse", summary="x" * 5_000_000)))

    assert "nurse: summary: Longer than 200000 characters." in err
    assert len(err) < 1_000


def test_an_empty_array_is_no_error(write):
    assert "0 created" in run("import_roles", write("a.json", []))[0]


def test_export_is_read_back_without_a_change(write, tmp_path):
    run(
        "import_roles",
        write("a.jsonl", [source("nurse", duties=[{"text": "Listen – 🚀"}]), source("porter")]),
    )

    for target in (tmp_path / "all.jsonl", tmp_path / "all.json"):
        out, _ = run("export_roles", to=str(target))
        assert out == f"2 role documents written to {target}.\n"
        assert "0 created, 0 changed, 2 unchanged" in run("import_roles", target)[0]


def test_export_to_a_folder_and_of_some(write, tmp_path):
    run("import_roles", write("a.jsonl", [source("nurse"), source("porter"), source("matron")]))
    folder = tmp_path / "out"
    folder.mkdir()

    run("export_roles", "nurse", "porter", to=str(folder))

    assert sorted(path.name for path in folder.iterdir()) == ["nurse.json", "porter.json"]
    assert json.loads((folder / "nurse.json").read_text())["role_title"] == "Nurse"


def test_export_can_be_printed(write):
    run("import_roles", write("a.json", source("nurse")))

    assert json.loads(run("export_roles", to="-")[0])[0]["slug"] == "nurse"


def test_export_of_what_is_live(write, tmp_path):
    run("import_roles", write("a.jsonl", [source("nurse"), source("porter")]))
    run("import_roles", write("b.json", source("nurse")), publish=True)
    run("import_roles", write("c.json", source("nurse", role_title="Draft")))
    target = tmp_path / "live.json"

    run("export_roles", to=str(target), live=True)

    assert [role["role_title"] for role in json.loads(target.read_text())] == ["Nurse"]


def test_export_refuses_what_there_is_not(tmp_path):
    assert "There is no profile ghost." in run("export_roles", "ghost", to=str(tmp_path / "a.json"))[1]
    assert "There is no folder" in run("export_roles", to=str(tmp_path / "none" / "a.json"))[1]


def test_a_failed_export_leaves_the_old_file(write, tmp_path, monkeypatch):
    run("import_roles", write("a.json", source("nurse")))
    target = tmp_path / "all.json"
    target.write_text("old")
    monkeypatch.setattr("roles.exchange.source_files.json.dumps", lambda *_, **__: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        call_command("export_roles", to=str(target))

    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_verify_finds_what_was_changed_behind_the_back(write):
    run("import_roles", write("a.jsonl", [source("nurse"), source("porter")]), publish=True)
    assert run("verify_publications")[0] == "2 publications checked: no difference.\n"

    nurse = Publication.objects.get(slug="nurse")
    Publication.objects.filter(pk=nurse.pk).update(
        title="Other", document=nurse.document.replace('"locale":"en"', '"locale":"fr"')
    )
    out, err = run("verify_publications")

    assert out == "nurse: the document differs in locale.\nnurse: title is 'Other', and should be 'Nurse'.\n"
    assert "2 publications checked: 2 differences." in err
