"""National tables of wages: figures that are there, that are not, and that are above the top of what is published."""

from decimal import Decimal
from pathlib import Path

import pytest

from roles.exchange.tables import Tables
from roles.exchange.wages import as_of_from_name, band, display_text, note, read_wages

FOLDER = Path(__file__).parents[2] / "data" / "onet"
HEADER = (
    "OCC_CODE,OCC_TITLE,O_GROUP,TOT_EMP,H_PCT10,H_PCT25,H_MEDIAN,H_PCT75,H_PCT90,"
    "A_PCT10,A_PCT25,A_MEDIAN,A_PCT75,A_PCT90\n"
)


@pytest.fixture(scope="module")
def wages():
    tables = Tables(FOLDER)
    found = read_wages(tables, "national_M2030_dl.csv", as_of="2030-05")
    tables.check()
    return found


@pytest.mark.parametrize(
    ("file", "as_of"),
    [("national_M2024_dl.csv", "2024-05"), ("national_M2023_dl.csv", "2023-05"), ("wages.csv", "")],
)
def test_month_is_in_the_name_of_the_file(file, as_of):
    assert as_of_from_name(file) == as_of


def test_detailed_row_is_taken_before_the_broad_one_of_the_same_code(wages):
    assert wages.by_code["15-1252"].employment == 1_654_440


def test_yearly_figures(wages):
    testers = wages.by_code["15-1253"]

    assert testers.period == "YEAR"
    assert testers.amounts["median"] == Decimal(102_610)
    assert testers.employment is None
    assert (testers.top_coded, display_text(testers), note(testers, title=testers.title)) == ((), "", "")


def test_hourly_figures_where_there_are_no_yearly_ones(wages):
    actors = wages.by_code["27-2011"]

    assert actors.period == "HOUR"
    assert actors.amounts["percentile_90"] == Decimal("97.19")


def test_figures_that_are_not_available_are_left_out(wages):
    others = wages.by_code["15-1299"]

    assert sorted(others.amounts) == ["median", "percentile_10", "percentile_25"]
    assert others.employment == 463_310


def test_top_coded_figures_are_no_numbers(wages):
    surgeons = wages.by_code["29-1210"]

    assert surgeons.amounts == {}
    assert surgeons.is_known
    assert display_text(surgeons) == "$239,200 or more a year (median)"
    assert "the 75th percentile and the 90th percentile: pay is $239,200 a year" in note(surgeons, title="x")


def test_band_is_an_entry_of_a_vocabulary_file(wages):
    assert band(wages.by_code["15-1252"], wages, family="computers") == {
        "slug": "us-soc-15-1252-2030-05",
        "label": "Software Developers, United States, May 2030",
        "family": "computers",
        "component": "base",
        "currency": "USD",
        "period": "YEAR",
        "region": "US",
        "as_of": "2030-05",
        "source_title": "U.S. Bureau of Labor Statistics, Occupational Employment and Wage Statistics, May 2030",
        "source_url": "https://www.bls.gov/oes/tables.htm",
        "note": "Made by an import of OEWS; SOC 15-1252.",
        "percentile_10": 79850,
        "percentile_25": 104250,
        "median": 133080,
        "percentile_75": 167540,
        "percentile_90": None,
    }


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("15-1252,X,detailed,1,1,2,3,4,5,1,2,3,4", "line 2: It has 13 values where the header names 14."),
        ("15-1252,X,detailed,1,1,2,3,4,5,1,2,lots,4,5", "line 2: A_MEDIAN should be a number and is “lots”."),
        (
            "15-1252,X,detailed,1,1,2,3,4,-5,*,*,*,*,*",
            "H_PCT90 should be between 0 and 1000000000000 and is -5.",
        ),
        ("15-1252,X,detailed,some,1,2,3,4,5,1,2,3,4,5", "line 2: TOT_EMP should be a number and is “some”."),
        ("15-1252,X,detailed,1,1,2,3,4,5,1,9,3,4,5", "line 2: The figures of 15-1252 are not in order"),
        ("all,X,detailed,1,1,2,3,4,5,1,2,3,4,5", "line 2: OCC_CODE should look like 15-1252 and is “all”."),
    ],
)
def test_broken_rows_are_named(tmp_path, row, problem):
    (tmp_path / "w.csv").write_text(f"{HEADER}{row}\n")
    tables = Tables(tmp_path)

    read_wages(tables, "w.csv", as_of="2030-05")

    assert len(tables.problems) == 1
    assert problem in str(tables.problems[0])


def test_the_same_detailed_occupation_twice_is_a_mistake(tmp_path):
    row = "15-1252,X,detailed,1,1,2,3,4,5,1,2,3,4,5\n"
    (tmp_path / "w.csv").write_text(HEADER + row + row)
    tables = Tables(tmp_path)

    read_wages(tables, "w.csv", as_of="2030-05")

    assert [str(problem) for problem in tables.problems] == [
        "w.csv, line 3: The occupation 15-1252 stands there twice."
    ]
