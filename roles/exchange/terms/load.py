"""Bringing the vocabulary in line with a file: create what is missing, change what differs, delete nothing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import F

from publications.batches import batches
from roles.documents.problems import DocumentError, Problem

from .dump import plain
from .format import KIND_OF, KINDS, Kind, Rows
from .report import Changes, KindReport, TermsReport
from .schema import problems_with

# Where ranks wait while others take their places; no file may give one as high.
_OUT_OF_THE_WAY = 20_000


@transaction.atomic
def load_terms(data: Any, *, name: str) -> TermsReport:
    """Bring the vocabulary in line with `data`, the content of a vocabulary file called `name`.

    Records are known by UUID where one is given, else by slug. What a record leaves out stays as it is. All or
    nothing: `DocumentError` tells everything that is wrong, and then nothing has been written.
    """
    problems = problems_with(data)
    if not problems:
        load = _Load(data)
        load.run()
        problems = load.problems
    if problems:
        raise DocumentError(
            Problem(f"{name}: {problem.path}" if problem.path else name, problem.message)
            for problem in problems
        )
    return load.report


@dataclass
class _Entry:
    """One record of the file, beside the record it becomes."""

    kind: Kind
    index: int
    given: dict[str, Any]
    record: Any
    is_new: bool
    changes: Changes = field(default_factory=dict)
    row_changes: Changes = field(default_factory=dict)
    new_rows: list[Any] = field(default_factory=list)
    changed_rows: list[Any] = field(default_factory=list)

    def path(self, *parts: str) -> str:
        return ".".join([f"{self.kind.key}[{self.index}] ({self.given['slug']})", *parts])


class _Load:
    """One run. It takes in all records first, and writes them only when nothing was found wrong."""

    def __init__(self, data: dict[str, list[dict[str, Any]]]):
        self.data = data
        self.problems: list[Problem] = []
        self.report = TermsReport()
        self.entries: dict[str, list[_Entry]] = {}
        # Records that others may refer to, by kind and slug: those of the file, then those found in the database.
        self.known: dict[str, dict[str, Any]] = defaultdict(dict)

    def run(self) -> None:
        kinds = [kind for kind in KINDS if kind.key in self.data]
        for kind in kinds:
            self.match(kind)
            self.find_references(kind)
            rows_stored = {rows.key: self.stored_rows(kind, rows) for rows in kind.rows}
            for entry in self.entries[kind.key]:
                self.take_in(entry)
                for rows in kind.rows:
                    self.take_in_rows(entry, rows, rows_stored[rows.key].get(entry.record.pk, {}))
            self.check_circles(kind)
            self.check_unique(kind)
        for kind in kinds:
            self.write(kind)
            self.tell(kind)

    def problem(self, path: str, message: str) -> None:
        self.problems.append(Problem(path, message))

    def complain(self, path: str, error: ValidationError) -> None:
        """Note what a model says is wrong, below the field it says it of."""
        messages = error.message_dict if hasattr(error, "error_dict") else {"__all__": error.messages}
        for name, texts in messages.items():
            self.problem(path if name == "__all__" else f"{path}.{name}", " ".join(texts))

    # Taking in

    def match(self, kind: Kind) -> None:
        """Find the record that each entry of the file means, or start a new one."""
        given = self.data[kind.key]
        by_slug = _fetch(kind, "slug", (item["slug"] for item in given))
        by_uuid = _fetch(kind, "uuid", (UUID(item["uuid"]) for item in given if "uuid" in item))
        entries: list[_Entry] = []
        seen: dict[Any, str] = {}
        for index, item in enumerate(given):
            same_slug = by_slug.get(item["slug"])
            same_uuid = by_uuid.get(UUID(item["uuid"])) if "uuid" in item else None
            record = same_uuid or same_slug
            entry = _Entry(kind, index, item, record or kind.model(), record is None)
            if same_uuid and same_slug and same_uuid.pk != same_slug.pk:
                self.problem(entry.path("slug"), f"Another {kind.singular}, “{same_slug}”, has this address.")
            if record is None and "uuid" in item:
                entry.record.uuid = UUID(item["uuid"])
            for identity in {item["slug"], item.get("uuid", item["slug"]), record and record.pk} - {None}:
                if identity in seen:
                    self.problem(entry.path(), f"The same {kind.singular} as {seen[identity]}.")
                seen[identity] = f"{kind.key}[{index}]"
            self.known[kind.key][item["slug"]] = entry.record
            entries.append(entry)
        self.entries[kind.key] = entries

    def find_references(self, kind: Kind) -> None:
        """Fetch the records that this kind refers to and the file does not hold."""
        wanted: dict[Kind, set[str]] = defaultdict(set)
        for entry in self.entries[kind.key]:
            for name, target in _references(kind.fields):
                if entry.given.get(name):
                    wanted[target].add(entry.given[name])
            for rows in kind.rows:
                for name, target in _references(rows.fields):
                    wanted[target].update(row[name] for _, row in _listed(rows, entry.given))
        for target, slugs in wanted.items():
            known = self.known[target.key]
            known |= _fetch(target, "slug", slugs - known.keys())

    def take_in(self, entry: _Entry) -> None:
        for name, model_field in entry.kind.fields.items():
            if name in entry.given:
                was = None if entry.is_new else getattr(entry.record, name)
                path = entry.path(name)
                if self.assign(entry.record, model_field, entry.given[name], path) and not entry.is_new:
                    entry.changes[name] = (plain(was), plain(getattr(entry.record, name)))

    def assign(self, record: Any, model_field: models.Field, raw: Any, path: str) -> bool:
        """Set one field to what the file says, and tell whether that is something else than before."""
        name = model_field.name
        if isinstance(model_field, models.ForeignKey):
            target = KIND_OF[model_field.related_model]
            value = self.known[target.key].get(raw) if raw else None
            if raw and value is None:
                self.problem(path, f"There is no {target.singular} “{raw}”.")
                return False
        else:
            try:
                # A float would be read digit by digit of its binary form.
                value = model_field.clean(str(raw) if isinstance(raw, float) else raw, record)
            except ValidationError as error:
                self.complain(path, error)
                return False
        differs = getattr(record, name, None) != value
        setattr(record, name, value)
        return differs

    def stored_rows(self, kind: Kind, rows: Rows) -> dict[int, dict[tuple, Any]]:
        """The rows there are already, by the record they belong to and by their identity."""
        owners = [
            entry.record.pk
            for entry in self.entries[kind.key]
            if not entry.is_new and rows.key in entry.given
        ]
        stored: dict[int, dict[tuple, Any]] = defaultdict(dict)
        references = [name for name, _ in _references(rows.fields)]
        for pks in batches(owners):
            found = rows.model._default_manager.filter(**{f"{rows.owner}__in": pks})
            for row in found.select_related(*references) if references else found:
                own = stored[getattr(row, f"{rows.owner}_id")]
                own.setdefault(_identity(rows, row, own), row)
        return stored

    def take_in_rows(self, entry: _Entry, rows: Rows, stored: dict[tuple, Any]) -> None:
        seen: dict[tuple, Any] = {}
        for position, (place, item) in enumerate(_listed(rows, entry.given), start=1):
            path = entry.path(f"{rows.key}{place}")
            new = rows.model(**{rows.owner: entry.record})
            for name in item:
                self.assign(new, rows.fields[name], item[name], path if rows.keyed_by else f"{path}.{name}")
            identity = _identity(rows, new, seen)
            if identity in seen:
                self.problem(path, "The same as another one of this record.")
            seen[identity] = new
            old = stored.get(identity)
            if old is None:
                if hasattr(new, "position"):
                    new.position = position * 10
                entry.new_rows.append(new)
                entry.row_changes[f"{rows.key}{place}"] = (None, new)
                continue
            for name in item:
                if getattr(old, name) != getattr(new, name):
                    entry.row_changes[f"{rows.key}{place}.{name}"] = (
                        plain(getattr(old, name)),
                        plain(getattr(new, name)),
                    )
                    setattr(old, name, getattr(new, name))
                    if old not in entry.changed_rows:
                        entry.changed_rows.append(old)

    def check_circles(self, kind: Kind) -> None:
        """Refuse records that are, over others or not, above themselves."""
        for name, _ in (pair for pair in _references(kind.fields) if pair[1] is kind):
            for entry in self.entries[kind.key]:
                passed = [entry.record]
                above = getattr(entry.record, name)
                while above is not None and above not in passed:
                    # The file may say something else of it than the row that was fetched.
                    above = self.known[kind.key].get(above.slug, above)
                    passed.append(above)
                    above = getattr(above, name)
                if above is not None:
                    self.problem(entry.path(name), "This goes round in a circle.")

    def check_unique(self, kind: Kind) -> None:
        """Refuse two records of the file that the database would not hold beside each other."""
        for names in kind.unique:
            seen: dict[tuple, _Entry] = {}
            for entry in self.entries[kind.key]:
                key = _key(entry.record, names)
                if key in seen:
                    self.problem(
                        entry.path(), f"It has the same {' and '.join(names)} as {seen[key].path()}."
                    )
                seen[key] = entry

    # Writing

    def write(self, kind: Kind) -> None:
        entries = self.entries[kind.key]
        for entry in entries:
            self.check(entry)
        if self.problems:
            return
        try:
            with transaction.atomic():
                self.make_room(kind)
                self.create(kind, [entry for entry in entries if entry.is_new])
                if not self.problems:
                    self.save_changes(kind)
        except IntegrityError as error:
            self.explain(kind, error)

    def check(self, entry: _Entry) -> None:
        """Ask the model itself whether the record makes sense."""
        for name, _ in _references(entry.kind.fields):
            # A record it refers to may have got its primary key since it was assigned.
            setattr(entry.record, name, getattr(entry.record, name, None))
        try:
            entry.record.clean()
        except ValidationError as error:
            self.complain(entry.path(), error)

    def make_room(self, kind: Kind) -> None:
        """Take the ranks that are about to change out of the way, so that they can be shifted or swapped."""
        if "rank" in kind.names:
            moving = [
                entry.record.pk
                for entry in self.entries[kind.key]
                if not entry.changes.keys().isdisjoint({"rank", "scale", "track"})
            ]
            if moving:
                # Past the model's own manager, which would tell the world of ranks that are none.
                aside: models.QuerySet[Any] = models.QuerySet(kind.model).filter(pk__in=moving)
                aside.update(rank=F("rank") + _OUT_OF_THE_WAY)

    def create(self, kind: Kind, entries: list[_Entry]) -> None:
        """Create the new records, those that others of them refer to first."""
        own = [name for name, target in _references(kind.fields) if target is kind]
        waiting = entries
        while waiting and not self.problems:
            ready = [
                entry
                for entry in waiting
                if all((above := getattr(entry.record, name)) is None or above.pk is not None for name in own)
            ]
            if own:
                for entry in ready:
                    # Again, as the records that it refers to are there only now.
                    self.check(entry)
            if not self.problems:
                kind.model._default_manager.bulk_create([entry.record for entry in ready], batch_size=500)
            waiting = [entry for entry in waiting if entry.record.pk is None]

    def save_changes(self, kind: Kind) -> None:
        new: dict[type[models.Model], list[Any]] = defaultdict(list)
        for entry in self.entries[kind.key]:
            if entry.changes:
                # Not in bulk: published text that shows a name must hear that it changed.
                entry.record.save()
            for row in entry.new_rows:
                new[type(row)].append(row)
            for row in entry.changed_rows:
                row.save()
        for model, rows in new.items():
            model._default_manager.bulk_create(rows, batch_size=500)

    def explain(self, kind: Kind, error: IntegrityError) -> None:
        """Find the records that the database refused. Slow, and only needed when it did."""
        before = len(self.problems)
        for entry in self.entries[kind.key]:
            if not (entry.is_new or entry.changes or entry.row_changes):
                continue
            for record in (entry.record, *entry.new_rows, *entry.changed_rows):
                try:
                    record.validate_constraints()
                    record.validate_unique()
                except ValidationError as refused:
                    self.complain(entry.path(), refused)
        if len(self.problems) == before:
            self.problem(kind.key, f"The database refuses this: {error}")

    def tell(self, kind: Kind) -> None:
        report = self.report.kinds[kind.key] = KindReport()
        for entry in self.entries[kind.key]:
            if entry.is_new:
                report.created.append(entry.given["slug"])
            elif entry.changes or entry.row_changes:
                report.changed[entry.given["slug"]] = entry.changes | entry.row_changes
            else:
                report.unchanged.append(entry.given["slug"])


def _references(fields: dict[str, models.Field]) -> Iterator[tuple[str, Kind]]:
    for name, model_field in fields.items():
        if isinstance(model_field, models.ForeignKey):
            yield name, KIND_OF[model_field.related_model]


def _listed(rows: Rows, given: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows a record of the file lists, each with its place in the file."""
    listed = given.get(rows.key, ())
    if not rows.keyed_by:
        yield from ((f"[{index}]", item) for index, item in enumerate(listed))
        return
    (other,) = (name for name in rows.names if name != rows.keyed_by)
    for key in listed:
        yield f".{key}", {rows.keyed_by: key, other: listed[key]}


def _identity(rows: Rows, row: Any, seen: dict[tuple, Any]) -> tuple:
    """What a row is known by. Where rows may repeat, the second of the same is known as the second."""
    key = _key(row, rows.identity)
    if rows.may_repeat:
        return (*key, sum(known[: len(key)] == key for known in seen))
    return key


def _key(record: Any, names: Iterable[str]) -> tuple:
    """What some fields of a record say, to compare it by: names without regard to case, shared records by slug."""
    values = {name: plain(getattr(record, name, None)) for name in names}
    return tuple(value.lower() if name == "label" else value for name, value in values.items())


def _fetch(kind: Kind, by: str, values: Iterable[Any]) -> dict[Any, Any]:
    """The records of a kind by their slug or UUID, with what they refer to."""
    references = [name for name, _ in _references(kind.fields)]
    found: dict[Any, Any] = {}
    for some in batches(list(values)):
        records = kind.model._default_manager.filter(**{f"{by}__in": some})
        for record in records.select_related(*references) if references else records:
            found[getattr(record, by)] = record
    return found
