"""The numbers of the changes feed: without gaps, in order, and never the same twice."""

import threading
import uuid

import pytest
from django.db import connection, transaction

from publications.feed import number_changes, take_turn
from publications.models import FeedCounter, Publication
from tests.factories import PublicationFactory

COLUMNS = [field.attname for field in Publication._meta.concrete_fields]


def numbers():
    return list(Publication.objects.order_by("pk").values_list("seq", flat=True))


def keys(*publications):
    return [publication.pk for publication in publications]


@pytest.mark.django_db
def test_numbers_follow_each_other_in_the_order_given():
    one, two, three = PublicationFactory.create_batch(3)
    assert numbers() == [1, 2, 3]

    take_turn()
    highest = number_changes(keys(three, one))

    assert highest == FeedCounter.objects.get().seq == 5
    assert numbers() == [5, 2, 4]
    assert two.seq == 2


@pytest.mark.django_db
def test_numbers_are_given_to_more_than_one_statement_holds():
    columns = PublicationFactory().__dict__ | {"id": None, "seq": None}
    Publication.objects.bulk_create(
        Publication(
            **{name: columns[name] for name in COLUMNS} | {"role_uuid": uuid.uuid4(), "slug": f"copy-{n}"}
        )
        for n in range(1_099)
    )
    every = list(Publication.objects.order_by("-pk").values_list("pk", flat=True))

    take_turn()
    highest = number_changes(every)

    assert highest == 1_101
    assert numbers() == list(range(1_101, 1, -1))


@pytest.mark.django_db
def test_no_change_takes_no_number():
    PublicationFactory()

    take_turn()

    assert number_changes([]) == 1
    assert FeedCounter.objects.get().seq == 1


@pytest.mark.django_db
def test_what_is_named_twice_takes_one_number():
    one, two = PublicationFactory.create_batch(2)

    take_turn()
    highest = number_changes(keys(one, two, one))

    assert highest == 4
    assert numbers() == [3, 4]


@pytest.mark.django_db
def test_numbers_come_back_with_a_change_that_is_rolled_back():
    one = PublicationFactory()

    with transaction.atomic():
        take_turn()
        assert number_changes(keys(one)) == 2
        transaction.set_rollback(True)

    assert numbers() == [1]
    assert FeedCounter.objects.get().seq == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", [take_turn, lambda: number_changes([])])
def test_refuses_outside_a_transaction(step):
    with pytest.raises(RuntimeError, match="inside the transaction"):
        step()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("counter_exists", [True, False])
def test_threads_never_get_the_same_numbers_and_readers_never_miss_one(counter_exists):
    """Four threads number two publications each, over and over; a reader looks meanwhile."""
    every = [keys(*PublicationFactory.create_batch(2)) for _ in range(4)]
    Publication.objects.update(seq=None)
    FeedCounter.objects.all().delete()
    if counter_exists:
        FeedCounter.objects.create(pk=1)
    rounds = 15
    given, problems = [], []
    working = threading.Barrier(5)
    done = threading.Event()

    def work(mine):
        for _ in range(rounds):
            with transaction.atomic():
                take_turn()
                highest = number_changes(mine)
                # In the transaction, so that the list is in the order in which numbers become visible.
                given.append((highest - 1, highest))

    def follow():
        while not done.is_set():
            highest = FeedCounter.objects.values_list("seq", flat=True).first() or 0
            before = sum(seen[-1] <= highest for seen in list(given))
            visible = set(Publication.objects.exclude(seq=None).values_list("seq", flat=True))
            if highest and highest > max(visible, default=0):
                problems.append(f"{highest} is counted, but not to be seen")
            if before * 2 < highest:
                problems.append(f"{highest} came before a smaller number")

    def run(action, *arguments):
        try:
            working.wait(timeout=30)
            action(*arguments)
        except BaseException as error:
            problems.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work, mine)) for mine in every]
    reader = threading.Thread(target=run, args=(follow,))
    for thread in [*threads, reader]:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    done.set()
    reader.join(timeout=30)

    assert problems == []
    assert given == [(number, number + 1) for number in range(1, 8 * rounds, 2)]
    assert FeedCounter.objects.get().seq == 8 * rounds
    assert len(set(numbers())) == 8
