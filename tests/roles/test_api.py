import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from publications.models import Publication, SlugRedirect
from tests.factories import JobFamilyFactory, LevelFactory, PublicationFactory, SkillFactory

pytestmark = pytest.mark.django_db

ROLES = "/api/v1/roles/"
PROBLEM = "application/problem+json"


def slugs(response):
    assert response.status_code == 200, response.content
    return [role["slug"] for role in response.json()["results"]]


# The list


def test_role_list_shows_a_role_whole(client):
    engineering = JobFamilyFactory(label="Engineering")
    role = PublicationFactory(
        slug="baker",
        role_title="Baker",
        summary="<p>Bakes <em>bread</em>.</p>",
        family=JobFamilyFactory(label="Ovens", parent=engineering),
        level=LevelFactory(label="Senior", rank=3),
        region="GB",
        work_arrangement="on_site",
        pay=("GBP", 31_000, 42_500.5),
    )

    response = client.get(ROLES)

    assert response.headers["Content-Type"] == "application/json"
    assert response.json() == {
        "count": 1,
        "page": 1,
        "page_size": 20,
        "page_count": 1,
        "next": None,
        "previous": None,
        "results": [
            {
                "uuid": str(role.role_uuid),
                "slug": "baker",
                "title": "Baker",
                "url": "/roles/baker/",
                "api_url": "/api/v1/roles/baker/",
                "summary": "Bakes bread.",
                "family": "ovens",
                "family_label": "Ovens",
                "level": "senior",
                "level_label": "Senior",
                "level_rank": 3,
                "language": "en",
                "region": "GB",
                "work_arrangement": "on_site",
                "pay_currency": "GBP",
                "pay_minimum": 31_000,
                "pay_maximum": 42_500.5,
                "pay_text": role.pay_text,
                "document_hash": role.document_hash,
                "seq": 1,
                "first_published_at": "2026-01-15T09:30:00Z",
                "published_at": "2026-01-15T09:30:00Z",
            }
        ],
    }


def test_role_list_leaves_open_what_the_role_does_not_state(client):
    PublicationFactory()

    role = client.get(ROLES).json()["results"][0]

    assert role["level_rank"] is role["pay_minimum"] is role["pay_maximum"] is None
    assert role["family"] == role["level"] == role["pay_currency"] == role["pay_text"] == ""


def test_role_list_is_empty_before_anything_was_published(client):
    assert client.get(ROLES).json()["results"] == []


def test_role_list_shows_live_roles_only(client):
    PublicationFactory(slug="withdrawn", withdrawn=True)
    PublicationFactory(slug="live")

    assert slugs(client.get(ROLES)) == ["live"]


@pytest.mark.parametrize("count", [1, 5])
def test_role_list_queries(client, django_assert_num_queries, count):
    """Cold: the stamp, how many, which, the roles, the stamp again. Warm and 304: the stamp."""
    for _ in range(count):
        PublicationFactory(
            family=JobFamilyFactory(), level=LevelFactory(), skills=[SkillFactory(), SkillFactory()]
        )

    with django_assert_num_queries(5):
        cold = client.get(ROLES)
    with django_assert_num_queries(1):
        warm = client.get(ROLES)
    with django_assert_num_queries(1):
        held = client.get(ROLES, headers={"If-None-Match": cold.headers["ETag"]})

    assert cold.json()["count"] == count
    assert warm.content == cold.content
    assert held.status_code == 304


def test_role_list_does_not_read_the_documents(client):
    PublicationFactory()

    with CaptureQueriesContext(connection) as queries:
        client.get(ROLES)

    assert not any('"document"' in query["sql"] for query in queries)


# Filters


