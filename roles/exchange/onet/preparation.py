"""Education, experience and training: what a survey of the people in an occupation says, and its job zone."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import uuid5

from roles.documents.canonical import number

from .database import Occupation, Share
from .page import Context, Part, profile_uuid, section

# A category of education that fewer people than this named, in percent, is not worth a line.
WORTH_A_LINE = 5
# Degrees and certificates as schema.org calls them, by category of the scale RL.
_CREDENTIALS = {
    "2": "high school", "3": "professional certificate", "5": "associate degree", "6": "bachelor degree",
    "7": "professional certificate", "8": "postgraduate degree", "9": "professional certificate",
    "10": "postgraduate degree", "11": "postgraduate degree", "12": "postgraduate degree",
}  # fmt: skip


def preparation(occupation: Occupation, context: Context) -> Part:
    return Part(
        section("preparation", "qualifications", "Education, experience and training"),
        {
            "qualifications": [*_asked(occupation, context), *_zone(occupation, context)],
            "facts": _education_shares(occupation, context),
        },
    )


def _asked(occupation: Occupation, context: Context) -> list[dict[str, Any]]:
    """What most people in the occupation say it takes, as the survey asked them."""
    identity = profile_uuid(occupation.code)
    shares = context.database.shares.get(occupation.code, ())
    qualifications: list[dict[str, Any]] = []
    for scale, kind in (("RL", "education"), ("RW", "experience")):
        share = largest(shares, scale)
        answer = context.database.categories[scale, share.category] if share else "None"
        if share is None or answer == "None":
            continue
        asked: dict[str, Any] = {
            "uuid": str(uuid5(identity, f"survey/{kind}")),
            "group": "What people in this occupation say is required",
            "kind": kind,
            "strength": "required" if share.percent >= 50 else "preferred",
        }
        if kind == "education":
            asked |= {"text": answer, "credential_category": _CREDENTIALS.get(share.category, "")}
        else:
            words = f"Related work experience: {answer[:1].lower()}{answer[1:]}"
            asked |= {"text": words, "months_experience": _months(answer)}
        qualifications.append(asked)
    return qualifications


def _zone(occupation: Occupation, context: Context) -> list[dict[str, Any]]:
    """What the occupation's job zone says of its preparation, in the words of the reference table."""
    zone = context.database.zones.get(context.database.job_zones.get(occupation.code, ""))
    if zone is None:
        return []
    group = f"{zone.name} (SVP {zone.svp_range.strip('()')})"
    return [
        {
            "uuid": str(uuid5(profile_uuid(occupation.code), f"zone/{kind}")),
            "group": group[:200],
            "kind": kind,
            "strength": "unspecified",
            "text": text,
        }
        for kind, text in (
            ("education", zone.education),
            ("experience", zone.experience),
            ("other", zone.training),
        )
        if text
    ]


def _education_shares(occupation: Occupation, context: Context) -> list[dict[str, Any]]:
    """How many named each level of education, the most frequent first."""
    named = [share for share in context.database.shares.get(occupation.code, ()) if share.scale == "RL"]
    return [
        {
            "kind": "statistic",
            "group": "Level of education that people in this occupation say is required",
            "label": context.database.categories["RL", share.category],
            "value": percent(share.percent),
            "minimum": number(share.percent),
            "maximum": number(share.percent),
            "unit": "%",
            "as_of": share.as_of,
            **context.source(),
        }
        for share in sorted(named, key=lambda share: (-share.percent, int(share.category)))
        if share.percent >= WORTH_A_LINE
    ]


def largest(shares: Iterable[Share], scale: str) -> Share | None:
    """The category that most people named; of two alike, the lower one."""
    of_scale = [share for share in shares if share.scale == scale]
    return max(of_scale, key=lambda share: (share.percent, -int(share.category)), default=None)


def percent(value: Decimal) -> str:
    return f"{value:.0f}%"


def _months(text: str) -> int | None:
    """The least experience that “Over 2 years, up to …” asks for, in months."""
    found = re.match(r"Over (\d+) (month|year)", text)
    return int(found[1]) * (12 if found[2] == "year" else 1) if found else None
