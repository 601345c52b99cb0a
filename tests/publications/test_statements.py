"""A composed statement gives what the ORM gives, on whichever database."""

import pytest

from publications.models import FeedCounter, Publication
from publications.statements import Statement
from tests.factories import PublicationFactory

pytestmark = pytest.mark.django_db

COLUMNS = ("role_uuid", "slug", "state", "pay_minimum", "level_rank", "published_at", "withdrawn_at")


@pytest.fixture
def by_slug():
    return Statement(lambda slug: Publication.objects.live().filter(slug=slug).values_list(*COLUMNS))


def test_the_row_is_what_the_orm_gives(by_slug):
    PublicationFactory(slug="baker", pay=("GBP", 30_000.5, 40_000))
    PublicationFactory(slug="cook")

    for slug in ("baker", "cook"):
        assert by_slug.first(slug) == Publication.objects.values_list(*COLUMNS).get(slug=slug)


def test_there_may_be_no_row(by_slug):
    PublicationFactory(slug="baker", withdrawn=True)

    assert by_slug.first("baker") is None
    assert by_slug.first("nobody") is None


@pytest.mark.parametrize("slug", ["' OR 1=1 --", "%s", "place 0", '"', "x" * 10_000])
def test_values_are_values_whatever_they_look_like(by_slug, slug):
    PublicationFactory(slug="baker")

    assert by_slug.first(slug) is None


def test_several_values_and_none():
    PublicationFactory(slug="baker", role_title="Baker")
    both = Statement(lambda title, slug: Publication.objects.filter(slug=slug, title=title).values_list("pk"))

    assert both.first("Baker", "baker") is not None
    assert both.first("baker", "Baker") is None
    assert Statement(lambda: FeedCounter.objects.values_list("seq")).first() == (1,)


def test_each_is_one_query(by_slug, django_assert_num_queries):
    PublicationFactory(slug="baker")

    for _ in range(2):
        with django_assert_num_queries(1):
            by_slug.first("baker")
