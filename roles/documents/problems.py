"""What is wrong with a role document, said so that a person finds the place."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing wrong: where in the document (such as `duties[3].percent_time`), what, and in which role (its slug)."""

    path: str
    message: str
    role: str = ""

    def __str__(self) -> str:
        return ": ".join(part for part in (self.role, self.path, self.message) if part)


class DocumentError(Exception):
    """A role document that cannot be read or built, with everything that is wrong with it."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = list(problems)
        super().__init__("; ".join(str(problem) for problem in self.problems))


def path_text(parts: Iterable[str | int]) -> str:
    """A path such as `duties[3].text` from its parts."""
    text = ""
    for part in parts:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text
