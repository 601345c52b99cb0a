"""Queries of the busiest addresses, composed once.

Django takes ten times as long to compose a query as a database takes to find a row by its key. Where a request asks
for little else, composing is what it would wait for.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from inspect import signature
from typing import Any

from django.db import connections, router
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler


class _Place(str):
    """Stands in a composed query where a value goes."""

    position: int

    @classmethod
    def at(cls, index: int) -> "_Place":
        place = cls(f"place {index}")
        place.position = index
        return place


@dataclass(frozen=True)
class _Composed:
    sql: str
    parameters: tuple[Any, ...]
    compiler: SQLCompiler
    converters: dict[int, Any]


class Statement:
    """A query for one row by as many texts as `compose` takes, which builds it as a `values_list`.

    by_slug = Statement(lambda slug: Publication.objects.filter(slug=slug).values_list("title", "seq"))
    by_slug.first("baker")
    """

    def __init__(self, compose: Callable[..., QuerySet[Any, Any]]):
        self._compose = compose
        self._composed: dict[str, _Composed] = {}

    def first(self, *values: str) -> tuple[Any, ...] | None:
        """The row, as the ORM would give it, or None."""
        alias = router.db_for_read(self._queryset.model)
        composed = self._composed.get(alias) or self._compose_for(alias)
        filled = [values[part.position] if isinstance(part, _Place) else part for part in composed.parameters]
        with connections[alias].cursor() as cursor:
            cursor.execute(composed.sql, filled)
            row = cursor.fetchone()
        if row is None or not composed.converters:
            return row
        # What a driver gives is not always what the ORM does: SQLite's moments come without their time zone.
        return tuple(*composed.compiler.apply_converters([row], composed.converters))

    @cached_property
    def _queryset(self) -> QuerySet[Any, Any]:
        places = [_Place.at(index) for index in range(len(signature(self._compose).parameters))]
        # Of one row the order does not matter.
        return self._compose(*places).order_by()

    def _compose_for(self, alias: str) -> _Composed:
        compiler = self._queryset.query.get_compiler(alias)
        sql, parameters = compiler.as_sql()
        converters = compiler.get_converters([column for column, *_ in compiler.select])
        self._composed[alias] = _Composed(sql, tuple(parameters), compiler, converters)
        return self._composed[alias]
