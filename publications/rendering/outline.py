"""The order of a page: sections with their sub-sections, and the rows that stand in each.

The publisher's order is kept everywhere: of sections, of rows, of groups. Rows that name no section stand at the end
of the page under a heading of ours, so nothing that was written is ever missing.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString

from . import words
from .blocks import Block, BlockMaker
from .entries import Entries, Row
from .markup import EMPTY, blocks

# The arrays whose rows stand in sections, in the order in which one section shows them.
KEYS = (
    "items",
    "facts",
    "duties",
    "qualifications",
    "skills",
    "tools",
    "salary_bands",
    "career_moves",
    "questions",
    "sample_documents",
    "contributions",
    "references",
    "links",
)
# What a section is mainly about stands first in it.
_MAIN_KEY = {
    "glance": "facts",
    "industries": "facts",
    "duties": "duties",
    "qualifications": "qualifications",
    "skills": "skills",
    "tools": "tools",
    "salary": "salary_bands",
    "career": "career_moves",
    "related": "career_moves",
    "interview": "questions",
    "mock": "questions",
    "faq": "questions",
    "letter": "sample_documents",
    "authorship": "contributions",
    "references": "references",
}
_KIND_OF_KEY = {key: kind for kind, key in reversed(_MAIN_KEY.items())}


@dataclass(slots=True)
class Part:
    """One section as the page shows it."""

    anchor: str
    kind: str
    heading: str
    number: str
    level: int
    lead: SafeString = EMPTY
    body: SafeString = EMPTY
    trail: SafeString = EMPTY
    blocks: list[Block] = field(default_factory=list)
    children: list["Part"] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What the table of contents calls it."""
        return f"{self.number} {self.heading}".strip()

    @property
    def is_empty(self) -> bool:
        return not (self.lead or self.body or self.trail or self.blocks or self.children)


def outline(document: dict[str, Any]) -> list[Part]:
    """The parts of a page in their order, each with its sub-sections."""
    entries = Entries(document)
    rows, unplaced = _rows_by_section(document)
    parts: list[Part] = []
    by_anchor: dict[str, Part] = {}
    for section in document["sections"]:
        parent = by_anchor.get(section["parent"] or "")
        part = _part(section, rows.get(section["anchor"], {}), parent, entries)
        by_anchor[part.anchor] = part
        (parent.children if parent else parts).append(part)
    parts.extend(_unplaced_parts(unplaced, set(by_anchor), entries))
    return parts


def _rows_by_section(
    document: dict[str, Any],
) -> tuple[dict[str, dict[str, list[Row]]], dict[str, list[Row]]]:
    """The rows of each section, and those that stand in none, by the array they are in."""
    anchors = {section["anchor"] for section in document["sections"]}
    placed: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    unplaced: dict[str, list[Row]] = defaultdict(list)
    for key in KEYS:
        for row in document[key]:
            anchor = row["section"]
            (placed[anchor][key] if anchor in anchors else unplaced[key]).append(row)
    return placed, unplaced


def _part(section: Row, rows: dict[str, list[Row]], parent: Part | None, entries: Entries) -> Part:
    level = 2 if parent is None else parent.level + bool(parent.heading)
    part = Part(
        anchor=section["anchor"],
        kind=section["kind"],
        heading=section["heading"],
        number=section["heading_number"],
        level=level,
        lead=blocks(section["lead"]),
        body=blocks(section["body"]),
        trail=blocks(section["trail"]),
    )
    part.blocks = list(_blocks(part, section["render_as"], section["separator"], rows, entries))
    if part.blocks and not part.body and part.blocks[0].take_opening(section["lead"]):
        part.lead = EMPTY
    return part


def _blocks(
    part: Part, render_as: str, separator: str, rows: dict[str, list[Row]], entries: Entries
) -> Iterator[Block]:
    main = _MAIN_KEY.get(part.kind, "")
    below = part.level + bool(part.heading)
    for key in sorted(rows, key=lambda key: (key != main, KEYS.index(key))):
        yield BlockMaker(key, render_as, separator or "; ", entries).make(rows[key], below)


def _unplaced_parts(unplaced: dict[str, list[Row]], anchors: set[str], entries: Entries) -> Iterator[Part]:
    for key, rows in unplaced.items():
        anchor = key.replace("_", "-")
        while anchor in anchors:
            anchor += "-more"
        part = Part(
            anchor=anchor,
            kind=_KIND_OF_KEY.get(key, "custom"),
            heading=words.UNPLACED[key],
            number="",
            level=2,
        )
        part.blocks = list(_blocks(part, "bullets", "", {key: rows}, entries))
        yield part
