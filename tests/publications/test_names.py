"""Names of shared records: whoever changes one tells, in the same transaction, and only when it really changed."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat

from careers.models import JobFamily, Level
from publications.models import VocabularyCounter
from publications.names import Named, names_changed
from roles.models import Organization
from skills.models import ProficiencyLevel, Skill
from tests.factories import JobFamilyFactory, LevelFactory, ProficiencyLevelFactory, SkillFactory
from tests.factories_editing import OrganizationFactory

FACTORIES = {
    JobFamily: JobFamilyFactory,
    Level: LevelFactory,
    Organization: OrganizationFactory,
    ProficiencyLevel: ProficiencyLevelFactory,
    Skill: SkillFactory,
}
# For each name that documents show, another value.
OTHERWISE = {
    JobFamily: {"slug": "other", "label": "Other", "parent": lambda: JobFamilyFactory()},
    Level: {"slug": "other", "label": "Other", "rank": 7, "track": "management"},
    Organization: {
        "slug": "other",
        "label": "Other",
        "about": "<p>Other</p>",
        "clients": ["Other"],
        "offices": ["Other"],
        "legal_line": "Other",
        "logo_url": "https://example.org/logo.svg",
        "logo_alt": "Other",
        "website": "https://example.org/",
    },
    ProficiencyLevel: {"slug": "other", "label": "Other", "rank": 77},
    Skill: {"slug": "other", "label": "Other", "type": "tool", "uri": "https://example.org/other"},
}
NAMES = [(model, name) for model, values in OTHERWISE.items() for name in values]


@pytest.fixture
def told():
    """What the signal said, in order: the kind and the UUIDs."""
    heard = []

    def hear(sender, kind, uuids, **kwargs):
        assert connection.in_atomic_block, "it is told in the transaction of the change"
        heard.append((kind, list(uuids)))

    names_changed.connect(hear)
    yield heard
    names_changed.disconnect(hear)


def other_value(model, name):
    value = OTHERWISE[model][name]
    return value() if callable(value) else value


def test_every_kind_of_name_is_tried_here():
    assert set(FACTORIES) == set(Named.__subclasses__())
    assert {model: set(values) for model, values in OTHERWISE.items()} == {
        model: set(model.name_fields) for model in FACTORIES
    }


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "name"), NAMES)
def test_save_tells_a_changed_name(told, model, name):
    record = FACTORIES[model]()
    setattr(record, name, other_value(model, name))

    record.save()

    assert told == [(model.name_kind, [record.uuid])]


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "name"), NAMES)
def test_update_tells_a_changed_name(told, model, name):
    record, _another = FACTORIES[model](), FACTORIES[model]()

    model.objects.filter(pk=record.pk).update(**{name: other_value(model, name)})

    assert told == [(model.name_kind, [record.uuid])]


@pytest.mark.django_db
@pytest.mark.parametrize("model", FACTORIES)
def test_save_of_the_same_says_nothing(told, model):
    record = FACTORIES[model]()

    record.save()
    model.objects.get(pk=record.pk).save()

    assert told == []


@pytest.mark.django_db
@pytest.mark.parametrize("model", FACTORIES)
def test_new_and_deleted_records_say_nothing(told, model):
    record = FACTORIES[model]()
    record.delete()

    assert told == []


@pytest.mark.django_db
def test_new_record_with_a_key_of_its_own_says_nothing(told):
    Skill(pk=4711, slug="own-key", label="Own key").save()

    assert told == []


@pytest.mark.django_db
def test_what_documents_do_not_show_says_nothing(told):
    skill, family, level = SkillFactory(), JobFamilyFactory(), LevelFactory()

    skill.description, skill.note, skill.status = "New", "New", Skill.Status.RETIRED
    skill.save()
    family.description, family.position = "New", 90
    family.save()
    level.autonomy = "New"
    level.save()
    Skill.objects.update(description="Newer")

    assert told == []


@pytest.mark.django_db
def test_name_in_memory_that_is_not_saved_says_nothing(told):
    skill = SkillFactory()

    skill.label = "Only in memory"
    skill.save(update_fields=["description"])

    assert told == []


@pytest.mark.django_db
def test_same_value_written_otherwise_says_nothing(told):
    level = LevelFactory(rank=3)
    organization = OrganizationFactory(about="<b>We</b>", clients=["One"])

    level.rank = "3"
    level.save()
    organization.about, organization.clients = "<b>We</b>", ("One",)
    organization.save()

    assert told == []


@pytest.mark.django_db
def test_name_computed_by_the_database_is_told(told):
    skill = SkillFactory()

    skill.label = Concat(F("label"), Value("!"))
    skill.save()

    assert told == [("skill", [skill.uuid])]


@pytest.mark.django_db
def test_family_that_moves_to_another_is_told_once_and_once_when_it_moves_out(told):
    child, parent = JobFamilyFactory(), JobFamilyFactory()

    child.parent = parent
    child.save()
    child.parent_id = parent.pk
    child.save()
    JobFamily.objects.filter(pk=child.pk).update(parent_id=None)

    assert told == [("job_family", [child.uuid])] * 2


@pytest.mark.django_db
def test_update_tells_only_of_those_that_changed(told):
    skills = [
        SkillFactory(label=label, type=kind)
        for label, kind in [("A", "tool"), ("B", "skill"), ("C", "skill")]
    ]

    # What it finds is not what it finds afterwards.
    Skill.objects.exclude(type="knowledge").filter(label__in=["A", "B"]).update(type="tool")

    assert told == [("skill", [skills[1].uuid])]


@pytest.mark.django_db
def test_bulk_update_tells(told):
    skills = SkillFactory.create_batch(3)
    skills[0].label, skills[2].label = "First", "Third"

    Skill.objects.bulk_update(skills, ["label"])

    assert told == [("skill", [skills[0].uuid, skills[2].uuid])]


@pytest.mark.django_db
def test_listener_sees_the_new_name_in_the_database(told):
    skill = SkillFactory()
    seen = []

    def look(uuids, **kwargs):
        seen.append(Skill.objects.get(uuid=uuids[0]).label)

    names_changed.connect(look)
    skill.label = "New name"
    skill.save()
    names_changed.disconnect(look)

    assert seen == ["New name"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "write", [lambda skill: skill.save(), lambda skill: Skill.objects.update(label="New")]
)
def test_change_is_rolled_back_with_what_the_listener_could_not_do(write):
    skill = SkillFactory(label="Old")
    number = VocabularyCounter.objects.get(pk=1).number if VocabularyCounter.objects.exists() else 0

    def fail(**kwargs):
        raise IntegrityError("No document could follow.")

    names_changed.connect(fail)
    skill.label = "New"
    try:
        with pytest.raises(IntegrityError, match="No document could follow"):
            write(skill)
    finally:
        names_changed.disconnect(fail)

    assert Skill.objects.get().label == "Old"
    assert not VocabularyCounter.objects.filter(number__gt=number).exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_rename_one_record_the_second_sees_what_the_first_did(told):
    """The second writes the old name again, over one that was new for a moment: readers must hear of both."""
    skill = SkillFactory(label="Old")
    first_wrote, problems = threading.Event(), []

    def run(action):
        try:
            action()
        except BaseException as error:
            problems.append(error)
        finally:
            first_wrote.set()
            connection.close()

    def first():
        with transaction.atomic():
            mine = Skill.objects.get(pk=skill.pk)
            mine.label = "New"
            mine.save()
            first_wrote.set()
            # Time for the other to come as far as it can.
            threading.Event().wait(0.5)

    def second():
        first_wrote.wait(30)
        skill.save()

    threads = [threading.Thread(target=run, args=(action,)) for action in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert problems == []
    assert Skill.objects.get().label == "Old"
    assert told == [("skill", [skill.uuid])] * 2
