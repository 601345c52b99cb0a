"""Numbers of the changes feed.

One counter row gives every change of what is public its number. The row is locked until the transaction ends, so
numbers become visible in their order and a reader that has seen n never misses a smaller one.
"""

from collections.abc import Sequence

from django.db import connection
from django.db.models import F

from .models import FeedCounter, Publication


def take_turn() -> None:
    """Wait until nobody else is changing what is public, and keep others waiting until the transaction ends.

    Documents show each other's titles and addresses, so two changes at once could each miss what the other does.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A turn is taken inside the transaction that changes what is public.")
    counter = FeedCounter.objects.select_for_update().filter(pk=1)
    if not counter.exists():
        FeedCounter.objects.get_or_create(pk=1)
    counter.get()


def number_changes(publications: Sequence[int]) -> int:
    """Give publications (primary keys, in order) the next numbers, as the last step of a transaction that has the turn.

    Returns the highest number given.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("Numbers are given inside the transaction that changes what is public.")
    # What changed twice in one transaction changed once for readers, and a number that nothing has would be a gap.
    changed = list(dict.fromkeys(publications))
    FeedCounter.objects.filter(pk=1).update(seq=F("seq") + len(changed))
    highest = FeedCounter.objects.values_list("seq", flat=True).get(pk=1)
    first = highest - len(changed) + 1
    numbered = [Publication(pk=pk, seq=first + index) for index, pk in enumerate(changed)]
    Publication.objects.bulk_update(numbered, ["seq"], batch_size=500)
    return highest
