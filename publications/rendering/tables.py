"""Entries as a table: one column for each thing that at least one of them says."""

from typing import NamedTuple

from .entries import Entry, Property

# The first columns by the array the rows come from: label and text.
_HEADINGS = {
    "items": ("Topic", "Text"),
    "duties": ("", "Duty"),
    "qualifications": ("", "Qualification"),
    "skills": ("Skill", "What it is for"),
    "tools": ("Tool", "Text"),
    "career_moves": ("Role", "About it"),
    "contributions": ("Name", "Position"),
    "references": ("Title", "By"),
    "links": ("Link", "About it"),
}


class Cell(NamedTuple):
    """One cell; text that runs over lines gets the wide columns."""

    value: str
    is_wide: bool = False


class Table(NamedTuple):
    """Headings of columns, and rows whose first cell names them."""

    headings: list[str]
    rows: list[tuple[Entry, list[Cell]]]
    # Whether the first cell of a row is a label, or the text itself.
    has_labels: bool
    # What all rows have in common, said once.
    shared: Property | None


def table(key: str, entries: list[Entry]) -> Table:
    """A table without columns that would be empty, or the same in each row."""
    label, text = _HEADINGS[key]
    common = {entry.shared for entry in entries}
    shared = next(iter(common)) if len(common) == 1 and len(entries) > 1 else None
    cells = [
        {text: entry.text}
        | {said.name: said.value for said in entry.everything_said if said is not None and said != shared}
        for entry in entries
    ]
    # Columns in the order in which they are first met.
    names = [
        name
        for name in dict.fromkeys(name for row in cells for name in row)
        if any(row.get(name) for row in cells)
    ]
    has_labels = any(entry.label for entry in entries)
    return Table(
        headings=[label] * has_labels + names,
        rows=[
            (entry, [Cell(row.get(name, ""), name == text) for name in names])
            for entry, row in zip(entries, cells, strict=True)
        ],
        has_labels=has_labels,
        shared=shared if shared and shared.value else None,
    )
