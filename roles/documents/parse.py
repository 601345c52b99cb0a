"""From a document in the source shape to a role in memory."""

import datetime
import uuid
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models

from careers.models import AMOUNTS
from publications.partial_dates import PartialDateField, validate_partial_date
from publications.richtext import clean as clean_rich_text
from roles.models import RolePay, RoleProfile

from .canonical import number
from .directory import Directory
from .format import EDITORIAL, PROFILE, ROWS, SECTIONS, Column, Rows
from .problems import CANNOT_BE_STORED, UNSTORABLE, DocumentError, Problem
from .rows import Role

# What the JSON Schema has checked already.
_CHECKED_BY_SCHEMA = (MaxLengthValidator, MinValueValidator, MaxValueValidator)


def parse(source: dict[str, Any], *, directory: Directory, profile: RoleProfile) -> Role:
    """The role that a source describes, on `profile` (new or known), not stored yet.

    `source` must be valid against the schema. Raises `DocumentError` with everything else that is wrong: references to
    what does not exist, values out of the range of their field, rows that contradict each other.
    """
    return _Parser(source, directory, profile).parse()


class _Parser:
    def __init__(self, source: dict[str, Any], directory: Directory, profile: RoleProfile):
        self.source = source
        self.directory = directory
        self.role = Role(profile)
        self.problems: list[Problem] = []
        self.anchors: dict[str, Any] = {}

    def parse(self) -> Role:
        profile = self.role.profile
        for column in PROFILE:
            if column.name != "uuid":
                setattr(profile, column.name, self.value(column, self.source, column.name))
        editorial = self.source.get("editorial", {})
        for column in EDITORIAL:
            setattr(profile, column.name, self.value(column, editorial, f"editorial.{column.name}"))
        for rows in ROWS:
            self.parse_rows(rows)
            if rows is SECTIONS:
                self.anchors = {section.anchor: section for section in self.role.rows["sections"]}
                self.check_nesting()
        self.join_siblings()
        if self.problems:
            raise DocumentError(self.problems)
        return self.role

    def parse_rows(self, rows: Rows) -> None:
        seen: Counter[str] = Counter()
        uuids: set[uuid.UUID] = set()
        uniques: set[tuple[Any, ...]] = set()
        for index, item in enumerate(self.source.get(rows.key, ())):
            path = f"{rows.key}[{index}]"
            row: Any = rows.model(
                profile=self.role.profile, position=(index + 1) * 10, uuid=self.uuid_of(rows, item, seen)
            )
            known = len(self.problems)
            for column in rows.columns:
                if column.kind not in {"uuid", "sibling"}:
                    setattr(row, column.name, self.value(column, item, f"{path}.{column.name}"))
            if isinstance(row, RolePay) and row.band is not None:
                self.take_figures_from_band(row, item, path)
            if known == len(self.problems):
                self.check(row, path)
            if row.uuid in uuids:
                self.problem(f"{path}.uuid", f"Another row of {rows.key} has the same UUID.")
            uuids.add(row.uuid)
            for names in unique_together(rows.model):
                values = (names, *(getattr(row, name) for name in names))
                if values in uniques:
                    self.problem(
                        f"{path}.{names[-1]}",
                        f"Another row of {rows.key} has the same {' and '.join(names)}.",
                    )
                uniques.add(values)
            self.role.rows[rows.key].append(row)

    def value(self, column: Column, item: dict[str, Any], path: str) -> Any:
        """The value for a field, from its JSON form."""
        raw = item.get(column.name, column.default)
        if raw is None:
            return None
        match column.kind:
            case "reference":
                found = self.directory.find(column.term_kind, raw)
                if found is None:
                    self.problem(path, f"There is no {column.term_kind.replace('_', ' ')} “{raw['slug']}”.")
                return found
            case "section":
                if raw not in self.anchors:
                    self.problem(path, f"There is no section “{raw}” in this document.")
                return self.anchors.get(raw)
            case "number":
                return self.decimal(column.field, raw, path)
            case "date":
                return datetime.date.fromisoformat(raw) if isinstance(raw, str) else raw
            case "lines":
                return self.validated(column.field, [self.text(line, path) for line in raw], path)
            case "placeholders":
                pairs = [{key: self.text(text, path) for key, text in pair.items()} for pair in raw]
                return self.validated(column.field, pairs, path)
            case "rich":
                cleaned = clean_rich_text(self.text(raw, path))
                if raw and not cleaned and not column.field.blank:
                    # Markup without any text, which the schema takes for text.
                    self.problem(path, "Write something here.")
                return cleaned
            case "text" | "partial_date":
                return self.validated(column.field, self.text(raw, path), path)
            case _:
                return raw

    def text(self, raw: str, path: str) -> str:
        if UNSTORABLE.search(raw):
            self.problem(path, CANNOT_BE_STORED)
            return ""
        return raw

    def decimal(self, field: models.Field, raw: int | float, path: str) -> Decimal:
        value = Decimal(str(raw))
        places: int = field.decimal_places  # type: ignore[attr-defined]
        if value != round(value, places):
            self.problem(path, f"{raw} has more than {places} decimal places.")
        return round(value, places)

    def validated(self, field: models.Field, value: Any, path: str) -> Any:
        if value:
            for validate in extra_validators(field):
                try:
                    validate(value)
                except ValidationError as error:
                    self.problem(path, " ".join(error.messages))
        return value

    def check(self, row: Any, path: str) -> None:
        """What the model itself says about a record, where that needs no database."""
        if isinstance(row, SECTIONS.model):
            return  # `check_nesting` sees all sections at once.
        try:
            row.clean()
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                self.problem(path if name == "__all__" else f"{path}.{name}", " ".join(messages))

    def take_figures_from_band(self, row: RolePay, item: dict[str, Any], path: str) -> None:
        """Keep the figures in the band only, and refuse a file that says other ones."""
        for name in AMOUNTS:
            theirs, ours = item.get(name), number(getattr(row.band, name))
            if theirs is not None and theirs != ours:
                self.problem(
                    f"{path}.{name}",
                    f"{theirs} is not what the salary band “{row.band}” says ({ours}). Leave the figures out to "
                    "show the band's, or leave the band out to keep these.",
                )
        for column in ROW_PAY:
            setattr(row, column.name, column.field.get_default())

    def check_nesting(self) -> None:
        parents = {item["anchor"]: item.get("parent") for item in self.source.get("sections", ())}
        for index, item in enumerate(self.source.get("sections", ())):
            parent = item.get("parent")
            path = f"sections[{index}].parent"
            if parent is None:
                continue
            if parent not in parents:
                self.problem(path, f"There is no section “{parent}” in this document.")
            elif parent == item["anchor"]:
                self.problem(path, "A section cannot be a sub-section of itself.")
            elif parents[parent] is not None:
                self.problem(path, "A sub-section cannot have sub-sections of its own.")

    def join_siblings(self) -> None:
        for rows in ROWS:
            for column in rows.columns:
                if column.kind != "sibling":
                    continue
                known = {str(row.uuid): row for row in self.role.rows[rows.key]}
                known |= self.anchors if rows is SECTIONS else {}
                for index, item in enumerate(self.source.get(rows.key, ())):
                    row = self.role.rows[rows.key][index]
                    named = item.get(column.name)
                    found = known.get(named) if named else None
                    if named and rows is not SECTIONS and (found is None or found is row):
                        self.problem(
                            f"{rows.key}[{index}].{column.name}", "It must be the UUID of another row here."
                        )
                    setattr(row, column.name, found)

    def uuid_of(self, rows: Rows, item: dict[str, Any], seen: Counter[str]) -> uuid.UUID:
        """The row's UUID; where a file gives none, one made of what the row says, so that it is the same next time."""
        if given := item.get("uuid"):
            return uuid.UUID(given)
        name = "/".join([rows.key, *(str(_plain(item.get(part))) for part in rows.identity)])
        seen[name] += 1
        return uuid.uuid5(self.role.profile.uuid, f"{name}/{seen[name]}")

    def problem(self, path: str, message: str) -> None:
        self.problems.append(Problem(path, message))


ROW_PAY = tuple(
    column
    for rows in ROWS
    if rows.key == "salary_bands"
    for column in rows.columns
    if column.name not in {"uuid", "section", "group", "band", "display_text", "note"}
)


def _plain(value: Any) -> Any:
    """A reference by its slug, which a file must give; anything else as it is."""
    return value["slug"] if isinstance(value, dict) else value


@cache
def extra_validators(field: models.Field) -> tuple[Callable[[Any], None], ...]:
    """The validators of a field that say more than the JSON Schema does."""
    if isinstance(field, PartialDateField):
        return (validate_partial_date,)
    if field.choices or isinstance(field, models.SlugField):
        return ()
    return tuple(check for check in field.validators if not isinstance(check, _CHECKED_BY_SCHEMA))


@cache
def unique_together(model: type[models.Model]) -> tuple[tuple[str, ...], ...]:
    """The fields that must differ between the rows of one profile."""
    return tuple(
        tuple(name for name in constraint.fields if name != "profile")
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint) and "profile" in constraint.fields
    )
