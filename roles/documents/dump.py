"""From a role to its document, in the source shape."""

from typing import Any

from careers.models import Pay
from roles.models import RolePay

from .canonical import number
from .format import EDITORIAL, PROFILE, ROWS, SCHEMA_VERSION, SECTIONS, Column
from .rows import Role

_PAY_NAMES = {field.name for field in Pay._meta.get_fields()}


def dump(role: Role) -> dict[str, Any]:
    """The source document of a role: everything an editor wrote, references by slug and UUID.

    Pay that comes from a shared band is written out, so that an edition keeps the amounts it was saved with.
    """
    source: dict[str, Any] = {"schema": SCHEMA_VERSION}
    source |= {column.name: value_of(role.profile, column) for column in PROFILE}
    source["editorial"] = {column.name: value_of(role.profile, column) for column in EDITORIAL}
    for rows in ROWS:
        source[rows.key] = [
            {column.name: value_of(row, column) for column in rows.columns} for row in role.rows[rows.key]
        ]
    return source


def value_of(record: Any, column: Column) -> Any:
    """One field of a record as JSON has it."""
    if isinstance(record, RolePay) and record.band_id and column.name in _PAY_NAMES:
        record = record.band
    value = getattr(record, column.name)
    match column.kind:
        case "reference":
            return {"slug": value.slug, "uuid": str(value.uuid)} if value is not None else None
        case "section":
            return value.anchor if value is not None else None
        case "sibling":
            if value is None:
                return None
            return value.anchor if column.field.model is SECTIONS.model else str(value.uuid)
        case "number":
            return number(value)
        case "uuid":
            return str(value)
        case "date":
            return value.isoformat() if value is not None else None
        case "lines":
            return list(value)
        case "placeholders":
            return [dict(pair) for pair in value]
        case _:
            return value
