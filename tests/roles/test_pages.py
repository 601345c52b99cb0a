"""The public pages: what they show, what they cost, and how they answer what makes no sense."""

import json
import re

import pytest
from django.template.loader import render_to_string

from publications.models import PublicationPage, SlugRedirect
from publications.stored_pages import page_of
from tests.factories import (
    JobFamilyFactory,
    LevelFactory,
    PublicationFactory,
    SkillFactory,
    document_row,
)

pytestmark = pytest.mark.django_db


def stored(**values):
    """A live role with its finished page, as publishing leaves it."""
    publication = PublicationFactory(**values)
    page_of(publication, json.loads(publication.document)).save()
    return publication


def move_to(publication, kind="next"):
    to = {
        "uuid": str(publication.role_uuid),
        "slug": publication.slug,
        "title": publication.title,
        "url": publication.url,
    }
    return document_row("career_moves", kind=kind, to=to)


def titles(response):
    assert response.status_code == 200
    return re.findall(r'<h2><a href="/roles/[^"]+/">([^<]+)</a></h2>', response.content.decode())


# One role


@pytest.mark.parametrize("related", [1, 5])
def test_role_page_is_one_query(client, django_assert_num_queries, related):
    others = [PublicationFactory() for _ in range(related)]
    stored(
        slug="baker",
        role_title="Baker",
        skills=SkillFactory.create_batch(related),
        career_moves=[move_to(other) for other in others],
    )

    with django_assert_num_queries(1):
        response = client.get("/roles/baker/")

    assert response.status_code == 200
    assert "<h1>Baker</h1>" in response.content.decode()


@pytest.mark.parametrize("related", [1, 5])
def test_role_page_that_the_reader_has_is_one_query(client, django_assert_num_queries, related):
    stored(slug="baker", skills=SkillFactory.create_batch(related))
    etag = client.get("/roles/baker/").headers["ETag"]

    with django_assert_num_queries(1) as captured:
        response = client.get("/roles/baker/", headers={"If-None-Match": etag})

    assert response.status_code == 304
    assert response.content == b""
    assert response.headers["ETag"] == etag
    assert "html" not in captured[0]["sql"]


def test_role_page_that_the_reader_has_since_then_is_not_sent_again(client):
    stored(slug="baker")
    since = client.get("/roles/baker/").headers["Last-Modified"]

    assert client.get("/roles/baker/", headers={"If-Modified-Since": since}).status_code == 304


def test_role_page_that_the_reader_has_in_an_older_version_is_sent(client, django_assert_num_queries):
    stored(slug="baker")

    with django_assert_num_queries(2):
        response = client.get("/roles/baker/", headers={"If-None-Match": '"older"'})

    assert response.status_code == 200


def test_role_page_that_another_release_stored_is_rendered_once(client, django_assert_num_queries):
    stored(slug="baker", role_title="Baker")
    PublicationPage.objects.update(release="earlier", html="old")

    first = client.get("/roles/baker/")
    with django_assert_num_queries(2):
        second = client.get("/roles/baker/")

    assert "<h1>Baker</h1>" in first.content.decode()
    assert second.content == first.content


def test_role_page_is_the_same_stored_or_rendered(client):
    stored(slug="baker")
    before = client.get("/roles/baker/")
    PublicationPage.objects.all().delete()

    after = client.get("/roles/baker/")

    assert after.content == before.content
    assert after.headers["ETag"] == before.headers["ETag"]


def test_role_page_may_be_kept_by_anyone_and_sets_no_cookie(client):
    stored(slug="baker")
    client.cookies["sessionid"] = "somebody"

    response = client.get("/roles/baker/")

    assert response.headers["Cache-Control"].startswith("public, max-age=")
    assert "s-maxage=" in response.headers["Cache-Control"]
    assert "Cookie" not in response.headers.get("Vary", "")
    assert not response.cookies


@pytest.mark.parametrize("address", ["/", "/roles/", "/roles/baker/"])
def test_pages_answer_head_and_refuse_to_be_written_to(client, address):
    stored(slug="baker")

    head = client.head(address)

    assert (head.status_code, head.content) == (200, b"")
    assert "ETag" in head.headers
    assert client.post(address).status_code == 405


def test_old_address_leads_to_the_new_one(client):
    role = stored(slug="pastry-chef")
    SlugRedirect.objects.create(old_slug="baker", role_uuid=role.role_uuid)

    response = client.get("/roles/baker/")

    assert response.status_code == 301
    assert response.headers["Location"] == "/roles/pastry-chef/"


def test_withdrawn_role_says_why_and_what_to_read_instead(client, django_assert_max_num_queries):
    bakery = JobFamilyFactory(label="Bakery")
    PublicationFactory(slug="pastry-chef", role_title="Pastry Chef", family=bakery)
    PublicationFactory(role_title="Miller", family=bakery)
    PublicationFactory(role_title="Pilot")
    PublicationFactory(
        slug="baker", role_title="Baker", family=bakery, withdrawn=True, replacement_slug="pastry-chef"
    )

    with django_assert_max_num_queries(4):
        response = client.get("/roles/baker/")

    page = response.content.decode()
    assert response.status_code == 410
    assert "It is part of another role now." in page
    assert "Read Pastry Chef instead" in page
    assert "Miller" in page
    assert "Pilot" not in page
    assert "noindex" in page


