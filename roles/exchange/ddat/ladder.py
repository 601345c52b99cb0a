"""How the levels of a role rank, which their titles tell, and where each leads.

The framework names levels (“Senior data engineer”) without ranking them. A title says its rank by a word; a title
without one is the role itself. In the ladder of a manager, analysts stand below the manager.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .framework import RoleLevel


@dataclass(frozen=True, order=True)
class Step:
    """One level of the scale that all roles share."""

    rank: int
    track: str
    label: str

    @property
    def slug(self) -> str:
        return f"ddat-{self.label.lower().replace(', ', '-').replace(' ', '-')}"


ANALYST, SENIOR_ANALYST, MIDDLE, SENIOR, LEAD = 5, 6, 7, 8, 9
_LABELS = {
    1: "Apprentice", 2: "Trainee", 3: "Junior", 4: "Associate", ANALYST: "Analyst", SENIOR_ANALYST: "Senior analyst",
    MIDDLE: "Mid-level", SENIOR: "Senior", LEAD: "Lead", 10: "Principal", 11: "Head", 12: "Chief",
}  # fmt: skip
_WORDS = {
    "apprentice": 1, "trainee": 2, "junior": 3, "associate": 4, "senior": SENIOR, "major": SENIOR, "lead": LEAD,
    "principal": 10, "head": 11, "chief": 12, "director": 12,
}  # fmt: skip
_MANAGEMENT = re.compile(r"\s+[-–]\s+management$", re.IGNORECASE)


def step(level: RoleLevel) -> Step | None:
    """The step of the scale that a level stands on; None for a role without levels."""
    if not level.level:
        return None
    name = _MANAGEMENT.sub("", level.level.lower())
    is_management = name != level.level.lower()
    words = name.split()
    rank = _WORDS.get(words[0], LEAD if words[-1] == "lead" else MIDDLE)
    if words[-1] == "analyst" and level.role.lower().endswith("manager"):
        rank = {MIDDLE: ANALYST, SENIOR: SENIOR_ANALYST}.get(rank, rank)
    if is_management:
        return Step(rank, "management", f"{_LABELS[rank]}, management")
    return Step(rank, "any", _LABELS[rank])


def moves_up(level: RoleLevel, ladder: Iterable[RoleLevel]) -> list[tuple[str, RoleLevel]]:
    """Where a level leads within its role: the kind of move, and the level it leads to.

    Up to the next rank there is, and across to the track of managers where the role has one.
    """
    here = step(level)
    if here is None:
        return []
    others = [(there, other) for other in ladder if other is not level and (there := step(other))]
    next_rank = min((there.rank for there, _ in others if there.rank > here.rank), default=None)
    tracks_above = {there.track for there, _ in others if there.rank == next_rank}
    found = []
    for there, other in others:
        to_managers = there.track == "management" != here.track
        if there.rank == next_rank and (there.track == here.track or here.track not in tracks_above):
            found.append(("next", other))
        elif to_managers and there.rank in {here.rank, next_rank}:
            found.append(("manage", other))
        elif there.rank == here.rank and there.track != here.track:
            found.append(("lateral", other))
    # The next step comes first.
    return sorted(found, key=lambda move: (move[0] != "next", move[1].title))


def alike(level: RoleLevel, family: Iterable[RoleLevel]) -> list[RoleLevel]:
    """The other roles of a family at the same step."""
    return sorted(
        (other for other in family if other.role != level.role and step(other) == step(level)),
        key=lambda other: other.title,
    )
