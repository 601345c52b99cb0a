"""Forms as a browser without script would send them back."""

from html.parser import HTMLParser
from typing import Any


class _Fields(HTMLParser):
    """Reads what the fields of a page hold. What lies in a template is not part of its form."""

    def __init__(self) -> None:
        super().__init__()
        self.data: dict[str, str] = {}
        self._in_template = 0
        self._select: str | None = None
        self._textarea: str | None = None
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name")
        if tag == "template":
            self._in_template += 1
        if self._in_template:
            return
        if tag == "input" and name:
            ticked = given.get("type") not in {"checkbox", "radio"} or "checked" in given
            if ticked and given.get("type") not in {"submit", "button"}:
                self.data[name] = given.get("value") or ("on" if given.get("type") == "checkbox" else "")
        elif tag == "select" and name:
            self._select = name
            self.data.setdefault(name, "")
        elif tag == "option" and self._select is not None and "selected" in given:
            self.data[self._select] = given.get("value") or ""
        elif tag == "textarea" and name:
            self._textarea, self._text = name, ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self._in_template -= 1
        elif tag == "select":
            self._select = None
        elif tag == "textarea" and self._textarea is not None:
            # A browser drops the first line end, and sends the others as CR LF.
            self.data[self._textarea] = self._text.removeprefix("\n").replace("\n", "\r\n")
            self._textarea = None

    def handle_data(self, data: str) -> None:
        if self._textarea is not None:
            self._text += data


def fields_of(response: Any) -> dict[str, str]:
    """What a browser would send if nobody typed anything."""
    reader = _Fields()
    reader.feed(response.content.decode())
    return reader.data