@pytest.fixture
def library():
    engineering = JobFamilyFactory(label="Engineering")
    software = JobFamilyFactory(label="Software", parent=engineering)
    design = JobFamilyFactory(label="Design")
    junior, senior = LevelFactory(label="Junior", rank=1), LevelFactory(label="Senior", rank=3)
    python, sql = SkillFactory(label="Python"), SkillFactory(label="SQL")
    PublicationFactory(
        slug="a",
        role_title="A",
        family=software,
        level=senior,
        skills=[python, sql, python],
        region="US-CO",
        work_arrangement="remote",
        pay=("USD", 100_000, 150_000),
    )
    PublicationFactory(
        slug="b",
        role_title="B",
        family=engineering,
        level=junior,
        skills=[sql],
        region="US",
        work_arrangement="hybrid",
        pay=("USD", 60_000, 80_000),
    )
    PublicationFactory(slug="c", role_title="C", family=design, locale="fr", pay=("EUR", 100_000, 150_000))
    PublicationFactory(slug="d", role_title="D", region="USX"[:2] + "-X")


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "abcd"),
        ("family=software", "a"),
        ("family=engineering", "ab"),
        ("family=engineering&family=software", "ab"),
        ("family=software&family=design", "ac"),
        ("level=junior", "b"),
        ("level=junior&level=senior", "ab"),
        ("level_rank_min=2", "a"),
        ("level_rank_max=1", "b"),
        ("level_rank_min=1&level_rank_max=3", "ab"),
        ("skill=python", "a"),
        ("skill=sql", "ab"),
        ("skill=sql&skill=python", "ab"),
        ("language=fr", "c"),
        ("language=FR", "c"),
        ("language=de", ""),
        ("region=US", "abd"),
        ("region=us-co", "a"),
        ("region=GB", ""),
        ("work_arrangement=remote", "a"),
        ("currency=USD", "ab"),
        ("currency=usd&pay_minimum=80000", "ab"),
        ("currency=USD&pay_minimum=80001", "a"),
        ("currency=USD&pay_maximum=99999", "b"),
        ("currency=EUR&pay_minimum=1&pay_maximum=100000", "c"),
        ("currency=JPY", ""),
        ("ordering=title", "abcd"),
        ("ordering=-title", "dcba"),
        ("ordering=level_rank", "bacd"),
        ("ordering=-level_rank", "abcd"),
        ("ordering=published_at", "abcd"),
        ("family=engineering&level=senior&skill=sql&region=US&page_size=1", "a"),
    ],
)
def test_role_list_filters(client, query, found):
    assert slugs(client.get(f"{ROLES}?{query}")) == list(found)


LONG = "x" * 5_000
HUGE = "9" * 5_000


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("colour=red", "colour"),
        ("familly=design", "familly"),
        (f"{LONG}=1", "x" * 100),
        ("family=nobody", "family"),
        ("family=software&family=nobody", "family"),
        ("family=%00", "family"),
        (f"family={LONG}", "family"),
        ("&".join(f"family=f{n}" for n in range(21)), "family"),
        ("level=nobody", "level"),
        ("level=1%00", "level"),
        ("skill=nobody", "skill"),
        ("skill=a%20b", "skill"),
        ("skill=%F0%9F%98%80", "skill"),
        ("skill=%FF%FE", "skill"),
        ("level_rank_min=x", "level_rank_min"),
        ("level_rank_min=-1", "level_rank_min"),
        ("level_rank_max=9223372036854775808", "level_rank_max"),
        (f"level_rank_max={HUGE}", "level_rank_max"),
        ("language=en-GB", "language"),
        ("language=%00", "language"),
        ("region=Texas", "region"),
        ("region=US-%00", "region"),
        ("work_arrangement=nowhere", "work_arrangement"),
        ("currency=dollars", "currency"),
        ("pay_minimum=50000", "pay_minimum"),
        ("pay_maximum=50000", "pay_maximum"),
        ("currency=USD&pay_minimum=2&pay_maximum=1", "pay_minimum"),
        ("currency=USD&pay_minimum=NaN", "pay_minimum"),
        ("currency=USD&pay_minimum=1e400", "pay_minimum"),
        ("currency=USD&pay_minimum=9223372036854775808", "pay_minimum"),
        ("ordering=salary", "ordering"),
        ("ordering=title,-title", "ordering"),
        ("page=0", "page"),
        ("page=2", "page"),
        ("page=-1", "page"),
        ("page=last", "page"),
        ("page=9223372036854775808", "page"),
        (f"page={HUGE}", "page"),
        ("page=%C2%B2", "page"),
        ("page_size=0", "page_size"),
        ("page_size=101", "page_size"),
        ("page_size=1.5", "page_size"),
        ("page_size=%00", "page_size"),
        ("page=1&page=1", "page"),
        ("region=US&region=GB", "region"),
        ("family=", "family"),
        ("page=", "page"),
        ("currency=%20", "currency"),
    ],
)
def test_role_list_refuses_what_it_does_not_understand(client, query, parameter):
    response = client.get(f"{ROLES}?{query}")

    assert response.status_code == 400
    assert response.headers["Content-Type"] == PROBLEM
    problem = response.json()
    assert problem["type"] == "/api/v1/problems/invalid-parameters/"
    assert problem["status"] == 400
    assert [error["parameter"] for error in problem["errors"]] == [parameter]
    assert len(response.content) < 2_000
    assert "\\u0000" not in response.text


