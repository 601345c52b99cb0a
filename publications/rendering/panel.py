"""The facts a reader looks for first, in one place on every page, whatever its publisher's headings say."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from ..pay import amounts, say_band
from . import words
from .locales import place_name
from .outline import Part

# A page that lists more pay than this shows the rest under its own heading.
_PAY_SHOWN = 3
_MONTHS_PER_YEAR = 12


class Said(NamedTuple):
    """What the panel says of one thing, with a smaller remark and where to read more."""

    text: str
    remark: str = ""
    url: str = ""
    is_unknown: bool = False


class PanelFact(NamedTuple):
    """One line of the panel."""

    term: str
    values: list[Said]


NOT_STATED = Said("Not stated", is_unknown=True)


def panel(document: dict[str, Any], parts: list[Part]) -> list[PanelFact]:
    """What every page says: pay and degree openly “not stated” where the document does not state them."""
    facts: dict[str, list[Said]] = {}
    for term, said in _facts(document, parts):
        facts.setdefault(term, []).append(said)
    return [PanelFact(term, values) for term, values in facts.items()]


def _facts(document: dict[str, Any], parts: list[Part]) -> Iterator[tuple[str, Said]]:
    tag, family, level = document["locale"], document["job_family"], document["level"]
    yield from _pay(document, _where(parts, "salary_bands"))
    if family:
        yield "Job family", Said(family["label"], url=f"/roles/?family={family['slug']}")
    if level:
        track = words.TRACKS.get(level["track"], "")
        yield "Level", Said(level["label"], track, f"/roles/?level={level['slug']}")
    if document["work_arrangement"]:
        yield "Work", Said(words.WORK_ARRANGEMENTS[document["work_arrangement"]])
    if document["region"]:
        yield "Place", Said(place_name(document["region"], tag))
    yield "Degree", _degree(document["qualifications"], _where(parts, "qualifications"))
    if experience := _experience(document["qualifications"]):
        yield "Experience", Said(experience)


def _pay(document: dict[str, Any], url: str) -> Iterator[tuple[str, Said]]:
    tag = document["locale"]
    bands = [band for band in document["salary_bands"] if band["display_text"] or amounts(band)]
    if not bands:
        yield "Pay", NOT_STATED
    for index, band in enumerate(bands[:_PAY_SHOWN]):
        said = Said(say_band(band, tag), place_name(band["region"], tag), url if index == 0 else "")
        yield words.PAY_COMPONENTS[band["component"]], said
    if len(bands) > _PAY_SHOWN:
        yield "More pay", Said(f"{len(bands) - _PAY_SHOWN} more on this page", url=url)


def _where(parts: list[Part], key: str) -> str:
    """A link to the first part of the page that shows rows of this kind."""
    for part in parts:
        for each in (part, *part.children):
            if any(block.key == key for block in each.blocks):
                return f"#{each.anchor}"
    return ""


def _degree(qualifications: list[dict[str, Any]], url: str) -> Said:
    """Whether a degree is needed, as far as the rows about education say in so many words."""
    education = [row for row in qualifications if row["kind"] == "education"]
    named = [row for row in education if row["credential_category"]]
    required = [row for row in named if row["strength"] == "required"]
    if required:
        replaceable = {row["substitutes_for"] for row in qualifications}
        instead = all(row["uuid"] in replaceable for row in required)
        remark = "or what may stand in for it" if instead else "required"
        return Said(_first_upper(required[0]["credential_category"]), remark, url)
    if named:
        return Said("Not required", f"{_first_upper(named[0]['credential_category'])} welcome", url)
    return Said("See qualifications", url=url) if education else NOT_STATED


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
