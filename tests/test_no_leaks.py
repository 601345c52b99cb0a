"""Nothing public tells a draft.

A token of its own is planted in every draft field, unused name, internal note and user field, while an older version is
public. Then every public address is read: body, headers, redirects and errors. No token may be in any of them, and no
public request may even touch an editing table.
"""

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection, models
from django.test import Client

from careers.models import JobFamily, Level, LevelScale, SalaryBand
from publications.models import Publication, PublicationPage
from publications.names import names_changed
from roles.models import Organization, RoleProfile
from roles.publishing import publish_many, record_edition, save_sources, withdraw
from skills.models import ProficiencyLevel, Skill, SkillLabel, SkillMapping
from tests.roles.documents.sources import source

pytestmark = pytest.mark.django_db

TOKEN = "zqcanary"
PUBLIC_TABLES = re.compile(
    r'"(publications_\w+|skills_\w+|careers_(jobfamily|level|levelscale)|sqlite_\w+|pg_\w+)"'
)
TABLE = re.compile(r'(?:FROM|JOIN|UPDATE|INTO)\s+("\w+")')
# Kinds of record whose own fields are public as soon as something live uses them: they are planted in unused ones.
VOCABULARY = {"skills", "careers"}


class TouchedDraft(Exception):
    """A public request read a table that holds drafts."""


def guard(execute, sql, params, many, context):
    for table in TABLE.findall(sql):
        if not PUBLIC_TABLES.fullmatch(table):
            raise TouchedDraft(sql)
    return execute(sql, params, many, context)


@pytest.fixture
def library():
    """One live role of every kind of reference, one withdrawn; then tokens wherever a draft or a note can be."""
    family = JobFamily.objects.create(slug="care", label="Care")
    scale = LevelScale.objects.create(slug="ours", label="Ours")
    Level.objects.create(slug="senior", label="Senior", rank=3, scale=scale)
    Organization.objects.create(slug="trust", label="Trust")
    skill = Skill.objects.create(slug="listening", label="Listening")
    ProficiencyLevel.objects.create(slug="expert", label="Expert", rank=4)
    band = SalaryBand.objects.create(
        slug="b5", label="Band 5", currency="GBP", minimum=30_000, maximum=36_000
    )
    written = source(
        "nurse",
        job_family={"slug": "care"},
        level={"slug": "senior"},
        publisher={"slug": "trust"},
        skills=[{"skill": {"slug": "listening"}, "proficiency": {"slug": "expert"}}],
        salary_bands=[{"band": {"slug": "b5"}}],
        career_moves=[{"to": {"slug": f"{TOKEN}-draft"}, "label": "Somewhere"}, {"to": {"slug": "porter"}}],
        sections=[{"anchor": "duties", "heading": "Duties"}],
        duties=[{"section": "duties", "text": "Listen"}],
        questions=[{"question": "Why?", "answer": "Because."}],
        editorial={"internal_note": f"{TOKEN} note"},
    )
    draft = source(f"{TOKEN}-draft", role_title=f"{TOKEN} title", summary=f"{TOKEN} summary")
    save_sources(sources=[written, source("porter"), source("gone"), draft])
    profiles = {profile.slug: profile for profile in RoleProfile.objects.all()}
    publish_many(profiles=[profiles[slug] for slug in ("nurse", "porter", "gone")])
    withdraw(profile=profiles["gone"], by=None, reason="Merged")

    user = get_user_model().objects.create_user(f"{TOKEN}user", f"{TOKEN}@example.com", first_name=TOKEN)
    plant_in_notes(skill, band, family)
    plant_in_unused_terms(scale)
    plant_in_draft(profiles["nurse"], user)
    return profiles


def plant_in_notes(skill, band, family):
    """Internal notes of records that are public otherwise."""
    Skill.objects.filter(pk=skill.pk).update(note=f"{TOKEN} note")
    SalaryBand.objects.filter(pk=band.pk).update(note=TOKEN, label=f"{TOKEN} band", minimum=1, maximum=2)
    SkillLabel.objects.create(skill=skill, label=f"{TOKEN} misspelt", kind=SkillLabel.Kind.HIDDEN)


def plant_in_unused_terms(scale):
    unused = Skill.objects.create(slug=f"{TOKEN}-skill", label=f"{TOKEN} skill", description=TOKEN)
    SkillMapping.objects.create(skill=unused, scheme=TOKEN, code=TOKEN)
    JobFamily.objects.create(slug=f"{TOKEN}-family", label=f"{TOKEN} family", description=TOKEN)
    Level.objects.create(slug=f"{TOKEN}-level", label=f"{TOKEN} level", rank=9, scale=scale)
    ProficiencyLevel.objects.create(slug=f"{TOKEN}-proficiency", label=f"{TOKEN} proficiency", rank=9)
    Organization.objects.create(slug=f"{TOKEN}-publisher", label=f"{TOKEN} publisher")


