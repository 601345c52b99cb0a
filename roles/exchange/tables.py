"""Reading the tables other people publish (tab-separated or CSV, plain or gzipped), naming the line of each mistake."""

import csv
import gzip
import zlib
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import BinaryIO

from roles.documents.problems import DocumentError, Problem

# A file in the wrong format is wrong in every line; the first few say so as well as all of them.
MOST_PROBLEMS_PER_FILE = 20

Row = tuple[str, ...]


class Tables:
    """The tables in one folder, and what was found wrong with them while they were read.

    Reading goes on after a mistake, so that all of them are told at once. Nothing read may be used before `check()`.
    """

    def __init__(self, folder: Path):
        self.folder = folder
        self.problems: list[Problem] = []
        self._per_file: Counter[str] = Counter()

    def problem(self, file: str, message: str, line: int | None = None) -> None:
        """Note one thing wrong, with its file and line."""
        self._per_file[file] += 1
        if self._per_file[file] <= MOST_PROBLEMS_PER_FILE:
            self.problems.append(Problem(f"{file}, line {line}" if line else file, message))
        elif self._per_file[file] == MOST_PROBLEMS_PER_FILE + 1:
            self.problems.append(Problem(file, "More of the file is wrong; only the beginning is listed."))

    def check(self) -> None:
        """Raise `DocumentError` if anything was wrong."""
        if self.problems:
            raise DocumentError(self.problems)

    def path(self, file: str) -> Path | None:
        """Where a table is, plain or gzipped; None where it is not."""
        return next(
            (path for path in (self.folder / file, self.folder / f"{file}.gz") if path.is_file()), None
        )

    def tab_separated(self, file: str, columns: Row, *, missing: str = "n/a") -> Iterator[tuple[int, Row]]:
        """The values of some columns of a table, row by row, with the row's line; a `missing` value is empty.

        No quoting: a tab always ends a value, and a quotation mark is one.
        """
        places: list[int] | None = None
        width = 0
        for line, text in self._lines(file):
            values = text.split("\t")
            if places is None:
                places, width = self._places(file, values, columns), len(values)
            elif not places:
                return
            elif len(values) != width:
                self.problem(file, f"It has {len(values)} values where the header names {width}.", line)
            else:
                yield line, tuple("" if values[place] == missing else values[place] for place in places)
        if places is None and self.path(file):
            self.problem(file, "The file is empty.")

    def comma_separated(self, file: str, columns: Row) -> Iterator[tuple[int, Row]]:
        """The values of some columns of a CSV file, row by row, with the line that the row ends in."""
        reader = csv.reader((f"{text}\n" for _, text in self._lines(file)), strict=True)
        places: list[int] | None = None
        width = 0
        try:
            for values in reader:
                if places is None:
                    places, width = self._places(file, values, columns), len(values)
                elif not places:
                    return
                elif values and len(values) != width:
                    self.problem(
                        file, f"It has {len(values)} values where the header names {width}.", reader.line_num
                    )
                elif values:
                    yield reader.line_num, tuple(values[place] for place in places)
        except csv.Error as error:
            self.problem(file, f"It is not CSV: {error}.", reader.line_num)
            return
        if places is None and self.path(file):
            self.problem(file, "The file is empty.")

    def number(
        self, file: str, line: int, name: str, text: str, *, lowest: int = 0, highest: int = 10**12
    ) -> Decimal | None:
        """A value as a number; None, and a problem, where it is not one."""
        try:
            value = Decimal(text)
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite():
            self.problem(file, f"{name} should be a number and is “{text}”.", line)
            return None
        if not lowest <= value <= highest:
            self.problem(file, f"{name} should be between {lowest} and {highest} and is {text}.", line)
            return None
        return value

    def _places(self, file: str, header: list[str], columns: Row) -> list[int]:
        names = [name.strip().removeprefix("\ufeff") for name in header]
        absent = [column for column in columns if column not in names]
        for column in absent:
            self.problem(
                file, f"There is no column “{column}”. Its header names: {', '.join(names)[:300]}.", 1
            )
        return [] if absent else [names.index(column) for column in columns]

    def _lines(self, file: str) -> Iterator[tuple[int, str]]:
        """Each line without its end. Lines are decoded one by one, so that a wrong encoding is found by its line."""
        path = self.path(file)
        if path is None:
            self.problem(
                file, f"There is no such file in {self.folder.name or 'the folder'} (plain or with .gz)."
            )
            return
        try:
            with _open(path) as binary:
                for line, raw in enumerate(binary, start=1):
                    try:
                        text = raw.decode("utf-8").rstrip("\r\n")
                    except UnicodeDecodeError:
                        self.problem(file, "It is not UTF-8.", line)
                        continue
                    if "\x00" in text:
                        self.problem(file, "It holds a NUL character.", line)
                        continue
                    yield line, text
        except (OSError, EOFError, zlib.error) as error:
            self.problem(file, f"It cannot be read: {error}.")


def _open(path: Path) -> BinaryIO:
    return gzip.open(path) if path.suffix == ".gz" else path.open("rb")  # type: ignore[return-value]
