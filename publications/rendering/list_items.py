"""The markup of one entry in a list.

It is here and not in a template because pages have hundreds of entries: Django's engine would take longer for these
few lines than for the rest of the page.
"""

from collections.abc import Iterable

from django.utils.safestring import SafeString

from .entries import Entry, Meter, Property
from .markup import safe

_METER = (
    '<span class="meter"><svg viewBox="0 0 100 6" width="60" height="6" preserveAspectRatio="none" aria-hidden="true">'
    '<rect width="100" height="6"/><rect class="filled" width="{width}" height="6"/></svg>{value}</span>'
)


def list_items(entries: Iterable[Entry]) -> SafeString:
    """The `<li>` elements of a list, or the cards of a grid."""
    return SafeString("\n".join(_item(entry) for entry in entries))


def tool_items(entries: Iterable[Entry]) -> SafeString:
    """The `<li>` elements of a line of tools: “Ruff 0.4 (replaces black)”."""
    return SafeString("\n".join(_tool(entry) for entry in entries))


def marks(entry: Entry) -> SafeString:
    """What is said beside an entry in few words, after its meter if it has one."""
    if not (entry.meter or entry.marks):
        return SafeString("")
    meter = _meter(entry.meter) if entry.meter else ""
    return SafeString(f'<div class="side">{meter}{"".join(map(_mark, entry.marks))}</div>')


def notes(entry: Entry) -> SafeString:
    """What is said below an entry, each on a line of its own."""
    return SafeString(
        "".join(f'<div class="note"><b>{note.name}:</b> {safe(note.value)}</div>' for note in entry.notes)
    )


def _item(entry: Entry) -> str:
    before = f'<span class="before">{safe(entry.before)}</span> ' if entry.before else ""
    value = f' <span class="value">{safe(entry.value)}</span>' if entry.value else ""
    text = f' <div class="text">{entry.text}</div>' if entry.text else ""
    return f"<li>{before}{_label(entry)}{value}{text} {marks(entry)}{notes(entry)}</li>"


def _label(entry: Entry) -> str:
    if entry.url:
        return f'<a class="label" href="{safe(entry.url)}">{safe(entry.label)}</a>'
    joint = f'<span class="joint">{entry.joint}</span>' if entry.joint else ""
    return f'<strong class="label">{safe(entry.label)}{joint}</strong>' if entry.label else ""


def _meter(meter: Meter) -> str:
    return _METER.format(width=meter.width, value=safe(meter.value))


def _mark(mark: Property) -> str:
    tone = f" {mark.tone}" if mark.tone else ""
    return f'<span class="mark{tone}">{safe(mark.value)}</span> '


def _tool(entry: Entry) -> str:
    version = "".join(f" {safe(mark.value)}" for mark in entry.marks)
    if entry.sign:
        note = f"<sup>{entry.sign}</sup>"
    else:
        note = "".join(f' <span class="aside">({safe(note.value)})</span>' for note in entry.notes)
    return f"<li>{safe(entry.label)}{version}{note}</li>"
