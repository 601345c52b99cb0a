"""Telling whoever waits for an import how far it is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import reset_queries
from tqdm import tqdm


@contextmanager
def progress(title: str, total: int | None = None, *, unit: str = "roles") -> Iterator[Callable[[int], None]]:
    """A bar on standard error while somebody is watching, and nothing in a log file; call it with how many are done."""
    with tqdm(desc=title, total=total, unit=f" {unit}", disable=None, leave=False) as bar:

        def done(count: int) -> None:
            bar.update(count)
            # In debug mode Django keeps the text of every query, which for an import is most of the database.
            reset_queries()

        yield done
