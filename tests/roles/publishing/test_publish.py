"""What publishing, renaming and withdrawing do to what the public reads."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from careers.models import JobFamily, Level, LevelScale, SalaryBand
from publications.models import (
    FeedCounter,
    Publication,
    PublicationFamily,
    PublicationPage,
    PublicationSkill,
    SlugRedirect,
)
from roles.models import Edition, Event, LiveReference, Organization, RoleProfile
from roles.publishing import (
    NotPublishable,
    delete_profile,
    publish,
    publish_many,
    record_edition,
    save_sources,
    withdraw,
)
from roles.publishing.verify import differences
from skills.models import ProficiencyLevel, Skill
from tests.roles.documents.sources import source

pytestmark = pytest.mark.django_db


def save(*sources):
    save_sources(sources=sources)
    return [RoleProfile.objects.get(slug=one["slug"]) for one in sources]


def save_and_publish(*sources):
    profiles = save(*sources)
    publish_many(profiles=profiles)
    return profiles


def live(slug):
    return Publication.objects.live().get(slug=slug)


def document(slug):
    return json.loads(live(slug).document)


def seqs():
    return dict(Publication.objects.values_list("slug", "seq"))


@pytest.fixture(autouse=True)
def _consistent():
    """Whatever a test did, what is public is what the editions say."""
    yield
    assert list(differences()) == []


def test_publish_makes_the_latest_edition_public():
    (nurse,) = save(source("nurse", summary="<p>Cares.</p>"))

    publication = publish(profile=nurse, by=None)

    assert publication.state == "live"
    assert publication.seq == 1
    assert publication.edition_uuid == nurse.edition.uuid
    assert publication.summary == "Cares."
    assert publication.pages.count() == 1
    assert Event.objects.filter(verb="published", profile_uuid=nurse.uuid, seq=1).exists()


def test_saving_changes_nothing_public():
    save_and_publish(source("nurse"))
    before = live("nurse").document

    save(source("nurse", role_title="Draft title", editorial={"internal_note": "secret"}))

    assert live("nurse").document == before
    assert FeedCounter.objects.get().seq == 1


def test_publishing_the_same_text_again_keeps_the_number():
    (nurse,) = save_and_publish(source("nurse"))

    publication = publish(profile=nurse, by=None)

    assert publication.seq == 1
    assert FeedCounter.objects.get().seq == 1


def test_a_new_edition_that_reads_the_same_keeps_the_number():
    """An internal note makes an edition, but no reader sees it."""
    (nurse,) = save_and_publish(source("nurse"))
    save(source("nurse", uuid=str(nurse.uuid), editorial={"internal_note": "ask Jo"}))

    publication = publish(profile=nurse, by=None)

    assert publication.seq == 1
    assert publication.edition_number == 2
    assert "ask Jo" not in publication.document


def test_publish_refuses_a_profile_never_saved():
    profile = RoleProfile.objects.create(slug="empty", role_title="Empty")

    with pytest.raises(ValidationError) as error:
        publish(profile=profile, by=None)

    assert error.value.code == "never_saved"


def test_publish_refuses_when_somebody_saved_since():
    (nurse,) = save(source("nurse"))
    seen = nurse.edition
    save(source("nurse", role_title="Newer"))

    with pytest.raises(ValidationError) as error:
        publish(profile=nurse, by=None, edition=seen)

    assert error.value.code == "stale"
    assert not Publication.objects.exists()


@pytest.mark.parametrize(
    ("action", "codename"), [(publish, "publish_roleprofile"), (withdraw, "withdraw_roleprofile")]
)
def test_publish_and_withdraw_ask_for_the_right(action, codename):
    (nurse,) = save_and_publish(source("nurse"))
    somebody = get_user_model().objects.create_user("somebody")

    with pytest.raises(PermissionDenied):
        action(profile=nurse, by=somebody)

    somebody.user_permissions.add(Permission.objects.get(codename=codename))
    action(profile=nurse, by=get_user_model().objects.get(pk=somebody.pk))


def test_publish_refuses_a_move_to_a_private_role_without_words_of_its_own():
    (nurse, _) = save(source("nurse", career_moves=[{"to": {"slug": "matron"}}]), source("matron"))

    with pytest.raises(NotPublishable) as error:
        publish(profile=nurse, by=None)

    assert [problem.path for problem in error.value.problems] == ["career_moves[0].label"]
    assert not Publication.objects.exists()


def test_a_private_role_stays_unknown_to_those_that_lead_to_it():
    (nurse, _) = save(
        source("nurse", career_moves=[{"to": {"slug": "token-role"}, "label": "Matron"}]),
        source("token-role", role_title="Token title"),
    )

    publish(profile=nurse, by=None)

    assert "oken" not in live("nurse").document
    assert document("nurse")["career_moves"][0]["to"] is None


def test_moves_become_links_when_their_role_goes_live_and_words_when_it_leaves():
    nurse, matron = save(
        source("nurse", career_moves=[{"to": {"slug": "matron"}, "label": "Head nurse"}]), source("matron")
    )
    publish(profile=nurse, by=None)

    publish(profile=matron, by=None)
    assert document("nurse")["career_moves"][0]["to"]["url"] == "/roles/matron/"
    assert seqs() == {"matron": 2, "nurse": 3}

    withdraw(profile=matron, by=None, reason="Merged")
    move = document("nurse")["career_moves"][0]
    assert (move["to"], move["label"]) == (None, "Head nurse")


def test_a_withdrawn_role_is_still_named_by_moves_without_words():
    (_, matron) = save_and_publish(
        source("nurse", career_moves=[{"to": {"slug": "matron"}}]), source("matron", role_title="Matron")
    )

    withdraw(profile=matron, by=None)

    assert document("nurse")["career_moves"][0]["label"] == "Matron"


def test_roles_that_name_each_other_are_published_together_in_any_order():
    save_and_publish(
        source("nurse", career_moves=[{"to": {"slug": "matron"}}]),
        source("matron", career_moves=[{"to": {"slug": "nurse"}}]),
    )

    assert document("nurse")["career_moves"][0]["to"]["slug"] == "matron"
    assert document("matron")["career_moves"][0]["to"]["slug"] == "nurse"
    assert FeedCounter.objects.get().seq == 2


def test_a_changed_slug_leaves_a_redirect_without_chains():
    (nurse,) = save_and_publish(source("nurse"))
    for slug in ("nurse-two", "nurse-three"):
        save(source(slug, uuid=str(nurse.uuid)))
        publish(profile=nurse, by=None)

    assert set(SlugRedirect.objects.values_list("old_slug", "role_uuid")) == {
        ("nurse", nurse.uuid),
        ("nurse-two", nurse.uuid),
    }

    save(source("nurse", uuid=str(nurse.uuid)))
    publish(profile=nurse, by=None)
    assert set(SlugRedirect.objects.values_list("old_slug", flat=True)) == {"nurse-two", "nurse-three"}


def test_an_address_that_was_public_is_never_given_to_another_role():
    (nurse,) = save_and_publish(source("nurse"))
    save(source("nurse-two", uuid=str(nurse.uuid)))
    publish(profile=nurse, by=None)

    with pytest.raises(Exception, match="Another role is or was public at this address"):
        save(source("nurse"))
    with pytest.raises(ValidationError, match="Another role is or was public"):
        RoleProfile(slug="nurse", role_title="Other").full_clean()


def test_withdraw_leaves_a_tombstone_and_nothing_else():
    family = JobFamily.objects.create(slug="care", label="Care")
    Skill.objects.create(slug="listening", label="Listening")
    (nurse,) = save_and_publish(
        source("nurse", job_family={"slug": family.slug}, skills=[{"skill": {"slug": "listening"}}])
    )

    withdraw(profile=nurse, by=None, reason="Closed")

    publication = Publication.objects.get()
    assert (publication.state, publication.slug, publication.seq) == ("withdrawn", "nurse", 2)
    assert (publication.withdrawal_reason, publication.withdrawn_at is not None) == ("Closed", True)
    for model in (PublicationFamily, PublicationSkill, PublicationPage, LiveReference):
        assert not model.objects.exists()


def test_withdraw_names_a_live_replacement_only():
    nurse, matron, other = save_and_publish(source("nurse"), source("matron"), source("other"))
    withdraw(profile=other, by=None)

    with pytest.raises(ValidationError, match="is not public"):
        withdraw(profile=nurse, by=None, replacement=other)
    assert withdraw(profile=nurse, by=None, replacement=matron).replacement_slug == "matron"


def test_withdraw_refuses_what_is_not_public():
    (nurse,) = save(source("nurse"))

    with pytest.raises(ValidationError) as error:
        withdraw(profile=nurse, by=None)

    assert error.value.code == "not_live"


def test_a_withdrawn_role_can_be_published_again():
    (nurse,) = save_and_publish(source("nurse"))
    withdraw(profile=nurse, by=None, reason="Closed")

    publication = publish(profile=nurse, by=None)

    assert (publication.state, publication.seq) == ("live", 3)
    assert (publication.withdrawn_at, publication.withdrawal_reason) == (None, "")


def test_delete_is_for_what_never_was_public():
    nurse, draft = save(source("nurse"), source("draft"))
    publish(profile=nurse, by=None)

    with pytest.raises(ValidationError) as error:
        delete_profile(profile=nurse, by=None)
    assert error.value.code == "was_public"

    delete_profile(profile=draft, by=None)
    assert list(RoleProfile.objects.all()) == [nurse]
    assert not Edition.objects.filter(profile__slug="draft").exists()
    assert Event.objects.filter(verb="deleted", profile_title="Draft").exists()


@pytest.fixture
def nurse_with_terms():
    top = JobFamily.objects.create(slug="health", label="Health")
    JobFamily.objects.create(slug="care", label="Care", parent=top)
    Level.objects.create(slug="senior", label="Senior", rank=3, scale=LevelScale.objects.create(slug="ours"))
    Organization.objects.create(slug="trust", label="Trust")
    Skill.objects.create(slug="listening", label="Listening")
    ProficiencyLevel.objects.create(slug="expert", label="Expert", rank=4)
    SalaryBand.objects.create(slug="band-5", label="Band 5", currency="GBP", minimum=30_000, maximum=36_000)
    return save_and_publish(
        source(
            "nurse",
            job_family={"slug": "care"},
            level={"slug": "senior"},
            publisher={"slug": "trust"},
            skills=[{"skill": {"slug": "listening"}, "proficiency": {"slug": "expert"}}],
            salary_bands=[{"band": {"slug": "band-5"}}],
        ),
        source("porter"),
    )[0]


@pytest.mark.parametrize(
    ("model", "slug"),
    [
        (JobFamily, "health"),
        (JobFamily, "care"),
        (Level, "senior"),
        (Organization, "trust"),
        (Skill, "listening"),
        (ProficiencyLevel, "expert"),
    ],
)
def test_a_renamed_term_is_followed_by_the_documents_that_show_it(nurse_with_terms, model, slug):
    save(source("nurse", uuid=str(nurse_with_terms.uuid), role_title="Draft"))
    term = model.objects.get(slug=slug)
    term.label, term.slug = "New name", "new-name"

    term.save()

    text = live("nurse").document
    assert "New name" in text
    assert '"new-name"' in text
    assert "Draft" not in text, "a document is built again from its own edition, not from the draft"
    assert seqs() == {"nurse": 3, "porter": 2}
    assert Event.objects.filter(verb="rebuilt", reason="term", seq=3).exists()


def test_a_change_that_no_document_shows_gives_no_number(nurse_with_terms):
    skill = Skill.objects.get()
    skill.note, skill.description = "internal", "longer"

    skill.save()

    assert seqs() == {"nurse": 1, "porter": 2}


def test_pay_stays_as_it_was_published_when_the_band_changes(nurse_with_terms):
    SalaryBand.objects.update(maximum=99_000)
    skill = Skill.objects.get()
    skill.label = "Active listening"
    skill.save()

    assert document("nurse")["salary_bands"][0]["maximum"] == 36_000


def test_the_largest_pay_there_can_be_is_published():
    save_and_publish(
        source("nurse", salary_bands=[{"currency": "IDR", "period": "HOUR", "maximum": 99_999_999_999}])
    )

    assert live("nurse").pay_maximum == 99_999_999_999 * 2080


def test_a_rename_is_undone_with_its_transaction(nurse_with_terms):
    before = live("nurse").document

    with transaction.atomic():
        skill = Skill.objects.get()
        skill.label = "Lost"
        skill.save()
        transaction.set_rollback(True)

    assert live("nurse").document == before


def test_nothing_is_published_when_one_of_many_cannot_be():
    good, bad = save(
        source("good"), source("bad", career_moves=[{"to": {"slug": "hidden"}}]), source("hidden")
    )[:2]

    with pytest.raises(NotPublishable):
        publish_many(profiles=[good, bad])

    assert not Publication.objects.exists()


def test_publish_takes_as_many_queries_with_five_rows_as_with_one(nurse_with_terms):
    taken = []
    for count in (1, 5):
        names = [f"skill-{count}-{number}" for number in range(count)]
        Skill.objects.bulk_create(Skill(slug=name, label=name) for name in names)
        (matron,) = save(
            source(
                f"matron-{count}",
                skills=[{"skill": {"slug": name}} for name in names],
                duties=[{"text": name} for name in names],
                career_moves=[{"to": {"slug": "nurse"}, "label": name} for name in names],
            )
        )
        with CaptureQueriesContext(connection) as queries:
            publish(profile=matron, by=None)
        taken.append(len(queries))

    assert taken[0] == taken[1] <= 35


def test_an_edition_is_never_changed():
    (nurse,) = save(source("nurse"))

    with pytest.raises(TypeError):
        nurse.edition.save()
    nurse.role_title = "Changed behind the back"
    nurse.save()
    assert record_edition(profile=nurse, by=None).number == 2
