"""What differs between two documents of one role, item by item."""

from bisect import bisect_left
from dataclasses import dataclass
from typing import Any

from .format import EDITORIAL, PROFILE, ROWS, Column


@dataclass(frozen=True)
class Change:
    """One difference: `path` names the field (`role_title`) or the row (`duties[3].text`, numbered as in the new
    document, or in the old one for a row that was removed); `kind` is changed, added, removed or moved."""

    kind: str
    path: str
    before: Any = None
    after: Any = None

    def __str__(self) -> str:
        match self.kind:
            case "added":
                return f"+ {self.path}: {_short(self.after)}"
            case "removed":
                return f"- {self.path}: {_short(self.before)}"
            case "moved":
                return f"~ {self.path}: moved from place {self.before} to {self.after}"
            case _:
                return f"~ {self.path}: {_short(self.before)} → {_short(self.after)}"


def diff(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    """The changes that lead from `old` to `new`, both in the same shape: fields first, then rows by UUID."""
    changes = _fields(PROFILE, old, new, "")
    changes += _fields(EDITORIAL, old.get("editorial", {}), new.get("editorial", {}), "editorial.")
    for rows in ROWS:
        changes += _rows(rows.key, rows.columns, old[rows.key], new[rows.key])
    return changes


def _fields(
    columns: tuple[Column, ...], old: dict[str, Any], new: dict[str, Any], prefix: str
) -> list[Change]:
    return [
        Change("changed", f"{prefix}{column.name}", old.get(column.name), new.get(column.name))
        for column in columns
        if old.get(column.name) != new.get(column.name)
    ]


def _rows(key: str, columns: tuple[Column, ...], old: list[Any], new: list[Any]) -> list[Change]:
    before = {row["uuid"]: (index, row) for index, row in enumerate(old)}
    after = {row["uuid"]: (index, row) for index, row in enumerate(new)}
    changes = [
        Change("removed", f"{key}[{index}]", row)
        for uuid, (index, row) in before.items()
        if uuid not in after
    ]
    moved = _moved([uuid for uuid in before if uuid in after], [uuid for uuid in after if uuid in before])
    for uuid, (index, row) in after.items():
        path = f"{key}[{index}]"
        if uuid not in before:
            changes.append(Change("added", path, after=row))
            continue
        changes += _fields(columns, before[uuid][1], row, f"{path}.")
        if uuid in moved:
            changes.append(Change("moved", path, before[uuid][0] + 1, index + 1))
    return changes


def _moved(old: list[str], new: list[str]) -> set[str]:
    """The fewest rows whose moving explains the new order: those outside the longest run that kept its order."""
    place = {uuid: index for index, uuid in enumerate(old)}
    order = [place[uuid] for uuid in new]
    # Longest increasing subsequence by patience sorting: the run that ends in place `ends[n]` has n + 1 members.
    ends: list[int] = []
    lowest: list[int] = []
    links: list[int] = []
    for index, value in enumerate(order):
        length = bisect_left(lowest, value)
        links.append(ends[length - 1] if length else -1)
        ends[length : length + 1] = [index]
        lowest[length : length + 1] = [value]
    kept: set[str] = set()
    index = ends[-1] if ends else -1
    while index >= 0:
        kept.add(new[index])
        index = links[index]
    return set(new) - kept


def _short(value: Any) -> str:
    """A value in one line for a report."""
    if isinstance(value, dict):
        for name in (
            "heading",
            "title",
            "text",
            "question",
            "label",
            "person",
            "code",
            "value",
            "slug",
            "source",
        ):
            if value.get(name):
                return _short(value[name])
        return _short(value["skill"]) if value.get("skill") else _short(value.get("kind", ""))
    text = "nothing" if value in (None, "", []) else str(value)
    text = " ".join(text.split())
    return text if len(text) <= 120 else f"{text[:80]} … {text[-30:]}"
