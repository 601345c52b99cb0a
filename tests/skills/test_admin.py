"""The desk of the vocabulary."""

import pytest
from django.urls import reverse

from publications.models import Publication
from roles.publishing import publish, record_edition
from skills.admin import suggested
from skills.models import Skill
from tests.factories import SkillFactory, SkillLabelFactory
from tests.factories_editing import RoleProfileFactory, RoleSkillFactory, UserFactory
from tests.roles.pages import fields_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def librarian(client):
    user = UserFactory(superuser=True)
    client.force_login(user)
    return user


def suggestions(client, term, model="roleskill"):
    query = {"term": term, "app_label": "roles", "model_name": model, "field_name": "skill"}
    return client.get(reverse("admin:autocomplete"), query).json()["results"]


def test_suggestions_know_other_names_and_leave_out_retired_skills(client, librarian):
    python = SkillFactory(label="Python")
    SkillLabelFactory(skill=python, label="CPython programming")
    SkillFactory(label="Python 2", status=Skill.Status.RETIRED)

    assert suggestions(client, "cpython") == [{"id": str(python.pk), "text": "Python", "detail": "Skill"}]
    assert [one["text"] for one in suggestions(client, "python")] == ["Python"]


def test_suggestions_put_the_likeliest_first():
    for label in ("Advanced bread", "Bread baking", "Bread"):
        SkillFactory(label=label)
    SkillFactory(label="Bread oven", type=Skill.Type.TOOL)

    found = suggested(Skill.objects.all(), "bread")
    tools = suggested(Skill.objects.all(), "bread o", tools_first=True)

    assert [skill.label for skill in found] == ["Bread", "Bread baking", "Bread oven", "Advanced bread"]
    assert [skill.label for skill in tools] == ["Bread oven"]


def test_skill_is_made_in_the_middle_of_writing(client, librarian):
    SkillFactory(label="Milling", slug="sifting-flour")

    response = client.post(
        reverse("admin:skills_skill_create_in_place"), {"label": "Sifting flour", "type": "skill"}
    )

    skill = Skill.objects.get(label="Sifting flour")
    assert response.json() == {"id": str(skill.pk), "text": "Sifting flour", "detail": "Skill"}
    assert skill.slug == "sifting-flour-2"


def test_skill_that_exists_is_not_made_twice(client, librarian):
    SkillFactory(label="Baking")

    response = client.post(
        reverse("admin:skills_skill_create_in_place"), {"label": "baking", "type": "skill"}
    )

    assert response.status_code == 400
    assert "There is already a skill of this name and type." in str(response.json()["errors"])


def test_making_a_skill_needs_the_right_to(client):
    client.force_login(UserFactory(editor=True))

    response = client.post(
        reverse("admin:skills_skill_create_in_place"), {"label": "Baking", "type": "skill"}
    )

    assert response.status_code == 403


def test_list_counts_the_profiles_that_use_a_skill(client, librarian, django_assert_max_num_queries):
    skill = SkillFactory(label="Baking")
    for _ in range(2):
        RoleSkillFactory(skill=skill)

    with django_assert_max_num_queries(8):
        page = client.get(reverse("admin:skills_skill_changelist")).content.decode()

    assert "2 profiles" in page


def test_form_lists_the_profiles_that_use_a_skill(client, librarian):
    row = RoleSkillFactory(profile__role_title="Baker")

    page = client.get(reverse("admin:skills_skill_change", args=[row.skill.pk])).content.decode()

    assert reverse("admin:roles_roleprofile_change", args=[row.profile.pk]) in page


def test_list_of_uses_leads_to_the_list_of_profiles(client, librarian):
    row = RoleSkillFactory()
    RoleProfileFactory()

    url = f"{reverse('admin:roles_roleprofile_changelist')}?skills__skill__id__exact={row.skill.pk}"

    assert [profile.pk for profile in client.get(url).context["cl"].result_list] == [row.profile.pk]


def test_new_name_tells_how_many_pages_show_it(client, librarian):
    row = RoleSkillFactory(skill__label="Bakin")
    record_edition(profile=row.profile, by=None)
    publish(profile=row.profile, by=None)
    url = reverse("admin:skills_skill_change", args=[row.skill.pk])

    response = client.post(
        url, fields_of(client.get(url)) | {"label": "Baking", "_continue": "1"}, follow=True
    )

    assert "1 live page shows the change from now on." in response.content.decode()
    assert "Baking" in Publication.objects.get().document


def test_skill_in_use_cannot_be_deleted_and_the_page_says_what_to_do(client, librarian):
    row = RoleSkillFactory()
    url = reverse("admin:skills_skill_delete", args=[row.skill.pk])

    page = client.get(url).content.decode()
    client.post(url, {"post": "yes"})

    assert "is in use, so it cannot be deleted" in page
    assert "retire it" in page
    assert Skill.objects.filter(pk=row.skill.pk).exists()
