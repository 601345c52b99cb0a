"""Bringing the editing tables in line with roles in memory."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat

from publications.batches import batches

from .format import EDITORIAL, PROFILE, ROWS, SECTIONS, Column, Rows
from .parse import unique_together
from .problems import DocumentError, Problem
from .rows import Role

_POSITION = "position"


def store(pairs: Sequence[tuple[Role, Role]]) -> None:
    """Write each new role over what is stored of it.

    `pairs` are (as it shall be, as it is). Rows keep their primary key where the UUID is the same; what is not in the
    new role is deleted. The number of queries depends on the number of arrays, not of roles.
    """
    for rows in ROWS:
        _store_rows(rows, pairs)
    profiles = [new.profile for new, _ in pairs]
    if profiles:
        names = [column.name for column in (*PROFILE, *EDITORIAL) if column.name != "uuid"]
        type(profiles[0])._default_manager.bulk_update(profiles, names, batch_size=100)


def _store_rows(rows: Rows, pairs: Sequence[tuple[Role, Role]]) -> None:
    create: list[Any] = []
    update: list[Any] = []
    delete: list[int] = []
    for new, old in pairs:
        known = {row.uuid: row for row in old.rows[rows.key]}
        for row in new.rows[rows.key]:
            before = known.pop(row.uuid, None)
            if before is None:
                create.append(row)
                continue
            row.pk, row._state.adding = before.pk, False
            if _differs(rows, row, before):
                update.append(row)
        delete += [row.pk for row in known.values()]
    _refuse_rows_of_others(rows, create)
    _delete(rows, delete)
    _make_way(rows, update)
    for some in _in_order(rows, create):
        rows.model._default_manager.bulk_create(some, batch_size=500)
    if update:
        names = [column.name for column in rows.columns if column.name != "uuid"]
        rows.model._default_manager.bulk_update(update, [*names, _POSITION], batch_size=100)


def _in_order(rows: Rows, create: list[Any]) -> Iterable[list[Any]]:
    """New rows, those that others of the same model name first."""
    names = [column.name for column in rows.columns if column.kind == "sibling"]
    if not names:
        return [create] if create else []
    if rows is SECTIONS:
        waves = [
            [row for row in create if row.parent is None],
            [row for row in create if row.parent is not None],
        ]
        return [wave for wave in waves if wave]
    return _waves(create, names[0])


def _waves(create: list[Any], name: str) -> Iterable[list[Any]]:
    """Rows in waves, each naming only rows that are stored; a circle is closed by an update afterwards."""
    waiting = list(create)
    while waiting:
        ready = [row for row in waiting if getattr(row, name) is None or getattr(row, name).pk]
        if not ready:
            named = [(row, getattr(row, name)) for row in waiting]
            for row in waiting:
                setattr(row, name, None)
            yield waiting
            for row, other in named:
                setattr(row, name, other)
            type(waiting[0])._default_manager.bulk_update(waiting, [name])
            return
        yield ready
        waiting = [row for row in waiting if not row.pk]


def _differs(rows: Rows, row: Any, before: Any) -> bool:
    return row.position != before.position or any(
        _stored_value(row, column) != _stored_value(before, column) for column in rows.columns
    )


def _stored_value(row: Any, column: Column) -> Any:
    # Sections and siblings keep their UUID when their anchor changes, and references their key.
    if column.kind in {"section", "sibling"}:
        other = getattr(row, column.name)
        return other.uuid if other is not None else None
    if column.kind == "reference":
        return getattr(row, f"{column.name}_id")
    return getattr(row, column.name)


def _refuse_rows_of_others(rows: Rows, create: list[Any]) -> None:
    uuids = [row.uuid for row in create]
    taken: set[Any] = set()
    for some in batches(uuids):
        taken |= set(rows.model._default_manager.filter(uuid__in=some).values_list("uuid", flat=True))
    seen: set[Any] = set()
    problems = []
    for row in create:
        if row.uuid in taken or row.uuid in seen:
            path = f"{rows.key}[{row.position // 10 - 1}].uuid"
            problems.append(Problem(path, f"{row.uuid} belongs to another role.", role=row.profile.slug))
        seen.add(row.uuid)
    if problems:
        raise DocumentError(problems)


def _delete(rows: Rows, keys: list[int]) -> None:
    for some in batches(keys):
        rows.model._default_manager.filter(pk__in=some).delete()


def _make_way(rows: Rows, update: list[Any]) -> None:
    """Let rows exchange values that must differ within a profile: each gets one of its own for a moment."""
    for names in unique_together(rows.model):
        for keys in batches(row.pk for row in update):
            rows.model._default_manager.filter(pk__in=keys).update(
                **{names[-1]: Concat(Value("~"), Cast("pk", CharField()))}
            )
