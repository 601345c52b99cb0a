"""Tables as other people publish them, whole and broken in each likely way."""

import gzip

import pytest

from roles.documents.problems import DocumentError
from roles.exchange.tables import Tables

COLUMNS = ("Code", "Text")


@pytest.fixture
def tables(tmp_path):
    return Tables(tmp_path)


def told(tables):
    return [str(problem) for problem in tables.problems]


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_tab_separated(tables, tmp_path, end):
    (tmp_path / "T.txt").write_bytes(
        end.join([b"Text\tOther\tCode", b'a "quoted" word\tx\t1', b"n/a\tn/a\t2", b""])
    )

    rows = list(tables.tab_separated("T.txt", COLUMNS))

    assert rows == [(2, ("1", 'a "quoted" word')), (3, ("2", ""))]
    assert tables.problems == []


def test_gzipped(tables, tmp_path):
    (tmp_path / "T.txt.gz").write_bytes(gzip.compress(b"Code\tText\n1\ta\n"))

    assert list(tables.tab_separated("T.txt", COLUMNS)) == [(2, ("1", "a"))]


def test_comma_separated(tables, tmp_path):
    (tmp_path / "T.csv").write_bytes('\ufeffCode,Text\r\n1,"one\n- two"\r\n\r\n2,"a ""word"""\r\n'.encode())

    rows = list(tables.comma_separated("T.csv", COLUMNS))

    assert rows == [(3, ("1", "one\n- two")), (5, ("2", 'a "word"'))]
    assert tables.problems == []


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", ["T.txt: The file is empty."]),
        (b"Code\tTitle\n1\ta\n", ["T.txt, line 1: There is no column “Text”. Its header names: Code, Title."]),
        (b"Code\tText\n1\n1\ta\tb\n", [
            "T.txt, line 2: It has 1 values where the header names 2.",
            "T.txt, line 3: It has 3 values where the header names 2.",
        ]),
        ("Code\tText\n1\tCafé\n".encode("latin-1"), ["T.txt, line 2: It is not UTF-8."]),
        (b"Code\tText\n1\ta\x00b\n", ["T.txt, line 2: It holds a NUL character."]),
    ],
)  # fmt: skip
def test_broken_table(tables, tmp_path, content, expected):
    (tmp_path / "T.txt").write_bytes(content)

    assert list(tables.tab_separated("T.txt", COLUMNS)) == []
    assert told(tables) == expected
    with pytest.raises(DocumentError):
        tables.check()


def test_missing_table(tables, tmp_path):
    assert list(tables.tab_separated("T.txt", COLUMNS)) == []
    assert told(tables) == [f"T.txt: There is no such file in {tmp_path.name} (plain or with .gz)."]


@pytest.mark.parametrize("content", [b"no gzip at all", gzip.compress(b"Code\tText\n" * 10_000)[:-20]])
def test_broken_gzip(tables, tmp_path, content):
    (tmp_path / "T.txt.gz").write_bytes(content)

    list(tables.tab_separated("T.txt", COLUMNS))

    assert "T.txt: It cannot be read: " in told(tables)[0]


def test_broken_csv(tables, tmp_path):
    (tmp_path / "T.csv").write_text('Code,Text\n1,"never ends\n2,b\n')

    list(tables.comma_separated("T.csv", COLUMNS))

    assert told(tables) == ["T.csv, line 3: It is not CSV: unexpected end of data."]


def test_only_the_first_problems_of_a_file_are_told(tables, tmp_path):
    (tmp_path / "T.txt").write_text("Code\tText\n" + "1\n" * 500)

    list(tables.tab_separated("T.txt", COLUMNS))

    assert len(tables.problems) == 21
    assert told(tables)[-1] == "T.txt: More of the file is wrong; only the beginning is listed."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4.5", None),
        ("x", "Value should be a number and is “x”."),
        ("", "Value should be a number and is “”."),
        ("NaN", "Value should be a number and is “NaN”."),
        ("Infinity", "Value should be a number and is “Infinity”."),
        ("-1", "Value should be between 0 and 5 and is -1."),
        ("1e9", "Value should be between 0 and 5 and is 1e9."),
    ],
)
def test_number(tables, text, expected):
    value = tables.number("T.txt", 7, "Value", text, highest=5)

    assert (value is None) == (expected is not None)
    assert told(tables) == ([f"T.txt, line 7: {expected}"] if expected else [])
