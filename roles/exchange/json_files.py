"""JSON files, read so that a mistake is found by its place, and written complete or not at all."""

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from roles.documents import DocumentError, Problem


class FileError(DocumentError):
    """A file that cannot be read; the message names the file and the line."""

    def __init__(self, message: str):
        super().__init__([Problem("", message)])


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Say in plain words what keeps the file at `path` from being read."""
    try:
        with path.open("rb") as file:
            if file.read(2) in {b"\xff\xfe", b"\xfe\xff"}:
                raise FileError(f"{path}: the file is UTF-16. Save it as UTF-8.")
        yield
    except UnicodeDecodeError as error:
        raise FileError(
            f"{path}:{_line_not_utf8(path)}: not UTF-8. Save the file in that encoding."
        ) from error
    except OSError as error:
        raise FileError(f"{path}: {error.strerror or error}") from error


def _line_not_utf8(path: Path) -> int:
    """The first line that is in another encoding; readers tell only its place in the portion they were at."""
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                line.decode()
            except UnicodeDecodeError:
                return number
    return 1


def read_json(path: Path) -> Any:
    """The content of a JSON file in UTF-8. Raises `FileError`."""
    with reading(path):
        return parse_json(path.read_text(encoding="utf-8-sig"), path)


def parse_json(text: str, path: Path, line: int | None = None) -> Any:
    """JSON, refusing what other readers would silently lose: repeated keys, NaN, unreadable numbers."""
    try:
        return json.loads(text, object_pairs_hook=_unrepeated, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise FileError(
            f"{path}:{line or error.lineno}: not JSON: {error.msg} (column {error.colno})."
        ) from error
    except RecursionError as error:
        raise FileError(f"{path}{f':{line}' if line else ''}: the JSON is nested too deeply.") from error
    except ValueError as error:
        raise FileError(f"{path}{f':{line}' if line else ''}: {error}") from error


def _unrepeated(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        repeated = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise ValueError(f"the key “{repeated}” stands twice in one object.")
    return found


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a JSON number.")


@contextmanager
def replacing(path: Path) -> Iterator[TextIO]:
    """An open file that takes the place of `path` when all is written, and leaves no trace otherwise."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            yield file
        # A temporary file is private; the finished one has the rights that any new file gets.
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(name, 0o666 & ~umask)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def write_json(path: Path, data: Any) -> None:
    """Write `data` for people and for version control: indented, characters as they are."""
    with replacing(path) as file:
        file.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")
