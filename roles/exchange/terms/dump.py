"""Writing the whole vocabulary as one file."""

import datetime
import uuid
from decimal import Decimal
from typing import Any

from django.db import models

from roles.documents.canonical import number

from .format import KINDS, Kind, Rows


def dump_terms() -> dict[str, list[dict[str, Any]]]:
    """The vocabulary as `load_terms` reads it, with every field and UUID; the same records give the same file."""
    return {kind.key: _records(kind) for kind in KINDS}


def _records(kind: Kind) -> list[dict[str, Any]]:
    references = [name for name, field in kind.fields.items() if isinstance(field, models.ForeignKey)]
    records: Any = kind.model._default_manager.order_by("slug")
    if references:
        records = records.select_related(*references)
    # One query per kind of row, however many records there are.
    inner = {rows.key: _rows_by_owner(rows) for rows in kind.rows}
    return [
        ({"uuid": str(record.uuid)} if kind.has_uuid else {})
        | {name: plain(getattr(record, name)) for name in kind.names}
        | {rows.key: _in_file(rows, inner[rows.key].get(record.pk, [])) for rows in kind.rows}
        for record in records.iterator(chunk_size=2_000)
    ]


def _rows_by_owner(rows: Rows) -> dict[int, list[dict[str, Any]]]:
    references = [name for name, field in rows.fields.items() if isinstance(field, models.ForeignKey)]
    found = rows.model._default_manager.order_by(rows.owner, *(rows.model._meta.ordering or ()), "pk")
    if references:
        found = found.select_related(*references)
    by_owner: dict[int, list[dict[str, Any]]] = {}
    for row in found.iterator(chunk_size=2_000):
        written = {name: plain(getattr(row, name)) for name in rows.names}
        by_owner.setdefault(getattr(row, f"{rows.owner}_id"), []).append(written)
    return by_owner


def _in_file(rows: Rows, written: list[dict[str, Any]]) -> Any:
    if not rows.keyed_by:
        return written
    (text,) = (name for name in rows.names if name != rows.keyed_by)
    return {row[rows.keyed_by]: row[text] for row in written}


def plain(value: Any) -> Any:
    """A field's value as JSON has it; a shared record by its slug."""
    match value:
        case models.Model():
            return value.slug  # type: ignore[attr-defined]
        case Decimal():
            return number(value)
        case datetime.date():
            return value.isoformat()
        case uuid.UUID():
            return str(value)
        case _:
            return value
