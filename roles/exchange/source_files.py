"""Role documents in files: one JSON object, an array of them, or JSON lines."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

from .json_files import FileError, parse_json, read_json, reading, replacing, write_json

# Nobody writes a role of this size; a file that holds one line of it is not a file of roles.
LONGEST_LINE = 50 * 1024 * 1024
LINES = {".jsonl", ".ndjson"}


class SourceFile:
    """The source documents of one file, read anew at each iteration.

    JSON lines (one document a line, any number of them) are read line by line and never held together. `place` tells
    on which line a role stands.
    """

    def __init__(self, path: Path):
        self.path = path
        self._lines: dict[str, int] = {}

    def __iter__(self) -> Iterator[Any]:
        if self.path.suffix.lower() in LINES:
            yield from self._read_lines()
        else:
            content = read_json(self.path)
            yield from content if isinstance(content, list) else [content]

    def place(self, role: str) -> str:
        """Where a role stands, for messages: the file, and the line if the file has one role a line."""
        line = self._lines.get(role)
        return f"{self.path}:{line}" if line else str(self.path)

    def _read_lines(self) -> Iterator[Any]:
        with reading(self.path), self.path.open(encoding="utf-8-sig", newline="\n") as file:
            count = 0
            for number, line in enumerate(_lines(file, self.path), start=1):
                if not line.strip():
                    continue
                source = parse_json(line, self.path, number)
                self._lines[f"role {count + 1}"] = number
                if isinstance(source, dict) and isinstance(source.get("slug"), str):
                    self._lines[source["slug"]] = number
                count += 1
                yield source


def _lines(file: TextIO, path: Path) -> Iterator[str]:
    number = 1
    while line := file.readline(LONGEST_LINE):
        if len(line) >= LONGEST_LINE:
            raise FileError(f"{path}:{number}: the line is longer than {LONGEST_LINE // 2**20} MB.")
        yield line
        number += 1


def write_sources(sources: Iterable[dict[str, Any]], target: Path) -> int:
    """Write source documents to a file, complete or not at all; returns how many.

    `.jsonl` gets one document a line. A folder gets one file each, named by slug. Anything else gets an array.
    """
    if target.is_dir():
        count = 0
        for source in sources:
            write_json(target / f"{source['slug']}.json", source)
            count += 1
        return count
    with replacing(target) as file:
        return write_to(sources, file, lines=target.suffix.lower() in LINES)


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