def plant_in_draft(profile, user):
    """Every text of the profile and of all its rows, as an editor at work would have changed it."""
    for model in apps.get_app_config("roles").get_models():
        if model._meta.model_name in {"edition", "event", "organization", "livereference"}:
            continue
        for row in model._default_manager.all():
            if getattr(row, "profile", row) in {profile, row}:
                plant(row)
    for move in apps.get_model("careers.CareerMove").objects.all():
        plant(move)
    profile.refresh_from_db()
    RoleProfile.objects.filter(pk=profile.pk).update(owner=user)
    record_edition(profile=profile, by=user, note=f"{TOKEN} change note")


def plant(row):
    texts = {
        field.name: f"{TOKEN}-{row.pk}"
        for field in row._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and (field.max_length or 100) > 20
        and field.name not in {"locale"}
    }
    if texts:
        type(row)._default_manager.filter(pk=row.pk).update(**texts)


def crawl(client: Client, start: list[str]) -> Iterator[tuple[str, str]]:
    """Every address that can be reached, with all that was answered: status, headers and body."""
    waiting, seen = list(start), set(start)
    while waiting:
        address = waiting.pop()
        response = client.get(address)
        body = response.content.decode()
        yield address, f"{response.status_code}\n{response.headers}\n{body}"
        found = re.findall(r'(?:href|src|action)="([^"]+)"', body) + re.findall(
            r'"((?:http://testserver)?/[^"\s]*)"', body
        )
        found.append(response.headers.get("Location", ""))
        for link in found:
            link = link.replace("&amp;", "&").removeprefix("http://testserver").split("#")[0]
            local = link.startswith("/") and not link.startswith(("//", "/static/", "/admin/"))
            if local and link not in seen and len(seen) < 600:
                seen.add(link)
                waiting.append(link)


START = [
    "/",
    "/roles/",
    "/roles/nurse/",
    "/roles/gone/",
    "/roles/?family=care",
    f"/roles/?family={TOKEN[:4]}",
    "/api/v1/",
    "/api/v1/roles/",
    "/api/v1/roles/nurse/",
    "/api/v1/roles/gone/",
    "/api/v1/roles/?skill=unknown",
    "/api/v1/roles/?nothing=1",
    "/api/v1/skills/",
    "/api/v1/skills/listening/",
    "/api/v1/job-families/",
    "/api/v1/levels/",
    "/api/v1/schema/",
    "/robots.txt",
    "/sitemap.xml",
    "/nowhere/",
]


def test_no_public_answer_holds_a_token(library, client):
    read = []
    with connection.execute_wrapper(guard):
        for address, answer in crawl(client, START):
            read.append(address)
            assert TOKEN not in answer, f"{address} tells a draft: {_around(answer)}"

    assert {"/roles/nurse/", "/roles/porter/", "/api/v1/roles/nurse/", "/api/v1/skills/listening/"} <= set(
        read
    )
    assert not any(TOKEN in publication.document for publication in Publication.objects.all())
    assert not any(TOKEN in page.html for page in PublicationPage.objects.all())


@pytest.mark.parametrize(
    "address",
    [
        "/roles/{slug}/",
        "/api/v1/roles/{slug}/",
        "/api/v1/skills/{slug}/",
        "/api/v1/job-families/{slug}/",
        "/api/v1/levels/{slug}/",
    ],
)
@pytest.mark.parametrize("kind", ["draft", "skill", "family", "level", "proficiency", "publisher"])
def test_a_private_record_looks_like_none(library, client, address, kind):
    """Whoever guesses the address of a draft gets the same answer as for one that never existed."""
    guessed = client.get(address.format(slug=f"{TOKEN}-{kind}"))
    invented = client.get(address.format(slug="zqnever-was"))

    assert guessed.status_code == invented.status_code == 404
    assert _without(guessed, f"{TOKEN}-{kind}") == _without(invented, "zqnever-was")


def test_the_guard_sees_a_draft_table(client):
    """The proof above would prove nothing if the guard let everything through."""
    with connection.execute_wrapper(guard), pytest.raises(TouchedDraft):
        list(RoleProfile.objects.all())


def test_tokens_are_planted_everywhere(library):
    planted = RoleProfile.objects.get(uuid=library["nurse"].uuid)
    assert TOKEN in planted.role_title
    assert TOKEN in planted.edition.source
    assert names_changed.has_listeners()


def _without(response, slug):
    return response.content.decode().replace(slug, "")


def _around(answer):
    place = answer.index(TOKEN)
    return answer[max(0, place - 120) : place + 120]