def test_withdrawn_role_follows_its_replacement_to_a_new_address(client):
    role = PublicationFactory(slug="chef", role_title="Chef")
    SlugRedirect.objects.create(old_slug="pastry-chef", role_uuid=role.role_uuid)
    PublicationFactory(slug="baker", withdrawn=True, replacement_slug="pastry-chef")

    assert "Read Chef instead" in client.get("/roles/baker/").content.decode()


def test_withdrawn_role_with_nothing_like_it(client):
    PublicationFactory(slug="baker", withdrawn=True, withdrawal_reason="")

    response = client.get("/roles/baker/")

    assert response.status_code == 410
    assert "Similar roles" not in response.content.decode()


@pytest.mark.parametrize("address", ["/roles/nobody/", "/nowhere/"])
def test_unknown_address_is_answered_kindly(client, address):
    response = client.get(address)

    assert response.status_code == 404
    assert "There is no page at this address" in response.content.decode()
    assert 'href="/roles/"' in response.content.decode()


@pytest.mark.parametrize("template", ["400.html", "404.html", "500.html"])
def test_error_page_needs_neither_context_nor_database(template, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = render_to_string(template)

    assert "Rolebook" in page
    assert page.count("<h1>") == 1


# The list


@pytest.mark.parametrize("count", [1, 5])
def test_role_list_costs_as_much_however_long_it_is(client, django_assert_num_queries, count):
    family, level = JobFamilyFactory(), LevelFactory()
    for _ in range(count):
        PublicationFactory(family=family, level=level, work_arrangement="remote")

    # The stamp of the cache before and after, the number of roles, one page of them, and four filters.
    with django_assert_num_queries(8):
        cold = client.get("/roles/")
    with django_assert_num_queries(1):
        warm = client.get("/roles/")

    assert len(titles(cold)) == count
    assert warm.content == cold.content


def test_role_list_that_the_reader_has_is_one_query(client, django_assert_num_queries):
    PublicationFactory()
    etag = client.get("/roles/").headers["ETag"]

    with django_assert_num_queries(1):
        response = client.get("/roles/", headers={"If-None-Match": etag})

    assert response.status_code == 304


def test_role_list_shows_what_is_needed_to_choose(client):
    PublicationFactory(
        slug="baker",
        role_title="Baker",
        summary="<p>Bakes <em>bread</em>.</p>",
        family=JobFamilyFactory(label="Bakery"),
        level=LevelFactory(label="Senior"),
        work_arrangement="on_site",
        pay=("GBP", 31_000, 42_500),
    )
    PublicationFactory(role_title="Miller")

    page = client.get("/roles/").content.decode()

    for said in (
        "Baker",
        "Bakes bread.",
        "Bakery",
        "Senior",
        "On site",
        "£31,000–£42,500 a year",
        "Pay not stated",
    ):
        assert said in page


def test_role_list_leaves_out_what_is_not_live(client):
    PublicationFactory(role_title="Baker")
    PublicationFactory(role_title="Miller", withdrawn=True)

    assert titles(client.get("/roles/")) == ["Baker"]


@pytest.fixture
def bakery():
    """Two families, one below the other, and roles in both."""
    bakery = JobFamilyFactory(label="Bakery")
    cakes = JobFamilyFactory(label="Cakes", parent=bakery)
    senior, junior = LevelFactory(label="Senior", rank=3), LevelFactory(label="Junior", rank=1)
    PublicationFactory(role_title="Baker", family=bakery, level=senior, work_arrangement="on_site")
    PublicationFactory(role_title="Confectioner", family=cakes, level=junior, work_arrangement="on_site")
    PublicationFactory(role_title="Decorator", family=cakes, level=senior, work_arrangement="remote")
    PublicationFactory(role_title="Accountant", locale="fr", work_arrangement="remote")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("family=bakery", ["Baker", "Confectioner", "Decorator"]),
        ("family=cakes", ["Confectioner", "Decorator"]),
        ("level=senior", ["Baker", "Decorator"]),
        ("work_arrangement=remote", ["Accountant", "Decorator"]),
        ("language=fr", ["Accountant"]),
        ("family=cakes&level=senior", ["Decorator"]),
        ("family=bakery&language=fr", []),
        ("family=nothing-of-the-kind", []),
        ("level=%00", []),
        ("family=%F0%9F%8E%82", []),
        (f"family={'x' * 5000}", []),
        ("utm_source=letter", ["Accountant", "Baker", "Confectioner", "Decorator"]),
        ("sort=level", ["Confectioner", "Baker", "Decorator", "Accountant"]),
        ("sort=newest", ["Accountant", "Decorator", "Confectioner", "Baker"]),
        ("sort=nonsense", ["Accountant", "Baker", "Confectioner", "Decorator"]),
    ],
)
def test_role_list_filters_and_sorts(client, bakery, query, found):
    assert titles(client.get(f"/roles/?{query}")) == found


