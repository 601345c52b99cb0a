"""Pages that an earlier release stored are rendered again, once."""

import json

import pytest
from django.core.management import call_command

from publications import release
from publications.models import PublicationPage
from publications.stored_pages import outdated, page_of, render_outdated
from tests.factories import PublicationFactory

pytestmark = pytest.mark.django_db


def stored(**values):
    publication = PublicationFactory(**values)
    page_of(publication, json.loads(publication.document)).save()
    return publication


def test_pages_of_this_release_are_left_alone():
    stored()

    assert render_outdated() == 0


@pytest.mark.parametrize("change", [{"release": "earlier"}, {"document_hash": "another"}])
def test_page_of_another_release_or_document_is_rendered_again(change):
    publication = stored(role_title="Baker")
    PublicationPage.objects.update(html="old", **change)

    assert render_outdated() == 1

    page = publication.pages.get()
    assert "Baker" in page.html
    assert (page.release, page.document_hash) == (release.template_release(), publication.document_hash)
    assert render_outdated() == 0


def test_role_without_a_page_gets_one_and_a_withdrawn_one_does_not():
    PublicationFactory()
    PublicationFactory(withdrawn=True)

    assert render_outdated() == 1


def test_render_outdated_tells_its_progress(monkeypatch):
    monkeypatch.setattr("publications.stored_pages.BATCH", 2)
    PublicationFactory.create_batch(5)
    done = []

    assert render_outdated(progress=done.append) == 5

    assert done == [2, 2, 1]
    assert not outdated().exists()


def test_render_pages_says_how_many(capsys):
    PublicationFactory()

    call_command("render_pages")

    assert "Pages rendered: 1" in capsys.readouterr().out


# The release itself


@pytest.fixture
def files(tmp_path, settings):
    settings.BASE_DIR = tmp_path
    for name in (
        "templates/base.html",
        "templates/admin/base.html",
        "publications/pay.py",
        "roles/pages/home.py",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("before")
    return tmp_path


def fresh_release():
    # What it is within a process is computed once.
    return release.template_release.__wrapped__()


@pytest.mark.parametrize("name", ["templates/base.html", "publications/pay.py", "roles/pages/home.py"])
def test_release_changes_with_what_pages_are_made_of(files, name):
    before = fresh_release()
    (files / name).write_text("after")

    assert fresh_release() != before


def test_release_does_not_change_with_the_editors_templates(files):
    before = fresh_release()
    (files / "templates/admin/base.html").write_text("after")

    assert fresh_release() == before


def test_release_changes_with_the_name_of_a_static_file(files, settings):
    (files / "templates/base.html").write_text('{% static "css/site.css" %}')
    before = fresh_release()
    settings.STATIC_URL = "/elsewhere/"

    assert fresh_release() != before


def test_release_changes_with_the_name_of_the_site(files, settings):
    before = fresh_release()
    settings.SITE_NAME = "Another name"

    assert fresh_release() != before
