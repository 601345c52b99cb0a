"""A page holds all that its document says, in its order, and is sound HTML. Documents here are dicts: no database."""

import copy
import html
import json
import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from publications.rendering import render_role_page
from publications.richtext import to_text
from roles.documents.format import PROFILE, ROWS
from roles.documents.schema import problems_with
from tests.factories import DocumentFactory, document_row

EVERY_KIND = Path(__file__).parent.parent / "data" / "document_every_kind.json"
NOVEMBER = datetime(2026, 11, 20, tzinfo=UTC)
VOID = {"meta", "link", "br", "img", "hr", "input", "wbr"}


@pytest.fixture(scope="module")
def every_kind():
    return json.loads(EVERY_KIND.read_text())


def render(document, **options):
    return render_role_page(document, **{"published_at": NOVEMBER, "edition_number": 3} | options)


class Page(HTMLParser):
    """What the tests look at: elements with their attributes, in order, and the visible text."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.open, self.texts = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open[-1] == tag, f"</{tag}> closes <{self.open[-1]}>"
        self.open.pop()

    def handle_data(self, data):
        if "script" not in self.open:
            self.texts.append(data)

    @property
    def text(self):
        return squeezed("".join(self.texts))

    def all(self, *tags):
        return [attributes for tag, attributes in self.elements if tag in tags]


def squeezed(text):
    return re.sub(r"\s+", " ", text).strip()


def section(**values):
    return document_row(
        "sections", **{"anchor": "part", "kind": "custom", "heading": "Part", "render_as": "bullets"} | values
    )


def with_rows(key, *rows, **section_values):
    """A document with one section and these rows in it."""
    document = DocumentFactory(sections=[section(**section_values)])
    document[key] = [document_row(key, section="part", **row) for row in rows]
    return document


def part_of(page):
    """The HTML of the one section of a document made with `with_rows`."""
    start, end = page.index('<section id="part"'), page.index('<section id="page.about"')
    return page[start:end]


# What a page holds


def test_the_example_is_a_valid_document_with_rows_of_every_kind(every_kind):
    assert problems_with(every_kind, "document") == []
    assert [rows.key for rows in ROWS if not every_kind[rows.key]] == []


# Facts for machines; the page says them in other words, in its markup or not at all.
NOT_SHOWN = {
    "anchor", "separator", "credential_category", "currency", "key", "region", "locale", "slug", "url", "uri",
    "source_url", "licence_url",
}  # fmt: skip


def said_in(document):
    """Every text that a document holds for readers, with the place it stands at."""
    records = [("", PROFILE, document)]
    records += [
        (f"{rows.key}[{index}].", rows.columns, row)
        for rows in ROWS
        for index, row in enumerate(document[rows.key])
    ]
    for where, columns, record in records:
        for column in columns:
            value = record[column.name]
            if column.name in NOT_SHOWN or not value or getattr(column.field, "choices", None):
                continue
            if column.kind == "text":
                for line in value.split("\n"):
                    yield where + column.name, line
            elif column.kind == "rich":
                for line in to_text(value).split("\n"):
                    yield where + column.name, line
            elif column.kind == "lines":
                for line in value:
                    yield where + column.name, line
            elif column.kind == "placeholders":
                for pair in value:
                    yield where + column.name, pair["token"]
                    yield where + column.name, pair["meaning"]
            elif column.kind == "reference":
                yield where + column.name, value.get("label") or value.get("title") or ""


def test_page_loses_no_text_of_any_kind(every_kind):
    # What stands as an attribute too would otherwise be found twice.
    text = Page(render(every_kind)).text
    own_label = {
        f"skills[{index}].skill" for index, row in enumerate(every_kind["skills"]) if row["label"]
    } | {f"career_moves[{index}].to" for index, row in enumerate(every_kind["career_moves"]) if row["label"]}

    lost = [
        (where, said)
        for where, said in said_in(every_kind)
        if where not in own_label and not where.endswith(".band") and squeezed(said).rstrip(".") not in text
    ]

    assert lost == []


def test_page_keeps_the_order_of_sections_and_rows(every_kind):
    text = Page(render(every_kind)).text.partition("About this page")[2]

    headings = [text.index(part["heading"]) for part in every_kind["sections"]]
    duties = [text.index(duty["text"]) for duty in every_kind["duties"] if duty["section"] == "duties"]

    assert headings == sorted(headings)
    assert duties == sorted(duties)


def test_page_is_well_formed_and_every_link_within_it_leads_somewhere(every_kind):
    page = Page(render(every_kind))

    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    targets = {link["href"][1:] for link in page.all("a") if link["href"].startswith("#")}
    assert page.open == []
    assert len(ids) == len(set(ids))
    assert targets - set(ids) == set()
    assert {part["anchor"] for part in every_kind["sections"]} < targets


def test_page_skips_no_level_of_heading(every_kind):
    levels = [int(tag[1]) for tag, _ in Page(render(every_kind)).elements if re.fullmatch("h[1-6]", tag)]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(deeper - level <= 1 for level, deeper in pairwise(levels))


def test_page_needs_no_inline_script_and_no_inline_style(every_kind):
    page = Page(render(every_kind))

    assert [name for _, attributes in page.elements for name in attributes if name.startswith("on")] == []
    assert [attributes for _, attributes in page.elements if "style" in attributes] == []
    assert page.all("style") == []
    assert all("src" in script or script["type"] == "application/ld+json" for script in page.all("script"))


def test_page_asks_nobody_else_for_anything(every_kind):
    page = Page(render(every_kind))

    loaded = [
        attributes.get("src") or attributes.get("href") for attributes in page.all("img", "script", "link")
    ]
    assert [url for url in loaded if url and not url.startswith(("/", "http://testserver/"))] == []


def test_page_says_its_language_and_direction():
    assert '<html lang="fr-CA">' in render(DocumentFactory(locale="fr-CA"))
    assert '<html lang="ar" dir="rtl">' in render(DocumentFactory(locale="ar"))


def test_page_of_a_role_that_says_nothing_says_so():
    text = Page(render(DocumentFactory(role_title="Baker"))).text

    assert "Baker" in text
    assert "Pay Not stated" in text
    assert "Degree Not stated" in text


def test_preview_says_that_it_is_one():
    page = render(DocumentFactory(), published_at=None, edition_number=7)

    assert "preview of edition 7" in page
    assert '<meta name="robots" content="noindex">' in page
    assert "noindex" not in render(DocumentFactory())


def test_section_without_content_keeps_its_heading():
    page = render(DocumentFactory(sections=[section(heading="Awards", allow_empty=True)]))

    assert "<h2>Awards</h2>" in page
    assert "Nothing is listed here." in page


def test_label_without_value_stays_with_the_word_that_nothing_is_stated():
    page = render(with_rows("facts", {"kind": "glance", "label": "Last updated"}))

    assert "Last updated Not stated" in Page(part_of(page)).text


@pytest.mark.parametrize("anchor", [None, "nowhere"])
def test_row_without_a_section_stands_at_the_end(anchor):
    document = DocumentFactory(
        sections=[section()], duties=[document_row("duties", text="Bake bread.", section=anchor)]
    )

    text = Page(render(document)).text

    assert text.index("Part") < text.index("Duties") < text.index("Bake bread.")


def test_heading_of_rows_without_a_section_does_not_take_the_anchor_of_another():
    document = DocumentFactory(
        sections=[section(anchor="duties")], duties=[document_row("duties", text="Bake bread.")]
    )

    ids = [attributes["id"] for _, attributes in Page(render(document)).elements if "id" in attributes]

    assert len(ids) == len(set(ids))


def test_subsections_stand_in_their_section_one_level_deeper():
    document = DocumentFactory(
        sections=[
            section(anchor="a", heading="Ways in"),
            section(anchor="a-1", heading="By trade", heading_number="1.", parent="a"),
            section(anchor="b", heading=""),
            section(anchor="b-1", heading="Without a heading above", parent="b"),
        ]
    )

    page = render(document)

    assert '<h3><span class="number">1.</span> By trade</h3>' in page
    assert "<h2>Without a heading above</h2>" in page


# Ways to show a list

DUTIES = [{"text": "Bake bread."}, {"text": "Sweep the floor"}]


@pytest.mark.parametrize(
    ("render_as", "expected"),
    [("bullets", "<ul"), ("numbered", "<ol"), ("table", "<table>"), ("cards", '<ul class="rows cards')],
)
def test_section_chooses_how_its_list_is_shown(render_as, expected):
    part = part_of(render(with_rows("duties", *DUTIES, render_as=render_as)))

    assert expected in part
    assert "Bake bread" in part
    assert "Sweep the floor" in part


def test_prose_is_one_sentence_with_the_publishers_separator_and_opening():
    document = with_rows(
        "duties",
        {"text": "bake bread.", "percent_time": 60},
        {"text": "sweep the floor"},
        render_as="prose",
        separator=" – ",
        lead="<p>In a normal week the baker will:</p>",
    )

    part = part_of(render(document))

    assert "In a normal week the baker will: bake bread – sweep the floor." in Page(part).text
    # What a sentence should not hold is not lost.
    assert "60% of time" in Page(part).text


def test_prose_keeps_notes_on_tools_in_brackets():
    part = part_of(render(with_rows("tools", {"label": "Ruff", "note": "replaces black"}, render_as="prose")))

    assert "Ruff (replaces black)." in Page(part).text


@pytest.mark.parametrize("render_as", ["bullets", "numbered", "prose", "table", "cards"])
@pytest.mark.parametrize("key", [rows.key for rows in ROWS if rows.stands_in_section])
def test_every_kind_of_row_can_be_shown_every_way(every_kind, key, render_as):
    document = DocumentFactory(sections=[section(render_as=render_as)])
    document[key] = [row | {"section": "part"} for row in every_kind[key]]

    page = Page(render(document))

    assert page.open == []
    name = {"questions": "answer", "sample_documents": "body"}.get(key)
    for row in every_kind[key]:
        label = (
            row.get("label")
            or row.get("text")
            or row.get("title")
            or row.get("person")
            or row.get(name or "")
        )
        if label:
            assert squeezed(to_text(label).split("\n")[0]).rstrip(".") in page.text


def test_group_headings_stand_where_the_group_begins():
    rows = [{"label": "a", "group": "One"}, {"label": "b", "group": "Two"}, {"label": "c", "group": "One"}]

    text = Page(part_of(render(with_rows("tools", *rows)))).text

    assert "One a Two b One c" in text


def test_numbers_go_on_across_runs():
    rows = [{"text": "A", "strength": "required"}, {"text": "B", "strength": "preferred"}]

    assert 'start="2"' in part_of(render(with_rows("qualifications", *rows, render_as="numbered")))


def skills(*strengths):
    rows = [{"label": f"Skill {index}", "strength": strength} for index, strength in enumerate(strengths)]
    return Page(part_of(render(with_rows("skills", *rows)))).text


def test_musts_and_preferred_skills_stand_apart():
    assert "Must have Skill 0 Skill 1 Preferred Skill 2" in skills("must", "must", "preferred")


def test_strength_stands_on_each_skill_where_strengths_are_mixed():
    text = skills("must", "preferred", "must")

    assert text.count("Must have") == 2
    assert "Skill 1 Preferred" in text


def test_strength_stands_on_each_skill_where_a_later_one_has_none():
    """Under a label, a skill of which nothing is said would look like a must."""
    assert "Skill 0 Must have Skill 1" in skills("must", "unspecified")


def test_note_that_many_tools_share_is_said_once():
    rows = [{"label": f"Tool {index}", "note": "In demand"} for index in range(5)]
    rows.append({"label": "Hammer", "note": "yours"})

    text = Page(part_of(render(with_rows("tools", *rows)))).text

    assert text.count("In demand") == 1
    assert "Tool 4*" in text
    assert "Hammer (yours)" in text


def test_long_lists_of_titles_and_tools_are_folded_not_cut():
    document = with_rows("tools", *[{"label": f"Tool {n}", "group": f"Group {n}"} for n in range(40)])
    document["alternate_titles"] = [document_row("alternate_titles", title=f"Title {n}") for n in range(60)]

    page = render(document)

    assert "28 more categories" in page
    assert "48 more titles" in page
    assert "Tool 39" in page
    assert "Title 59" in page


# Links


def move(**values):
    return part_of(render(with_rows("career_moves", {"kind": "next"} | values)))


def test_move_is_a_link_only_where_the_role_is_public():
    to = {"uuid": "0", "slug": "head-baker", "title": "Head Baker", "url": "/roles/head-baker/"}

    assert '<a class="label" href="/roles/head-baker/">Head Baker</a>' in move(to=to)
    assert '<a class="label" href="/roles/head-baker/">Chief of bread</a>' in move(
        to=to, label="Chief of bread"
    )
    assert '<strong class="label">Chief of bread</strong>' in move(label="Chief of bread")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//elsewhere.example", "/\\elsewhere"]
)
def test_link_to_what_is_no_address_is_plain_text(url):
    document = with_rows("links", {"kind": "action", "text": "Come in", "url": url})
    document["references"] = [document_row("references", title="A book", url=url)]
    document["attributions"] = [document_row("attributions", source="Someone", statement="Thanks.", url=url)]

    page = render(document)

    assert "Come in" in page
    assert url not in html.unescape(page)


def test_plain_texts_are_escaped():
    hostile = "<script>alert(1)</script>&amp;\"'"
    document = with_rows("duties", {"text": hostile, "rationale": hostile}, heading=hostile)
    document |= {"role_title": hostile, "page_title": hostile}
    document["skills"] = [document_row("skills", label=hostile, examples=[hostile], strength="must")]
    document["alternate_titles"] = [document_row("alternate_titles", title=hostile)]

    page = render(document)

    assert "<script>alert" not in page
    assert hostile in Page(page).text


# Letters


def test_letter_marks_what_has_to_be_filled_in_but_not_inside_tags():
    document = with_rows(
        "sample_documents",
        {
            "kind": "cover_letter",
            "salutation": "Dear [Company],",
            "body": '<p>I know <a href="https://x.example/[Company]">[Company name]</a>.</p>',
            "placeholders": [
                {"token": "[Company]", "meaning": "The employer"},
                {"token": "[Company name]", "meaning": ""},
            ],
        },
    )

    part = part_of(render(document))

    assert "Dear <mark>[Company]</mark>," in part
    assert '<a href="https://x.example/[Company]"><mark>[Company name]</mark></a>' in part
    assert "The employer" in part


# Structured data


def data_of(document):
    page = render(document)
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert len(found) == 1
    return {node["@type"]: node for node in json.loads(found[0])["@graph"]}


def test_structured_data_describes_an_occupation_and_no_vacancy(every_kind):
    data = data_of(every_kind)

    assert set(data) == {"Occupation", "BreadcrumbList", "FAQPage"}
    occupation = data["Occupation"]
    assert occupation["name"] == "Senior Bridge Inspector"
    assert occupation["url"] == "http://testserver/roles/bridge-inspector/"
    assert occupation["mainEntityOfPage"]["lastReviewed"] == "2025-07"
    assert occupation["occupationalCategory"][0]["codeValue"] == "3112"
    assert occupation["experienceRequirements"][0]["monthsOfExperience"] == 60
    assert [item["name"] for item in data["BreadcrumbList"]["itemListElement"]][
        -1
    ] == "Senior Bridge Inspector"
    assert len(data["FAQPage"]["mainEntity"]) == 3


def test_structured_data_makes_up_no_median(every_kind):
    base, total, hourly = data_of(every_kind)["Occupation"]["estimatedSalary"]

    assert base["@type"] == "MonetaryAmountDistribution"
    assert (base["percentile25"], base["median"], base["duration"]) == (45_000, 48_200, "P1Y")
    assert total["median"] == 53_500
    assert hourly["@type"] == "MonetaryAmount"
    assert hourly["value"]["unitText"] == "HOUR"
    assert "median" not in hourly


def test_structured_data_leaves_out_what_is_not_stated():
    assert data_of(DocumentFactory(role_title="Baker")).keys() == {"Occupation", "BreadcrumbList"}
    occupation = data_of(DocumentFactory(role_title="Baker"))["Occupation"]
    assert "estimatedSalary" not in occupation
    assert "skills" not in occupation


def test_structured_data_cannot_end_its_script():
    document = DocumentFactory(role_title="</script><script>alert(1)</script><!--")

    assert data_of(document)["Occupation"]["name"] == "</script><script>alert(1)</script><!--"


# Same document, same page


def test_page_depends_on_nothing_but_its_arguments(every_kind):
    before = copy.deepcopy(every_kind)

    assert render(every_kind) == render(every_kind)
    assert every_kind == before
