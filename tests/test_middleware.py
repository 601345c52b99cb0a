"""The public site is the same for everyone; only the admin knows who is asking."""

import pytest
from csp.decorators import csp_exempt, csp_update
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path


def who_is_asking(request):
    return HttpResponse(f"session: {hasattr(request, 'session')}, user: {hasattr(request, 'user')}")


urlpatterns = [
    path("public/", who_is_asking),
    path("public/with-map/", csp_update({"img-src": ["https://map.example"]})(who_is_asking)),
    path("public/exempt/", csp_exempt()(who_is_asking)),
    path("admin/private/", who_is_asking),
    path("", include("config.urls")),
]


@pytest.mark.urls(__name__)
def test_public_page_has_no_session_and_sets_no_cookie(client):
    response = client.get("/public/")

    assert response.content == b"session: False, user: False"
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.urls(__name__)
def test_admin_page_has_session_and_user(client):
    response = client.get("/admin/private/")

    assert response.content == b"session: True, user: True"


@pytest.mark.urls(__name__)
def test_admin_refuses_a_form_without_csrf_token():
    client = Client(enforce_csrf_checks=True)

    response = client.post("/admin/private/")

    assert response.status_code == 403


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("url", ["/public/", "/admin/private/"])
def test_no_page_may_run_inline_script(client, url):
    policy = client.get(url).headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    # In no order, as django-csp writes them.
    assert "script-src 'self'" in [directive.strip() for directive in policy.split(";")]
    assert "unsafe" not in policy


@pytest.mark.urls(__name__)
def test_public_page_may_extend_its_policy(client):
    assert "https://map.example" in client.get("/public/with-map/").headers["Content-Security-Policy"]
    assert "Content-Security-Policy" not in client.get("/public/exempt/").headers


@pytest.mark.django_db
def test_sign_in_cookies_are_kept_to_the_admin(client):
    User.objects.create_superuser("boss", password="a long enough password")

    response = client.post(
        "/admin/login/?next=/admin/", {"username": "boss", "password": "a long enough password"}
    )

    assert response.status_code == 302
    assert {cookie["path"] for cookie in response.cookies.values()} == {"/admin/"}


@pytest.mark.django_db
def test_admin_works_in_a_browser_under_the_content_security_policy(live_server, page):
    User.objects.create_superuser("boss", password="a long enough password")

    page.goto(f"{live_server.url}/admin/")
    page.fill("#id_username", "boss")
    page.fill("#id_password", "a long enough password")
    page.click("input[type=submit]")

    assert page.title().startswith("Dashboard")