def options(client, query):
    """The values of all filters with the number beside each."""
    page = client.get(f"/roles/?{query}").content.decode()
    return dict(re.findall(r'<a href="[^"]*"[^>]*>([^<]+) <span class="count">(\d+)</span>', page))


def test_role_list_counts_beside_each_value_what_it_would_find(client, bakery):
    assert options(client, "") == {
        "Bakery": "3", "Senior": "2", "Junior": "1", "On site": "2", "Remote": "2", "English": "3", "French": "1",
    }  # fmt: skip
    # A filter counts given all others, and shows the narrower families of the chosen one.
    assert options(client, "family=cakes") == {
        "Bakery": "3", "Cakes": "2", "Senior": "1", "Junior": "1", "On site": "1", "Remote": "1",
    }  # fmt: skip


def test_role_list_leads_to_the_list_without_each_filter(client, bakery):
    page = client.get("/roles/?level=senior&family=cakes&utm_source=letter").content.decode()

    assert (
        '<a href="/roles/?level=senior"><span class="hidden">Without </span>Job family: <b>Cakes</b>' in page
    )
    assert '<a href="/roles/?family=cakes"><span class="hidden">Without </span>Level: <b>Senior</b>' in page


def test_role_list_names_its_one_address(client, bakery):
    page = client.get("/roles/?utm_source=letter&sort=newest&level=senior&family=cakes").content.decode()

    assert '<link rel="canonical" href="http://testserver/roles/?family=cakes&amp;level=senior">' in page


def test_role_list_escapes_what_the_address_says(client):
    page = client.get("/roles/?family=<script>alert(1)</script>").content.decode()

    assert "<script>alert" not in page
    assert "No role is all of this" in page


def test_role_list_has_pages(client):
    for index in range(45):
        PublicationFactory(role_title=f"Role {index:02}")

    first, last = client.get("/roles/"), client.get("/roles/?page=3")

    assert titles(first) == [f"Role {index:02}" for index in range(20)]
    assert titles(last) == [f"Role {index:02}" for index in range(40, 45)]
    assert 'href="/roles/?page=3"' in first.content.decode()
    assert 'href="/roles/"' in last.content.decode()
    assert '<link rel="canonical" href="http://testserver/roles/?page=3">' in last.content.decode()


@pytest.mark.parametrize("page", ["0", "2", "-1", "one", "", "1e3", "99999999999999999999", "%00", "٢"])
def test_page_that_is_not_there_is_not_found(client, page):
    PublicationFactory()

    assert client.get(f"/roles/?page={page}").status_code == 404


def test_role_list_without_roles_says_so(client):
    response = client.get("/roles/")

    assert response.status_code == 200
    assert "No role has been published yet" in response.content.decode()


# The first page


@pytest.mark.parametrize("count", [1, 5])
def test_home_costs_as_much_however_much_there_is(client, django_assert_num_queries, count):
    for _ in range(count):
        PublicationFactory(family=JobFamilyFactory())

    # The stamp of the cache before and after, the number of roles, families, the newest roles, and moves.
    with django_assert_num_queries(6):
        client.get("/")
    with django_assert_num_queries(1):
        client.get("/")


def test_home_shows_families_with_those_below_them(client, bakery):
    page = re.sub(r"<[^>]+>|\s+", " ", client.get("/").content.decode())

    assert re.search(r"Bakery\s+3\s+roles\s+Cakes\s+2\s+roles", page)
    assert "Look at all 4 roles" in page


def test_home_shows_the_longest_ladder(client):
    head = PublicationFactory(role_title="Head Baker")
    senior = PublicationFactory(role_title="Senior Baker", career_moves=[move_to(head)])
    manager = PublicationFactory(role_title="Manager")
    baker = PublicationFactory(
        role_title="Baker", career_moves=[move_to(manager), move_to(senior), move_to(manager, "lateral")]
    )
    PublicationFactory(role_title="Apprentice", career_moves=[move_to(baker)])

    page = client.get("/").content.decode()

    steps = re.findall(
        r'<a href="/roles/[^"]+/">([^<]+)</a>', page.partition('class="ladder"')[2].partition("</ol>")[0]
    )
    assert steps == ["Apprentice", "Baker", "Senior Baker", "Head Baker"]


def test_home_shows_no_ladder_of_two_steps_and_minds_no_circle(client):
    first, second = PublicationFactory(), PublicationFactory()
    for role, to in ((first, second), (second, first)):
        role.moves.create(position=0, kind="next", target_uuid=to.role_uuid, target_slug=to.slug)

    assert 'class="ladder"' not in client.get("/").content.decode()


def test_home_before_anything_is_published(client):
    response = client.get("/")

    assert response.status_code == 200
    assert "No role has been published yet" in response.content.decode()
