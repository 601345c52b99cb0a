"""The role document: which fields of which records it holds, under which names, in which order.

This module is the one place that lists them. The JSON Schemas, `dump`, `parse`, `build` and `diff` are all derived from
it and from the models' own fields, so a field added to a model is added to the format by naming it here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import models

from careers.models import CareerMove, JobFamily, Level, SalaryBand
from publications.partial_dates import PartialDateField
from publications.richtext import RichTextField
from roles.models import (
    AlternateTitle,
    Attribution,
    Contribution,
    Duty,
    ExternalId,
    Fact,
    Link,
    OccupationCode,
    Organization,
    Qualification,
    Question,
    Reference,
    RolePay,
    RoleProfile,
    RoleSkill,
    RoleTool,
    SampleDocument,
    Section,
    SectionItem,
)
from roles.models.fields import LinesField, PlaceholdersField
from skills.models import ProficiencyLevel, Skill

SCHEMA_VERSION = 1

# Shared records that a document refers to: the model, and what documents call its kind.
TERM_KINDS: dict[type[models.Model], str] = {
    JobFamily: "job_family",
    Level: "level",
    Organization: "publisher",
    Skill: "skill",
    ProficiencyLevel: "proficiency_level",
    SalaryBand: "salary_band",
    RoleProfile: "role",
}


@dataclass(frozen=True)
class Column:
    """One field of a record as the document holds it."""

    name: str
    field: models.Field

    @cached_property
    def kind(self) -> str:
        """How the value looks in JSON: text, rich, date, number, integer, boolean, lines, … or a reference."""
        field = self.field
        if isinstance(field, models.ForeignKey):
            target = field.related_model
            if target is field.model:
                return "sibling"
            return "section" if target is Section else "reference"
        for kind, types in _KINDS:
            if isinstance(field, types):
                return kind
        raise TypeError(f"No JSON form is known for {field}")

    @property
    def term_kind(self) -> str:
        """For a reference: the kind of shared record it refers to."""
        return TERM_KINDS[self.field.related_model]  # type: ignore[index]

    @cached_property
    def default(self) -> Any:
        """What a document that leaves the field out means."""
        return None if self.kind in _NULL_WHEN_ABSENT else self.field.get_default()


_KINDS: list[tuple[str, type[models.Field] | tuple[type[models.Field], ...]]] = [
    ("rich", RichTextField),
    ("partial_date", PartialDateField),
    ("lines", LinesField),
    ("placeholders", PlaceholdersField),
    ("uuid", models.UUIDField),
    ("boolean", models.BooleanField),
    ("number", models.DecimalField),
    ("integer", models.IntegerField),
    ("date", models.DateField),
    ("text", (models.CharField, models.TextField)),
]
_NULL_WHEN_ABSENT = {"reference", "section", "sibling", "uuid"}


@dataclass(frozen=True)
class Rows:
    """One array of the document: the records of one model that belong to a profile.

    `key` is both the name of the array and the name of the relation on the profile. `identity` names the fields that
    tell a record written without a UUID from its siblings, so that the same file read twice means the same records.
    """

    key: str
    model: type[models.Model]
    names: tuple[str, ...]
    identity: tuple[str, ...]

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        return tuple(Column(name, self.model._meta.get_field(name)) for name in self.names)  # type: ignore[arg-type]

    @cached_property
    def references(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.kind == "reference")

    @cached_property
    def stands_in_section(self) -> bool:
        return "section" in self.names


_PAY = (
    "component", "currency", "minimum", "percentile_10", "percentile_25", "median", "percentile_75", "percentile_90",
    "maximum", "period", "region", "work_arrangement", "as_of", "source_title", "source_url",
)  # fmt: skip

PROFILE = tuple(
    Column(name, RoleProfile._meta.get_field(name))  # type: ignore[arg-type]
    for name in (
        "uuid", "slug", "role_title", "page_title", "summary", "job_family", "level", "publisher", "locale", "region",
        "work_arrangement", "published_on", "updated_on", "reading_time",
    )
)  # fmt: skip

# Kept in editions and exports, left out of every published document.
EDITORIAL = tuple(
    Column(name, RoleProfile._meta.get_field(name))  # type: ignore[arg-type]
    for name in ("review_due_on", "internal_note")
)

SECTIONS = Rows(
    "sections",
    Section,
    ("uuid", "anchor", "parent", "kind", "heading", "heading_number", "lead", "body", "trail", "render_as",
     "separator", "allow_empty"),
    ("anchor",),
)  # fmt: skip

# In the order the document lists them. Sections first: the others name them.
ROWS: tuple[Rows, ...] = (
    SECTIONS,
    Rows("alternate_titles", AlternateTitle, ("uuid", "title"), ("title",)),
    Rows(
        "occupation_codes",
        OccupationCode,
        ("uuid", "scheme", "version", "code", "label", "uri"),
        ("scheme", "version", "code"),
    ),
    Rows("external_ids", ExternalId, ("uuid", "scheme", "value"), ("scheme", "value")),
    Rows("items", SectionItem, ("uuid", "section", "group", "label", "text", "facet"), ("section", "label", "text")),
    Rows(
        "facts",
        Fact,
        ("uuid", "section", "group", "kind", "key", "label", "value", "text", "minimum", "maximum", "unit",
         "horizon_year", "place", "code", "scheme", "as_of", "source_title", "source_url"),
        ("section", "kind", "label"),
    ),
    Rows(
        "duties",
        Duty,
        ("uuid", "section", "group", "text", "essential", "percent_time", "frequency", "rationale"),
        ("text",),
    ),
    Rows(
        "qualifications",
        Qualification,
        ("uuid", "section", "group", "kind", "strength", "text", "credential_category", "months_experience",
         "substitutes_for"),
        ("text",),
    ),
    Rows(
        "skills",
        RoleSkill,
        ("uuid", "section", "group", "skill", "label", "strength", "proficiency", "explanation", "examples",
         "importance"),
        ("skill", "label"),
    ),
    Rows(
        "tools",
        RoleTool,
        ("uuid", "section", "group", "skill", "label", "version_note", "note"),
        ("group", "skill", "label"),
    ),
    Rows(
        "salary_bands",
        RolePay,
        ("uuid", "section", "group", "band", *_PAY, "display_text", "note"),
        ("band", "component", "currency", "region", "display_text"),
    ),
    Rows(
        "career_moves",
        CareerMove,
        ("uuid", "section", "group", "kind", "to", "label", "condition", "blurb", "pay_text", "band"),
        ("kind", "to", "label"),
    ),
    Rows(
        "questions",
        Question,
        ("uuid", "section", "group", "kind", "number", "question", "category", "answer", "assessment_points",
         "pitfalls", "follow_ups", "example", "count_text"),
        ("kind", "question"),
    ),
    Rows(
        "sample_documents",
        SampleDocument,
        ("uuid", "section", "group", "kind", "title", "salutation", "body", "closing", "placeholders"),
        ("kind", "title"),
    ),
    Rows(
        "contributions",
        Contribution,
        ("uuid", "section", "group", "person", "job_title", "role", "on", "statement"),
        ("person", "role"),
    ),
    Rows(
        "references",
        Reference,
        ("uuid", "section", "group", "title", "author", "publisher", "url", "accessed_on"),
        ("title", "url"),
    ),
    Rows(
        "links",
        Link,
        ("uuid", "section", "group", "kind", "text", "url", "category", "blurb"),
        ("kind", "text", "url"),
    ),
    Rows(
        "attributions",
        Attribution,
        ("uuid", "source", "release", "statement", "url", "licence", "licence_url"),
        ("source", "release"),
    ),
)  # fmt: skip

ROWS_BY_KEY = {rows.key: rows for rows in ROWS}


def references_in(source: dict) -> Iterator[tuple[str, str, dict]]:
    """Every shared record a source names: where (as a path), which kind, and the reference itself."""
    for column in PROFILE:
        if column.kind == "reference" and source.get(column.name):
            yield column.name, column.term_kind, source[column.name]
    for rows in ROWS:
        for column in rows.references:
            for index, row in enumerate(source.get(rows.key, ())):
                if row.get(column.name):
                    yield f"{rows.key}[{index}].{column.name}", column.term_kind, row[column.name]
