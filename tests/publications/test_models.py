"""What is public: what can never be stored of it."""

import pytest
from django.db import transaction
from django.utils import timezone

from publications.models import FeedCounter, Publication, PublicationPage, VocabularyCounter
from tests.breaches import Breach
from tests.factories import PublicationFactory


def page(**values):
    defaults = {"language": "en", "release": "1", "document_hash": "0" * 64, "html": ""}
    return PublicationPage.objects.create(**{"publication": PublicationFactory(), **defaults, **values})


def counter_of(model):
    return lambda **values: model.objects.get_or_create(pk=values.get("id", 1))[0]


BREACHES = [
    Breach("publication_withdrawn_at_unless_live", PublicationFactory, {"withdrawn_at": timezone.now()}),
    Breach("publication_withdrawn_at_unless_live", PublicationFactory, {"state": "withdrawn"}),
    Breach("publication_withdrawn_at_unless_live", PublicationFactory, {"state": "gone"}),
    Breach(
        "publication_pay_minimum_le_maximum",
        PublicationFactory,
        {"pay_minimum": 45_001, "pay_maximum": 45_000},
    ),
    Breach("publicationpage_one_per_language", page, {"publication": lambda other: other.publication}),
    Breach("feedcounter_one_row", counter_of(FeedCounter), {"id": 2}),
    Breach("vocabularycounter_one_row", counter_of(VocabularyCounter), {"id": 2}),
]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("breach", BREACHES, ids=str)
def test_database_refuses(breach):
    breach.try_it()


def test_database_takes_pay_with_one_end():
    PublicationFactory(pay_minimum=1, pay_maximum=None)
    PublicationFactory(pay_minimum=None, pay_maximum=1)
    PublicationFactory(pay_minimum=1, pay_maximum=1)


def test_numbers_are_missing_only_inside_a_transaction():
    """Several may wait for their number at once; none may have the number of another."""
    one, two = PublicationFactory.create_batch(2)

    with transaction.atomic():
        Publication.objects.update(seq=None)

    assert {one.seq, two.seq} == {1, 2}


def test_live_leaves_out_what_was_withdrawn():
    live = PublicationFactory()
    PublicationFactory(withdrawn=True)

    assert list(Publication.objects.live()) == [live]


def test_records_are_called_by_their_names():
    publication = PublicationFactory(slug="developer", role_title="Developer")

    assert str(publication) == "Developer"
    assert publication.url == "/roles/developer/"
    assert str(page(publication=publication)) == "Developer (en)"
