"""Rows of a profile as its form draws them: each folded to one line, in an order that editors change."""

from collections.abc import Iterator
from typing import Any

from adminsortable2.admin import SortableInlineAdminMixin
from django import forms
from django.contrib.admin import StackedInline, helpers
from django.contrib.admin.utils import flatten_fieldsets
from django.db import models
from django.http import HttpRequest

from publications.partial_dates import PartialDateField
from publications.richtext import RichTextField
from roles.models.fields import LinesField, PlaceholdersField
from skills.models import ProficiencyLevel

from .fields import (
    CodeFormField,
    LinesFormField,
    LoadedChoiceField,
    PlaceholdersFormField,
    PositionField,
    RecordField,
    SiblingField,
)
from .formsets import RowForm, RowFormSet, shown_value
from .widgets import PlainTextarea, QuickSelect, RecordSelect, RichTextarea, YesNoUnknown

# Codes that are typed with the known ones offered, and the lists in the page that offer them.
CODES = {"currency": "currency-codes", "region": "region-codes", "locale": "language-codes"}

FORMFIELDS: dict[type[models.Field], dict[str, Any]] = {
    RichTextField: {"widget": RichTextarea},
    LinesField: {"form_class": LinesFormField},
    PlaceholdersField: {"form_class": PlaceholdersFormField},
    models.TextField: {"widget": PlainTextarea},
    models.URLField: {"assume_scheme": "https"},
    PartialDateField: {"widget": forms.TextInput(attrs={"class": "short", "placeholder": "2025-07"})},
}


def code_field(db_field: Any) -> forms.Field:
    """A currency, place or language: typed, with the known codes offered."""
    widget = forms.TextInput(attrs={"list": CODES[db_field.name], "class": "short", "autocomplete": "off"})
    if db_field.name == "locale":
        return db_field.formfield(widget=widget)
    return db_field.formfield(form_class=CodeFormField, widget=widget)


def record_field(db_field: Any, create_url_name: str = "") -> forms.Field:
    """A shared record, found by typing."""
    return db_field.formfield(form_class=RecordField, widget=RecordSelect(db_field, create_url_name))


class RowAdminForm(helpers.InlineAdminForm):
    """One row as the page draws it."""

    form: RowForm
    model_admin: "RowInline"

    @property
    def key(self) -> str:
        return str(self.form.prefix)

    @property
    def has_errors(self) -> bool:
        return self.form.is_bound and bool(self.form.errors)

    @property
    def is_blank(self) -> bool:
        """The spare row for browsers without script."""
        return self.original is None and not self.form.is_bound

    @property
    def is_deleted(self) -> bool:
        return self.form.is_bound and "DELETE" in self.form.fields and bool(self.form["DELETE"].data)

    @property
    def is_nested(self) -> bool:
        return "parent" in self.form.fields and bool(self.form["parent"].value())

    @property
    def chips(self) -> list[str]:
        return [text for name in self.model_admin.chip_fields if (text := shown_value(self.form, name))]


class RowsAdminFormSet(helpers.InlineAdminFormSet):
    """A set of rows as the page draws it.

    Django pairs forms with the rows that are in the database now; when somebody else has removed one meanwhile, the
    last typed row would not be drawn. Here each form is drawn, whatever has become of its row.
    """

    opts: "RowInline"
    formset: RowFormSet

    def __iter__(self) -> Iterator[Any]:
        for form in self.formset.as_left():
            yield self._row(form, form.instance if form.instance.pk else None)

    def template_row(self) -> RowAdminForm:
        """The row that the page's script copies when the editor adds one."""
        return self._row(self.formset.empty_form, None)

    def _row(self, form: Any, original: Any) -> RowAdminForm:
        readonly = tuple(self.readonly_fields)
        if not self.has_change_permission:
            readonly += self.opts.field_names
        return RowAdminForm(
            self.formset,
            form,
            self.fieldsets,
            self.prepopulated_fields,
            original,
            readonly,
            model_admin=self.opts,
        )

    @property
    def count(self) -> int:
        if self.formset.is_bound:
            return sum(self.formset.is_kept(form) for form in self.formset.rows)
        return self.formset.initial_form_count()

    @property
    def has_errors(self) -> bool:
        return self.formset.is_bound and (any(self.formset.errors) or bool(self.formset.non_form_errors()))

    @property
    def media(self) -> forms.Media:
        # Every row needs the same; Django would collect it from each.
        return self.opts.media + self.formset.empty_form.media