def test_role_list_says_everything_that_is_wrong_at_once(client):
    response = client.get(f"{ROLES}?familly=x&work_arrangement=moon&page_size=1000&currency=")

    assert response.json() == {
        "type": "/api/v1/problems/invalid-parameters/",
        "title": "Parameters are not as they should be",
        "status": 400,
        "detail": response.json()["detail"],
        "errors": [
            {
                "parameter": "familly",
                "message": "There is no such parameter here. Did you mean family?",
                "allowed": [
                    "currency",
                    "family",
                    "language",
                    "level",
                    "level_rank_max",
                    "level_rank_min",
                    "ordering",
                    "page",
                    "page_size",
                    "pay_maximum",
                    "pay_minimum",
                    "region",
                    "skill",
                    "work_arrangement",
                ],
            },
            {"parameter": "currency", "message": "It is empty. Leave it out instead."},
            {"parameter": "page_size", "message": "Give a whole number from 1 to 100."},
            {
                "parameter": "work_arrangement",
                "message": "It is not one of the values allowed.",
                "allowed": ["on_site", "hybrid", "remote"],
            },
        ],
    }


def test_role_list_does_not_explain_thousands_of_errors(client):
    response = client.get(f"{ROLES}?" + "&".join(f"colour{n}=red" for n in range(2_000)))

    assert response.status_code == 400
    assert len(response.json()["errors"]) == 20


def test_role_list_says_where_the_slugs_are_listed(client):
    error = client.get(f"{ROLES}?family=nobody").json()["errors"][0]

    assert error["message"] == "“nobody” is not known. /api/v1/job-families/ lists what is."


@pytest.mark.parametrize("parameter", ["family", "level", "skill"])
def test_role_list_does_not_know_what_only_withdrawn_roles_had(client, parameter):
    PublicationFactory(
        family=JobFamilyFactory(slug="old"),
        level=LevelFactory(slug="old"),
        skills=[SkillFactory(slug="old")],
        withdrawn=True,
    )

    assert client.get(f"{ROLES}?{parameter}=old").status_code == 400


def test_errors_are_not_kept(client):
    response = client.get(f"{ROLES}?page=7")

    assert response.headers["Cache-Control"] == "no-cache"
    assert "ETag" not in response.headers


# Pages


def test_role_list_links_its_pages_and_keeps_the_filters(client):
    PublicationFactory.create_batch(5, region="GB")

    first = client.get(f"{ROLES}?region=GB&page_size=2").json()
    second = client.get(first["next"]).json()
    third = client.get(second["next"]).json()

    assert (first["count"], first["page_count"], first["previous"]) == (5, 3, None)
    assert second["next"] == "http://testserver/api/v1/roles/?region=GB&page_size=2&page=3"
    assert second["previous"] == "http://testserver/api/v1/roles/?region=GB&page_size=2&page=1"
    assert third["next"] is None
    pages = [role["slug"] for page in (first, second, third) for role in page["results"]]
    assert pages == sorted(pages)
    assert len(set(pages)) == 5


def test_role_list_may_be_read_in_one_page_of_100(client):
    PublicationFactory.create_batch(3)

    assert len(slugs(client.get(f"{ROLES}?page_size=100"))) == 3


# One role


@pytest.mark.parametrize("related", [1, 5])
def test_role_detail_hands_out_the_stored_document(client, django_assert_num_queries, related):
    role = PublicationFactory(
        slug="baker", family=JobFamilyFactory(), skills=SkillFactory.create_batch(related)
    )

    with django_assert_num_queries(1):
        response = client.get("/api/v1/roles/baker/")

    assert response.content == role.document.encode()
    assert len(response.json()["skills"]) == related
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["ETag"] == f'"{role.document_hash}"'
    assert response.headers["Last-Modified"] == "Thu, 15 Jan 2026 09:30:00 GMT"
    assert "public" in response.headers["Cache-Control"]
    assert not response.cookies


@pytest.mark.parametrize(
    "held",
    [
        {"If-None-Match": '"{hash}"'},
        {"If-None-Match": 'W/"{hash}"'},
        {"If-None-Match": "*"},
        {"If-Modified-Since": "Thu, 15 Jan 2026 09:30:00 GMT"},
    ],
)
def test_role_detail_answers_the_holder_of_the_latest_with_one_narrow_query(client, held):
    role = PublicationFactory(slug="baker")
    headers = {name: value.format(hash=role.document_hash) for name, value in held.items()}

    with CaptureQueriesContext(connection) as queries:
        response = client.get("/api/v1/roles/baker/", headers=headers)

    assert response.status_code == 304
    assert response.content == b""
    assert response.headers["ETag"] == f'"{role.document_hash}"'
    assert "public" in response.headers["Cache-Control"]
    assert len(queries) == 1
    assert '"document"' not in queries[0]["sql"]


