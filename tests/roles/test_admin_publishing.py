"""What makes a profile public, and takes it back, as editors see it."""

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.urls import reverse

from publications.models import Publication
from roles.admin.problems import listed
from roles.documents import Problem
from roles.models import Event, RoleProfile
from roles.publishing import publish, record_edition, withdraw
from tests.factories_editing import CareerMoveFactory, RoleProfileFactory, UserFactory

from .pages import fields_of

pytestmark = pytest.mark.django_db

LIST = "/admin/roles/roleprofile/"


def url_of(profile, page="change"):
    return reverse(f"admin:roles_roleprofile_{page}", args=[profile.pk])


def told(response):
    return " ".join(str(message) for message in response.wsgi_request._messages)


@pytest.fixture
def publisher(client):
    user = UserFactory(publisher=True)
    client.force_login(user)
    return user


def saved(title="Baker", by=None, **values):
    profile = RoleProfileFactory(role_title=title, **values)
    record_edition(profile=profile, by=by)
    profile.refresh_from_db()
    return profile


def change(profile, **values):
    RoleProfile.objects.filter(pk=profile.pk).update(**values)
    record_edition(profile=profile, by=None)


# The form's buttons


def test_publish_button_saves_and_publishes_in_one_go(client, publisher):
    profile = saved()
    data = fields_of(client.get(url_of(profile))) | {"role_title": "Master baker", "_publish": "1"}

    response = client.post(url_of(profile), data)

    publication = Publication.objects.get()
    assert response.url == url_of(profile)
    assert (publication.title, publication.edition_number) == ("Master baker", 2)
    assert 'href="/roles/' in told(response)


def test_publish_button_publishes_what_was_saved_before(client, publisher):
    profile = saved()

    client.post(url_of(profile), fields_of(client.get(url_of(profile))) | {"_publish": "1"})

    assert Publication.objects.get().edition_number == 1
    assert profile.editions.count() == 1


def test_publish_with_a_problem_saves_the_draft_and_leads_to_the_place(client, publisher):
    profile = saved()
    CareerMoveFactory(profile=profile, to=saved("Lead baker"), label="")
    data = fields_of(client.get(url_of(profile))) | {"role_title": "Master baker", "_publish": "1"}

    response = client.post(url_of(profile), data)

    profile.refresh_from_db()
    assert profile.role_title == "Master baker"
    assert not Publication.objects.exists()
    assert f'href="{url_of(profile)}#id_career_moves-0-label"' in told(response)
    assert "Career moves, row 1, Shown as" in told(response)


def test_editor_without_the_right_cannot_publish(client):
    client.force_login(UserFactory(editor=True))
    profile = saved()
    data = fields_of(client.get(url_of(profile))) | {"role_title": "Master baker", "_publish": "1"}

    response = client.post(url_of(profile), data)

    profile.refresh_from_db()
    assert profile.role_title == "Master baker"
    assert "You may not publish role profiles" in told(response)
    assert not Publication.objects.exists()


def test_somebody_who_may_publish_and_not_write_has_a_button_of_their_own(client):
    client.force_login(UserFactory(is_staff=True, may=["view_roleprofile", "publish_roleprofile"]))
    profile = saved()

    assert url_of(profile, "publish") in client.get(url_of(profile)).content.decode()
    client.post(url_of(profile, "publish"))

    assert Publication.objects.get().edition_number == 1


def test_publishing_needs_more_than_a_link(client, publisher):
    assert client.get(url_of(saved(), "publish")).status_code == 405


@pytest.mark.parametrize(
    ("problem", "link"),
    [
        (
            Problem("duties[3].percent_time", "x"),
            '#id_duties-3-percent_time">Duties, row 4, Share of time</a>',
        ),
        (Problem("sections[0]", "x"), '#sections-0">Sections, row 1</a>'),
        (Problem("slug", "x"), '#id_slug">Address</a>'),
        (Problem("alternate_titles[2].title", "x"), '#id_other_titles">Other titles</a>'),
        (Problem("", "x"), "<li>x</li>"),
        (Problem("duties[0].text", "<script>"), "&lt;script&gt;"),
    ],
)
def test_problem_leads_to_its_place_on_the_form(problem, link):
    assert link in listed([problem], RoleProfileFactory())


# The banner


def test_banner_says_what_is_live_and_what_is_not(client, publisher):
    profile = saved()

    def banner():
        page = client.get(url_of(profile)).content.decode()
        text = page[page.index('class="banner') :]
        return " ".join(text[: text.index("</div>")].split())

    assert "Never published" in banner()

    publish(profile=profile, by=None)
    assert "Edition 1 is live</a> since" in banner()
    assert "It is the last that was saved." in banner()

    for title in ("Second", "Third", "Fourth"):
        change(profile, role_title=title)
    assert "3 later editions are not public yet." in banner()

    withdraw(profile=profile, by=None, reason="Nobody bakes here any more")
    assert "because: “Nobody bakes here any more”" in banner()


# Preview


def test_preview_shows_an_edition_as_readers_would_see_it(client, publisher):
    profile = saved(summary="<p>Bakes bread before dawn.</p>")
    change(profile, summary="<p>Something newer.</p>")
    edition = profile.editions.get(number=1)

    response = client.get(f"{LIST}preview/{edition.uuid}/")

    page = response.content.decode()
    assert "Bakes bread before dawn." in page
    assert "Preview</strong> of edition 1" in page
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Robots-Tag"] == "noindex"


