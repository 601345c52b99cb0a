"""The page of one role, made from its document alone: no request, no session, no clock."""

import datetime
import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from ..partial_dates import say
from ..richtext import to_text
from .locales import locale_of, say_day
from .markup import blocks, safe_url
from .outline import Part, outline
from .panel import panel
from .structured_data import absolute, structured_data

# More titles than this are folded; some occupations have two thousand.
TITLES_SHOWN = 12
# What search engines and messengers show of a description.
_DESCRIPTION_LENGTH = 200
_NOT_DIALLED = re.compile(r"[^+0-9]")
_WHITESPACE = re.compile(r"\s+")


def render_role_page(
    document: dict[str, Any], *, published_at: datetime.datetime | None, edition_number: int
) -> str:
    """The finished HTML of a role's page.

    Without `published_at` it is a preview: it says so, and search engines are asked to leave it alone.
    """
    return render_to_string("roles/detail.html", role_page(document, published_at, edition_number))


def role_page(
    document: dict[str, Any], published_at: datetime.datetime | None, edition_number: int
) -> dict[str, Any]:
    """All that the template of a role's page shows."""
    tag = document["locale"]
    parts = outline(document)
    title = document["page_title"] or document["role_title"]
    description = _description(document)
    crumbs = list(_crumbs(document))
    titles = [row["title"] for row in document["alternate_titles"]]
    if len(titles) <= TITLES_SHOWN + 3:
        titles_shown, titles_folded = titles, []
    else:
        titles_shown, titles_folded = titles[:TITLES_SHOWN], titles[TITLES_SHOWN:]
    return {
        "role": document,
        "title": title,
        "role_title": document["role_title"] if title != document["role_title"] else "",
        "description": description,
        "language": tag,
        "direction": locale_of(tag).text_direction,
        "og_locale": str(locale_of(tag)),
        "canonical": absolute(document["url"]),
        "json_path": f"/api/v1{document['url']}",
        "crumbs": crumbs[:-1],
        "summary": blocks(document["summary"]),
        "stated_dates": _stated_dates(document),
        "titles_shown": titles_shown,
        "titles_folded": titles_folded,
        "panel": panel(document, parts),
        "parts": parts,
        "contents": [part for part in parts if part.name],
        "publisher": _publisher(document["publisher"]),
        "attributions": [
            row | {"url": safe_url(row["url"]), "licence_url": safe_url(row["licence_url"])}
            for row in document["attributions"]
        ],
        "codes": [row | {"uri": safe_url(row["uri"])} for row in document["occupation_codes"]],
        "edition_number": edition_number,
        "published_on": say_day(published_at, tag) if published_at else "",
        "published_at": published_at,
        "structured_data": structured_data(document, description=description, crumbs=crumbs),
    }


def _description(document: dict[str, Any]) -> str:
    """The role in one line, cut at a word."""
    text = _WHITESPACE.sub(" ", to_text(document["summary"])).strip()
    if not text:
        family = document["job_family"]
        of_family = f" in {family['label']}" if family else ""
        return f"What the role of {document['role_title']}{of_family} is about, and what it asks for."
    if len(text) <= _DESCRIPTION_LENGTH:
        return text
    return f"{text[:_DESCRIPTION_LENGTH].rsplit(' ', 1)[0].rstrip(',;:–-')}…"


def _crumbs(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The way from the home page, the role itself last."""
    yield settings.SITE_NAME, "/"
    yield "Roles", "/roles/"
    if family := document["job_family"]:
        for each in (*family["ancestors"], family):
            yield each["label"], f"/roles/?family={each['slug']}"
    yield document["role_title"], document["url"]


def _stated_dates(document: dict[str, Any]) -> list[tuple[str, str, str]]:
    """The dates as the publisher states them: what happened, in words, and for machines."""
    locale = str(locale_of(document["locale"]))
    pairs = (("Published", document["published_on"]), ("Updated", document["updated_on"]))
    return [(name, say(value, locale), value) for name, value in pairs if value]


def _publisher(publisher: dict[str, Any] | None) -> dict[str, Any] | None:
    if publisher is None:
        return None
    # The policy of the site lets in no picture from elsewhere, so that reading a page tells nobody.
    logo = publisher["logo_url"]
    is_ours = logo.startswith(f"{settings.SITE_URL}/") or (logo.startswith("/") and safe_url(logo))
    return publisher | {
        "about": blocks(publisher["about"]),
        "website": safe_url(publisher["website"]),
        "contacts": [
            contact | {"phone_number": _NOT_DIALLED.sub("", contact["phone"])}
            for contact in publisher["contacts"]
        ],
        "logo_url": logo if is_ours else "",
    }


__all__ = ["Part", "render_role_page", "role_page"]
