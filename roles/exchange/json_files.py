"""Role documents in files: one JSON object, an array of them, or JSON lines."""

import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

# Nobody writes a role of this size; a file that holds one line of it is not a file of roles.
LONGEST_LINE = 50 * 1024 * 1024


class FileError(Exception):
    """A file that cannot be read as role documents; the message names the file and the line."""


class SourceFile:
    """The source documents of one file, read anew at each iteration.

    JSON lines (one document a line, any number of them) are read line by line and never held together. `place` tells
    on which line a role stands.
    """

    def __init__(self, path: Path):
        self.path = path
        self._lines: dict[str, int] = {}

    def __iter__(self) -> Iterator[Any]:
        try:
            with self.path.open("rb") as file:
                first = file.read(4)
            if first.startswith((b"\xff\xfe", b"\xfe\xff")):
                raise FileError(f"{self.path}: the file is UTF-16. Save it as UTF-8.")
            if self.path.suffix.lower() in {".jsonl", ".ndjson"}:
                yield from self._read_lines()
            else:
                yield from self._read_whole()
        except UnicodeDecodeError as error:
            raise FileError(
                f"{self.path}: the file is not UTF-8 ({error.reason} at byte {error.start})."
            ) from error
        except OSError as error:
            raise FileError(f"{self.path}: {error.strerror or error}") from error

    def place(self, role: str) -> str:
        """Where a role stands, for messages: the file, and the line if the file has one role a line."""
        line = self._lines.get(role)
        return f"{self.path}:{line}" if line else str(self.path)

    def _read_lines(self) -> Iterator[Any]:
        with self.path.open(encoding="utf-8-sig", newline="\n") as file:
            count = 0
            for number, line in enumerate(_lines(file, self.path), start=1):
                if not line.strip():
                    continue
                source = _parse(line, self.path, number)
                self._lines[f"role {count + 1}"] = number
                if isinstance(source, dict) and isinstance(source.get("slug"), str):
                    self._lines[source["slug"]] = number
                count += 1
                yield source

    def _read_whole(self) -> Iterator[Any]:
        content = _parse(self.path.read_text(encoding="utf-8-sig"), self.path)
        yield from content if isinstance(content, list) else [content]


def _lines(file: TextIO, path: Path) -> Iterator[str]:
    number = 1
    while line := file.readline(LONGEST_LINE):
        if len(line) >= LONGEST_LINE:
            raise FileError(f"{path}:{number}: the line is longer than {LONGEST_LINE // 2**20} MB.")
        yield line
        number += 1


def _parse(text: str, path: Path, line: int | None = None) -> Any:
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


def write_sources(sources: Iterable[dict[str, Any]], target: Path) -> int:
    """Write source documents to a file, complete or not at all; returns how many.

    `.jsonl` gets one document a line. A folder gets one file each, named by slug. Anything else gets an array.
    """
    if target.is_dir():
        count = 0
        for source in sources:
            with _replacing(target / f"{source['slug']}.json") as file:
                _write_one(source, file)
            count += 1
        return count
    with _replacing(target) as file:
        return write_to(sources, file, lines=target.suffix.lower() in {".jsonl", ".ndjson"})


def write_to(sources: Iterable[dict[str, Any]], file: TextIO, *, lines: bool) -> int:
    """Write source documents to an open file, as JSON lines or as an array; returns how many."""
    count = 0
    for source in sources:
        if lines:
            file.write(json.dumps(source, ensure_ascii=False) + "\n")
        else:
            file.write(",\n" if count else "[\n")
            file.write(json.dumps(source, ensure_ascii=False, indent=2))
        count += 1
    if not lines:
        file.write("\n]\n" if count else "[]\n")
    return count


def _write_one(source: dict[str, Any], file: TextIO) -> None:
    file.write(json.dumps(source, ensure_ascii=False, indent=2) + "\n")


@contextmanager
def _replacing(path: Path) -> Iterator[TextIO]:
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
