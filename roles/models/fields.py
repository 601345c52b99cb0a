"""Field types of the editing tables."""

from django.core.exceptions import ValidationError
from django.db import models


def _is_line(text: object) -> bool:
    """Whether a text stands on one line, and can be stored (PostgreSQL has no NUL)."""
    return isinstance(text, str) and "".join(text.splitlines()) == text and "\x00" not in text


def validate_lines(value: object) -> None:
    """Refuse what is not a list of texts of one line each."""
    if not isinstance(value, list) or not all(_is_line(line) and line.strip() for line in value):
        raise ValidationError("Write one text per line.", code="invalid_lines")


class LinesField(models.JSONField):
    """A list of short texts, which editors type one per line."""

    default_validators = [validate_lines]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)


def validate_pairs(value: object) -> None:
    """Refuse what is not a list of a token and its meaning each."""
    if not isinstance(value, list) or not all(
        isinstance(pair, dict)
        and set(pair) == {"token", "meaning"}
        and all(_is_line(text) for text in pair.values())
        and pair["token"].strip()
        and "=" not in pair["token"]
        for pair in value
    ):
        raise ValidationError(
            "Write one per line: the token, an equals sign, what to put there.", code="invalid_pairs"
        )


class PlaceholdersField(models.JSONField):
    """Tokens in a sample text that its user replaces, each with its meaning."""

    default_validators = [validate_pairs]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)
