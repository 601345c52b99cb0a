"""The commands that read and write vocabulary files, on files that are whole and on files that are not."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from skills.models import Skill

pytestmark = pytest.mark.django_db

TERMS = {"skills": [{"slug": "python", "label": "Python", "type": "technology"}]}


def run(*arguments):
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "terms.json"
    path.write_text(json.dumps(TERMS), encoding="utf-8")
    return path


def test_import_twice(file):
    first = run("import_terms", str(file))
    second = run("import_terms", str(file))

    assert first == "terms.json\n  skills: 1 created, 0 changed, 0 unchanged\n"
    assert second == "terms.json\n  skills: 0 created, 0 changed, 1 unchanged\n"


def test_dry_run_tells_and_writes_nothing(file):
    told = run("import_terms", str(file), "--dry-run")

    assert "  python: created" in told
    assert "Dry run: nothing was written." in told
    assert not Skill.objects.exists()


def test_export_can_be_imported(file, tmp_path):
    run("import_terms", str(file))

    told = run("export_terms", "--to", str(tmp_path / "out.json"))

    assert "1 skills" in told
    assert "0 created, 0 changed, 1 unchanged" in run("import_terms", str(tmp_path / "out.json"))


def test_export_names_a_file_that_it_cannot_write(tmp_path):
    with pytest.raises(CommandError, match="cannot be written"):
        run("export_terms", "--to", str(tmp_path / "nowhere" / "out.json"))


def test_import_is_all_files_or_none(file, tmp_path):
    broken = tmp_path / "broken.json"
    broken.write_text('{"skills": [{"slug": "x"}]}')

    with pytest.raises(CommandError, match=r"broken\.json: skills\[0\]: \"label\" is a required property"):
        run("import_terms", str(file), str(broken))

    assert not Skill.objects.exists()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", ":1: not JSON: Expecting value (column 1)"),
        (b'{"skills": [\n{"slug" "x"}]}', ":2: not JSON: Expecting ':' delimiter (column 9)"),
        ('{"skills": [\n"Café"]}'.encode("latin-1"), ":2: not UTF-8"),
        (json.dumps(TERMS).encode("utf-16"), ": the file is UTF-16"),
        (b'{"skills": [], "skills": []}', ": the key “skills” stands twice"),
        (b'{"skills": [NaN]}', ": NaN is not a JSON number"),
        (b"[" * 100_000, ": the JSON is nested too deeply"),
        (None, ": No such file or directory"),
    ],
)
def test_import_names_file_and_line(tmp_path, content, message):
    path = tmp_path / "terms.json"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(CommandError) as error:
        run("import_terms", str(path))

    assert str(error.value).startswith(f"{path}{message}")


def test_a_byte_order_mark_does_no_harm(file):
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())

    assert "1 created" in run("import_terms", str(file))
