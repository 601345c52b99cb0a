"""The JSON Schema of a vocabulary file, and the check against it.

It knows names, types and what must be there. Whether a value is a currency or a choice that exists is the model's to
say, in its own words, when the value is taken in.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema_rs
from django.db import models

from roles.documents.problems import Problem, path_text
from roles.documents.schema import DIALECT, SLUG, UUID
from roles.models.fields import LinesField

from .format import KINDS, Kind, Rows

LONGEST_TEXT = 200_000
# PostgreSQL cannot hold NUL, and half of a surrogate pair cannot be written as UTF-8.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_SLUG = {"type": "string", "pattern": SLUG, "maxLength": 140}


def _value(field: models.Field) -> dict[str, Any]:
    if isinstance(field, models.ForeignKey | models.SlugField):
        schema: dict[str, Any] = dict(_SLUG)
    elif isinstance(field, models.DecimalField):
        schema = {"type": "number"}
    elif isinstance(field, models.IntegerField):
        schema = {"type": "integer", "minimum": 0, "maximum": 10_000}
    elif isinstance(field, LinesField):
        schema = {"type": "array", "items": {"type": "string", "pattern": r"\S", "maxLength": 2_000}}
    elif isinstance(field, models.DateField):
        schema = {"type": "string", "format": "date"}
    else:
        schema = {"type": "string", "maxLength": field.max_length or LONGEST_TEXT}
        if not field.blank and not field.choices:
            schema["pattern"] = r"\S"
    return schema | {"type": [schema["type"], "null"]} if field.null else schema


def _required(fields: dict[str, models.Field]) -> list[str]:
    return [
        name
        for name, field in fields.items()
        if not field.blank and not field.null and not field.has_default()
    ]


def _object(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _rows(rows: Rows) -> dict[str, Any]:
    values = {name: _value(field) for name, field in rows.fields.items()}
    if rows.keyed_by:
        (text,) = (value for name, value in values.items() if name != rows.keyed_by)
        return {"type": "object", "propertyNames": _SLUG, "additionalProperties": text}
    return {"type": "array", "items": _object(values, _required(rows.fields))}


def _kind(kind: Kind) -> dict[str, Any]:
    properties = {name: _value(field) for name, field in kind.fields.items()}
    if kind.has_uuid:
        properties["uuid"] = {"type": "string", "pattern": UUID}
    properties |= {rows.key: _rows(rows) for rows in kind.rows}
    return _object(properties, _required(kind.fields))


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema of a vocabulary file."""
    properties = {kind.key: {"type": "array", "items": _kind(kind)} for kind in KINDS}
    return {"$schema": DIALECT, "title": "Rolebook vocabulary", **_object(properties, [])}


@cache
def _validator() -> Any:
    return jsonschema_rs.validator_for(schema(), validate_formats=True)


def problems_with(data: Any) -> list[Problem]:
    """What in `data` is not as the schema says, or holds characters that cannot be stored."""
    unstorable = [
        Problem(
            path_text(path), "The text holds a NUL character or half of a character, which cannot be stored."
        )
        for path, text in _texts(data, ())
        if _UNSTORABLE.search(text)
    ]
    # Half of a character could not even be handed to the validator.
    return unstorable or [
        Problem(path_text(error.instance_path), error.message[:300])
        for error in _validator().iter_errors(data)
    ]


def _texts(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield path, key
            yield from _texts(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*path, index))
