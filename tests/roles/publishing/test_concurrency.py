"""Several people at once: nothing is lost, no number is given twice, and the feed never goes back."""

import random
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from publications.models import FeedCounter, Publication
from roles.models import Edition, Event, RoleProfile
from roles.publishing import StaleSave, claim, publish, record_edition, save_sources, withdraw
from roles.publishing.verify import differences
from tests.roles.documents.sources import source

pytestmark = pytest.mark.django_db(transaction=True)


def run_together(*actions):
    """Run the actions in threads that start at one moment; re-raise what any of them raised."""
    barrier = threading.Barrier(len(actions))
    raised = []

    def run(action):
        try:
            barrier.wait(timeout=20)
            action()
        except BaseException as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(action,)) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
        assert not thread.is_alive(), "two of them wait for each other"
    return raised


def test_of_two_saves_of_one_version_one_is_refused():
    save_sources(sources=[source()])
    version = RoleProfile.objects.get().lock_version

    def save(title):
        with transaction.atomic():
            profile = RoleProfile.objects.get()
            claim(profile=profile, lock_version=version)
            profile.role_title = title
            profile.save()
            record_edition(profile=profile, by=None)

    raised = run_together(lambda: save("One"), lambda: save("Two"))

    assert [type(error) for error in raised] == [StaleSave]
    assert Edition.objects.count() == 2
    assert (
        f'"role_title":"{RoleProfile.objects.get().role_title}"' in RoleProfile.objects.get().edition.source
    )


def test_two_publishes_of_one_role_give_one_number():
    save_sources(sources=[source()])
    profile = RoleProfile.objects.get()

    raised = run_together(*[lambda: publish(profile=profile, by=None)] * 2)

    assert raised == []
    assert FeedCounter.objects.get().seq == Publication.objects.get().seq == 1


def test_saves_publishes_and_withdrawals_of_many_at_once():
    """Four people work at random on three roles that name each other; a reader follows the feed meanwhile."""
    names = ["a", "b", "c"]
    save_sources(sources=[source(name) for name in names])
    seen = []
    done = threading.Event()

    def work(seed):
        chance = random.Random(seed)
        for step in range(25):
            profile = RoleProfile.objects.get(slug=chance.choice(names))
            other = chance.choice([name for name in names if name != profile.slug])
            try:
                match chance.choice(["save", "publish", "publish", "withdraw"]):
                    case "save":
                        moves = [{"to": {"slug": other}, "label": other}]
                        written = source(profile.slug, role_title=f"{seed} {step}", career_moves=moves)
                        save_sources(sources=[written])
                    case "publish":
                        publish(profile=profile, by=None)
                    case "withdraw":
                        withdraw(profile=profile, by=None)
            except ValidationError as error:
                assert error.code == "not_live", error  # noqa: PT017

    def follow():
        while not done.is_set():
            highest = FeedCounter.objects.values_list("seq", flat=True).first() or 0
            # Whatever is numbered is visible once a higher number is.
            visible = sorted(Publication.objects.filter(seq__lte=highest).values_list("seq", flat=True))
            seen.append((highest, visible))

    def work_all():
        try:
            raised.extend(run_together(*[lambda seed=seed: work(seed) for seed in range(4)]))
        finally:
            done.set()

    raised: list[BaseException] = []
    assert run_together(work_all, follow) == []

    assert raised == []
    assert list(differences()) == []
    highs = [highest for highest, _ in seen]
    assert highs == sorted(highs), "the feed went back"
    numbers = list(Event.objects.exclude(seq=None).order_by("seq").values_list("seq", flat=True))
    assert numbers == list(range(1, FeedCounter.objects.get().seq + 1)), (
        "each number was given once, none left out"
    )
