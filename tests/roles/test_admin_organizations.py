"""The desk of those who publish profiles."""

import json

import pytest
from django.urls import reverse

from publications.models import Publication
from roles.publishing import publish, record_edition
from tests.factories_editing import (
    OrganizationContactFactory,
    OrganizationFactory,
    RoleProfileFactory,
    UserFactory,
)

from .pages import fields_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def organization(client):
    client.force_login(UserFactory(superuser=True))
    organization = OrganizationFactory(clients=["Mill & Co"])
    OrganizationContactFactory(organization=organization, department="Press")
    profile = RoleProfileFactory(publisher=organization)
    record_edition(profile=profile, by=None)
    publish(profile=profile, by=None)
    return organization


def change(client, organization, **values):
    url = reverse("admin:roles_organization_change", args=[organization.pk])
    response = client.post(url, fields_of(client.get(url)) | {"_continue": "1"} | values, follow=True)
    return response.content.decode()


def published():
    return json.loads(Publication.objects.get().document)["publisher"]


def test_what_pages_say_about_their_publisher_follows(client, organization):
    page = change(client, organization, clients="Mill & Co\r\nOven Ltd")

    assert "1 live page shows the change from now on." in page
    assert published()["clients"] == ["Mill & Co", "Oven Ltd"]


def test_contacts_follow_too(client, organization):
    page = change(client, organization, **{"contacts-0-department": "Newsroom"})

    assert "1 live page shows the change from now on." in page
    assert [contact["department"] for contact in published()["contacts"]] == ["Newsroom"]


def test_saving_without_a_change_touches_no_page(client, organization):
    page = change(client, organization)

    assert "from now on" not in page
