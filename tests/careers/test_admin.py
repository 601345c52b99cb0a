"""The desk of the career framework."""

import pytest
from django.urls import reverse

from careers.models import JobFamily, SalaryBand
from tests.factories import JobFamilyFactory, LevelFactory
from tests.factories_editing import RolePayFactory, RoleProfileFactory, SalaryBandFactory, UserFactory
from tests.roles.pages import fields_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def analyst(client):
    user = UserFactory(superuser=True)
    client.force_login(user)
    return user


def test_family_in_use_cannot_be_deleted(client):
    profile = RoleProfileFactory(role_title="Baker", job_family=JobFamilyFactory())
    url = reverse("admin:careers_jobfamily_delete", args=[profile.job_family.pk])

    page = client.get(url).content.decode()

    assert "is in use, so it cannot be deleted" in page
    assert "Baker" in page
    assert JobFamily.objects.exists()


def test_list_of_bands_says_what_is_paid_and_who_shows_it(client):
    band = SalaryBandFactory(with_amounts=True)
    RolePayFactory(band=band)

    page = client.get(reverse("admin:careers_salaryband_changelist")).content.decode()

    assert "GBP 45,000–60,000 / year" in page
    assert "1 profile" in page


def test_band_whose_amounts_are_not_in_order_is_refused_in_words(client):
    band = SalaryBandFactory(with_amounts=True)
    url = reverse("admin:careers_salaryband_change", args=[band.pk])

    response = client.post(url, fields_of(client.get(url)) | {"minimum": "70000"})

    assert "is more than" in response.content.decode()
    assert SalaryBand.objects.get().minimum == 45_000


@pytest.mark.parametrize("name", ["jobfamily", "level", "levelscale", "salaryband"])
def test_saving_without_a_change_is_accepted(client, name):
    SalaryBandFactory(with_amounts=True)
    LevelFactory()
    JobFamilyFactory()
    listed = client.get(reverse(f"admin:careers_{name}_changelist")).context["cl"].result_list
    url = reverse(f"admin:careers_{name}_change", args=[listed[0].pk])

    assert client.post(url, fields_of(client.get(url)) | {"_save": "1"}).status_code == 302
