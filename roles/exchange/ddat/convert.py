"""One role at one level as a role profile: a pure function from the framework to a source document."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any
from uuid import UUID, uuid5

from roles.documents.format import SCHEMA_VERSION
from roles.exchange.vocabulary import Reference

from .framework import AskedSkill, Framework, RoleLevel
from .ladder import Step, alike, moves_up, step

# Of all that is made from the framework: the same role is the same, however often it is imported, and everywhere.
NAMESPACE = UUID("7a4f5b8e-2c51-5d0e-8f4b-9e1d6c3a7b20")
SCHEME = "UK Government Digital and Data"
ATTRIBUTION = {
    "source": "Government Digital and Data Profession Capability Framework",
    "statement": "Contains public sector information licensed under the Open Government Licence v3.0.",
    "url": "https://ddat-capability-framework.service.gov.uk/",
    "licence": "Open Government Licence v3.0",
    "licence_url": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
}


@dataclass(frozen=True)
class Context:
    """All that documents are made from: the framework, and how to refer to what it names."""

    framework: Framework
    slugs: Mapping[UUID, str]
    families: Mapping[str, Reference]
    levels: Mapping[Step, Reference]
    proficiencies: Mapping[str, Reference]
    skills: Mapping[tuple[str, str], Reference]


@dataclass(frozen=True)
class Text:
    """A description taken apart: paragraphs, the line that opens its list, the list, and what follows it."""

    paragraphs: list[str]
    opening: str
    bullets: list[str]
    after: list[str]


def profile_uuid(level: RoleLevel) -> UUID:
    """The permanent identity of a role at a level."""
    return uuid5(NAMESPACE, "/".join(("role", *level.key)))


def convert(level: RoleLevel, context: Context) -> dict[str, Any]:
    """The source document of a role at a level. The same framework gives the same document."""
    identity = profile_uuid(level)
    on = step(level)
    role, own = take_apart(level.role_description), take_apart(level.description)
    # A role without levels is described as a role only.
    summary = own if level.level else role
    document: dict[str, Any] = {
        "schema": SCHEMA_VERSION,
        "uuid": str(identity),
        "slug": context.slugs[identity],
        "role_title": level.title,
        "summary": _paragraphs(summary.paragraphs),
        "job_family": context.families[level.family],
        "level": context.levels[on] if on else None,
        "locale": "en-GB",
        "region": "GB",
        "external_ids": [{"scheme": SCHEME, "value": f"{level.role}: {level.title}"[:200]}],
        "attributions": [ATTRIBUTION],
        "sections": [],
        "duties": [],
    }
    if level.role_type:
        _put(document, _section("at-a-glance", "glance", "At a glance"), "facts",
             [{"key": "role-type", "label": "Role type", "value": level.role_type}])  # fmt: skip
    if level.level:
        _put_duties(document, "at-this-level", "What you do at this level", own, with_paragraphs=False)
    _put_duties(document, "the-role", "About the role", role, with_paragraphs=bool(level.level))
    skills = [_skill(asked, context) for asked in level.skills.values()]
    _put(document, _section("skills", "skills", "Skills you need"), "skills", skills)
    ladder = [other for other in context.framework.levels.values() if other.role == level.role]
    up = [_move(kind, other, context) for kind, other in moves_up(level, ladder)]
    _put(document, _section("next", "career", "Where you can go from here"), "career_moves", up)
    family = [other for other in context.framework.levels.values() if other.family == level.family]
    related = [_move("related", other, context) for other in alike(level, family)]
    heading = f"Other roles in {level.family} at this level"
    _put(document, _section("related", "related", heading), "career_moves", related)
    return document


def take_apart(text: str) -> Text:
    """A description in its parts. List items are the lines that start with a hyphen."""
    lines = [line.strip() for line in text.splitlines()]
    is_item = [line.startswith("- ") for line in lines]
    if True not in is_item:
        return Text([line for line in lines if line], "", [], [])
    first = is_item.index(True)
    before = [line for line in lines[:first] if line]
    opening = before.pop() if before and before[-1].endswith(":") else ""
    bullets = [line[2:].strip() for line in lines if line.startswith("- ")]
    after = [line for line in lines[first:] if line and not line.startswith("- ")]
    return Text(before, opening, list(dict.fromkeys(filter(None, bullets))), after)


def _section(anchor: str, kind: str, heading: str, **others: str) -> dict[str, Any]:
    return {"anchor": anchor, "kind": kind, "heading": heading, **others}


def _put(document: dict[str, Any], section: dict[str, Any], key: str, rows: list[dict[str, Any]]) -> None:
    """Add a section with its rows; without any, no section either."""
    if rows:
        document["sections"].append(section)
        document.setdefault(key, []).extend({"section": section["anchor"]} | row for row in rows)


def _put_duties(
    document: dict[str, Any], anchor: str, heading: str, text: Text, *, with_paragraphs: bool
) -> None:
    """Add a section of duties, with the text that stands around them."""
    body = _paragraphs(text.paragraphs) if with_paragraphs else ""
    if not (body or text.bullets or text.after):
        return
    document["sections"].append(
        _section(
            anchor,
            "duties",
            heading,
            body=body + (_paragraphs([text.opening]) if text.opening else ""),
            trail=_paragraphs(text.after),
        )
    )
    document["duties"] += [{"section": anchor, "text": bullet} for bullet in text.bullets]


def _skill(asked: AskedSkill, context: Context) -> dict[str, Any]:
    known = context.framework.skills[asked.name.lower()]
    text = take_apart(asked.text)
    # Where a role means something of its own by a skill, it says so.
    own = [asked.description] if asked.description != known.description else []
    return {
        "skill": context.skills[asked.name.lower(), "skill"],
        "strength": "must",
        "proficiency": context.proficiencies.get(asked.proficiency),
        "explanation": _paragraphs([*own, *text.paragraphs, text.opening])
        + _list(text.bullets)
        + _paragraphs(text.after),
    }


def _move(kind: str, other: RoleLevel, context: Context) -> dict[str, Any]:
    identity = profile_uuid(other)
    return {
        "kind": kind,
        "to": {"slug": context.slugs[identity], "uuid": str(identity)},
        "label": other.title,
    }


def _paragraphs(lines: Iterable[str]) -> str:
    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines if line)


def _list(bullets: list[str]) -> str:
    items = "".join(f"<li>{escape(bullet, quote=False)}</li>" for bullet in bullets)
    return f"<ul>{items}</ul>" if items else ""
