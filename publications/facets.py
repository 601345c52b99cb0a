"""The typed columns and link rows of a publication: pure functions of its document."""

from typing import Any

from django.db.models import Model

from . import pay
from .models import Publication, PublicationFamily, PublicationMove, PublicationSkill
from .richtext import to_text


def facets(document: dict[str, Any]) -> dict[str, Any]:
    """The columns of `Publication` that lists and filters need."""
    family = document["job_family"] or {}
    level = document["level"] or {}
    band = pay.leading_band(document)
    annual = pay.annual_range(document)
    return {
        "slug": document["slug"],
        "title": document["role_title"],
        "summary": to_text(document["summary"]),
        "family_slug": family.get("slug", ""),
        "family_label": family.get("label", ""),
        "level_slug": level.get("slug", ""),
        "level_label": level.get("label", ""),
        "level_rank": level.get("rank"),
        "language": document["locale"].split("-")[0].lower(),
        "region": document["region"],
        "work_arrangement": document["work_arrangement"],
        "pay_currency": annual.currency if annual else "",
        "pay_minimum": annual.minimum if annual else None,
        "pay_maximum": annual.maximum if annual else None,
        "pay_text": pay.say_band(band, document["locale"]) if band else "",
    }


def links(publication: Publication, document: dict[str, Any]) -> dict[type[Model], list[Any]]:
    """The link rows of a publication, by model, not saved."""
    return {
        PublicationFamily: [
            PublicationFamily(
                publication=publication, slug=family["slug"], label=family["label"], depth=depth
            )
            for depth, family in enumerate(_branch(document["job_family"]))
        ],
        PublicationSkill: [
            _skill(publication, row) for row in [*document["skills"], *document["tools"]] if row["skill"]
        ],
        PublicationMove: [
            PublicationMove(
                publication=publication,
                position=index,
                kind=move["kind"],
                target_uuid=move["to"]["uuid"],
                target_slug=move["to"]["slug"],
            )
            for index, move in enumerate(document["career_moves"])
            if move["to"]
        ],
    }


def _branch(family: dict[str, Any] | None) -> list[dict[str, Any]]:
    """A family and those above it, the nearest first."""
    return [family, *reversed(family["ancestors"])] if family else []


def _skill(publication: Publication, row: dict[str, Any]) -> PublicationSkill:
    proficiency = row.get("proficiency") or {}
    return PublicationSkill(
        publication=publication,
        skill_uuid=row["skill"]["uuid"],
        slug=row["skill"]["slug"],
        label=row["skill"]["label"],
        type=row["skill"]["type"],
        # Tools are listed without saying how strongly they are asked for.
        strength=row.get("strength", "unspecified"),
        proficiency_slug=proficiency.get("slug", ""),
        proficiency_rank=proficiency.get("rank"),
    )