@pytest.mark.parametrize(
    "held", [{"If-None-Match": '"old"'}, {"If-Modified-Since": "Wed, 14 Jan 2026 09:30:00 GMT"}]
)
def test_role_detail_answers_the_holder_of_something_older_with_two_queries(
    client, django_assert_num_queries, held
):
    role = PublicationFactory(slug="baker")

    with django_assert_num_queries(2):
        response = client.get("/api/v1/roles/baker/", headers=held)

    assert response.content == role.document.encode()


def test_role_detail_head(client):
    role = PublicationFactory(slug="baker")

    response = client.head("/api/v1/roles/baker/")

    assert response.status_code == 200
    assert response.content == b""
    assert response.headers["ETag"] == f'"{role.document_hash}"'


def test_role_detail_of_a_withdrawn_role_says_why_when_and_what_instead(client):
    role = PublicationFactory(slug="baker", role_title="Baker", withdrawn=True, replacement_slug="cook")
    PublicationFactory(slug="cook", role_title="Cook")

    response = client.get("/api/v1/roles/baker/")

    assert response.status_code == 410
    assert response.headers["Content-Type"] == PROBLEM
    assert response.headers["Cache-Control"] == "no-cache"
    assert response.json() == {
        "type": "/api/v1/problems/withdrawn/",
        "title": "This role has been withdrawn",
        "status": 410,
        "detail": "It is part of another role now.",
        "uuid": str(role.role_uuid),
        "slug": "baker",
        "reason": "It is part of another role now.",
        "withdrawn_at": "2026-01-15T09:30:00Z",
        "replacement": {
            "slug": "cook",
            "title": "Cook",
            "url": "/roles/cook/",
            "api_url": "/api/v1/roles/cook/",
        },
        "seq": 1,
    }


@pytest.mark.parametrize("state", [Publication.State.WITHDRAWN, Publication.State.GONE])
def test_role_detail_of_what_was_public_is_gone_without_a_trace_of_the_text(client, state):
    PublicationFactory(slug="baker", role_title="Secret title", withdrawn=True, state=state)

    response = client.get("/api/v1/roles/baker/")

    assert response.status_code == 410
    assert response.json()["replacement"] is None
    assert b"Secret" not in response.content


def test_role_detail_follows_a_replacement_that_moved_and_names_none_that_is_gone(client):
    moved = PublicationFactory(slug="chef")
    SlugRedirect.objects.create(old_slug="cook", role_uuid=moved.role_uuid)
    PublicationFactory(slug="baker", withdrawn=True, replacement_slug="cook")
    PublicationFactory(slug="miller", withdrawn=True, replacement_slug="baker")

    assert client.get("/api/v1/roles/baker/").json()["replacement"]["slug"] == "chef"
    assert client.get("/api/v1/roles/miller/").json()["replacement"] is None


def test_role_detail_redirects_from_an_old_address(client):
    role = PublicationFactory(slug="pastry-chef")
    SlugRedirect.objects.create(old_slug="baker", role_uuid=role.role_uuid)

    response = client.get("/api/v1/roles/baker/")

    assert response.status_code == 301
    assert response.headers["Location"] == "/api/v1/roles/pastry-chef/"
    assert response.content == b""


@pytest.mark.parametrize("slug", ["nobody", "x" * 5_000, "9" * 30])
def test_role_detail_of_what_never_was_public_is_not_found(client, slug):
    response = client.get(f"/api/v1/roles/{slug}/")

    assert response.status_code == 404
    assert response.headers["Content-Type"] == PROBLEM
    assert response.headers["Cache-Control"] == "no-cache"
    assert response.json() == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "No role is or was published at this address.",
    }


def test_role_detail_refuses_parameters(client):
    PublicationFactory(slug="baker")

    response = client.get("/api/v1/roles/baker/?fields=title")

    assert response.status_code == 400
    assert response.json()["errors"] == [
        {"parameter": "fields", "message": "There is no such parameter here.", "allowed": []}
    ]


@pytest.mark.parametrize("url", [ROLES, "/api/v1/roles/baker/", "/api/v1/skills/", "/api/v1/nothing/"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client, url, method):
    PublicationFactory(slug="baker")

    response = getattr(client, method)(url)

    assert response.status_code == 405
    assert response.headers["Content-Type"] == PROBLEM
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert response.json()["title"] == "Method Not Allowed"


@pytest.mark.parametrize("url", [ROLES, "/api/v1/roles/baker/"])
def test_options_names_the_methods(client, url):
    response = client.options(url)

    assert response.status_code == 200
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "nonsense", "application/json"])
def test_answers_are_json_whatever_is_accepted(client, accept):
    PublicationFactory(slug="baker")

    for url in (ROLES, "/api/v1/roles/baker/"):
        response = client.get(url, headers={"Accept": accept})

        assert response.status_code == 200
        assert json.loads(response.content)
        assert "Vary" not in response.headers
