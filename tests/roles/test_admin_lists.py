"""The list of profiles, the dashboard, and the menu."""

import datetime

import pytest
from django.urls import reverse

from publications.models import Publication
from roles.models import RoleProfile
from roles.publishing import publish, record_edition, withdraw
from tests.factories_editing import AlternateTitleFactory, RoleProfileFactory, UserFactory

pytestmark = pytest.mark.django_db

LIST = "/admin/roles/roleprofile/"
YESTERDAY = datetime.date(2020, 1, 1)


def saved(title, **values):
    profile = RoleProfileFactory(role_title=title, **values)
    record_edition(profile=profile, by=None)
    profile.refresh_from_db()
    return profile


@pytest.fixture
def editor(client):
    user = UserFactory(editor=True, first_name="Dana")
    client.force_login(user)
    return user


@pytest.fixture
def one_of_each(editor):
    """A profile of each standing."""
    saved("A draft", owner=editor, review_due_on=YESTERDAY)
    publish(profile=saved("A live one"), by=None)
    changed = saved("A changed one")
    publish(profile=changed, by=None)
    RoleProfile.objects.filter(pk=changed.pk).update(region="GB", owner=editor)
    record_edition(profile=changed, by=None)
    withdrawn = saved("A withdrawn one")
    publish(profile=withdrawn, by=None)
    withdraw(profile=withdrawn, by=None, reason="Over")


def titles(response):
    return sorted(profile.role_title for profile in response.context["cl"].result_list)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["A changed one", "A draft", "A live one", "A withdrawn one"]),
        ("standing=draft", ["A draft"]),
        ("standing=live", ["A live one"]),
        ("standing=changed", ["A changed one"]),
        ("standing=withdrawn", ["A withdrawn one"]),
        ("review=overdue", ["A draft"]),
        ("review=none", ["A changed one", "A live one", "A withdrawn one"]),
        ("owner=me", ["A changed one", "A draft"]),
        ("owner=nobody", ["A live one", "A withdrawn one"]),
        ("owner=everybody", []),
        ("q=withdrawn", ["A withdrawn one"]),
    ],
)
def test_list_is_narrowed_down(client, one_of_each, query, expected):
    assert titles(client.get(f"{LIST}?{query}")) == expected


def test_list_says_where_each_profile_stands(client, one_of_each):
    page = client.get(LIST).content.decode()

    for standing in ("draft", "live", "changed", "withdrawn"):
        assert page.count(f'class="badge badge--{standing}"') == 1
    assert "1\N{NO-BREAK SPACE}Jan\N{NO-BREAK SPACE}2020 overdue" in page


def test_list_finds_profiles_by_their_other_titles(client, editor):
    AlternateTitleFactory(profile=saved("Baker"), title="Miller")

    assert titles(client.get(f"{LIST}?q=miller")) == ["Baker"]


@pytest.mark.parametrize("number", [1, 20])
def test_list_query_count_does_not_grow(client, editor, django_assert_max_num_queries, number):
    for index in range(number):
        publish(profile=saved(f"Role {index}", owner=editor), by=None)

    with django_assert_max_num_queries(11):
        client.get(LIST)


def test_dashboard_counts_lead_to_what_they_count(client, one_of_each):
    response = client.get("/admin/")

    counted = {card.name: card.number for card in response.context["cards"]}
    assert counted == {"draft": 1, "changed": 1, "live": 1, "overdue": 1, "withdrawn": 1}
    for card in response.context["cards"]:
        assert len(titles(client.get(card.url))) == card.number


def test_dashboard_tells_what_happened_and_what_is_unfinished(client, one_of_each):
    page = client.get("/admin/").content.decode()

    assert "“A withdrawn one” was withdrawn" in page
    assert "<q>Over</q>" in page
    assert "Yours to finish" in page
    assert "Good to see you, Dana" in page


@pytest.mark.parametrize("number", [1, 20])
def test_dashboard_query_count_does_not_grow(client, editor, django_assert_max_num_queries, number):
    for index in range(number):
        publish(profile=saved(f"Role {index}", owner=editor), by=None)

    with django_assert_max_num_queries(10):
        client.get("/admin/")


def test_first_visit_says_how_to_begin(client, editor):
    page = client.get("/admin/").content.decode()

    assert "Write the first role profile" in page


def test_menu_shows_what_somebody_may_see(client):
    client.force_login(UserFactory(is_staff=True, may=["view_skill"]))

    page = client.get("/admin/").content.decode()

    assert "Skills and tools" in page
    assert "Role profiles" not in page
    assert "What happened lately" not in page


@pytest.mark.parametrize(
    "name", ["roles_edition", "roles_event", "publications_publication", "publications_slugredirect"]
)
def test_history_is_there_to_be_read_and_not_to_be_changed(client, one_of_each, name):
    client.force_login(UserFactory(superuser=True))

    response = client.get(reverse(f"admin:{name}_changelist"))
    assert response.status_code == 200
    assert client.get(reverse(f"admin:{name}_add")).status_code == 403
    for record in response.context["cl"].result_list[:1]:
        page = client.get(reverse(f"admin:{name}_change", args=[record.pk]))
        assert page.status_code == 200
        assert 'name="_save"' not in page.content.decode()


def test_every_page_of_the_desk_opens(client, one_of_each):
    client.force_login(UserFactory(superuser=True))

    for group in client.get("/admin/").context["app_list"]:
        for model in group["models"]:
            assert client.get(model["admin_url"]).status_code == 200, model["name"]
            if model["add_url"]:
                assert client.get(model["add_url"]).status_code == 200, model["name"]
    assert Publication.objects.exists()
