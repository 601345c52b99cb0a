"""The facts a reader looks for first, in one place on every page, whatever its publisher's headings say."""

from typing import Any, NamedTuple

from ..pay import amounts, say_band
from . import words
from .locales import place_name
from .outline import Part

# A page that lists more pay than this shows the rest under its own heading.
_PAY_SHOWN = 3
_MONTHS_PER_YEAR = 12


class PanelFact(NamedTuple):
    """One line of the panel: what it says, a smaller remark, and where to read more."""

    term: str
    value: str
    remark: str = ""
    url: str = ""
    is_unknown: bool = False


def panel(document: dict[str, Any], parts: list[Part]) -> list[PanelFact]:
    """What every page says: pay and degree openly “not stated” where the document does not state them."""
    tag = document["locale"]
    family, level = document["job_family"], document["level"]
    facts = _pay(document, parts)
    if family:
        facts.append(PanelFact("Job family", family["label"], url=f"/roles/?family={family['slug']}"))
    if level:
        facts.append(
            PanelFact(
                "Level",
                level["label"],
                remark=words.TRACKS.get(level["track"], ""),
                url=f"/roles/?level={level['slug']}",
            )
        )
    if document["work_arrangement"]:
        facts.append(PanelFact("Work", words.WORK_ARRANGEMENTS[document["work_arrangement"]]))
    if document["region"]:
        facts.append(PanelFact("Place", place_name(document["region"], tag)))
    facts.append(_degree(document["qualifications"], _where(parts, "qualifications")))
    if experience := _experience(document["qualifications"]):
        facts.append(PanelFact("Experience", experience))
    return facts


def _pay(document: dict[str, Any], parts: list[Part]) -> list[PanelFact]:
    bands = [band for band in document["salary_bands"] if band["display_text"] or amounts(band)]
    if not bands:
        return [PanelFact("Pay", "Not stated", is_unknown=True)]
    url = _where(parts, "salary_bands")
    facts = [
        PanelFact(
            words.PAY_COMPONENTS[band["component"]],
            say_band(band, document["locale"]),
            remark=place_name(band["region"], document["locale"]),
            url=url if index == 0 else "",
        )
        for index, band in enumerate(bands[:_PAY_SHOWN])
    ]
    if len(bands) > _PAY_SHOWN:
        facts.append(PanelFact("More pay", f"{len(bands) - _PAY_SHOWN} more on this page", url=url))
    return facts


def _where(parts: list[Part], key: str) -> str:
    """A link to the first part of the page that shows rows of this kind."""
    for part in parts:
        for each in (part, *part.children):
            if any(block.key == key for block in each.blocks):
                return f"#{each.anchor}"
    return ""


def _degree(qualifications: list[dict[str, Any]], url: str) -> PanelFact:
    """Whether a degree is needed, as far as the rows about education say in so many words."""
    education = [row for row in qualifications if row["kind"] == "education"]
    named = [row for row in education if row["credential_category"]]
    required = [row for row in named if row["strength"] == "required"]
    if required:
        replaceable = {row["substitutes_for"] for row in qualifications}
        instead = all(row["uuid"] in replaceable for row in required)
        return PanelFact(
            "Degree",
            _first_upper(required[0]["credential_category"]),
            remark="or what may stand in for it" if instead else "required",
            url=url,
        )
    if named:
        welcome = f"{_first_upper(named[0]['credential_category'])} welcome"
        return PanelFact("Degree", "Not required", remark=welcome, url=url)
    if education:
        return PanelFact("Degree", "See qualifications", url=url)
    return PanelFact("Degree", "Not stated", is_unknown=True)


def _experience(qualifications: list[dict[str, Any]]) -> str:
    """The least experience asked for, in years where it is whole years."""
    asked = [
        row["months_experience"]
        for row in qualifications
        if row["months_experience"]
        and row["strength"] in {"required", "unspecified"}
        and not row["substitutes_for"]
    ]
    if not asked:
        return ""
    # Rows may ask for several kinds of experience; who has the longest has time for the others.
    months = max(asked)
    if months % _MONTHS_PER_YEAR:
        return f"{months} months or more"
    years = months // _MONTHS_PER_YEAR
    return f"{years} {'year' if years == 1 else 'years'} or more"


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]
