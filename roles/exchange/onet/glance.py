"""The facts at a glance: what it takes, and how many do it."""

from typing import Any

from roles.exchange import wages as oews

from .database import Occupation
from .page import Context, Part, plain, section
from .preparation import largest, percent


def glance(occupation: Occupation, context: Context) -> Part:
    database, code = context.database, occupation.code
    facts: list[dict[str, Any]] = []
    for scale, key, label in (
        ("RL", "education", "Education"),
        ("RW", "experience", "Related work experience"),
        ("OJ", "training", "Training on the job"),
    ):
        if share := largest(database.shares.get(code, ()), scale):
            facts.append(
                {
                    "key": key,
                    "label": label,
                    "value": database.categories[scale, share.category],
                    "text": f"The most frequent answer: {percent(share.percent)} of those asked.",
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
                "text": "" if wage.title == occupation.title else f"In all of {plain(wage.title)}.",
                "minimum": wage.employment,
                "maximum": wage.employment,
                "unit": "jobs",
                "place": "United States",
                "as_of": context.wages.as_of,
                "source_title": context.wages.source,
                "source_url": oews.URL,
            }
        )
    return Part(section("at-a-glance", "glance", "At a glance"), {"facts": facts})
