"""Rows of a profile as they come back from the form: checked, put in order, and able to name each other."""

from functools import cached_property
from typing import Any, cast

from adminsortable2.admin import CustomInlineFormSet
from django import forms
from django.utils.text import Truncator, slugify

from publications.richtext import to_text

from .fields import RecordField, SiblingField
from .widgets import QuickRenderer, RecordSelect, RichTextarea

# Positions leave room for a row to be put between two others.
STEP = 10
LAST = 2**31


class RowForm(forms.ModelForm):
    """One row. A row that nobody touched is neither checked nor saved, so a save costs what was changed."""

    default_renderer = QuickRenderer()

    # The first of these that is not empty sums up the row; names joined by + stand together.
    title_fields: tuple[str, ...] = ()
    # Filled in by the page when a row is added: on their own they do not make a row.
    filled_in_by_itself = ("section", "group")

    def __init__(self, *args: Any, siblings: "dict[str, RowFormSet] | None" = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.empty_permitted = True
        for name, field in self.fields.items():
            if isinstance(field, SiblingField) and siblings:
                field.offer(siblings[field.rows_of])
            elif isinstance(field, RecordField) and self.instance.pk:
                field.widget.chosen = getattr(self.instance, name)

    def has_changed(self) -> bool:
        changed = set(self.changed_data)
        if self.instance.pk is None:
            changed -= set(self.filled_in_by_itself)
        return bool(changed)

    def posted_position(self) -> int:
        try:
            return int(self["position"].data)
        except (TypeError, ValueError):
            return LAST

    def one_line(self) -> str:
        """The row in one line, from what is in its fields."""
        for names in self.title_fields:
            parts = [text for name in names.split("+") if (text := shown_value(self, name))]
            if parts:
                return Truncator(" ".join(parts)).chars(110)
        return ""


class RowFormSet(CustomInlineFormSet):
    """The rows of one kind, in the order in which the editor left them."""

    def __init__(self, *args: Any, siblings: "dict[str, RowFormSet] | None" = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        # Every set of rows on the form, by name. Each adds itself; sections come first.
        self.siblings = siblings if siblings is not None else {}
        self.siblings[self.prefix] = self

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return super().get_form_kwargs(index) | {"siblings": self.siblings}

    @property
    def rows(self) -> list[RowForm]:
        return cast(list[RowForm], self.forms)

    def as_left(self) -> list[RowForm]:
        """The rows as the editor last saw them, so that a form which comes back with errors is not in disorder."""
        return sorted(self.rows, key=RowForm.posted_position) if self.is_bound else self.rows

    def is_deleted(self, form: RowForm) -> bool:
        return self.is_bound and bool(form["DELETE"].data)

    def is_kept(self, form: RowForm) -> bool:
        return not self.is_deleted(form) and (form.instance.pk is not None or form.has_changed())

    def in_order(self) -> list[RowForm]:
        """The rows that will be there after the save, as they will stand."""
        return sorted((form for form in self.rows if self.is_kept(form)), key=RowForm.posted_position)

    @cached_property
    def _by_key(self) -> dict[str, RowForm]:
        return {str(form.instance.pk or form.prefix): form for form in self.rows}

    def form_of(self, key: Any) -> RowForm | None:
        """The row that another row names: by its primary key, or by its place in the form while it is new."""
        return self._by_key.get(str(key))

    @cached_property
    def _titles(self) -> list[tuple[str, str, bool]]:
        return [
            (key, form.one_line(), "parent" in form.fields and bool(form["parent"].value()))
            for key, form in self._by_key.items()
            if (self.is_kept(form) if self.is_bound else form.instance.pk)
        ]

    def choices(self, top_level_only: bool = False) -> list[tuple[str, str]]:
        """What other rows may choose among."""
        return [(key, title) for key, title, is_nested in self._titles if not (top_level_only and is_nested)]

    def save(self, commit: bool = True) -> Any:
        moved = []
        for index, form in enumerate(self.in_order()):
            position = (index + 1) * STEP
            if form.instance.position != position and not form.has_changed():
                moved.append(form.instance)
            form.instance.position = position
        saved = super().save(commit)
        self.model._default_manager.bulk_update(moved, ["position"], batch_size=200)
        return saved

    def save_new(self, form: Any, commit: bool = True) -> Any:
        self._save_named_rows(form)
        return super().save_new(form, commit)

    def save_existing(self, form: Any, obj: Any, commit: bool = True) -> Any:
        self._save_named_rows(form)
        return super().save_existing(form, obj, commit)

    def _save_named_rows(self, form: RowForm) -> None:
        """A row that names a new row of the same kind can only be saved after it."""
        for name, field in form.fields.items():
            target = getattr(form.instance, name) if isinstance(field, SiblingField) else None
            if target is not None and target.pk is None:
                setattr(target, self.fk.name, self.instance)
                target.save()


class SectionFormSet(RowFormSet):
    """Sections: sub-sections follow the section they are part of, and each has a short name."""

    def parent_of(self, form: RowForm) -> RowForm | None:
        parent = self.form_of(form["parent"].data) if form["parent"].data else None
        return None if parent is None or self.is_deleted(parent) else parent

    def in_order(self) -> list[RowForm]:
        placed = super().in_order()
        below: dict[RowForm, list[RowForm]] = {}
        for form in placed:
            if parent := self.parent_of(form):
                below.setdefault(parent, []).append(form)
        tops = [form for form in placed if self.parent_of(form) is None]
        ordered = [row for top in tops for row in (top, *below.get(top, ()))]
        # Sub-sections of sub-sections are refused by `clean`; here they are not to be lost.
        return ordered + [form for form in placed if form not in ordered]

    def clean(self) -> None:
        kept = self.in_order()
        for form in kept:
            parent = self.parent_of(form)
            if parent and (parent is form or self.parent_of(parent)):
                form.add_error("parent", "Choose a section that is not part of another one.")
        self._give_short_names(kept)
        super().clean()

    def _give_short_names(self, kept: list[RowForm]) -> None:
        taken: set[str] = set()
        for form in kept:
            anchor = form.instance.anchor
            if anchor and anchor in taken:
                form.add_error("anchor", "Another section of this profile has that short name.")
            taken.add(anchor)
        for form in kept:
            if not form.instance.anchor:
                base = slugify(form.instance.heading)[:70] or form.instance.kind
                form.instance.anchor = unused(base, taken)
                taken.add(form.instance.anchor)

    def save(self, commit: bool = True) -> Any:
        # The sub-sections of a section that goes away stay, as sections of their own.
        gone = [form.instance.pk for form in self.rows if form.instance.pk and self.is_deleted(form)]
        if gone:
            self.model._default_manager.filter(parent__in=gone).update(parent=None)
        for form in self.rows:
            if form.instance.parent_id in gone:
                form.instance.parent = None
        return super().save(commit)


def unused(base: str, taken: set[str]) -> str:
    """`base`, or with the first number that makes it a name nobody has."""
    name, number = base, 2
    while name in taken:
        name, number = f"{base}-{number}", number + 1
    return name


def shown_value(form: forms.BaseForm, name: str) -> str:
    """What a field of a form says, as text: the label of a choice, the name of a record, the words of rich text."""
    field = form.fields.get(name)
    value = form[name].value() if field else None
    if field is None or value in (None, "", []):
        return ""
    widget = field.widget
    if isinstance(widget, RecordSelect):
        return str(widget.record(value) or "")
    if isinstance(widget, forms.Select):
        return next((str(label) for key, label in widget.choices if str(key) == str(value)), "")
    return to_text(str(value)).replace("\n", " ") if isinstance(widget, RichTextarea) else str(value)
