"""The demo: loaded whole, read back without a change, and its public passwords open nothing outside debug."""

import io

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command

from publications.models import Publication
from roles.demo.accounts import ACCOUNTS
from roles.models import RoleProfile
from roles.publishing import save_sources
from roles.publishing.verify import differences
from tests.roles.documents.sources import source

pytestmark = pytest.mark.django_db


def load(**options):
    out = io.StringIO()
    call_command("load_demo", stdout=out, **options)
    return out.getvalue()


def test_the_demo_is_public_and_reads_back_the_same(settings, tmp_path):
    settings.DEBUG = True

    printed = load()

    assert Publication.objects.live().count() == RoleProfile.objects.count() >= 24
    assert list(differences()) == []
    for account in ACCOUNTS:
        assert f"{account.username} / {account.password}" in printed
        assert authenticate(username=account.username, password=account.password).is_staff
    out = io.StringIO()
    call_command("export_roles", to=str(tmp_path / "demo.jsonl"), stdout=out)
    call_command("import_roles", str(tmp_path / "demo.jsonl"), stdout=out)
    assert f"0 created, 0 changed, {RoleProfile.objects.count()} unchanged" in out.getvalue()


def test_a_library_with_profiles_is_left_as_it_is(settings):
    settings.DEBUG = True
    save_sources(sources=[source("ours")])

    load(if_empty=True)

    assert RoleProfile.objects.get().slug == "ours"


def test_outside_debug_there_is_no_demo_and_its_passwords_open_nothing(settings):
    settings.DEBUG = True
    load()
    settings.DEBUG = False

    with pytest.raises(CommandError, match="known to everybody"):
        load()
    for account in ACCOUNTS:
        assert authenticate(username=account.username, password=account.password) is None
