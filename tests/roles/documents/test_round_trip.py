"""`parse`, `store` and `dump` lose nothing: a role written out and read back is the same role."""

import copy
import json
from contextlib import contextmanager

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careers.models import JobFamily, Level, LevelScale, SalaryBand
from roles.documents import canonical, digest, dump, fetch_one, problems_with
from roles.documents.rows import with_references
from roles.models import Organization, RoleProfile
from roles.publishing import preview, save_sources
from skills.models import ProficiencyLevel, Skill

from .sources import source, sources

pytestmark = pytest.mark.django_db

SLUGS = {
    "job_family": ["care"],
    "level": ["senior"],
    "publisher": ["trust"],
    "skill": ["listening", "triage"],
    "proficiency_level": ["expert"],
    "salary_band": ["band-5"],
    "role": ["matron"],
}


@pytest.fixture
def terms():
    JobFamily.objects.create(slug="care", label="Care")
    Level.objects.create(slug="senior", label="Senior", rank=3, scale=LevelScale.objects.create(slug="ours"))
    Organization.objects.create(slug="trust", label="Trust")
    for slug in SLUGS["skill"]:
        Skill.objects.create(slug=slug, label=slug)
    ProficiencyLevel.objects.create(slug="expert", label="Expert", rank=4)
    SalaryBand.objects.create(slug="band-5", label="Band 5", currency="GBP", minimum=30_000, maximum=36_000)
    save_sources(sources=[source("matron")])


def stored(slug):
    return dump(fetch_one(with_references(RoleProfile.objects).get(slug=slug)))


def without_reference_uuids(value):
    """A dump adds the UUID to each reference; the rest must be what was written."""
    if isinstance(value, dict):
        if set(value) == {"slug", "uuid"}:
            return {"slug": value["slug"]}
        return {key: without_reference_uuids(item) for key, item in value.items()}
    if isinstance(value, list):
        return [without_reference_uuids(item) for item in value]
    return value


@contextmanager
def rolled_back():
    """Each example starts from the same database."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.usefixtures("terms")
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_what_is_saved_is_what_was_written(data):
    written = data.draw(sources(SLUGS))
    assert problems_with(written, "source") == []

    with rolled_back():
        save_sources(sources=[written])
        once = stored(written["slug"])
        assert without_reference_uuids(once) == written
        assert save_sources(sources=[once]).unchanged, "reading back what was written must change nothing"
        assert problems_with(once, "source") == []
        profile = RoleProfile.objects.select_related("edition").get(slug=written["slug"])
        assert profile.edition.source_hash == digest(canonical(once))
        assert problems_with(preview(profile.edition), "document") == []


@pytest.mark.usefixtures("terms")
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_one_role_can_be_written_over_another(data):
    """Whatever was there before: rows created, changed, moved and removed end as the new source says."""
    first, second = data.draw(sources(SLUGS)), data.draw(sources(SLUGS))
    second["uuid"] = first["uuid"]
    for key, rows in second.items():
        # Some rows stay the same records with other content.
        if isinstance(rows, list):
            for row, known in zip(rows[::2], first[key], strict=False):
                row["uuid"] = known["uuid"]
    second["qualifications"] = [row | {"substitutes_for": None} for row in second["qualifications"]]

    with rolled_back():
        save_sources(sources=[first])
        save_sources(sources=[second])
        assert without_reference_uuids(stored(second["slug"])) == second


@pytest.mark.usefixtures("terms")
def test_rows_without_uuid_are_the_same_rows_next_time():
    written = source(duties=[{"text": "Listen"}, {"text": "Listen"}, {"text": "Dress wounds"}])
    save_sources(sources=[written])
    uuids = [duty["uuid"] for duty in stored("nurse")["duties"]]

    changed = copy.deepcopy(written)
    changed["duties"].reverse()
    report = save_sources(sources=[changed])

    assert sorted(duty["uuid"] for duty in stored("nurse")["duties"]) == sorted(uuids)
    assert len(set(uuids)) == 3
    assert {change.kind for change in report.changed[0].changes} == {"moved"}


@pytest.mark.usefixtures("terms")
def test_rows_may_exchange_what_must_differ():
    """Two sections swap their short names, two codes their code: unique at the end, though not in between."""
    written = source(
        sections=[{"anchor": "a", "uuid": UUIDS[0]}, {"anchor": "b", "uuid": UUIDS[1]}],
        occupation_codes=[
            {"scheme": "ISCO-08", "code": "1", "uuid": UUIDS[2]},
            {"scheme": "ISCO-08", "code": "2", "uuid": UUIDS[3]},
        ],
        external_ids=[
            {"scheme": "HR", "value": "1", "uuid": UUIDS[4]},
            {"scheme": "HR", "value": "2", "uuid": UUIDS[5]},
        ],
        duties=[{"section": "a", "text": "Listen"}],
    )
    save_sources(sources=[written])

    swapped = json.loads(json.dumps(written))
    for key, name in (("sections", "anchor"), ("occupation_codes", "code"), ("external_ids", "value")):
        rows = swapped[key]
        rows[0][name], rows[1][name] = rows[1][name], rows[0][name]
    save_sources(sources=[swapped])

    after = stored("nurse")
    assert [section["anchor"] for section in after["sections"]] == ["b", "a"]
    assert [section["uuid"] for section in after["sections"]] == UUIDS[:2]
    assert [code["code"] for code in after["occupation_codes"]] == ["2", "1"]
    assert after["duties"][0]["section"] == "a"


@pytest.mark.usefixtures("terms")
def test_qualifications_may_stand_in_for_each_other():
    written = source(
        qualifications=[
            {"text": "A degree", "uuid": UUIDS[0], "substitutes_for": UUIDS[1]},
            {"text": "Five years", "uuid": UUIDS[1], "substitutes_for": UUIDS[0]},
        ]
    )

    save_sources(sources=[written])

    assert [row["substitutes_for"] for row in stored("nurse")["qualifications"]] == [UUIDS[1], UUIDS[0]]


@pytest.mark.usefixtures("terms")
def test_pay_from_a_band_is_written_out_and_read_back():
    save_sources(sources=[source(salary_bands=[{"band": {"slug": "band-5"}, "display_text": "£30K–£36K"}])])

    pay = stored("nurse")["salary_bands"][0]

    assert (pay["minimum"], pay["maximum"], pay["currency"]) == (30_000, 36_000, "GBP")
    assert save_sources(sources=[stored("nurse")]).unchanged


UUIDS = [f"00000000-0000-4000-8000-00000000000{number}" for number in range(6)]
