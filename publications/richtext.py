"""The small safe subset of HTML that a role may hold, and the field that lets nothing else in.

Text is cleaned at the door: whatever writes a `RichTextField` (a form, an importer, a command, the shell) goes through
`clean`, so that what is stored may be shown as it is.
"""

import html
import re

import nh3
from django.db import models

from .parsing_cost import costs_too_much

_BLOCKS = {
    "p", "ul", "ol", "li", "blockquote", "pre", "h3", "h4",
    "table", "thead", "tbody", "tr", "th", "td", "caption", "dl", "dt", "dd",
}  # fmt: skip
TAGS = _BLOCKS | {"br", "strong", "em", "code", "a", "sub", "sup", "abbr", "kbd", "s"}
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
# Paragraphs to many editors, unless there are paragraphs or lists in them.
_CONTAINERS = {
    "div", "section", "article", "aside", "header", "footer", "main", "center", "figure", "figcaption", "details",
    "summary",
}  # fmt: skip
# Elements that go with all that is in them: none of it is meant for readers.
_NOT_TEXT = {"script", "style", "title", "iframe", "noembed", "noframes", "noscript"}

_CLEANER = nh3.Cleaner(
    tags=TAGS | SAME_MEANING.keys() | _CONTAINERS,
    clean_content_tags=_NOT_TEXT,
    attributes=ATTRIBUTES,
    url_schemes=URL_SCHEMES,
    link_rel="noopener noreferrer",
    strip_comments=True,
)
# Three are enough for anything that was tried.
_MOST_ROUNDS = 10

# Characters that no text needs and that PostgreSQL (NUL), XML (the other controls) or UTF-8 (halves of a surrogate
# pair) cannot hold.
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LINE_END = re.compile(r"\r\n?")

# These read what the cleaner has written, where “<” and “>” stand in tags only.
_TAG = re.compile(r"<[^<>]*>")
_RENAME = re.compile(rf"<(/?)({'|'.join(SAME_MEANING)})(?=[ >])")
_ANY_CONTAINER = "|".join(_CONTAINERS)
_PARAGRAPH = re.compile(
    rf"<({_ANY_CONTAINER})((?: [^>]*)?)>"
    rf"((?:[^<]++|<(?!/?(?:{'|'.join(_BLOCKS)}|{_ANY_CONTAINER})\b))*+)</\1>"
)
_CONTAINER = re.compile(rf"</?(?:{_ANY_CONTAINER})(?: [^>]*)?>")
_PRE_LINE_END = re.compile(r"<pre(?: [^>]*)?>\n")


def clean(value: str) -> str:
    """The safe part of `value`, well-formed, and "" where no text is left; clean text comes back as it is."""
    value = _storable(value)
    if "<" not in value and "&" not in value:
        return value.replace(">", "&gt;")
    # Taking an element away can leave others in places where a parser does not let them be. What is stored must
    # say the same to every parser, so it is cleaned until that changes nothing.
    for _ in range(_MOST_ROUNDS):
        if costs_too_much(value):
            break
        cleaned = _clean_once(value)
        if cleaned == value:
            return cleaned
        value = cleaned
    return html.escape(_storable(to_text(value)), quote=False)


def _clean_once(value: str) -> str:
    value = _CLEANER.clean(value)
    value = _RENAME.sub(lambda tag: f"<{tag[1]}{SAME_MEANING[tag[2]]}", value)
    value = _PARAGRAPH.sub(r"<p\2>\3</p>", value)
    value, containers = _CONTAINER.subn("\n", value)
    if containers:
        value = value.strip("\n")
    # A parser takes away the first line end in `pre`, so that a second one is needed to keep it.
    value = _PRE_LINE_END.sub("\\g<0>\n", value)
    # Written as a name by the cleaner, but as itself in text without markup.
    value = value.replace("&nbsp;", "\xa0")
    return _storable(value) if _TAG.sub("", value).strip() else ""


def _storable(value: str) -> str:
    return _LINE_END.sub("\n", _UNWANTED.sub("", value))


_BLOCK_EDGE = re.compile(rf"</?(?:{'|'.join(_BLOCKS - {'td', 'th'})})\b[^<>]*>|<br\s*/?>", re.IGNORECASE)
_CELL_END = re.compile(r"</t[dh]>", re.IGNORECASE)


def to_text(value: str) -> str:
    """Rich text as plain text, blocks on lines of their own."""
    text = _TAG.sub("", _CELL_END.sub(" ", _BLOCK_EDGE.sub("\n", value)))
    return "\n".join(line for line in (part.strip() for part in html.unescape(text).split("\n")) if line)


class RichTextField(models.TextField):
    """Text with a little formatting, cleaned on every way into the database.

    Only what the database computes itself (`update(text=F(…))`, `Concat`, `Value`) is never seen here.
    """

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def to_python(self, value):
        value = super().to_python(value)
        return clean(value) if isinstance(value, str) else value

    def pre_save(self, model_instance, add):
        # So that the record in memory says what is stored.
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = clean(value)
            setattr(model_instance, self.attname, value)
        return value

    def get_prep_value(self, value):
        # Not only `pre_save`: `update()` and `bulk_update()` come this way too.
        value = super().get_prep_value(value)
        return clean(value) if isinstance(value, str) else value
