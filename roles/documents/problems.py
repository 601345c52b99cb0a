"""What is wrong with a role document, said so that a person finds the place."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any


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


# NUL cannot be stored by PostgreSQL, half of a surrogate pair cannot be written as UTF-8.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
CANNOT_BE_STORED = "The text holds a NUL character or half of a character, which cannot be stored."


def unstorable_texts(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[Problem]:
    """Each text in a JSON value that no database takes, keys of objects among them."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from unstorable_texts(key, path)
            yield from unstorable_texts(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from unstorable_texts(item, (*path, index))
    elif isinstance(value, str) and UNSTORABLE.search(value):
        yield Problem(path_text(path), CANNOT_BE_STORED)


def path_text(parts: Iterable[str | int]) -> str:
    """A path such as `duties[3].text` from its parts."""
    text = ""
    for part in parts:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text
