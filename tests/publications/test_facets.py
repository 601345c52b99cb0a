"""Facets and link rows: what lists know of a document, from the document alone."""

import copy
import json
from decimal import Decimal
from pathlib import Path

import pytest

from publications.facets import facets, links
from publications.models import Publication, PublicationFamily, PublicationMove, PublicationSkill
from roles.documents import canonical
from tests.factories import DocumentFactory, document_row

EVERY_KIND = json.loads((Path(__file__).parent.parent / "data" / "document_every_kind.json").read_text())


def values_of(rows):
    """Unsaved rows by what is in their columns."""
    return [
        {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields} for row in rows
    ]


def named(slug, **more):
    return {"uuid": f"00000000-0000-0000-0000-{len(slug):012}", "slug": slug, "label": slug.title(), **more}


def test_facets_of_an_empty_document():
    document = DocumentFactory(slug="developer", role_title="Developer", locale="en-GB")

    assert facets(document) == {
        "slug": "developer",
        "title": "Developer",
        "summary": "",
        "family_slug": "",
        "family_label": "",
        "level_slug": "",
        "level_label": "",
        "level_rank": None,
        "language": "en",
        "region": "",
        "work_arrangement": "",
        "pay_currency": "",
        "pay_minimum": None,
        "pay_maximum": None,
        "pay_text": "",
    }


def test_facets_of_a_full_document():
    document = DocumentFactory(
        summary="<p>Builds <em>R&amp;D</em> tools.</p><p>Fixes them.</p>",
        job_family=named("web", ancestors=[named("engineering")]),
        level=named("senior", rank=3, track="any"),
        locale="pt-BR",
        region="US-CO",
        work_arrangement="remote",
        salary_bands=[
            document_row("salary_bands", component="equity", currency="USD", minimum=1, period="YEAR"),
            document_row(
                "salary_bands", component="base", currency="USD", minimum=60, maximum=75.5, period="HOUR"
            ),
        ],
    )

    assert facets(document) == {
        "slug": document["slug"],
        "title": document["role_title"],
        "summary": "Builds R&D tools.\nFixes them.",
        "family_slug": "web",
        "family_label": "Web",
        "level_slug": "senior",
        "level_label": "Senior",
        "level_rank": 3,
        "language": "pt",
        "region": "US-CO",
        "work_arrangement": "remote",
        "pay_currency": "USD",
        "pay_minimum": Decimal(124_800),
        "pay_maximum": Decimal("157040.0"),
        "pay_text": "US$\xa060–US$\xa075,50 an hour",
    }


def test_facets_show_pay_in_words_where_there_are_no_figures():
    row = document_row("salary_bands", component="base", period="YEAR", display_text="Competitive")
    found = facets(DocumentFactory(salary_bands=[row]))

    assert (found["pay_text"], found["pay_currency"], found["pay_minimum"]) == ("Competitive", "", None)


@pytest.mark.parametrize("document", [EVERY_KIND, DocumentFactory()], ids=["every kind", "empty"])
def test_facets_and_links_are_pure_functions_of_the_document(document):
    before = copy.deepcopy(document)
    publication = Publication(pk=1)
    again = json.loads(canonical(document))

    assert facets(document) == facets(document) == facets(again)
    for model, rows in links(publication, document).items():
        assert values_of(rows) == values_of(links(publication, again)[model])
    assert document == before, "nothing was written into it"


def test_facets_fit_their_columns():
    found = facets(EVERY_KIND)

    Publication(**found).clean_fields(exclude=_not_facets(found))


def _not_facets(found):
    return [field.name for field in Publication._meta.concrete_fields if field.name not in found]


def test_links_list_the_branch_of_families_the_nearest_first():
    family = named("web", ancestors=[named("technology"), named("engineering")])

    rows = links(Publication(pk=1), DocumentFactory(job_family=family))[PublicationFamily]

    assert [(row.slug, row.label, row.depth) for row in rows] == [
        ("web", "Web", 0),
        ("engineering", "Engineering", 1),
        ("technology", "Technology", 2),
    ]


def test_links_list_skills_and_tools_of_the_library_only():
    python = named("python", type="technology", uri="")
    document = DocumentFactory(
        skills=[
            document_row(
                "skills", skill=python, strength="must", proficiency=named("expert", rank=4), label="Python 3"
            ),
            document_row("skills", label="Curiosity", strength="preferred"),
        ],
        tools=[
            document_row("tools", skill=named("ruff", type="tool", uri="")),
            document_row("tools", label="pen"),
        ],
    )

    rows = links(Publication(pk=1), document)[PublicationSkill]

    assert values_of(rows) == [
        {
            "id": None,
            "publication_id": 1,
            "skill_uuid": python["uuid"],
            "slug": "python",
            "label": "Python",
            "type": "technology",
            "strength": "must",
            "proficiency_slug": "expert",
            "proficiency_rank": 4,
        },
        {
            "id": None,
            "publication_id": 1,
            "skill_uuid": named("ruff")["uuid"],
            "slug": "ruff",
            "label": "Ruff",
            "type": "tool",
            "strength": "unspecified",
            "proficiency_slug": "",
            "proficiency_rank": None,
        },
    ]


def test_links_list_moves_to_live_roles_in_the_order_of_the_document():
    lead = {
        "uuid": "5b7f0a3e-44a1-4f0e-9a3e-7a6f2f1f0a11",
        "slug": "lead",
        "title": "Lead",
        "url": "/roles/lead/",
    }
    document = DocumentFactory(
        career_moves=[
            document_row("career_moves", kind="related", label="Not written yet"),
            document_row("career_moves", kind="next", to=lead),
        ]
    )

    rows = links(Publication(pk=1), document)[PublicationMove]

    assert [(row.position, row.kind, row.target_uuid, row.target_slug) for row in rows] == [
        (1, "next", lead["uuid"], "lead")
    ]
