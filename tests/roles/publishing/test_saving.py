"""A save covers the profile and all its rows, and only one of two people who opened the same version gets through."""

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction

from roles.models import Duty, Event, RoleProfile
from roles.publishing import StaleSave, claim, record_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def dana():
    return get_user_model().objects.create_user("dana")


@pytest.fixture
def nurse():
    return RoleProfile.objects.create(slug="nurse", role_title="Nurse")


def edit(profile, by, title, lock_version):
    """What the admin does with a form."""
    with transaction.atomic():
        claim(profile=profile, lock_version=lock_version)
        profile.role_title = title
        profile.save()
        Duty.objects.create(profile=profile, text=title)
        return record_edition(profile=profile, by=by, note="From a form")


def test_a_save_leaves_an_edition_with_everything(nurse, dana):
    edition = edit(nurse, dana, "Ward nurse", lock_version=0)

    assert (edition.number, edition.created_by, edition.note) == (1, dana, "From a form")
    assert '"role_title":"Ward nurse"' in edition.source
    assert '"text":"Ward nurse"' in edition.source
    nurse.refresh_from_db()
    assert (nurse.edition, nurse.lock_version) == (edition, 1)
    assert Event.objects.get().verb == "created"


def test_a_stale_save_writes_nothing_and_says_who_was_first(nurse, dana):
    first, second = RoleProfile.objects.get(), RoleProfile.objects.get()
    edit(first, dana, "Ward nurse", lock_version=0)

    with pytest.raises(StaleSave) as error:
        edit(second, None, "Night nurse", lock_version=0)

    assert error.value.saved_by == dana
    assert error.value.saved_at == RoleProfile.objects.get().edition.created_at
    assert "dana saved this profile while you were editing it" in str(error.value)
    assert RoleProfile.objects.get().role_title == "Ward nurse"
    assert [duty.text for duty in Duty.objects.all()] == ["Ward nurse"]


def test_a_save_of_a_deleted_profile_says_so(nurse):
    gone = RoleProfile.objects.get()
    nurse.delete()

    with pytest.raises(StaleSave, match="Somebody deleted this profile"):
        claim(profile=gone, lock_version=0)


def test_saving_without_a_change_leaves_no_edition(nurse, dana):
    edit(nurse, dana, "Ward nurse", lock_version=0)

    with transaction.atomic():
        claim(profile=nurse, lock_version=1)
        nurse.save()
        assert record_edition(profile=nurse, by=dana) is None

    assert nurse.editions.count() == Event.objects.count() == 1


def test_editions_count_from_one_and_name_the_one_before(nurse, dana):
    edit(nurse, dana, "Ward nurse", lock_version=0)
    edit(nurse, dana, "Night nurse", lock_version=1)

    assert list(nurse.editions.values_list("number", flat=True)) == [2, 1]
    event = Event.objects.first()
    assert (event.verb, event.edition_from, event.edition_to) == ("saved", 1, 2)
