"""The public site works for a database role that can read no draft: the one that docs/deployment.md grants."""

import re

import pytest
from django.conf import settings
from django.db import ProgrammingError, connection, transaction

from careers.models import JobFamily
from roles.models import RoleProfile
from roles.publishing import publish_many, save_sources
from skills.models import Skill
from tests.roles.documents.sources import source

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"), reason="SQLite has no roles."
    ),
]


@pytest.fixture
def public_role():
    """What is left of this connection's rights after the statements of the guide."""
    guide = (settings.BASE_DIR / "docs" / "deployment.md").read_text()
    statements = re.search(r"```sql\n(.*?)```", guide, re.DOTALL)[1]
    with connection.cursor() as cursor:
        cursor.execute(statements.replace("LOGIN PASSWORD '…'", ""))
        cursor.execute("SET ROLE rolebook_public")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


@pytest.fixture
def published():
    JobFamily.objects.create(slug="care", label="Care")
    Skill.objects.create(slug="listening", label="Listening")
    save_sources(
        sources=[source("nurse", job_family={"slug": "care"}, skills=[{"skill": {"slug": "listening"}}])]
    )
    publish_many(profiles=RoleProfile.objects.all())


def test_the_public_site_needs_no_more_and_drafts_are_out_of_reach(published, public_role, client):
    for address in (
        "/",
        "/roles/",
        "/roles/nurse/",
        "/roles/none/",
        "/api/v1/roles/",
        "/api/v1/roles/nurse/",
        "/api/v1/skills/",
        "/api/v1/skills/listening/",
        "/api/v1/job-families/",
        "/api/v1/levels/",
    ):
        assert client.get(address).status_code == (404 if "none" in address else 200), address

    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        RoleProfile.objects.exists()
