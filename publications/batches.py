"""Bulk work: long lists in portions, with garbage collection out of the way."""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import TypeVar

# SQLite takes a limited number of values in one query.
AT_ONCE = 400

Item = TypeVar("Item")


def batches(items: Iterable[Item], size: int = AT_ONCE) -> Iterator[list[Item]]:
    """The items in lists of at most `size`, without holding more than one."""
    remaining = iter(items)
    while some := list(islice(remaining, size)):
        yield some


@contextmanager
def fewer_collections() -> Iterator[None]:
    """Look for cycles of garbage rarely: bulk work makes millions of rows and hardly a cycle.

    With Python's usual thresholds the search takes a fifth of an import's time.
    """
    before = gc.get_threshold()
    gc.set_threshold(200_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)
