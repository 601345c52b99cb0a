"""Finding what an import needs in the vocabulary, and adding what is missing.

Imported names are suggestions: what the library calls a skill, a family or a level is for its editors to decide. So a
record that exists is used as it is, and only what nobody has yet is created.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from django.db import models
from django.utils.text import slugify

from publications.batches import batches
from publications.names import Named
from skills.models import Skill, SkillLabel, SkillMapping

from .progress import progress
from .terms import load_terms
from .terms.report import KindReport, TermsReport

Reference = dict[str, str]
# So that thousands of skills are never held as dictionaries and records at once.
_AT_ONCE = 1_000
_LONGEST_SLUG = 140


@dataclass(slots=True)
class WantedSkill:
    """A skill that imported roles ask for.

    `codes` are its places in other classifications: scheme, version, code, and how its meaning relates to theirs.
    """

    label: str
    type: str
    description: str = ""
    codes: set[tuple[str, str, str, str]] = field(default_factory=set)
    level_texts: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str]:
        return self.label.lower(), self.type


def take_terms(data: dict[str, Any], *, name: str, report: TermsReport) -> None:
    """Load a part of a vocabulary, and add what it did to `report`."""
    for key, part in load_terms(data, name=name).kinds.items():
        whole = report.kinds.setdefault(key, KindReport())
        whole.created += part.created
        whole.changed |= part.changed
        whole.unchanged += part.unchanged


def add_named(
    key: str, model: type[Named], entries: list[dict[str, Any]], *, name: str, report: TermsReport
) -> dict[str, Reference]:
    """Create the records among `entries` that do not exist; returns how to refer to each, by its UUID in `entries`."""
    uuids, slugs = [entry["uuid"] for entry in entries], [entry["slug"] for entry in entries]
    known: dict[str, Any] = {}
    for record in model._default_manager.filter(models.Q(uuid__in=uuids) | models.Q(slug__in=slugs)):
        known |= {str(record.uuid): record, record.slug: record}
    references = {}
    missing = []
    for entry in entries:
        found = known.get(entry["uuid"]) or known.get(entry["slug"])
        references[entry["uuid"]] = {
            "slug": found.slug if found else entry["slug"],
            "uuid": str(found.uuid) if found else entry["uuid"],
        }
        if found is None:
            missing.append(entry)
    take_terms({key: missing}, name=name, report=report)
    return references


def add_skills(
    wanted: Iterable[WantedSkill], *, namespace: UUID, name: str, report: TermsReport
) -> dict[tuple[str, str], Reference]:
    """Find or create each skill; returns how to refer to it, by its `key`.

    A skill that exists is known by an exact mapping to one of the codes, else by its name and type, else by one of its
    other names. It gets the mappings and level texts that it lacks, and is otherwise left as it is.
    """
    known = _KnownSkills()
    references: dict[tuple[str, str], Reference] = {}
    entries = _entries(wanted, known, references, namespace)
    with progress("Adding skills", unit="skills") as done:
        for some in batches(entries, _AT_ONCE):
            take_terms({"skills": some}, name=name, report=report)
            done(len(some))
    return references


def _entries(
    wanted: Iterable[WantedSkill],
    known: "_KnownSkills",
    references: dict[tuple[str, str], Reference],
    namespace: UUID,
) -> Iterator[dict[str, Any]]:
    """What a vocabulary file must say so that every wanted skill is there."""
    for skill in wanted:
        found = known.find(skill)
        if found is None:
            uuid = str(uuid5(namespace, f"skill/{skill.type}/{skill.label.lower()}"))
            slug = known.free_slug(skill)
            references[skill.key] = {"slug": slug, "uuid": uuid}
            yield {
                "uuid": uuid, "slug": slug, "label": skill.label, "type": skill.type, "description": skill.description,
                "mappings": [_mapping(code) for code in sorted(skill.codes)], "level_texts": skill.level_texts,
            }  # fmt: skip
            continue
        references[skill.key] = {"slug": found.slug, "uuid": str(found.uuid)}
        lacking = [code for code in sorted(skill.codes) if (found.pk, code[0], code[2]) not in known.mapped]
        texts = {
            level: text for level, text in skill.level_texts.items() if level not in known.levels_of(found.pk)
        }
        if lacking or texts:
            yield {
                "slug": found.slug, "label": found.label,
                "mappings": [_mapping(code) for code in lacking], "level_texts": texts,
            }  # fmt: skip


def _mapping(code: tuple[str, str, str, str]) -> dict[str, str]:
    return dict(zip(("scheme", "version", "code", "relation"), code, strict=True))


@dataclass(slots=True, frozen=True)
class _KnownSkill:
    pk: int
    uuid: UUID
    slug: str
    label: str


class _KnownSkills:
    """The skills there are, by each way in which an import may know them; fetched with four queries."""

    def __init__(self) -> None:
        skills: dict[int, _KnownSkill] = {}
        replaced: dict[int, int] = {}
        self.by_name: dict[tuple[str, str], int] = {}
        self.by_other_name: dict[tuple[str, str], int] = {}
        self.slugs: set[str] = set()
        rows = Skill.objects.order_by("pk").values_list("pk", "uuid", "slug", "label", "type", "replaced_by")
        for pk, uuid, slug, label, type_, replacement in rows.iterator(chunk_size=5_000):
            skills[pk] = _KnownSkill(pk, uuid, slug, label)
            self.by_name[label.lower(), type_] = pk
            self.slugs.add(slug)
            if replacement:
                replaced[pk] = replacement
        for pk, label, type_ in SkillLabel.objects.order_by("pk").values_list(
            "skill_id", "label", "skill__type"
        ):
            self.by_other_name.setdefault((label.lower(), type_), pk)
        self.by_code: dict[tuple[str, str], int] = {}
        self.mapped: set[tuple[int, str, str]] = set()
        rows_of_codes = SkillMapping.objects.order_by("pk").values_list(
            "skill_id", "scheme", "code", "relation"
        )
        for pk, scheme, code, relation in rows_of_codes.iterator(chunk_size=5_000):
            self.mapped.add((pk, scheme, code))
            if relation == SkillMapping.Relation.EXACT:
                self.by_code.setdefault((scheme, code), pk)
        self._skills = skills
        self._replaced = replaced
        self._levels: dict[int, set[str]] | None = None

    def find(self, wanted: WantedSkill) -> _KnownSkill | None:
        exact = (
            self.by_code.get((scheme, code))
            for scheme, _, code, relation in sorted(wanted.codes)
            if relation == SkillMapping.Relation.EXACT
        )
        pk = next((pk for pk in exact if pk), None)
        pk = pk or self.by_name.get(wanted.key) or self.by_other_name.get(wanted.key)
        passed: set[int] = set()
        while pk in self._replaced and pk not in passed:
            passed.add(pk)
            pk = self._replaced[pk]
        return self._skills[pk] if pk else None

    def levels_of(self, pk: int) -> set[str]:
        """The proficiency levels, by slug, that a skill has a text for."""
        if self._levels is None:
            self._levels = {}
            for skill, level in Skill.objects.filter(level_texts__isnull=False).values_list(
                "pk", "level_texts__level__slug"
            ):
                self._levels.setdefault(skill, set()).add(level)
        return self._levels.get(pk, set())

    def free_slug(self, skill: WantedSkill) -> str:
        """An address that no skill has, and from now on this one."""
        slug = free_slug(skill.label, self.slugs, suffix=skill.type)
        self.slugs.add(slug)
        return slug


def free_slug(label: str, taken: set[str], *, suffix: str) -> str:
    """An address made of a label; with `suffix`, and at need a number, where it is taken."""
    # Otherwise C, C++ and C# would be one word.
    words = slugify(label.replace("+", " plus ").replace("#", " sharp ")) or suffix
    base = words[:_LONGEST_SLUG].rstrip("-")
    slug, count = base, 1
    while slug in taken:
        ending = f"-{suffix}" if count == 1 else f"-{suffix}-{count}"
        slug = base[: _LONGEST_SLUG - len(ending)].rstrip("-") + ending
        count += 1
    return slug
