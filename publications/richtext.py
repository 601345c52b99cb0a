"""The small safe subset of HTML that a role may hold, and the field that lets nothing else in.

Text is cleaned at the door: whatever writes a `RichTextField` (a form, an importer, a command, the shell) goes through
`clean`, so that what is stored may be shown as it is.
"""

import html
import re

import nh3
from django.db import models

TAGS = {
    "p", "br", "strong", "em", "code", "pre", "a", "ul", "ol", "li", "blockquote", "h3", "h4",
    "sub", "sup", "abbr", "kbd", "s", "table", "thead", "tbody", "tr", "th", "td", "caption", "dl", "dt", "dd",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title", "hreflang", "lang"},
    "abbr": {"title"},
    "ol": {"start"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "*": {"lang", "dir"},
}
URL_SCHEMES = {"http", "https", "mailto", "tel"}

# Word, old editors and Markdown say the same things with other tags; their meaning is kept.
SAME_MEANING = {
    "b": "strong",
    "i": "em",
    "h1": "h3",
    "h2": "h3",
    "h5": "h4",
    "h6": "h4",
    "tt": "code",
    "strike": "s",
    "del": "s",
}
_RENAME = re.compile(rf"<(/?)({'|'.join(SAME_MEANING)})(?=[\s>/])", re.IGNORECASE)
# Characters that no text needs and that PostgreSQL (NUL) or XML (the other controls) cannot hold.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def clean(value: str) -> str:
    """The safe part of `value`, well-formed; plain text without markup comes back as it is."""
    value = _CONTROL.sub("", value)
    if "<" not in value and "&" not in value:
        return value.replace(">", "&gt;")
    value = _RENAME.sub(lambda match: f"<{match[1]}{SAME_MEANING[match[2].lower()]}", value)
    return nh3.clean(
        value,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=URL_SCHEMES,
        link_rel="noopener noreferrer",
        strip_comments=True,
    )


_BLOCK_END = re.compile(r"</(?:p|li|h3|h4|tr|dt|dd|blockquote|pre|caption)>|<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")


def to_text(value: str) -> str:
    """Rich text as plain text, blocks on lines of their own."""
    text = _TAG.sub("", _BLOCK_END.sub("\n", value))
    return "\n".join(line for line in (part.strip() for part in html.unescape(text).split("\n")) if line)


class RichTextField(models.TextField):
    """Text with a little formatting, cleaned on every way into the database."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def to_python(self, value):
        value = super().to_python(value)
        return clean(value) if isinstance(value, str) else value

    def get_prep_value(self, value):
        # Not only `pre_save`: `update()` and `bulk_update()` come this way too.
        value = super().get_prep_value(value)
        return clean(value) if isinstance(value, str) else value
