"""Fragments of HTML from the texts of a document.

Rich texts were cleaned on their way into the database (`publications.richtext`), so they may be shown as they are; all
other texts are plain and are escaped here.
"""

import re
from collections.abc import Iterable, Sequence
from html import escape

from django.utils.safestring import SafeString

_BLOCK = re.compile(r"<(?:p|ul|ol|li|h3|h4|blockquote|pre|table|dl)\b")
_ONE_PARAGRAPH = re.compile(r"\s*<p>((?:(?!<p\b|</p>).)*)</p>\s*", re.DOTALL)
_BLANK_LINE = re.compile(r"\n\s*\n")
_TAG = re.compile(r"(<[^>]*>)")
_BLOCK_TAG = re.compile(
    r"</?(?:p|ul|ol|li|h3|h4|blockquote|pre|table|thead|tbody|tr|th|td|caption|dl|dt|dd)\b[^>]*>"
)

EMPTY = SafeString("")


def safe(text: str) -> SafeString:
    """Text to put into HTML: as it is where it is marked safe, else escaped."""
    # Django's own function does the same for lazy text too, in four times the time.
    return text if isinstance(text, SafeString) else SafeString(escape(text))


def plain(text: str) -> SafeString:
    """Plain text with its line breaks."""
    return SafeString(escape(text.strip()).replace("\n", "<br>"))


def blocks(rich: str) -> SafeString:
    """Rich text as paragraphs, also where it was written without any."""
    rich = rich.strip()
    if not rich:
        return EMPTY
    if not _BLOCK.search(rich):
        parts = (part.replace("\n", "<br>") for part in _BLANK_LINE.split(rich))
        return SafeString("".join(f"<p>{part}</p>" for part in parts))
    # A wide table scrolls by itself, by keyboard too; the page does not.
    if "<table" in rich:
        rich = rich.replace(
            "<table", '<div class="scroll" role="group" aria-label="Table" tabindex="0"><table'
        )
        rich = rich.replace("</table>", "</table></div>")
    return SafeString(rich)


def item(rich: str) -> SafeString:
    """Rich text to stand in a list item: without the paragraph around it, where it is only one."""
    if not rich:
        return EMPTY
    if one := _ONE_PARAGRAPH.fullmatch(rich):
        return SafeString(one[1])
    return blocks(rich) if _BLOCK.search(rich) or "\n" in rich.strip() else SafeString(rich.strip())


def phrase(rich: str) -> SafeString:
    """Rich text to stand in a heading or a sentence: no blocks, only what may stand in running text."""
    text = item(rich)
    if _BLOCK.search(text):
        text = SafeString(" ".join(_BLOCK_TAG.sub(" ", text).split()))
    return text


def sentence(parts: Iterable[str], separator: str) -> SafeString:
    """Safe fragments joined to one sentence, which ends with a stop."""
    joined = escape(separator).join(part for part in parts if part)
    if joined and _TAG.sub("", joined).rstrip()[-1:] not in {".", "!", "?", "…", ":", ";"}:
        joined += "."
    return SafeString(joined)


def mark_tokens(html: SafeString, tokens: Sequence[str]) -> SafeString:
    """HTML with each token marked as a place to fill in; the insides of tags stay untouched."""
    if not tokens:
        return html
    # The longest first, so that “[Company name]” is not taken for “[Company”.
    pattern = re.compile(
        "|".join(re.escape(escape(token)) for token in sorted(tokens, key=len, reverse=True))
    )
    pieces = [
        piece if piece.startswith("<") else pattern.sub(r"<mark>\g<0></mark>", piece)
        for piece in _TAG.split(html)
    ]
    return SafeString("".join(pieces))


def safe_url(url: str) -> str:
    """An address that a link may lead to, else nothing: a document may come from anywhere."""
    if url.startswith(("https://", "http://", "mailto:", "tel:")):
        return url
    return url if url.startswith("/") and not url.startswith(("//", "/\\")) else ""
