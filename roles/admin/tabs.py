"""The tabs of a profile's form, and where on it a problem is to be found."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.admin import helpers
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.text import capfirst

from roles.documents import Problem
from roles.models import RoleProfile

from . import inlines
from .rows import RowInline, RowsAdminFormSet


@dataclass(frozen=True)
class Tab:
    """One part of the form. The first one also holds the fields of the profile itself."""

    slug: str
    label: str
    inlines: tuple[type[RowInline], ...]


TABS = (
    Tab("page-profile", "Profile", ()),
    Tab("page-sections", "Sections", (inlines.SectionInline,)),
    Tab("page-points", "Points", (inlines.SectionItemInline,)),
    Tab("page-duties", "Duties", (inlines.DutyInline,)),
    Tab("page-qualifications", "Qualifications", (inlines.QualificationInline,)),
    Tab("page-skills", "Skills", (inlines.RoleSkillInline,)),
    Tab("page-tools", "Tools", (inlines.RoleToolInline,)),
    Tab("page-facts", "Facts", (inlines.FactInline,)),
    Tab("page-pay", "Pay", (inlines.RolePayInline,)),
    Tab("page-moves", "Career moves", (inlines.CareerMoveInline,)),
    Tab("page-questions", "Questions", (inlines.QuestionInline,)),
    Tab("page-letters", "Letters and links", (inlines.SampleDocumentInline, inlines.LinkInline)),
    Tab(
        "page-sources",
        "Sources",
        (
            inlines.ContributionInline,
            inlines.ReferenceInline,
            inlines.AttributionInline,
            inlines.OccupationCodeInline,
            inlines.ExternalIdInline,
        ),
    ),
)
# Sections first, whatever the tabs: other rows name them, and are saved after them.
INLINES: list[Any] = sorted(
    (inline for tab in TABS for inline in tab.inlines), key=lambda inline: inline is not inlines.SectionInline
)


@dataclass(frozen=True)
class Place:
    """Something wrong: where, in words and as a place on the page, and what."""

    where: str
    href: str
    message: str


@dataclass(frozen=True)
class DrawnTab:
    """A tab with what it holds on one request."""

    tab: Tab
    fieldsets: list[Any]
    formsets: list[RowsAdminFormSet]
    places: list[Place]

    @property
    def count(self) -> int:
        return sum(formset.count for formset in self.formsets)


def draw(adminform: helpers.AdminForm, formsets: Iterable[RowsAdminFormSet]) -> list[DrawnTab]:
    """The tabs of the form, each with its fields, rows and errors."""
    by_inline = {type(formset.opts): formset for formset in formsets}
    drawn = []
    for tab in TABS:
        own = [by_inline[inline] for inline in tab.inlines if inline in by_inline]
        is_first = tab is TABS[0]
        places = _errors_of_profile(adminform.form) if is_first else []
        for formset in own:
            places += _errors_of_rows(formset)
        drawn.append(DrawnTab(tab, list(adminform) if is_first else [], own, places))
    return drawn


def _errors_of_profile(form: Any) -> list[Place]:
    return [
        Place(str(form.fields[name].label), f"#id_{name}", str(message))
        for name, messages in form.errors.items()
        if name in form.fields
        for message in messages
    ]


def _errors_of_rows(formset: RowsAdminFormSet) -> list[Place]:
    if not formset.has_errors:
        return []
    title = str(formset.opts.verbose_name_plural)
    places = [
        Place(title, f"#{formset.formset.prefix}-rows", str(text)) for text in formset.non_form_errors()
    ]
    number = 0
    for form in formset.formset.as_left():
        number += formset.formset.is_kept(form)
        for name, messages in form.errors.items():
            field = form.fields.get(name)
            where = f"{title}, row {number}" + (f", {field.label}" if field is not None else "")
            href = f"#id_{form.prefix}-{name}" if field is not None else f"#{form.prefix}"
            places += [Place(where, href, str(message)) for message in messages]
    return places


_PATH = re.compile(r"^(\w+)(?:\[(\d+)\])?(?:\.(\w+))?")
_ARRAYS: dict[str, type[RowInline]] = {
    str(inline.model._meta.get_field("profile").remote_field.related_name): inline for inline in INLINES
}


def place_of(problem: Problem) -> Place:
    """Where on the form a problem of the role document is."""
    match = _PATH.match(problem.path)
    if match is None:
        return Place("", "", problem.message)
    name, index, column = match.groups()
    if name == "alternate_titles":
        return Place("Other titles", "#id_other_titles", problem.message)
    if index is None or name not in _ARRAYS:
        return Place(_label(RoleProfile, name), f"#id_{name}", problem.message)
    inline = _ARRAYS[name]
    where = f"{inline.verbose_name_plural}, row {int(index) + 1}"
    if column is None:
        return Place(where, f"#{name}-{index}", problem.message)
    return Place(f"{where}, {_label(inline.model, column)}", f"#id_{name}-{index}-{column}", problem.message)


def _label(model: type[models.Model], name: str) -> str:
    try:
        return capfirst(str(model._meta.get_field(name).verbose_name))  # type: ignore[union-attr]
    except (FieldDoesNotExist, AttributeError):
        return name
