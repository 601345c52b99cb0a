"""Pay on a page: in words, as bars, in figures."""

from publications.rendering.entries import Entries
from publications.rendering.pay_figure import pay_figure
from tests.factories import DocumentFactory, document_row


def pay(**values):
    return document_row("salary_bands", **{"component": "base", "currency": "GBP", "period": "YEAR"} | values)


def figure(*rows):
    return pay_figure(list(rows), Entries(DocumentFactory()))


def percent(value):
    return float(value.removesuffix("%"))


def test_bars_in_one_currency_and_period_share_a_scale():
    base, total = (
        line.bar
        for line in figure(pay(minimum=40_000, maximum=60_000), pay(minimum=50_000, maximum=80_000)).lines
    )

    assert (base.left, total.right) == ("20.00%", "80.00%")
    assert percent(base.right) == 50
    assert percent(total.left) == 35


def test_bars_in_another_currency_have_a_scale_of_their_own():
    pounds, euros = (
        line.bar
        for line in figure(
            pay(minimum=40_000, maximum=60_000), pay(currency="EUR", minimum=1, maximum=2)
        ).lines
    )

    assert (pounds.left, pounds.right) == (euros.left, euros.right) == ("20.00%", "80.00%")


def test_one_amount_stands_in_the_middle():
    bar = figure(pay(minimum=40_000)).lines[0].bar

    assert (bar.left, bar.low, bar.high) == ("50.00%", "", "£40,000")


def test_quartiles_and_median_are_drawn_where_they_are_stated():
    shown = figure(pay(percentile_10=10, percentile_25=20, median=30, percentile_75=40, percentile_90=50))
    bar = shown.lines[0].bar

    assert (bar.inner_left, bar.inner_width, bar.median_at) == ("35.00%", "30.00%", "50.00%")
    assert shown.has_quartiles


def test_pay_in_words_only_has_no_bar_and_no_table():
    shown = figure(pay(component="equity", currency="", display_text="plus equity"))

    assert shown.lines[0].entry.value == "plus equity"
    assert shown.lines[0].bar is None
    assert shown.table is None


def test_plain_range_needs_no_table():
    assert figure(pay(minimum=40_000, maximum=60_000)).table is None


def test_table_has_every_amount_and_no_empty_column():
    table = figure(
        pay(minimum=40_000, maximum=60_000, region="GB"),
        pay(component="total", minimum=45_000, median=50_000),
    ).table

    assert table.headings == ["From", "Median", "To", "Currency", "Per"]
    assert table.rows == [
        ("Base pay, United Kingdom", ["£40,000", "–", "£60,000", "GBP", "year"]),
        ("Total pay", ["£45,000", "£50,000", "–", "GBP", "year"]),
    ]


def test_bar_is_described_for_who_cannot_see_it():
    assert figure(pay(minimum=40_000, maximum=60_000)).lines[0].bar.described == "From £40,000; To £60,000"
