"""Long lists, taken in portions."""

from collections.abc import Iterable, Iterator
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
