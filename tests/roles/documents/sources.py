"""Source documents for tests: small ones by hand, and a Hypothesis strategy that draws every field of the format."""

import datetime
from typing import Any

from hypothesis import strategies as st

from publications.richtext import clean
from roles.documents.format import EDITORIAL, PROFILE, ROWS, SECTIONS, Column, Rows


def source(slug: str = "nurse", **fields: Any) -> dict[str, Any]:
    """The least that a role document says, with what a test adds."""
    return {"schema": 1, "slug": slug, "role_title": slug.replace("-", " ").capitalize(), **fields}


# Everything that text can hold: no controls, no half characters, but emoji, joiners and right-to-left marks.
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)


def says_something(text: str) -> bool:
    # The schema's regular expressions take the byte order mark for a space, as JavaScript does.
    return bool(text.replace("\ufeff", "").strip())


words = texts.filter(says_something)
# Texts that editors type one per line.
lines = texts.filter(lambda text: "".join(text.splitlines()) == text)
full_lines = lines.filter(says_something)
tokens = full_lines.filter(lambda text: "=" not in text)
slugs = st.from_regex(r"[a-z][a-z0-9-]{0,20}", fullmatch=True)
rich_texts = st.one_of(
    st.sampled_from(
        [
            "",
            "<p>Plain.</p>",
            "<p>Uses <code>asyncio</code>, 5–8 years 🚀 “quoted” &amp; more</p>",
            "<ul><li>one</li><li><strong>two</strong></li></ul>",
            '<p><a href="https://example.com/?a=1&amp;b=2" rel="noopener noreferrer">link</a></p>',
        ]
    ),
    texts,
).map(clean)
dates = st.dates(datetime.date(1900, 1, 1), datetime.date(2200, 1, 1)).map(datetime.date.isoformat)
partial_dates = st.tuples(dates, st.sampled_from([0, 4, 7, 10])).map(lambda drawn: drawn[0][: drawn[1]])

# What the fields with rules of their own may hold.
SPECIAL = {
    "currency": st.just("EUR"),
    "region": st.sampled_from(["", "GB", "US-CO"]),
    "locale": st.sampled_from(["en", "en-GB", "fr"]),
    "anchor": slugs,
    "slug": slugs,
    "key": st.one_of(st.just(""), slugs),
    "percent_time": st.decimals(0, 100, places=2).map(float),
    "importance": st.decimals(0, 5, places=2).map(float),
    "minimum": st.integers(0, 10),
    "percentile_10": st.integers(10, 20),
    "percentile_25": st.integers(20, 30),
    "median": st.decimals(30, 40, places=2).map(float),
    "percentile_75": st.integers(40, 50),
    "percentile_90": st.integers(50, 60),
    "maximum": st.integers(60, 10_000_000_000),
    "horizon_year": st.integers(1900, 2200),
    "months_experience": st.integers(0, 600),
}


def values(column: Column, slugs_of: dict[str, list[str]]) -> st.SearchStrategy[Any]:
    """Values for one field, None among them where it may be empty."""
    field = column.field
    if column.name in SPECIAL:
        drawn: st.SearchStrategy[Any] = SPECIAL[column.name]
    elif column.kind == "reference":
        drawn = st.sampled_from(slugs_of[column.term_kind]).map(lambda slug: {"slug": slug})
    elif field.choices:
        drawn = st.sampled_from([value for value, _ in field.flatchoices])
    elif column.name.endswith("url") or column.name == "uri":
        drawn = st.sampled_from(["", "https://example.com/a?b=c#d"])
    else:
        short = words if not field.blank else texts
        drawn = {
            "text": short.map(lambda text: text[: field.max_length or 200]).filter(
                lambda t: field.blank or says_something(t)
            ),
            "rich": rich_texts if field.blank else rich_texts.filter(says_something),
            "partial_date": partial_dates,
            "date": dates,
            "boolean": st.booleans(),
            "lines": st.lists(full_lines, max_size=3),
            "placeholders": st.lists(st.fixed_dictionaries({"token": tokens, "meaning": lines}), max_size=2),
        }[column.kind]
    return st.none() | drawn if field.null else drawn


@st.composite
def sources(draw: Any, slugs_of: dict[str, list[str]]) -> dict[str, Any]:
    """A whole source with rows of every kind; `slugs_of` names the shared records that exist, by kind."""
    document: dict[str, Any] = {"schema": 1, "uuid": str(draw(st.uuids()))}
    document |= {column.name: draw(values(column, slugs_of)) for column in PROFILE if column.name != "uuid"}
    document["editorial"] = {column.name: draw(values(column, slugs_of)) for column in EDITORIAL}
    anchors = draw(st.lists(slugs, unique=True, max_size=4))
    document["sections"] = [
        _section(draw, slugs_of, anchor, anchors[:index]) for index, anchor in enumerate(anchors)
    ]
    tops = {section["anchor"] for section in document["sections"] if section["parent"] is None}
    for section in document["sections"]:
        if section["parent"] not in tops:
            section["parent"] = None
    for rows in ROWS[1:]:
        document[rows.key] = [_row(draw, rows, slugs_of, anchors) for _ in range(draw(st.integers(0, 3)))]
    _keep_rules(draw, document)
    return document


def _section(draw: Any, slugs_of: dict[str, list[str]], anchor: str, before: list[str]) -> dict[str, Any]:
    row = {
        column.name: draw(values(column, slugs_of))
        for column in SECTIONS.columns
        if column.kind not in {"uuid", "sibling"}
    }
    return row | {
        "anchor": anchor,
        "uuid": str(draw(st.uuids())),
        "parent": draw(st.sampled_from([None, *before[:1]])),
    }


def _row(draw: Any, rows: Rows, slugs_of: dict[str, list[str]], anchors: list[str]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for column in rows.columns:
        if column.kind == "uuid":
            row[column.name] = str(draw(st.uuids()))
        elif column.kind == "section":
            row[column.name] = draw(st.sampled_from([None, *anchors]))
        elif column.kind == "sibling":
            row[column.name] = None
        else:
            row[column.name] = draw(values(column, slugs_of))
    return row


def _keep_rules(draw: Any, document: dict[str, Any]) -> None:
    """What no single field can know: rows that must be named, figures that come from a band, exchanged siblings."""
    for key in ("skills", "tools"):
        for row in document[key]:
            row["label"] = row["label"] or ("named" if row["skill"] is None else "")
    for move in document["career_moves"]:
        move["label"] = move["label"] or "Elsewhere"
    for pay in document["salary_bands"]:
        pay["band"] = None
    for fact in document["facts"]:
        fact["minimum"], fact["maximum"] = 1.5, draw(st.sampled_from([None, 1.5, 2]))
    for link in document["links"]:
        link["url"] = draw(st.sampled_from(["", "/roles/", "https://example.com/"]))
    for index, row in enumerate(document["qualifications"][1:]):
        row["substitutes_for"] = document["qualifications"][index]["uuid"]
    for key, names in {
        "occupation_codes": ("scheme", "version", "code"),
        "external_ids": ("scheme", "value"),
    }.items():
        unique = {tuple(row[name] for name in names): row for row in document[key]}
        document[key] = list(unique.values())
