"""What a vocabulary file did, or would do."""

from dataclasses import dataclass, field
from typing import Any

# By field: what it was, and what it is now.
Changes = dict[str, tuple[Any, Any]]


@dataclass
class KindReport:
    """The records of one kind, by slug."""

    created: list[str] = field(default_factory=list)
    changed: dict[str, Changes] = field(default_factory=dict)
    unchanged: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{len(self.created)} created, {len(self.changed)} changed, {len(self.unchanged)} unchanged"


@dataclass
class TermsReport:
    """What became of each record of a vocabulary file, by kind (`skills`, `levels`, …)."""

    kinds: dict[str, KindReport] = field(default_factory=dict)

    @property
    def changed_anything(self) -> bool:
        return any(kind.created or kind.changed for kind in self.kinds.values())

    def lines(self, *, details: bool = True) -> list[str]:
        """The report in words: one line per kind, and below it each field that changed."""
        lines = []
        for key, report in self.kinds.items():
            lines.append(f"{key.replace('_', ' ')}: {report}")
            if details:
                lines += [f"  {slug}: created" for slug in report.created]
                for slug, changes in report.changed.items():
                    lines += [
                        f"  {slug}: {name} was {_short(was)}, is now {_short(now)}"
                        for name, (was, now) in changes.items()
                    ]
        return lines


def _short(value: Any) -> str:
    if value is None or value == "":
        return "empty"
    text = str(value)
    return f"“{text if len(text) <= 60 else text[:59] + '…'}”"
