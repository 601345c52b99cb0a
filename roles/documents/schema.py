"""JSON Schemas of the role document, made from the format, and the check against them.

Two shapes of one format (see docs/role-document.md): *source* is what editions, imports and exports hold; *document* is
what publications and the API hold, with names written in.
"""

from functools import cache
from typing import Any

import jsonschema_rs
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from publications.partial_dates import PATTERN as PARTIAL_DATE

from .format import EDITORIAL, PROFILE, ROWS, SCHEMA_VERSION, SECTIONS, Column, Rows
from .problems import Problem, path_text, unstorable_texts

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SLUG = "^[-a-zA-Z0-9_]+$"
UUID = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
# A profile is long text, not a data dump: what is beyond this is a mistake in the file.
LONGEST_TEXT = 200_000
MOST_ROWS = 5_000


def _object(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    if "enum" in schema:
        return schema | {"enum": [*schema["enum"], None]}
    return schema | {"type": [schema["type"], "null"]}


_UUID = {"type": "string", "pattern": UUID}
_SLUG = {"type": "string", "pattern": SLUG, "maxLength": 140}
_LABEL = {"type": "string"}
_URL = {"type": "string"}

REFERENCE = _object({"slug": _SLUG, "uuid": _UUID}, ["slug"]) | {
    "description": "A shared record, by its slug. The UUID, where given, is followed first."
}

_NAMED = {"uuid": _UUID, "slug": _SLUG, "label": _LABEL}

# What a reference becomes in the document shape.
EXPANDED: dict[str, dict[str, Any]] = {
    "job_family": _object(
        _NAMED | {"ancestors": {"type": "array", "items": _object(_NAMED, list(_NAMED))}}, [*_NAMED, "ancestors"]
    ),
    "level": _object(
        _NAMED | {"rank": {"type": "integer"}, "track": {"type": "string"}}, [*_NAMED, "rank", "track"]
    ),
    "skill": _object(
        _NAMED | {"type": {"type": "string"}, "uri": _URL}, [*_NAMED, "type", "uri"]
    ),
    "proficiency_level": _object(_NAMED | {"rank": {"type": "integer"}}, [*_NAMED, "rank"]),
    "salary_band": _object({"uuid": _UUID, "slug": _SLUG}, ["uuid", "slug"]),
    "role": _object(
        {"uuid": _UUID, "slug": _SLUG, "title": _LABEL, "url": _URL}, ["uuid", "slug", "title", "url"]
    ),
    "publisher": _object(
        _NAMED
        | {
            "about": {"type": "string"},
            "website": _URL,
            "clients": {"type": "array", "items": {"type": "string"}},
            "offices": {"type": "array", "items": {"type": "string"}},
            "contacts": {
                "type": "array",
                "items": _object(
                    {"department": {"type": "string"}, "phone": {"type": "string"}, "email": {"type": "string"}},
                    ["department", "phone", "email"],
                ),
            },
            "legal_line": {"type": "string"},
            "logo_url": _URL,
            "logo_alt": {"type": "string"},
        },
        [*_NAMED, "about", "website", "clients", "offices", "contacts", "legal_line", "logo_url", "logo_alt"],
    ),
}  # fmt: skip


def _text(field: models.Field) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string", "maxLength": field.max_length or LONGEST_TEXT}
    if isinstance(field, models.SlugField):
        schema["pattern"] = SLUG if not field.blank else f"{SLUG[:-1]}$|^$"
    if field.choices:
        schema = {"enum": [value for value, _ in field.flatchoices]}
    elif not field.blank and "pattern" not in schema:
        schema["pattern"] = r"\S"
    return schema


def _bounds(field: models.Field) -> dict[str, Any]:
    bounds: dict[str, Any] = {}
    for validator in field.validators:
        if isinstance(validator, MinValueValidator):
            bounds["minimum"] = validator.limit_value
        elif isinstance(validator, MaxValueValidator):
            bounds["maximum"] = validator.limit_value
    if isinstance(field, models.DecimalField):
        limit = 10 ** (field.max_digits - field.decimal_places)
        bounds.setdefault("exclusiveMaximum", limit)
        bounds.setdefault("exclusiveMinimum", -limit)
    elif isinstance(field, models.PositiveSmallIntegerField):
        # What every database holds: Django's own validators allow what the present one does, on SQLite far more.
        bounds["minimum"] = max(bounds.get("minimum", 0), 0)
        bounds["maximum"] = min(bounds.get("maximum", 32_767), 32_767)
    return bounds


def _value(column: Column, shape: str) -> dict[str, Any]:
    """The schema of one field."""
    field = column.field
    match column.kind:
        case "text":
            schema = _text(field)
        case "rich":
            schema = {"type": "string", "maxLength": LONGEST_TEXT}
            if not field.blank:
                schema["pattern"] = r"\S"
        case "partial_date":
            schema = {"type": "string", "pattern": f"^$|{PARTIAL_DATE}"}
        case "date":
            schema = {"type": "string", "format": "date"}
        case "uuid":
            schema = _UUID
        case "boolean":
            schema = {"type": "boolean"}
        case "number":
            schema = {"type": "number", **_bounds(field)}
        case "integer":
            schema = {"type": "integer", **_bounds(field)}
        case "lines":
            schema = {"type": "array", "items": {"type": "string", "pattern": r"\S", "maxLength": 2_000}}
        case "placeholders":
            text = {"type": "string", "maxLength": 500}
            schema = {
                "type": "array",
                "items": _object({"token": text | {"pattern": r"\S"}, "meaning": text}, ["token", "meaning"]),
            }
        case "section":
            schema = {"type": "string", "pattern": SLUG}
        case "sibling":
            schema = {"type": "string", "pattern": SLUG} if field.model is SECTIONS.model else _UUID
        case _:
            schema = REFERENCE if shape == "source" else EXPANDED[column.term_kind]
    if help_text := str(field.help_text):
        schema = schema | {"description": help_text}
    return _nullable(schema) if field.null else schema


def _row(rows: Rows, shape: str) -> dict[str, Any]:
    properties = {column.name: _value(column, shape) for column in rows.columns}
    if shape == "document":
        return _object(properties, list(properties))
    # In a source, what has a default may be left out; sections are named by their anchor.
    required = [
        column.name
        for column in rows.columns
        if column.name == "anchor" or (not column.field.blank and not column.field.has_default())
    ]
    return _object(properties, required)


@cache
def schema(shape: str) -> dict[str, Any]:
    """The JSON Schema of a shape: "source" or "document"."""
    properties: dict[str, Any] = {"schema": {"const": SCHEMA_VERSION}}
    properties |= {column.name: _value(column, shape) for column in PROFILE}
    if shape == "source":
        properties["editorial"] = _object({column.name: _value(column, shape) for column in EDITORIAL}, [])
    else:
        properties["url"] = _URL
    properties |= {
        rows.key: {"type": "array", "maxItems": MOST_ROWS, "items": _row(rows, shape)} for rows in ROWS
    }
    required = ["schema", "slug", "role_title"] if shape == "source" else list(properties)
    return {"$schema": DIALECT, "title": f"Rolebook role {shape}", **_object(properties, required)}


@cache
def _validator(shape: str) -> Any:
    return jsonschema_rs.validator_for(schema(shape), validate_formats=True)


def problems_with(instance: Any, shape: str) -> list[Problem]:
    """What in `instance` is not as the schema of `shape` says."""
    validator = _validator(shape)
    try:
        if validator.is_valid(instance):
            return []
    except UnicodeEncodeError:
        # The compiled validator reads UTF-8, which has no half characters.
        return list(unstorable_texts(instance))
    return [
        Problem(path_text(error.instance_path), _plain(error)) for error in validator.iter_errors(instance)
    ]


_PATTERNS = {
    r"\S": "Write something here.",
    SLUG: "Use letters, digits, hyphens and underscores only.",
    UUID: "Write a UUID in small letters, such as 1b4e28ba-2fa1-41d2-883f-0016d3cca427.",
    f"^$|{PARTIAL_DATE}": "Write a year, a month or a day: 2025, 2025-07 or 2025-07-14.",
}


def _plain(error: Any) -> str:
    """What a person should know of a schema error: how to put it right, and the value only if it is short."""
    kind = error.kind
    match kind.name:
        case "pattern" if kind.pattern in _PATTERNS:
            message = _PATTERNS[kind.pattern]
        case "maxLength":
            message = f"Longer than {kind.limit} characters."
        case "maxItems":
            message = f"More than {kind.limit} rows."
        case "enum":
            options = ", ".join(f"“{option}”" for option in kind.options if option is not None)
            message = f"{_short(error.instance)} is not one of {options}."
        case _:
            message = error.message
    return message if len(message) <= 400 else f"{message[:200]} … {message[-180:]}"


def _short(value: Any) -> str:
    text = f"“{value}”" if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else f"{text[:56]} …"
