"""Form fields of the role form: texts one per line, and records chosen without a query for each row."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from .widgets import LinesTextarea, PlaceholdersTextarea, QuickSelect, RecordSelect

if TYPE_CHECKING:
    from .formsets import RowFormSet


class LinesFormField(forms.Field):
    """A list of short texts, typed one per line; empty lines mean nothing."""

    widget: Any = LinesTextarea

    def __init__(self, *, encoder: Any = None, decoder: Any = None, **kwargs: Any):
        # What a model's JSON field hands over, and lines have no use for.
        super().__init__(**kwargs)
        # A default that is made anew each time would bring a second, hidden field to compare with.
        self.show_hidden_initial = False

    def to_python(self, value: Any) -> list[Any]:
        if isinstance(value, list):
            return value
        return [line.strip() for line in (value or "").splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial) != self.to_python(data)


class PlaceholdersFormField(LinesFormField):
    """Tokens in a sample text and what to put there, one pair per line."""

    widget = PlaceholdersTextarea

    def to_python(self, value: Any) -> list[Any]:
        if isinstance(value, list):
            return value
        pairs = []
        for line in super().to_python(value):
            token, equals, meaning = line.partition("=")
            if not equals or not token.strip():
                raise ValidationError(
                    "“%(line)s” has no meaning. Write the placeholder, an equals sign, what to put there: "
                    "[Company] = the employer’s name.",
                    code="invalid_pair",
                    params={"line": line},
                )
            pairs.append({"token": token.strip(), "meaning": meaning.strip()})
        return pairs

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return super().has_changed(initial, data)
        except ValidationError:
            return True


class CodeFormField(forms.CharField):
    """A code that is written in capitals, however it was typed."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value) or "").upper()


class PositionField(forms.IntegerField):
    """Where a row stands. Moving rows is not a change of each row: the whole set is put in order at once."""

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("required", False)
        kwargs.setdefault("min_value", 0)
        super().__init__(**kwargs)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class RecordField(forms.ModelChoiceField):
    """A shared record that is chosen by typing a part of its name."""

    widget: Any = RecordSelect

    def to_python(self, value: Any) -> Any:
        chosen = self.widget.chosen
        if chosen is not None and str(chosen.pk) == str(value):
            return chosen
        found = super().to_python(value)
        self.widget.chosen = found
        return found


class LoadedChoiceField(forms.Field):
    """One record of a short list that was read once for the whole form, such as a proficiency level."""

    def __init__(self, *, records: list[Any], **kwargs: Any):
        kwargs.setdefault(
            "widget", QuickSelect(choices=[("", "–"), *((record.pk, str(record)) for record in records)])
        )
        super().__init__(**kwargs)
        self.records = {str(record.pk): record for record in records}

    def __deepcopy__(self, memo: Any) -> "LoadedChoiceField":
        copy = super().__deepcopy__(memo)
        copy.records = self.records
        return copy

    def prepare_value(self, value: Any) -> Any:
        return getattr(value, "pk", value)

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        try:
            return self.records[str(value)]
        except KeyError:
            raise ValidationError("Choose one of the list.", code="invalid_choice") from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(self.prepare_value(initial) or "") != str(data or "")


class SiblingField(forms.Field):
    """Another row of the same form: the section that a duty stands in, saved already or typed a moment ago.

    A saved row is known by its key, a new one by its place in the form, such as `sections-4`.
    """

    def __init__(self, *, rows_of: str, top_level_only: bool = False, **kwargs: Any):
        kwargs.setdefault("widget", QuickSelect(rows_of=rows_of))
        super().__init__(**kwargs)
        self.rows_of = rows_of
        self.top_level_only = top_level_only
        self.rows: RowFormSet | None = None

    def __deepcopy__(self, memo: Any) -> "SiblingField":
        copy = super().__deepcopy__(memo)
        copy.rows = self.rows
        return copy

    def offer(self, rows: "RowFormSet") -> None:
        """Let editors choose among these rows."""
        self.rows = rows
        # Asked for when the field is drawn: while the first forms are made, not all rows are there.
        self.widget.choices = lambda: [("", "–"), *rows.choices(self.top_level_only)]

    def prepare_value(self, value: Any) -> Any:
        return getattr(value, "pk", value)

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values or self.rows is None:
            return None
        form = self.rows.form_of(str(value))
        if form is None:
            raise ValidationError("This one is not there any more. Choose another.", code="invalid_choice")
        if self.rows.is_deleted(form):
            return None
        if form.instance.pk is None and not form.has_changed():
            raise ValidationError("Fill in the row you chose here, or choose another.", code="empty_row")
        return form.instance

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(self.prepare_value(initial) or "") != str(data or "")
