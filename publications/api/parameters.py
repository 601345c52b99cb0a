"""Parameters of lists. A value that cannot be is refused with the name of the parameter and what is allowed."""

import re
from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from itertools import islice
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import QueryDict
from django_filters.rest_framework import DjangoFilterBackend, FilterSet
from drf_spectacular.utils import extend_schema_field
from rest_framework.request import Request

from .problems import InvalidParameters, ParameterError

MOST_VALUES = 20
# Nobody reads more, and somebody may send thousands.
MOST_ERRORS = 20
SLUG_PATTERN = "^[-a-zA-Z0-9_]{1,140}$"
_SLUG = re.compile(SLUG_PATTERN)


class SlugsField(forms.Field):
    """Slugs of records that exist: the parameter may be given several times."""

    widget = forms.SelectMultiple

    def __init__(self, *, exists: Callable[[str], bool], listed_at: str, **kwargs: Any):
        super().__init__(**kwargs)
        self.exists, self.listed_at = exists, listed_at

    def clean(self, value: list[str]) -> list[str]:
        slugs = list(dict.fromkeys(value))
        if len(slugs) > MOST_VALUES:
            raise ValidationError(f"Give at most {MOST_VALUES} values.")
        for slug in slugs:
            # What cannot be a slug gets neither as far as the database nor into the answer.
            if not _SLUG.fullmatch(slug):
                raise ValidationError(f"It is not a slug. {self.listed_at} lists those there are.")
            if not self.exists(slug):
                raise ValidationError(f"“{slug}” is not known. {self.listed_at} lists what is.")
        return slugs


class Parameter(django_filters.Filter):
    """A filter with its own entry in the API's schema: `says` explains it, `schema` describes a value."""

    schema: dict[str, Any] = {"type": "string"}

    def __init__(self, *, says: str, schema: dict[str, Any] | None = None, **kwargs: Any):
        super().__init__(**kwargs)
        self.schema = self.schema | (schema or {})
        extend_schema_field(self.schema | {"description": says})(self)


class SlugsParameter(Parameter):
    """Records that have any of the slugs given."""

    field_class = SlugsField
    schema = {
        "type": "array",
        "items": {"type": "string", "pattern": SLUG_PATTERN},
        "minItems": 1,
        "maxItems": MOST_VALUES,
    }


class ChoiceParameter(Parameter):
    """One of a few words."""

    field_class = forms.ChoiceField

    def __init__(self, *, choices: Iterable[str], **kwargs: Any):
        listed = list(choices)
        super().__init__(
            choices=[(word, word) for word in listed],
            error_messages={"invalid_choice": "It is not one of the values allowed."},
            schema={"enum": listed},
            **kwargs,
        )


class IntegerParameter(Parameter):
    """A whole number between bounds, which keep it within what databases can hold."""

    field_class = forms.IntegerField

    def __init__(self, *, min_value: int, max_value: int, **kwargs: Any):
        wanted = f"Give a whole number from {min_value} to {max_value}."
        super().__init__(
            min_value=min_value,
            max_value=max_value,
            error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), wanted),
            schema={"type": "integer", "minimum": min_value, "maximum": max_value},
            **kwargs,
        )


class TextParameter(Parameter):
    """A few words to look for."""

    field_class = forms.CharField

    def __init__(self, *, max_length: int, **kwargs: Any):
        super().__init__(max_length=max_length, schema={"minLength": 1, "maxLength": max_length}, **kwargs)


class PatternParameter(Parameter):
    """A code of a fixed form, in capital or small letters."""

    field_class = forms.RegexField

    def __init__(self, *, pattern: str, form: str, **kwargs: Any):
        super().__init__(
            regex=re.compile(pattern, re.ASCII),
            error_messages={"invalid": f"Give {form}."},
            schema={"pattern": pattern},
            **kwargs,
        )


def errors_in(
    query: QueryDict, *, allowed: Iterable[str], repeatable: Iterable[str] = ()
) -> Iterator[ParameterError]:
    """What is wrong with the parameters whatever they mean: unknown, empty, or given twice."""
    return islice(_all_errors_in(query, sorted(allowed), repeatable), MOST_ERRORS)


def _all_errors_in(query: QueryDict, names: list[str], repeatable: Iterable[str]) -> Iterator[ParameterError]:
    for name, values in query.lists():
        if name not in names:
            close = get_close_matches(name[:100], names, n=1)
            hint = f" Did you mean {close[0]}?" if close else ""
            yield ParameterError(name[:100], f"There is no such parameter here.{hint}", names)
        elif any(not value.strip() for value in values):
            yield ParameterError(name, "It is empty. Leave it out instead.")
        elif len(values) > 1 and name not in repeatable:
            yield ParameterError(name, "Give it once.")


def check_parameters(query: QueryDict, choices: dict[str, list[str]]) -> None:
    """Refuse all parameters but these, each with one of its values."""
    errors = list(errors_in(query, allowed=choices))
    for name, values in choices.items():
        if name in query and query[name] not in values:
            errors.append(ParameterError(name, "It is not one of the values allowed.", values))
    if errors:
        raise InvalidParameters(errors)


def refuse_parameters(query: QueryDict) -> None:
    """Refuse whatever parameters are given, where there are none."""
    check_parameters(query, {})


class StrictFilters(DjangoFilterBackend):
    """Filters a list, or says everything that is wrong with the parameters at once."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Model], view: Any) -> QuerySet[Model]:
        filterset = self.get_filterset(request, queryset, view)
        filters = filterset.filters if filterset else {}
        query = request.query_params
        repeatable = [name for name, field in filters.items() if isinstance(field, SlugsParameter)]

        errors = list(errors_in(query, allowed=[*filters, *view.paginator.HIGHEST], repeatable=repeatable))
        errors += view.paginator.errors_in(query)
        if filterset:
            errors += _filter_errors(filterset)
        if errors:
            # The first for each parameter: what is empty or given twice needs no second remark.
            firsts: dict[str, ParameterError] = {}
            for error in errors:
                firsts.setdefault(error.parameter, error)
            raise InvalidParameters(firsts.values())
        return filterset.qs if filterset else queryset


def _filter_errors(filterset: FilterSet) -> Iterator[ParameterError]:
    for name, messages in filterset.errors.items():
        yield ParameterError(name, " ".join(messages), filterset.filters[name].schema.get("enum"))
