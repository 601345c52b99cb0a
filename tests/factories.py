"""The least valid record of each kind; traits and arguments name the states that tests need."""

import uuid
from datetime import UTC, datetime
from typing import Any

import factory
from django.db import transaction
from factory.django import DjangoModelFactory

from careers.models import JobFamily, Level, LevelScale
from publications.facets import facets, links
from publications.feed import number_changes, take_turn
from publications.models import Publication
from roles.documents.canonical import canonical, digest
from roles.documents.schema import UUID, schema
from skills.models import ProficiencyLevel, Skill, SkillLabel, SkillLevelText, SkillMapping

JANUARY = datetime(2026, 1, 15, 9, 30, tzinfo=UTC)


class NamedFactory(DjangoModelFactory):
    class Meta:
        abstract = True

    label = factory.Sequence(lambda n: f"Name {n}")
    slug = factory.LazyAttribute(lambda record: record.label.lower().replace(" ", "-"))


class SkillFactory(NamedFactory):
    class Meta:
        model = Skill

    label = factory.Sequence(lambda n: f"Skill {n}")


class SkillLabelFactory(DjangoModelFactory):
    class Meta:
        model = SkillLabel

    skill = factory.SubFactory(SkillFactory)
    label = factory.Sequence(lambda n: f"Other name {n}")


class SkillMappingFactory(DjangoModelFactory):
    class Meta:
        model = SkillMapping

    skill = factory.SubFactory(SkillFactory)
    scheme = "SFIA"
    code = factory.Sequence(lambda n: f"CODE{n}")


class ProficiencyLevelFactory(NamedFactory):
    class Meta:
        model = ProficiencyLevel

    label = factory.Sequence(lambda n: f"Proficiency {n}")
    rank = factory.Sequence(lambda n: n + 1)


class SkillLevelTextFactory(DjangoModelFactory):
    class Meta:
        model = SkillLevelText

    skill = factory.SubFactory(SkillFactory)
    level = factory.SubFactory(ProficiencyLevelFactory)
    text = "Works without help."


class JobFamilyFactory(NamedFactory):
    class Meta:
        model = JobFamily

    label = factory.Sequence(lambda n: f"Family {n}")


class LevelScaleFactory(DjangoModelFactory):
    class Meta:
        model = LevelScale
        django_get_or_create = ["slug"]

    slug = "ladder"
    label = "Ladder"


class LevelFactory(NamedFactory):
    class Meta:
        model = Level

    label = factory.Sequence(lambda n: f"Level {n}")
    scale = factory.SubFactory(LevelScaleFactory)
    rank = factory.Sequence(lambda n: n + 1)


# Published roles


def named(record: Any, *fields: str) -> dict[str, Any]:
    """A shared record as a document writes it in."""
    return {"uuid": str(record.uuid)} | {name: getattr(record, name) for name in ("slug", "label", *fields)}


def _family(family: JobFamily) -> dict[str, Any]:
    return named(family) | {"ancestors": [named(above) for above in reversed(family.ancestors())]}


def _empty(value: dict[str, Any]) -> Any:
    """The least that a value of this schema may be."""
    if "null" in value.get("type", ()) or None in value.get("enum", ()):
        return None
    if "enum" in value:
        return value["enum"][0]
    if value.get("pattern") == UUID:
        return str(uuid.uuid4())
    return {"string": "", "array": [], "boolean": False, "integer": 0, "number": 0}[value["type"]]


def document_row(key: str, **values: Any) -> dict[str, Any]:
    """A row of the document's list `key`, with every other field empty."""
    fields = schema("document")["properties"][key]["items"]["properties"]
    return {name: _empty(value) for name, value in fields.items()} | values


class DocumentFactory(factory.DictFactory):
    """The document of a role that says next to nothing, valid all the same."""

    uuid = factory.LazyFunction(lambda: str(uuid.uuid4()))
    slug = factory.Sequence(lambda n: f"role-{n:03}")
    role_title = factory.Sequence(lambda n: f"Role {n:03}")
    locale = "en-GB"

    @classmethod
    def _create(cls, model_class: type, *args: Any, **values: Any) -> dict[str, Any]:
        fields = schema("document")["properties"]
        empty = {name: _empty(value) for name, value in fields.items() if name not in {"schema", *values}}
        return {"schema": 1, **empty, **values, "url": f"/roles/{values['slug']}/"}


class PublicationFactory(DjangoModelFactory):
    """A role that is public, with its link rows and the next number of the feed.

    Arguments that name fields of the document (`slug`, `role_title`, `region`, …) go into it; `family`, `level` and
    `skills` are records of the vocabulary, and `pay` is a range such as ("GBP", 45_000, 60_000).
    """

    class Meta:
        model = Publication

    class Params:
        withdrawn = factory.Trait(
            state=Publication.State.WITHDRAWN,
            withdrawn_at=JANUARY,
            withdrawal_reason="It is part of another role now.",
        )

    state = Publication.State.LIVE
    published_at = JANUARY

    @classmethod
    @transaction.atomic
    def _create(cls, model_class: type, *args: Any, **values: Any) -> Publication:
        columns = {field.name for field in Publication._meta.concrete_fields} - {"slug", "region", "summary"}
        own = {name: values.pop(name) for name in list(values) if name in columns - {"work_arrangement"}}
        take_turn()
        document = DocumentFactory(**_document_fields(**values))
        text = canonical(document)
        publication = Publication.objects.create(
            role_uuid=document["uuid"],
            edition_uuid=uuid.uuid4(),
            edition_number=1,
            document=text,
            document_hash=digest(text),
            **facets(document) | {"first_published_at": own["published_at"]} | own,
        )
        if publication.state == Publication.State.LIVE:
            for model, rows in links(publication, document).items():
                model._default_manager.bulk_create(rows)
        number_changes([publication.pk])
        publication.refresh_from_db()
        return publication


def _document_fields(
    family: JobFamily | None = None,
    level: Level | None = None,
    skills: tuple[Skill, ...] | list[Skill] = (),
    pay: tuple[str, int, int] | None = None,
    **fields: Any,
) -> dict[str, Any]:
    if family:
        fields["job_family"] = _family(family)
    if level:
        fields["level"] = named(level, "rank", "track")
    if skills:
        fields["skills"] = [
            document_row("skills", skill=named(skill, "type", "uri"), strength="must") for skill in skills
        ]
    if pay:
        currency, minimum, maximum = pay
        band = {"component": "base", "period": "YEAR", "currency": currency}
        fields["salary_bands"] = [document_row("salary_bands", **band, minimum=minimum, maximum=maximum)]
    return fields
