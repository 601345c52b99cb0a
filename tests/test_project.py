"""What keeps the apps alike. A test here names the offenders, so that the next one is easy to put right."""

import os
import subprocess
import sys

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.core.management import call_command

OUR_APPS = ["publications", "skills", "careers", "roles"]
OUR_MODELS = [model for name in OUR_APPS for model in apps.get_app_config(name).get_models()]

# Written by the program alone: what the public reads, and the record of what was done.
NOT_EDITED = {model._meta.label for model in apps.get_app_config("publications").get_models()} | {
    "roles.AlternateTitle",  # one per line in a field of the profile itself
    "roles.Edition",
    "roles.Event",
    "roles.LiveReference",
}


def written_docstring(model):
    """The docstring somebody wrote: Django makes up one that lists the fields, as `Name(id, ...)`."""
    text = model.__doc__ or ""
    return "" if text.startswith(f"{model.__name__}(") else text


def models_on_admin_pages():
    """The models with a page of their own, and those edited as rows or lines on such a page."""
    registry = admin.site._registry
    rows = {inline.model for model_admin in registry.values() for inline in model_admin.inlines}
    lines = {
        model for model_admin in registry.values() for model in getattr(model_admin, "typed_as_lines", [])
    }
    return set(registry) | rows | lines


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_model_says_what_one_record_stands_for():
    offenders = [model._meta.label for model in OUR_MODELS if not written_docstring(model)]

    assert offenders == []


def test_every_model_is_open_to_editors():
    edited = [model for model in OUR_MODELS if model._meta.label not in NOT_EDITED]

    offenders = [model._meta.label for model in edited if model not in models_on_admin_pages()]

    assert offenders == []


def start(**environment):
    """Start Django in a process of its own, with these variables and none of the test run's."""
    ours = {
        "SECRET_KEY",
        "DEBUG",
        "HTTPS",
        "SITE_URL",
        "DATABASE_URL",
        "DJANGO_SETTINGS_MODULE",
        "DJANGO_ALLOW_ASYNC_UNSAFE",  # while the tests have a browser open
    }
    inherited = {name: value for name, value in os.environ.items() if name not in ours}
    return subprocess.run(
        [sys.executable, "manage.py", "check", *environment.pop("arguments", [])],
        cwd=settings.BASE_DIR,
        env=inherited | environment,
        capture_output=True,
        text=True,
    )


def test_start_refuses_a_missing_secret_with_a_hint():
    outcome = start()

    assert outcome.returncode != 0
    assert "ImproperlyConfigured: SECRET_KEY is not set." in outcome.stderr
    assert "secrets.token_urlsafe" in outcome.stderr


def test_start_needs_no_secret_in_debug():
    outcome = start(DEBUG="1")

    assert outcome.returncode == 0, outcome.stderr


def test_production_settings_pass_the_deployment_checks():
    outcome = start(
        SECRET_KEY="abcdefghijklmnopqrstuvwxyz-0123456789-ABCDEFGHIJKLMNOP",
        SITE_URL="https://roles.example",
        arguments=["--deploy", "--fail-level", "WARNING"],
    )

    assert outcome.returncode == 0, outcome.stderr


def test_static_files_can_be_collected(tmp_path, settings):
    """In production a page, style or script that names a file which is not there stops the collection."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    }

    call_command("collectstatic", interactive=False, verbosity=0)

    assert (tmp_path / "staticfiles.json").exists()