def test_preview_button_saves_and_leads_to_the_preview(client, publisher):
    profile = saved()
    data = fields_of(client.get(url_of(profile))) | {"role_title": "Master baker", "_preview": "1"}

    response = client.post(url_of(profile), data)

    assert response.url == f"{LIST}preview/{profile.editions.get(number=2).uuid}/"


def test_preview_of_what_cannot_be_shown_says_why(client, publisher):
    profile = saved()
    CareerMoveFactory(profile=profile, to=saved("Lead baker"), label="")
    edition = record_edition(profile=profile, by=None)

    page = client.get(f"{LIST}preview/{edition.uuid}/").content.decode()

    assert "Career moves, row 1, Shown as" in page


def test_preview_is_for_people_who_are_signed_in_and_may_see_profiles(client):
    url = f"{LIST}preview/{saved().editions.get().uuid}/"

    assert client.get(url).status_code == 302
    client.force_login(UserFactory(is_staff=True))
    assert client.get(url).status_code == 403


# Withdrawing


def test_withdraw_asks_for_the_reason_and_says_it(client, publisher):
    profile, other = saved(), saved("Lead baker")
    for each in (profile, other):
        publish(profile=each, by=None)

    assert client.post(url_of(profile, "withdraw"), {"reason": ""}).status_code == 200
    response = client.post(
        url_of(profile, "withdraw"), {"reason": "Merged", "replacement": str(other.pk)}, follow=True
    )

    publication = Publication.objects.get(role_uuid=profile.uuid)
    assert (publication.state, publication.withdrawal_reason) == ("withdrawn", "Merged")
    assert publication.replacement_slug == other.slug
    assert "is withdrawn" in response.content.decode()


def test_withdraw_refuses_a_replacement_that_is_not_public(client, publisher):
    profile, draft = saved(), saved("Draft")
    publish(profile=profile, by=None)

    response = client.post(url_of(profile, "withdraw"), {"reason": "Merged", "replacement": str(draft.pk)})

    assert "is not public, so it cannot replace this role" in response.content.decode()
    assert Publication.objects.get().state == "live"


def test_withdraw_is_for_those_who_may(client):
    client.force_login(UserFactory(editor=True))
    profile = saved()
    publish(profile=profile, by=None)

    assert client.get(url_of(profile, "withdraw")).status_code == 403
    assert "Withdraw" not in client.get(url_of(profile)).content.decode()


# Deleting


def test_draft_is_deleted_by_the_service(client):
    client.force_login(UserFactory(is_staff=True, may=["change_roleprofile", "delete_roleprofile"]))
    profile = saved()

    response = client.post(url_of(profile, "delete"), {"post": "yes"})

    assert response.url == LIST
    assert not RoleProfile.objects.exists()
    assert Event.objects.first().verb == Event.Verb.DELETED


def test_profile_that_was_public_cannot_be_deleted(client):
    client.force_login(UserFactory(superuser=True))
    profile = saved()
    publish(profile=profile, by=None)
    withdraw(profile=profile, by=None)

    response = client.post(url_of(profile, "delete"), {"post": "yes"})

    assert RoleProfile.objects.get() == profile
    assert "Withdraw it instead" in told(response)


# The list's actions


def act(client, action, profiles, **values):
    data = {"action": action, "index": "0", ACTION_CHECKBOX_NAME: [profile.pk for profile in profiles]}
    return client.post(LIST, data | values)


def test_publish_action_tells_of_each_profile(client, publisher):
    good, bad = saved("Good"), saved("Bad")
    CareerMoveFactory(profile=bad, to=saved("Draft"), label="")
    record_edition(profile=bad, by=None)

    response = act(client, "publish_selected", [good, bad])

    assert [publication.title for publication in Publication.objects.all()] == ["Good"]
    assert "Published: Good." in told(response)
    assert f'<a href="{url_of(bad)}">Bad</a>: ' in told(response)


def test_withdraw_action_asks_for_the_reason_first(client, publisher):
    profiles = [saved("One"), saved("Two")]
    for profile in profiles:
        publish(profile=profile, by=None)

    asked = act(client, "withdraw_selected", profiles)
    assert "Take 2 profiles off the site?" in asked.content.decode()
    assert Publication.objects.live().count() == 2

    response = act(client, "withdraw_selected", profiles, confirmed="yes", reason="Merged")
    assert "Withdrawn: One, Two." in told(response)
    assert not Publication.objects.live().exists()


def test_delete_action_keeps_what_was_public(client):
    client.force_login(UserFactory(superuser=True))
    draft, public = saved("Draft"), saved("Public")
    publish(profile=public, by=None)

    assert "Delete 2 profiles?" in act(client, "delete_selected", [draft, public]).content.decode()
    response = act(client, "delete_selected", [draft, public], confirmed="yes")

    assert [profile.role_title for profile in RoleProfile.objects.all()] == ["Public"]
    assert "Deleted: Draft." in told(response)
    assert "is or was public" in told(response)


def test_actions_are_offered_to_those_who_may(client):
    saved()
    client.force_login(UserFactory(editor=True))
    page = client.get(LIST).content.decode()

    for action in ("publish_selected", "withdraw_selected", "delete_selected"):
        assert action not in page
