"""Trying to store what a constraint forbids, past every check in Python."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.db.models import F


@dataclass(frozen=True)
class Breach:
    """Values that a constraint must refuse.

    They are written into a new record and into one that is there. A value may be a function: it is called with a
    record that the database has taken, for what must differ between two. `given` makes the records valid otherwise,
    and `new` is for the new record alone.
    """

    constraint: str
    factory: Any
    values: dict[str, Any]
    given: dict[str, Any] = field(default_factory=dict)
    new: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.constraint}-{'-'.join(self.values)}"

    def values_beside(self, other: models.Model) -> dict[str, Any]:
        return {name: value(other) if callable(value) else value for name, value in self.values.items()}

    def try_it(self) -> None:
        """Insert and update, and see the database refuse both for the reason that is tested."""
        other, victim = self.factory(**self.given), self.factory(**self.given)
        values = self.values_beside(other)
        records = models.QuerySet(type(victim)).filter(pk=victim.pk)

        with self.refused():
            records.update(**values)
        # Before it is stored, a record cannot refer to itself.
        if not any(isinstance(value, F) for value in values.values()):
            with self.refused():
                self.factory(**self.given | self.new | values)

    @contextmanager
    def refused(self) -> Iterator[None]:
        """A savepoint in which the database must refuse something, naming this constraint where it names any."""
        with pytest.raises(IntegrityError) as error, transaction.atomic():
            yield
        # Of a unique constraint on plain columns SQLite names the columns only.
        names_columns = connection.vendor == "sqlite" and "UNIQUE constraint failed: " in str(error.value)
        assert names_columns or self.constraint in str(error.value)
