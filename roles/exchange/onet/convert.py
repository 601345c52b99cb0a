"""One occupation as a role profile: a pure function from the tables to a source document."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import uuid5

from roles.documents.canonical import number
from roles.documents.format import SCHEMA_VERSION
from roles.exchange import wages as oews

from .database import Database, Occupation, Rating
from .families import family_uuid
from .glance import glance
from .page import Context, Part, plain, profile_uuid, section
from .preparation import preparation
from .tools import equipment, technology

# On the scale of importance, 3 is important and 4 is very important; this is where ratings round to the latter.
VERY_IMPORTANT = Decimal("3.5")
_TIERS = {"Primary-Short": "Most alike", "Primary-Long": "Alike", "Supplemental": "Somewhat alike"}
_TASKS = {"Core": ("Core tasks", True), "": ("Tasks", None), "Supplemental": ("Further tasks", False)}


def convert(code: str, context: Context) -> dict[str, Any]:
    """The source document of an occupation. The same tables give the same document."""
    occupation = context.database.occupations[code]
    identity = profile_uuid(code)
    document: dict[str, Any] = {
        "schema": SCHEMA_VERSION,
        "uuid": str(identity),
        "slug": context.slugs[identity],
        "role_title": occupation.title,
        "summary": plain(occupation.description),
        "job_family": context.families[family_uuid(code[:2])],
        "locale": "en-US",
        "region": "US",
        "updated_on": context.database.release.month,
        "alternate_titles": [{"title": title} for title in context.database.titles.get(code, ())],
        "occupation_codes": _codes(occupation, context),
        "attributions": _attributions(occupation, context),
        "sections": [],
    }
    for make in _PARTS:
        part = make(occupation, context)
        if not any(part.rows.values()):
            continue
        document["sections"].append(part.section)
        for key, rows in part.rows.items():
            placed = [{"section": part.section["anchor"]} | row for row in rows]
            document.setdefault(key, []).extend(placed)
    return document


def _codes(occupation: Occupation, context: Context) -> list[dict[str, str]]:
    soc = occupation.code[:7]
    whole = context.database.occupations.get(f"{soc}.00")
    return [
        {
            "scheme": "O*NET-SOC",
            "version": "2019",
            "code": occupation.code,
            "label": occupation.title,
            "uri": f"https://www.onetonline.org/link/summary/{occupation.code}",
        },
        {"scheme": "SOC", "version": "2018", "code": soc, "label": whole.title if whole else ""},
    ]


def _attributions(occupation: Occupation, context: Context) -> list[dict[str, str]]:
    named = {"onet": context.database.release.attribution(context.changed_by)}
    if context.wages and context.wage(occupation.code):
        named["oews"] = context.wages.attribution()
    identity = profile_uuid(occupation.code)
    return [{"uuid": str(uuid5(identity, f"attribution/{key}"))} | row for key, row in named.items()]


def _duties(occupation: Occupation, context: Context) -> Part:
    identity = profile_uuid(occupation.code)
    tasks = context.database.tasks.get(occupation.code, [])
    # A heading that stands over all of the tasks says nothing.
    is_mixed = len({task.type for task in tasks}) > 1
    duties = [
        {
            "uuid": str(uuid5(identity, f"task/{task.id}")),
            "group": group if is_mixed or type_ else "",
            "text": task.text,
            "essential": essential,
        }
        for type_, (group, essential) in _TASKS.items()
        for task in tasks
        if task.type == type_
    ]
    duties += [
        {"uuid": str(uuid5(identity, f"emerging/{text}")), "group": "Emerging tasks", "text": text}
        for text in dict.fromkeys(context.database.emerging_tasks.get(occupation.code, ()))
    ]
    return Part(section("tasks", "duties", "What the work involves"), {"duties": duties})


def _rated(
    anchor: str, heading: str, type_: str, ratings: Callable[[Database], dict[str, list[Rating]]]
) -> Any:
    """A part for skills or for knowledge: the important ones, the most important first."""

    def part(occupation: Occupation, context: Context) -> Part:
        elements = context.database.elements
        rated = sorted(
            ratings(context.database).get(occupation.code, ()),
            key=lambda rating: (-rating.importance, elements[rating.element][0]),
        )
        skills = [
            {
                "skill": context.skills[elements[rating.element][0].lower(), type_],
                "strength": "must" if rating.importance >= VERY_IMPORTANT else "preferred",
                "importance": number(rating.importance),
            }
            for rating in rated
        ]
        return Part(section(anchor, "skills", heading), {"skills": skills})

    return part


def _pay(occupation: Occupation, context: Context) -> Part:
    wage = context.wage(occupation.code)
    rows = []
    if wage and context.wages:
        rows.append(
            {
                "band": {"slug": oews.band_slug(wage, context.wages)},
                "display_text": oews.display_text(wage),
                "note": oews.note(wage, title=occupation.title),
            }
        )
    return Part(section("pay", "salary", "What it pays"), {"salary_bands": rows})


def _related(occupation: Occupation, context: Context) -> Part:
    occupations = context.database.occupations
    moves = []
    for relation in sorted(context.database.related.get(occupation.code, ())):
        identity = profile_uuid(relation.code)
        if relation.code != occupation.code:
            moves.append(
                {
                    "group": _TIERS.get(relation.tier, ""),
                    "kind": "related",
                    "to": {"slug": context.slugs[identity], "uuid": str(identity)},
                    "label": occupations[relation.code].title,
                }
            )
    return Part(section("related", "related", "Related occupations"), {"career_moves": moves})


# In the order of the page.
_PARTS: tuple[Callable[[Occupation, Context], Part], ...] = (
    glance,
    _duties,
    _rated("skills", "Skills", "skill", lambda database: database.skills),
    _rated("knowledge", "Knowledge", "knowledge", lambda database: database.knowledge),
    technology,
    equipment,
    preparation,
    _pay,
    _related,
)
