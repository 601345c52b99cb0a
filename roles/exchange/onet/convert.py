"""One occupation as a role profile: a pure function from the tables to a source document."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from roles.documents.canonical import number
from roles.documents.format import SCHEMA_VERSION
from roles.exchange import wages as oews
from roles.exchange.vocabulary import Reference
from roles.exchange.wages import Wage, Wages

from .database import Database, Example, Occupation, Rating, Share
from .families import family_uuid
from .release import NAMESPACE, URL

# On the scale of importance, 3 is important and 4 is very important; this is where ratings round to the latter.
VERY_IMPORTANT = Decimal("3.5")
# A category of education that fewer people than this named, in percent, is not worth a line.
WORTH_A_LINE = 5
# Degrees and certificates as schema.org calls them, by category of the scale RL.
_CREDENTIALS = {
    "2": "high school", "3": "professional certificate", "5": "associate degree", "6": "bachelor degree",
    "7": "professional certificate", "8": "postgraduate degree", "9": "professional certificate",
    "10": "postgraduate degree", "11": "postgraduate degree", "12": "postgraduate degree",
}  # fmt: skip
_TIERS = {"Primary-Short": "Most alike", "Primary-Long": "Alike", "Supplemental": "Somewhat alike"}
_TASKS = {"Core": ("Core tasks", True), "": ("Tasks", None), "Supplemental": ("Further tasks", False)}


@dataclass(frozen=True)
class Context:
    """All that documents are made from: the tables, and how to refer to what they name."""

    database: Database
    wages: Wages | None
    slugs: Mapping[UUID, str]
    families: Mapping[str, Reference]
    skills: Mapping[tuple[str, str], Reference]
    # Who has changed the text, for the statement that the licence asks for.
    changed_by: str

    def wage(self, code: str) -> Wage | None:
        """The wage of the occupation of the SOC that an O*NET occupation is part of."""
        wage = self.wages.by_code.get(code[:7]) if self.wages else None
        return wage if wage and wage.is_known else None

    def source(self) -> dict[str, str]:
        return {"source_title": self.database.release.name, "source_url": URL}


@dataclass(frozen=True)
class Part:
    """One section of the page, and the rows that stand in it, by the array they belong to."""

    section: dict[str, Any]
    rows: dict[str, list[dict[str, Any]]]


def profile_uuid(code: str) -> UUID:
    """The permanent identity of the role of an O*NET-SOC code."""
    return uuid5(NAMESPACE, f"occupation/{code}")


def convert(code: str, context: Context) -> dict[str, Any]:
    """The source document of an occupation. The same tables give the same document."""
    occupation = context.database.occupations[code]
    identity = profile_uuid(code)
    document: dict[str, Any] = {
        "schema": SCHEMA_VERSION,
        "uuid": str(identity),
        "slug": context.slugs[identity],
        "role_title": occupation.title,
        "summary": _plain(occupation.description),
        "job_family": context.families[family_uuid(code[:2])],
        "locale": "en-US",
        "region": "US",
        "updated_on": context.database.release.month,
        "alternate_titles": [{"title": title} for title in context.database.titles.get(code, ())],
        "occupation_codes": _codes(occupation, context),
        "attributions": [context.database.release.attribution(context.changed_by)],
        "sections": [],
    }
    if context.wages and context.wage(code):
        document["attributions"].append(context.wages.attribution())
    for make in _PARTS:
        part = make(occupation, context)
        if not any(part.rows.values()):
            continue
        document["sections"].append(part.section)
        for key, rows in part.rows.items():
            placed = [{"section": part.section["anchor"]} | row for row in rows]
            document.setdefault(key, []).extend(placed)
    return document


def _section(anchor: str, kind: str, heading: str, **others: str) -> dict[str, Any]:
    return {"anchor": anchor, "kind": kind, "heading": heading, **others}


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


def _glance(occupation: Occupation, context: Context) -> Part:
    database, code = context.database, occupation.code
    facts: list[dict[str, Any]] = []
    for scale, key, label in (
        ("RL", "education", "Education"),
        ("RW", "experience", "Related work experience"),
        ("OJ", "training", "Training on the job"),
    ):
        if share := _largest(database.shares.get(code, ()), scale):
            facts.append(
                {
                    "key": key,
                    "label": label,
                    "value": database.categories[scale, share.category],
                    "text": f"The most frequent answer: {_percent(share.percent)} of those asked.",
                    "as_of": share.as_of,
                    **context.source(),
                }
            )
    if zone := database.zones.get(database.job_zones.get(code, "")):
        facts.append({"key": "job-zone", "label": "Preparation", "value": zone.name, **context.source()})
    wage = context.wage(code)
    if wage and context.wages and wage.employment is not None:
        facts.append(
            {
                "key": "employment",
                "label": "Jobs",
                "value": f"{wage.employment:,}",
                "text": "" if wage.title == occupation.title else f"In all of {_plain(wage.title)}.",
                "minimum": wage.employment,
                "maximum": wage.employment,
                "unit": "jobs",
                "place": "United States",
                "as_of": context.wages.as_of,
                "source_title": context.wages.source,
                "source_url": oews.URL,
            }
        )
    return Part(_section("at-a-glance", "glance", "At a glance"), {"facts": facts})


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
    return Part(_section("tasks", "duties", "What the work involves"), {"duties": duties})


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
        return Part(_section(anchor, "skills", heading), {"skills": skills})

    return part


def _technology(occupation: Occupation, context: Context) -> Part:
    examples = context.database.technologies.get(occupation.code, ())
    lead = ""
    if any(example.hot or example.in_demand for example in examples):
        lead = (
            "<p>What employers often ask for is marked: a hot technology in job advertisements of all kinds, one in "
            "demand in those for this occupation.</p>"
        )
    return Part(
        _section("technology", "tools", "Technology", lead=lead),
        {"tools": _tools(examples, "technology", context, lambda example: example.commodity_title)},
    )


def _equipment(occupation: Occupation, context: Context) -> Part:
    examples = context.database.tools.get(occupation.code, ())
    families = context.database.commodity_families
    return Part(
        _section("tools", "tools", "Tools and equipment"),
        {
            "tools": _tools(
                examples,
                "tool",
                context,
                lambda example: families.get(example.commodity, example.commodity_title),
            )
        },
    )


def _tools(
    examples: Iterable[Example], type_: str, context: Context, group_of: Callable[[Example], str]
) -> list[dict[str, Any]]:
    """Tools under the heading of their kind; what employers ask for first, kinds as well as tools."""
    groups: dict[str, dict[str, Example]] = {}
    for example in examples:
        groups.setdefault(group_of(example), {}).setdefault(example.name.lower(), example)

    def wanted(some: Iterable[Example]) -> tuple[int, int]:
        counted = list(some)
        return -sum(example.in_demand for example in counted), -sum(example.hot for example in counted)

    return [
        {"group": group[:200], "skill": context.skills[example.name.lower(), type_], "note": _demand(example)}
        for group, members in sorted(groups.items(), key=lambda item: (wanted(item[1].values()), item[0]))
        for example in sorted(members.values(), key=lambda example: (wanted([example]), example.name.lower()))
    ]


def _demand(example: Example) -> str:
    words = ("Hot technology" if example.hot else "", "in demand" if example.in_demand else "")
    said = ", ".join(word for word in words if word)
    return said[:1].upper() + said[1:]


def _preparation(occupation: Occupation, context: Context) -> Part:
    database, shares = context.database, context.database.shares.get(occupation.code, [])
    qualifications: list[dict[str, Any]] = []
    if education := _largest(shares, "RL"):
        qualifications.append(
            {
                "group": "What people in this occupation say is required",
                "kind": "education",
                "strength": _strength(education),
                "text": database.categories["RL", education.category],
                "credential_category": _CREDENTIALS.get(education.category, ""),
            }
        )
    if experience := _largest(shares, "RW"):
        asked = database.categories["RW", experience.category]
        if asked != "None":
            qualifications.append(
                {
                    "group": "What people in this occupation say is required",
                    "kind": "experience",
                    "strength": _strength(experience),
                    "text": f"Related work experience: {asked[:1].lower()}{asked[1:]}",
                    "months_experience": _months(asked),
                }
            )
    if zone := database.zones.get(database.job_zones.get(occupation.code, "")):
        group = f"{zone.name} (SVP {zone.svp_range.strip('()')})"
        qualifications += [
            {"group": group[:200], "kind": kind, "strength": "unspecified", "text": text}
            for kind, text in (
                ("education", zone.education),
                ("experience", zone.experience),
                ("other", zone.training),
            )
            if text
        ]
    facts = [
        {
            "kind": "statistic",
            "group": "Level of education that people in this occupation say is required",
            "label": database.categories["RL", share.category],
            "value": _percent(share.percent),
            "minimum": number(share.percent),
            "maximum": number(share.percent),
            "unit": "%",
            "as_of": share.as_of,
            **context.source(),
        }
        for share in sorted(shares, key=lambda share: (-share.percent, int(share.category)))
        if share.scale == "RL" and share.percent >= WORTH_A_LINE
    ]
    return Part(
        _section("preparation", "qualifications", "Education, experience and training"),
        {"qualifications": qualifications, "facts": facts},
    )


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
    return Part(_section("pay", "salary", "What it pays"), {"salary_bands": rows})


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
    return Part(_section("related", "related", "Related occupations"), {"career_moves": moves})


# In the order of the page.
_PARTS: tuple[Callable[[Occupation, Context], Part], ...] = (
    _glance,
    _duties,
    _rated("skills", "Skills", "skill", lambda database: database.skills),
    _rated("knowledge", "Knowledge", "knowledge", lambda database: database.knowledge),
    _technology,
    _equipment,
    _preparation,
    _pay,
    _related,
)


def _largest(shares: Iterable[Share], scale: str) -> Share | None:
    """The category that most people named; of two alike, the lower one."""
    of_scale = [share for share in shares if share.scale == scale]
    return max(of_scale, key=lambda share: (share.percent, -int(share.category)), default=None)


def _strength(share: Share) -> str:
    return "required" if share.percent >= 50 else "preferred"


def _months(text: str) -> int | None:
    """The least experience that “Over 2 years, up to …” asks for, in months."""
    found = re.match(r"Over (\d+) (month|year)", text)
    return int(found[1]) * (12 if found[2] == "year" else 1) if found else None


def _percent(value: Decimal) -> str:
    return f"{value:.0f}%"


def _plain(text: str) -> str:
    """Plain text as rich text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
