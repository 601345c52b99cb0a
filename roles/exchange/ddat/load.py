"""Bringing the framework into the library."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.text import slugify

from careers.models import JobFamily, Level, LevelScale
from roles.exchange.importing import (
    ImportReport,
    Sources,
    addresses,
    edited_here,
    no_longer_there,
    save_and_publish,
)
from roles.exchange.tables import Tables
from roles.exchange.vocabulary import Reference, WantedSkill, add_named, add_skills, take_terms
from skills.models import ProficiencyLevel

from .convert import NAMESPACE, SCHEME, Context, convert, profile_uuid
from .framework import PROFICIENCIES, Framework, read_framework
from .ladder import Step, step

# Editions with this note are the import's own; any other was saved by somebody here.
MARK = "Imported from the UK Digital and Data framework"
_SCALE = "uk-government-digital-and-data"


@transaction.atomic
def import_ddat(folder: Path, *, publish: bool = False, overwrite: bool = False) -> ImportReport:
    """Create or change a profile for each role and level of the framework in a folder; all or nothing.

    Profiles that somebody changed here since the last import are left alone, unless `overwrite`. Raises
    `DocumentError` with all that is wrong with the files, by file and line.
    """
    tables = Tables(folder)
    framework = read_framework(tables)
    tables.check()
    report = ImportReport(notes=[f"{what}: {count}." for what, count in framework.oddities.items()])
    identities = {profile_uuid(level): level for level in framework.levels.values()}
    without = sum(not level.level for level in identities.values())
    if without:
        report.notes.append(f"Roles that have no levels, each one profile without a level: {without}.")
    edited: dict[UUID, str] = {} if overwrite else edited_here(identities, mark=MARK)
    report.edited = sorted(edited.values())
    report.no_longer_there = no_longer_there(identities, mark=MARK)
    context = Context(
        framework=framework,
        slugs=addresses({identity: (level.title, "ddat") for identity, level in identities.items()}),
        families=_add_families(framework, report),
        levels=_add_levels(framework, report),
        proficiencies=(proficiencies := _add_proficiencies(report)),
        skills=add_skills(
            _skills(framework, proficiencies), namespace=NAMESPACE, name=SCHEME, report=report.terms
        ),
    )
    levels = [level for identity, level in identities.items() if identity not in edited]
    sources = Sources(levels, lambda level: convert(level, context))
    save_and_publish(sources, note=MARK, publish=publish, report=report)
    return report


def _uuid(name: str) -> str:
    return str(uuid5(NAMESPACE, name))


def _add(key: str, model: Any, entries: list[dict[str, Any]], report: ImportReport) -> dict[str, Reference]:
    return add_named(key, model, entries, name=SCHEME, report=report.terms)


def _add_families(framework: Framework, report: ImportReport) -> dict[str, Reference]:
    """The families of the framework, in one that holds them all."""
    whole: dict[str, Any] = {"uuid": _uuid("family"), "slug": _SCALE, "label": SCHEME, "position": 100}
    parent = _add("job_families", JobFamily, [whole], report)[whole["uuid"]]
    names = sorted({level.family for level in framework.levels.values()})
    entries: list[dict[str, Any]] = [
        {
            "uuid": _uuid(f"family/{name.lower()}"),
            "slug": slugify(name)[:140],
            "label": name,
            "parent": parent["slug"],
            "position": position * 10,
        }
        for position, name in enumerate(names, start=1)
    ]
    references = _add("job_families", JobFamily, entries, report)
    return {name: references[entry["uuid"]] for name, entry in zip(names, entries, strict=True)}


def _add_levels(framework: Framework, report: ImportReport) -> dict[Step, Reference]:
    if not LevelScale.objects.filter(slug=_SCALE).exists():
        take_terms({"level_scales": [{"slug": _SCALE, "label": SCHEME}]}, name=SCHEME, report=report.terms)
    steps = sorted({found for level in framework.levels.values() if (found := step(level))})
    entries: list[dict[str, Any]] = [
        {
            "uuid": _uuid(f"level/{on.slug}"),
            "slug": on.slug,
            "label": on.label,
            "scale": _SCALE,
            "rank": on.rank,
            "track": on.track,
        }
        for on in steps
    ]
    references = _add("levels", Level, entries, report)
    return {on: references[entry["uuid"]] for on, entry in zip(steps, entries, strict=True)}


def _add_proficiencies(report: ImportReport) -> dict[str, Reference]:
    entries: list[dict[str, Any]] = [
        {"uuid": _uuid(f"proficiency/{name}"), "slug": name.lower(), "label": name, "rank": rank}
        for rank, name in enumerate(PROFICIENCIES, start=1)
    ]
    references = _add("proficiency_levels", ProficiencyLevel, entries, report)
    return {name: references[entry["uuid"]] for name, entry in zip(PROFICIENCIES, entries, strict=True)}


def _skills(framework: Framework, proficiencies: dict[str, Reference]) -> Iterator[WantedSkill]:
    for skill in framework.skills.values():
        yield WantedSkill(
            label=skill.name,
            type="skill",
            description=skill.description,
            codes={(SCHEME, "", skill.name[:120], "exact")},
            level_texts={proficiencies[name]["slug"]: text for name, text in skill.texts.items()},
        )
