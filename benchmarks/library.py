"""A library of made-up roles, as many as asked for, saved and published by the site's own services."""

import random
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from tqdm import tqdm

from careers.models import JobFamily, Level, LevelScale
from publications.models import Publication
from roles.models import RoleProfile
from roles.publishing import publish_many, save_sources
from skills.models import ProficiencyLevel, Skill

SLUG = "benchmark-role"
FAMILIES = 23
LEVELS = ["Junior", "Working", "Senior", "Lead", "Principal", "Head"]
SKILLS = 500
CURRENCIES = ["GBP", "EUR", "USD"]
WORDS = """
    plans builds checks repairs explains measures teaches designs records agrees orders compares answers delivers with
    for between within across against customers engineers patients suppliers colleagues machines reports budgets
    schedules standards samples systems safely weekly promptly together carefully in full every morning
""".split()  # noqa: SIM905


class Sources:
    """The source documents of `count` roles: the same ones each time they are asked for, one at a time."""

    def __init__(self, count: int):
        self.count = count

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for number in range(self.count):
            yield source(number, self.count)


def slug(number: int) -> str:
    return f"{SLUG}-{number:06}"


def source(number: int, count: int) -> dict[str, Any]:
    """One role, with as much in it as a typical page of a role library: a document of about 20 KB."""
    chance = random.Random(number)
    level = number % len(LEVELS)
    pay = 25_000 + 12_500 * level + chance.randrange(20) * 500

    def sentence(length: int) -> str:
        return " ".join(chance.choices(WORDS, k=length)).capitalize() + "."

    def rows(section: str, many: int, **values: Any) -> list[dict[str, Any]]:
        return [{"section": section, **values, "text": sentence(16)} for _ in range(many)]

    return {
        "schema": 1,
        "slug": slug(number),
        "role_title": f"{LEVELS[level]} {chance.choice(WORDS).capitalize()} Specialist {number}",
        "summary": f"<p>{sentence(30)}</p>",
        "job_family": {"slug": f"benchmark-family-{number % FAMILIES}"},
        "level": {"slug": f"benchmark-level-{level}"},
        "locale": "en-GB",
        "region": "GB",
        "work_arrangement": chance.choice(["on_site", "hybrid", "remote"]),
        "sections": [
            {"anchor": kind, "kind": kind, "heading": kind.capitalize(), "lead": f"<p>{sentence(25)}</p>"}
            for kind in ("overview", "duties", "qualifications", "skills", "salary", "career", "faq")
        ],
        "duties": rows("duties", 12),
        "qualifications": rows("qualifications", 8, kind="experience"),
        "skills": [
            {
                "section": "skills",
                "skill": {"slug": f"benchmark-skill-{skill}"},
                "strength": "must",
                "proficiency": {"slug": "benchmark-working"},
                "explanation": f"<p>{sentence(16)}</p>",
            }
            for skill in chance.sample(range(SKILLS), 10)
        ],
        "salary_bands": [
            {
                "section": "salary",
                "component": "base",
                "currency": chance.choice(CURRENCIES),
                "minimum": pay,
                "maximum": pay + 9_000,
                "region": "GB",
            }
        ],
        "career_moves": [
            {
                "section": "career",
                "kind": "next",
                "to": {"slug": slug((number + step) % count)},
                "label": "Next",
            }
            for step in (1, 7)
            if step % count
        ],
        "questions": [
            {
                "section": "faq",
                "kind": "faq",
                "question": f"<p>{sentence(10)}</p>",
                "answer": f"<p>{sentence(40)}</p>",
            }
            for _ in range(6)
        ],
    }


@transaction.atomic
def make_vocabulary() -> None:
    """The families, levels and skills that the roles refer to."""
    top, _ = JobFamily.objects.get_or_create(slug="benchmark", defaults={"label": "Benchmark"})
    for number in range(FAMILIES):
        JobFamily.objects.get_or_create(
            slug=f"benchmark-family-{number}", defaults={"label": f"Benchmark family {number}", "parent": top}
        )
    scale, _ = LevelScale.objects.get_or_create(slug="benchmark", defaults={"label": "Benchmark"})
    for rank, label in enumerate(LEVELS):
        Level.objects.get_or_create(
            slug=f"benchmark-level-{rank}", defaults={"label": label, "scale": scale, "rank": rank + 1}
        )
    if not ProficiencyLevel.objects.filter(slug="benchmark-working").exists():
        ProficiencyLevel.objects.create(slug="benchmark-working", label="Working", rank=902)
    for number in range(SKILLS):
        Skill.objects.get_or_create(
            slug=f"benchmark-skill-{number}", defaults={"label": f"Benchmark skill {number}"}
        )


def fill(count: int) -> None:
    """Make a library of `count` roles in an empty database. One that is there already is used again."""
    if Publication.objects.filter(slug__startswith=SLUG).count() == count == RoleProfile.objects.count():
        return
    if RoleProfile.objects.exists():
        raise SystemExit(
            "This database holds other roles. Benchmarks need one of their own: name an empty one."
        )
    make_vocabulary()
    with tqdm(total=count, desc="Saving", unit="role") as bar:
        report = save_sources(sources=Sources(count), progress=bar.update)
    with tqdm(total=count, desc="Publishing", unit="role") as bar:
        publish_many(profiles=report.profiles(), progress=bar.update)
