"""The API keeps to its own description, whatever is asked of it."""

import json
from io import StringIO

import pytest
import schemathesis
import yaml
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from config.openapi import description
from config.wsgi import application
from publications.models import SlugRedirect
from roles.documents.schema import problems_with
from roles.documents.schema import schema as role_schema
from tests.factories import (
    JobFamilyFactory,
    LevelFactory,
    PublicationFactory,
    SkillFactory,
    SkillLabelFactory,
    SkillLevelTextFactory,
    SkillMappingFactory,
)

pytestmark = pytest.mark.django_db

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
CONFIG = schemathesis.Config.from_dict(
    {"generation": {"mode": "all", "max-examples": 50, "deterministic": True, "database": "none"}}
)
API = schemathesis.openapi.from_dict(json.loads(description("json")), config=CONFIG)
API.app = application


@pytest.fixture(autouse=True)
def requests_keep_the_connection():
    """As with Django's test client: the test's transaction is on it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(autouse=True)
def library():
    """Something behind every address: live, moved and withdrawn."""
    python = SkillFactory(label="Python", type="technology", uri="https://skills.example/python")
    SkillLabelFactory(skill=python)
    SkillMappingFactory(skill=python)
    SkillLevelTextFactory(skill=python)
    engineering = JobFamilyFactory(label="Engineering")
    live = PublicationFactory(
        slug="live",
        family=JobFamilyFactory(label="Software", parent=engineering),
        level=LevelFactory(label="Senior"),
        skills=[python],
        pay=("GBP", 50_000, 60_000.5),
    )
    PublicationFactory(slug="withdrawn", withdrawn=True, replacement_slug="live")
    SlugRedirect.objects.create(old_slug="moved", role_uuid=live.role_uuid)


@API.parametrize()
def test_answers_are_as_described(case):
    case.call_and_validate(checks=CHECKS)


@pytest.mark.parametrize(
    ("path", "slug", "status"),
    [
        ("/api/v1/roles/{slug}/", "live", 200),
        ("/api/v1/roles/{slug}/", "moved", 301),
        ("/api/v1/roles/{slug}/", "withdrawn", 410),
        ("/api/v1/roles/{slug}/", "nobody", 404),
        ("/api/v1/skills/{slug}/", "python", 200),
        ("/api/v1/skills/{slug}/", "nobody", 404),
        ("/api/v1/job-families/{slug}/", "software", 200),
        ("/api/v1/levels/{slug}/", "senior", 200),
        ("/api/v1/problems/{kind}/", "withdrawn", 200),
        ("/api/v1/problems/{kind}/", "invalid-parameters", 200),
    ],
)
def test_records_are_as_described(path, slug, status):
    parameter = "kind" if "{kind}" in path else "slug"
    case = API[path]["GET"].Case(path_parameters={parameter: slug})

    response = case.call(follow_redirects=False)
    case.validate_response(response, checks=CHECKS)

    assert response.status_code == status


def test_the_description_is_valid_and_made_without_a_warning():
    call_command("spectacular", validate=True, fail_on_warn=True, stdout=StringIO())


def test_the_description_is_the_same_in_json_and_yaml(client):
    as_json = client.get("/api/v1/schema/")
    as_yaml = client.get("/api/v1/schema/?format=yaml")

    assert as_json.headers["Content-Type"] == "application/vnd.oai.openapi+json"
    assert as_yaml.headers["Content-Type"] == "application/yaml"
    assert as_json.json() == yaml.safe_load(as_yaml.content)
    assert as_json.json()["openapi"] == "3.1.0"


def test_the_description_does_not_depend_on_the_database_behind():
    """SQLite and PostgreSQL hold integers of different sizes, which is nobody else's business."""
    assert "9223372036854775807" not in description("json").decode()


def test_every_list_and_record_is_described_with_its_errors():
    described = {path: set(item["get"]["responses"]) for path, item in API.raw_schema["paths"].items()}

    lists = {"200", "304", "400"}
    records = {"200", "304", "400", "404"}
    assert described == {
        "/api/v1/": {"200", "400"},
        "/api/v1/problems/{kind}/": {"200", "400", "404"},
        "/api/v1/roles/": lists,
        "/api/v1/roles/{slug}/": records | {"301", "410"},
        "/api/v1/skills/": lists,
        "/api/v1/skills/{slug}/": records,
        "/api/v1/job-families/": lists,
        "/api/v1/job-families/{slug}/": records,
        "/api/v1/levels/": lists,
        "/api/v1/levels/{slug}/": records,
    }


@pytest.mark.parametrize("shape", ["document", "source"])
def test_the_schemas_of_the_role_document_are_served(client, shape):
    response = client.get(f"/api/v1/schemas/role-{shape}.json")

    assert response.headers["Content-Type"] == "application/schema+json"
    assert response.json() == role_schema(shape)


@pytest.mark.parametrize(
    "url", ["/api/v1/schema/", "/api/v1/schema/?format=yaml", "/api/v1/schemas/role-document.json"]
)
def test_descriptions_need_no_query_and_are_not_sent_twice(client, django_assert_num_queries, url):
    with django_assert_num_queries(0):
        etag = client.get(url).headers["ETag"]

        assert client.get(url, headers={"If-None-Match": etag}).status_code == 304


def test_what_factories_publish_is_a_valid_document(client):
    assert problems_with(client.get("/api/v1/roles/live/").json(), "document") == []


def test_root_lists_what_there_is(client):
    resources = client.get("/api/v1/").json()

    assert resources["roles"] == "/api/v1/roles/"
    for url in resources.values():
        assert client.get(url).status_code == 200


@pytest.mark.parametrize(
    "url",
    [
        "/api/v1/nothing/",
        "/api/v1/roles/live/nothing/",
        "/api/v1/roles/a%20b/",
        "/api/v1/roles/%00/",
        "/api/v1/roles/%F0%9F%98%80/",
        "/api/v1/problems/nothing/",
        "/api/v1/schemas/role-nothing.json",
    ],
)
def test_where_there_is_nothing_the_api_says_so(client, url):
    response = client.get(url)

    # Only what could be an address is sent on to the one with a slash.
    if response.status_code == 301:
        response = client.get(response.headers["Location"])
    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["title"] == "Not Found"


def test_an_address_without_its_slash_is_sent_on(client):
    response = client.get("/api/v1/roles")

    assert response.status_code == 301
    assert response.headers["Location"] == "/api/v1/roles/"


@pytest.mark.parametrize("url", ["/api/v1/schema/?format=xml", "/api/v1/schema/?lang=en", "/api/v1/?a=1"])
def test_parameters_that_mean_nothing_are_refused(client, url):
    assert client.get(url).status_code == 400


def test_far_too_many_parameters_are_a_problem_document_too(client, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10
    response = client.get("/api/v1/roles/?" + "&".join(f"a{n}=1" for n in range(20)))

    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"


def test_an_error_of_ours_is_a_problem_document_and_tells_nothing(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("roles.api.role.stored_document", lambda *_: 1 / 0)

    response = client.get("/api/v1/roles/live/")

    assert response.status_code == 500
    assert response.headers["Content-Type"] == "application/problem+json"
    assert b"Zero" not in response.content


@pytest.mark.django_db(transaction=True)
def test_documentation_works_in_a_browser_under_the_content_security_policy(live_server, page):
    page.goto(f"{live_server.url}/api/v1/docs/")

    page.wait_for_selector("text=Published roles")
    page.click("text=Published roles")
    page.click("text=Execute")
    page.wait_for_selector(".live-responses-table >> text=200")
