"""The one list of what a vocabulary file holds. Its JSON Schema, the loader and the dumper are made from it."""

from dataclasses import dataclass
from functools import cached_property

from django.db import models

from careers.models import AMOUNTS, JobFamily, Level, LevelScale, SalaryBand
from roles.models import Organization, OrganizationContact
from skills.models import ProficiencyLevel, Skill, SkillLabel, SkillLevelText, SkillMapping


@dataclass(frozen=True)
class Rows:
    """An array inside a record, of rows that have no life without it.

    `identity` names the fields by which a row is known again; the others may change. Where `keyed_by` is set, the
    file holds an object instead of an array: `{"expert": "…"}` for rows of a level and a text. Rows that `may_repeat`
    are told apart by their order where they are the same.
    """

    key: str
    model: type[models.Model]
    owner: str
    names: tuple[str, ...]
    identity: tuple[str, ...]
    keyed_by: str = ""
    may_repeat: bool = False

    @cached_property
    def fields(self) -> dict[str, models.Field]:
        return {name: self.model._meta.get_field(name) for name in self.names}  # type: ignore[misc]


@dataclass(frozen=True)
class Kind:
    """One array of the file: the shared records of one model.

    `unique` lists the fields that, together, no two records may share.
    """

    key: str
    singular: str
    model: type[models.Model]
    names: tuple[str, ...]
    unique: tuple[tuple[str, ...], ...] = ()
    rows: tuple[Rows, ...] = ()

    @cached_property
    def fields(self) -> dict[str, models.Field]:
        return {name: self.model._meta.get_field(name) for name in self.names}  # type: ignore[misc]

    @cached_property
    def has_uuid(self) -> bool:
        return any(field.name == "uuid" for field in self.model._meta.fields)


_PAY = (
    "component", "currency", *AMOUNTS, "period", "region", "work_arrangement", "as_of", "source_title", "source_url",
)  # fmt: skip

# A record may refer to others of its own kind and of the kinds before it.
KINDS = (
    Kind("job_families", "job family", JobFamily, ("slug", "label", "parent", "description", "position")),
    Kind("level_scales", "level scale", LevelScale, ("slug", "label", "description")),
    Kind(
        "levels",
        "level",
        Level,
        ("slug", "label", "scale", "rank", "track", "autonomy", "influence", "complexity", "knowledge"),
        unique=(("scale", "rank", "track"),),
    ),
    Kind(
        "proficiency_levels",
        "proficiency level",
        ProficiencyLevel,
        ("slug", "label", "rank", "description"),
        unique=(("rank",),),
    ),
    Kind(
        "skills",
        "skill",
        Skill,
        ("slug", "label", "type", "description", "uri", "status", "replaced_by", "note"),
        unique=(("label", "type"),),
        rows=(
            Rows("labels", SkillLabel, "skill", ("label", "kind", "locale"), ("label", "locale")),
            Rows(
                "mappings",
                SkillMapping,
                "skill",
                ("scheme", "version", "code", "uri", "relation"),
                ("scheme", "version", "code", "uri"),
            ),
            Rows("level_texts", SkillLevelText, "skill", ("level", "text"), ("level",), keyed_by="level"),
        ),
    ),
    Kind(
        "salary_bands",
        "salary band",
        SalaryBand,
        ("slug", "label", "family", "level", *_PAY, "effective_from", "effective_to", "note"),
    ),
    Kind(
        "publishers",
        "publisher",
        Organization,
        ("slug", "label", "about", "website", "clients", "offices", "legal_line", "logo_url", "logo_alt"),
        rows=(
            Rows(
                "contacts",
                OrganizationContact,
                "organization",
                ("department", "phone", "email"),
                ("department",),
                may_repeat=True,
            ),
        ),
    ),
)

KIND_OF: dict[type[models.Model], Kind] = {kind.model: kind for kind in KINDS}
