"""The canonical form of JSON, whose hash is the identity of what it says."""

import hashlib
import json
from decimal import Decimal
from typing import Any


def canonical(value: Any) -> str:
    """JSON with sorted keys, no spaces and characters as they are: equal content gives equal text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(text: str) -> str:
    """SHA-256 of a text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def number(value: Decimal | None) -> int | float | None:
    """A decimal as the JSON number that reads back as the same decimal."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