class RowInline(SortableInlineAdminMixin, StackedInline):
    """Rows of one kind. Subclasses say which fields stand side by side and what sums up a row."""

    form = RowForm
    formset = RowFormSet
    template = "admin/roles/rows.html"
    fk_name = "profile"
    ordering = ["position"]
    extra = 1  # for browsers without script; the page's script takes it away
    formfield_overrides = FORMFIELDS

    # What the one line of a folded row says (see RowForm), and what stands behind it as small labels.
    title_fields: tuple[str, ...] = ()
    chip_fields: tuple[str, ...] = ("section", "group")
    # Rows of one or two fields lie open in one line.
    is_compact = False
    # The field that each line goes into when an editor adds several rows at once.
    bulk_field = ""
    # The kinds of section that a new row belongs in.
    section_kinds: tuple[str, ...] = ()
    # Said above the rows, and in place of them while there are none.
    help_text = ""
    empty_text = ""
    # For fields whose model says nothing about them.
    help_texts: dict[str, str] = {}
    # For fields that choose a record: the view that makes a new one in place.
    create_url_names: dict[str, str] = {}

    @property
    def field_names(self) -> tuple[str, ...]:
        return tuple(flatten_fieldsets(self.fieldsets or []))

    @property
    def media(self) -> forms.Media:
        # Django's own script for inlines is not used here.
        return forms.Media()

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        (first, options), *others = super().get_fieldsets(request, obj)
        return [(first, {**options, "fields": (*options["fields"], "position")}), *others]

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **kwargs)
        formset.form.title_fields = self.title_fields
        return formset

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        queryset = super().get_queryset(request)
        records = [
            field.name
            for field in self.model._meta.fields
            if isinstance(field, models.ForeignKey)
            and field.name in self.field_names
            and not self._is_sibling(field)
        ]
        return queryset.select_related(*records) if records else queryset

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        field = self._formfield(db_field, request, **kwargs)
        if field is not None and not field.help_text:
            field.help_text = self.help_texts.get(db_field.name, "")
        return field

    def _formfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "position":
            return PositionField()
        if db_field.name in CODES:
            return code_field(db_field)
        if isinstance(db_field, models.BooleanField) and db_field.null:
            return db_field.formfield(widget=YesNoUnknown())
        if isinstance(db_field, models.ForeignKey):
            # Without Django's links to add, change and view beside it: our own control does that.
            return self.formfield_for_foreignkey(db_field, request, **kwargs)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_choice_field(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        return super().formfield_for_choice_field(db_field, request, **kwargs | {"widget": QuickSelect()})

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        shown = {
            "label": db_field.formfield().label,
            "help_text": db_field.help_text,
            "required": not db_field.blank,
        }
        if self._is_sibling(db_field):
            return SiblingField(
                rows_of="sections" if db_field.name == "section" else self._rows_name(),
                top_level_only=db_field.name == "parent",
                **shown,
            )
        if db_field.related_model is ProficiencyLevel:
            return LoadedChoiceField(records=list(ProficiencyLevel.objects.all()), **shown)
        return record_field(db_field, self.create_url_names.get(db_field.name, ""))

    def _is_sibling(self, db_field: Any) -> bool:
        return db_field.name == "section" or db_field.related_model is self.model

    def _rows_name(self) -> str:
        return str(self.model._meta.get_field("profile").remote_field.related_name)

    # Rows are parts of a profile: who may change the profile may change them.

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        right = "roles.add_roleprofile" if obj is None else "roles.change_roleprofile"
        return request.user.has_perm(right)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)
