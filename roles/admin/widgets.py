"""What editors type into, where Django's own widgets do not do."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms import Script
from django.forms.renderers import DjangoTemplates
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django_prose_editor.config import expand_extensions
from django_prose_editor.widgets import importmap
from js_asset import Media

# What the editor's toolbar offers: less than `publications.richtext` allows. Text that holds more is shown as code
# instead of being opened in the editor, which would drop what it does not know.
EDITOR_EXTENSIONS: dict[str, Any] = {
    "Bold": True,
    "Italic": True,
    "Code": True,
    "Link": {"enableTarget": False},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Heading": {"levels": [3, 4]},
    "Blockquote": True,
    "HardBreak": True,
    "Strike": True,
    "Subscript": True,
    "Superscript": True,
}
EDITOR_MENU = [
    {"group": "blockType -lists", "type": "dropdown", "minItems": 2},
    {"group": "lists"},
    {"group": "marks -blockType", "alwaysShow": True},
    {"group": "link"},
    {"group": "history"},
]


class PlainTextarea(forms.Textarea):
    """A box that grows with its text.

    Browsers send line ends as CR LF. They are read as they were stored, or every save would look like a change.
    """

    def __init__(self, attrs: dict[str, Any] | None = None):
        super().__init__({"rows": 2, "class": "text-box"} | (attrs or {}))

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value


class RichTextarea(PlainTextarea):
    """A box that becomes an editor when it is first seen: forty sections cost no more than one to open."""

    def __init__(self, attrs: dict[str, Any] | None = None):
        super().__init__({"class": "text-box rich-text"} | (attrs or {}))

    @property
    def media(self) -> Media:
        return Media(
            importmap=importmap,
            css={"all": ["django_prose_editor/material-icons.css", "django_prose_editor/editor.css"]},
            js=[Script("admin_skin/rich_text.js", type="module")],
        )


def editor_settings() -> dict[str, Any]:
    """The editor's settings as the page hands them to its script, once for all boxes."""
    extensions = expand_extensions(EDITOR_EXTENSIONS) | {
        "Menu": {"groups": EDITOR_MENU},
        "NoSpellCheck": False,
    }
    return {"extensions": {name: config for name, config in extensions.items() if config}}


class LinesTextarea(PlainTextarea):
    """A list of short texts, one per line."""

    def format_value(self, value: Any) -> str:
        return "\n".join(value) if isinstance(value, list) else value or ""


class PlaceholdersTextarea(PlainTextarea):
    """Tokens and their meanings, one pair per line: `[Company] = the employer's name`."""

    def format_value(self, value: Any) -> str:
        if not isinstance(value, list):
            return value or ""
        return "\n".join(f"{pair['token']} = {pair['meaning']}" for pair in value)


class QuickSelect(forms.Select):
    """A plain list of choices, written straight into the page.

    Django draws each option through a template; with a hundred rows that is most of the time a page takes.
    """

    def __init__(
        self, attrs: dict[str, Any] | None = None, choices: Iterable[Any] = (), rows_of: str = ""
    ) -> None:
        super().__init__(attrs, choices)
        if rows_of:
            # The page's script keeps the options in step with the rows they stand for.
            self.attrs["data-rows-of"] = rows_of

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = "" if value is None else str(value)
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (key, mark_safe(" selected") if str(key) == chosen else "", label)
                for key, label in ((("" if key is None else key), label) for key, label in self.choices)
            ),
        )
        return format_html("<select{}>{}</select>", _flat(self.build_attrs(self.attrs, attrs), name), options)


class YesNoUnknown(QuickSelect):
    """Yes, no, or nobody has said."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, choices=[("unknown", "Not said"), ("true", "Yes"), ("false", "No")])

    def format_value(self, value: Any) -> Any:
        return {True: "true", False: "false", "true": "true", "false": "false"}.get(value, "unknown")

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        return super().render(name, self.format_value(value), attrs, renderer)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> bool | None:
        return {"true": True, "false": False}.get(data.get(name, ""))


class RecordSelect(forms.Select):
    """One shared record (a skill, a level, a role), found by typing a part of its name.

    The page holds the chosen record only; the script asks the admin's autocomplete for others.
    """

    def __init__(self, field: Any, create_url_name: str = "", attrs: dict[str, Any] | None = None):
        super().__init__(attrs)
        self.field = field
        self.create_url_name = create_url_name
        self.chosen: Any = None

    def __deepcopy__(self, memo: Any) -> "RecordSelect":
        copy = type(self)(self.field, self.create_url_name, dict(self.attrs))
        copy.is_required = self.is_required
        return copy

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        field = self.field
        source = {
            "data-find": reverse("admin:autocomplete"),
            "data-app": field.model._meta.app_label,
            "data-model": field.model._meta.model_name,
            "data-field": field.name,
            "data-kind": str(field.remote_field.model._meta.verbose_name),
        }
        if self.create_url_name:
            source["data-create"] = reverse(self.create_url_name)
        option = SafeString("")
        if value not in (None, ""):
            record = self.record(value)
            option = format_html(
                '<option value="{}" selected>{}</option>', value, record if record is not None else value
            )
        flat = _flat(self.build_attrs(self.attrs, {**source, **(attrs or {})}), name)
        return format_html('<select{}><option value="">–</option>{}</select>', flat, option)

    def record(self, value: Any) -> Any:
        """The chosen record: at hand unless somebody chose another and the form came back with an error."""
        if self.chosen is not None and str(self.chosen.pk) == str(value):
            return self.chosen
        return self.field.remote_field.model._default_manager.filter(pk=value).first()


class QuickRenderer(DjangoTemplates):
    """Writes plain inputs straight into the page: a form of a hundred rows has a thousand of them."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        widget = context.get("widget")
        if widget is None or widget.get("type") not in QUICK_TYPES:
            if template_name != "django/forms/widgets/textarea.html" or widget is None:
                return super().render(template_name, context, request)
            return format_html(
                "<textarea{}>\n{}</textarea>", _flat(widget["attrs"], widget["name"]), widget["value"] or ""
            )
        value = {} if widget["value"] is None else {"value": widget["value"]}
        return format_html(
            "<input{}>", _flat({"type": widget["type"], **value, **widget["attrs"]}, widget["name"])
        )


QUICK_TYPES = {"text", "number", "url", "hidden", "checkbox", "date"}


def _flat(attrs: dict[str, Any], name: str) -> SafeString:
    """Attributes as they stand in a tag."""
    shown = {"name": name, **attrs}
    return format_html_join(
        "",
        " {}{}",
        (
            (key, "" if value is True else format_html('="{}"', value))
            for key, value in shown.items()
            if value is not None and value is not False
        ),
    )
