"""Bringing an O*NET release into the library."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from careers.models import JobFamily
from publications.partial_dates import validate_partial_date
from roles.documents.problems import DocumentError
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
from roles.exchange.wages import Wages, as_of_from_name, band, read_wages

from .convert import convert
from .database import Database
from .families import MAJOR_GROUPS, families, family_uuid
from .page import Context, profile_uuid
from .reading import OPTIONAL, read_database
from .release import NAMESPACE, read_release

# Editions with this note are the import's own; any other was saved by somebody here.
MARK = "Imported from O*NET"


@transaction.atomic
def import_onet(
    folder: Path,
    *,
    wages: Path | None = None,
    wages_as_of: str = "",
    release: str = "",
    publish: bool = False,
    overwrite: bool = False,
) -> ImportReport:
    """Create or change a profile for each occupation in a folder of O*NET tables; all or nothing.

    `wages` is a national table of OEWS. Profiles that somebody changed here since the last import are left alone,
    unless `overwrite`. Raises `DocumentError` with all that is wrong with the files, by file and line.
    """
    database, paid, notes = _read(folder, wages, wages_as_of, release)
    report = ImportReport(notes=notes)
    name = database.release.name
    identities = {profile_uuid(code): code for code in database.occupations}
    edited: dict[UUID, str] = {} if overwrite else edited_here(identities, mark=MARK)
    report.edited = sorted(edited.values())
    report.no_longer_there = no_longer_there(identities, mark=MARK)
    context = Context(
        database=database,
        wages=paid,
        slugs=addresses(
            {
                identity: (database.occupations[code].title, code.replace(".", "-"))
                for identity, code in identities.items()
            }
        ),
        families=_add_families(database, report),
        skills=add_skills(_skills(database), namespace=NAMESPACE, name=name, report=report.terms),
        changed_by=settings.SITE_NAME,
    )
    _add_bands(context, report)
    codes = [code for identity, code in identities.items() if identity not in edited]
    sources = Sources(codes, lambda code: convert(code, context))
    save_and_publish(sources, note=f"{MARK} {database.release.number}", publish=publish, report=report)
    return report


def _read(
    folder: Path, wages: Path | None, wages_as_of: str, release: str
) -> tuple[Database, Wages | None, list[str]]:
    """Read all files, and tell everything that is wrong with any of them at once."""
    tables = Tables(folder)
    database = read_database(tables, read_release(tables, release))
    notes = [
        f"There is no {file} in the folder, so profiles do not show {what}."
        for file, what in OPTIONAL.items()
        if tables.path(file) is None
    ]
    problems = tables.problems
    paid = None
    if wages is None:
        notes.append("No table of wages was given (--wages), so profiles do not show pay.")
    else:
        of_wages = Tables(wages.parent)
        as_of = wages_as_of or as_of_from_name(wages.name)
        try:
            validate_partial_date(as_of)
        except ValidationError:
            of_wages.problem(
                wages.name, "Which month is it of? Its name does not tell. Say so: --wages-as-of 2024-05."
            )
        paid = read_wages(of_wages, wages.name, as_of=as_of)
        problems = [*problems, *of_wages.problems]
        without = sum(code[:7] not in paid.by_code for code in database.occupations)
        notes.append(f"Occupations without a row in {wages.name}: {without}.")
    if problems:
        raise DocumentError(problems)
    return database, paid, notes


def _add_families(database: Database, report: ImportReport) -> dict[str, Reference]:
    groups = {code[:2] for code in database.occupations} & MAJOR_GROUPS.keys()
    name = "SOC major groups"
    return add_named("job_families", JobFamily, families(groups), name=name, report=report.terms)


def _skills(database: Database) -> Iterator[WantedSkill]:
    """Every skill, area of knowledge, technology and tool that a profile shows, each once."""
    version = database.release.number
    for ratings, type_ in ((database.skills, "skill"), (database.knowledge, "knowledge")):
        for element in sorted({rating.element for rated in ratings.values() for rating in rated}):
            label, description = database.elements[element]
            yield WantedSkill(label, type_, description, {("O*NET", version, element, "exact")})
    for examples, type_ in ((database.technologies, "technology"), (database.tools, "tool")):
        wanted: dict[str, WantedSkill] = {}
        for occupation in examples.values():
            for example in occupation:
                skill = wanted.setdefault(example.name.lower(), WantedSkill(example.name, type_))
                # An example is one of many things that the commodity stands for.
                skill.codes.add(("UNSPSC", f"in O*NET {version}", example.commodity, "broad"))
        yield from wanted.values()


def _add_bands(context: Context, report: ImportReport) -> None:
    if context.wages is None:
        return
    paid = {code[:7]: wage for code in context.database.occupations if (wage := context.wage(code))}
    bands = [
        band(wage, context.wages, family=context.families[family_uuid(code[:2])]["slug"])
        for code, wage in paid.items()
    ]
    take_terms({"salary_bands": bands}, name=context.wages.source, report=report.terms)
