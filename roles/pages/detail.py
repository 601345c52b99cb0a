"""The page of one role: as it was stored, where it moved to, or why it is gone."""

import json
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db.models import F, QuerySet
from django.db.models.functions import Abs
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from publications.caching import CACHE_CONTROL, KEPT_FOR, with_validators
from publications.models import Publication, PublicationPage
from publications.release import template_release
from publications.rendering import render_role_page
from publications.statements import Statement

SIMILAR_SHOWN = 6


def _version(slug: str) -> QuerySet[Publication, Any]:
    live = Publication.objects.live().filter(slug=slug)
    return live.values_list("document_hash", "published_at")


def _page(slug: str, release: str) -> QuerySet[PublicationPage, Any]:
    live = PublicationPage.objects.filter(publication__slug=slug, publication__state=Publication.State.LIVE)
    stored = live.filter(release=release, document_hash=F("publication__document_hash"))
    return stored.values_list("html", "document_hash", "publication__published_at")


_VERSION = Statement(_version)
_PAGE = Statement(_page)


@require_safe
def role_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A live role's page: one query for the stored bytes, one narrow query for a reader who has them already."""
    conditional = "HTTP_IF_NONE_MATCH" in request.META or "HTTP_IF_MODIFIED_SINCE" in request.META
    if conditional and (latest := _VERSION.first(slug)):
        document_hash, published_at = latest
        not_modified = get_conditional_response(
            request, etag=_etag(document_hash, published_at), last_modified=int(published_at.timestamp())
        )
        if not_modified is not None:
            return _with_validators(not_modified, document_hash, published_at)

    if stored := _PAGE.first(slug, template_release()):
        html, document_hash, published_at = stored
        return _with_validators(HttpResponse(html), document_hash, published_at)
    return _not_stored(request, slug)


def _etag(document_hash: str, published_at: datetime) -> str:
    """Names the bytes of a page: they are made of the document, the day it was published and the templates."""
    return f'"{document_hash[:24]}-{int(published_at.timestamp()):x}-{template_release()}"'


def _with_validators(response: HttpResponse, document_hash: str, published_at: datetime) -> HttpResponse:
    response.headers["Last-Modified"] = http_date(published_at.timestamp())
    return with_validators(response, _etag(document_hash, published_at))


def _not_stored(request: HttpRequest, slug: str) -> HttpResponse:
    """What there is to say where no page of this release is stored."""
    publication = Publication.objects.defer("document").filter(slug=slug).first()
    if publication is None:
        return _moved(slug)
    if publication.state != Publication.State.LIVE:
        return _withdrawn(request, publication)
    return _with_validators(
        HttpResponse(_rendered(publication)), publication.document_hash, publication.published_at
    )


def _rendered(publication: Publication) -> str:
    """The page of a role that was stored by another release, until `render_pages` has come to it."""
    key = f"role-page:{_etag(publication.document_hash, publication.published_at)}"
    html = cache.get(key)
    if html is None:
        html = render_role_page(
            json.loads(publication.document),
            published_at=publication.published_at,
            edition_number=publication.edition_number,
        )
        cache.set(key, html, KEPT_FOR)
    return html


def _moved(slug: str) -> HttpResponse:
    current = Publication.objects.once_at(slug).values_list("slug", flat=True).first()
    if current is None:
        raise Http404("No role is or was public at this address.")
    response = HttpResponsePermanentRedirect(f"/roles/{current}/")
    response.headers["Cache-Control"] = CACHE_CONTROL
    return response


def _withdrawn(request: HttpRequest, publication: Publication) -> HttpResponse:
    """A role that was public: why it is not, what replaces it, and which roles are like it."""
    similar = Publication.objects.none()
    if publication.family_slug:
        similar = (
            Publication.objects.live()
            .filter(family_slug=publication.family_slug)
            .exclude(slug=publication.replacement_slug)
            .order_by(Abs(F("level_rank") - (publication.level_rank or 0)).asc(nulls_last=True), "title")
            .defer("document")[:SIMILAR_SHOWN]
        )
    context = {
        "publication": publication,
        "replacement": _replacement(publication.replacement_slug),
        "similar": similar,
    }
    response = render(request, "410.html", context, status=410)
    response.headers["Cache-Control"] = CACHE_CONTROL
    return response


def _replacement(slug: str) -> Publication | None:
    if not slug:
        return None
    named = Publication.objects.filter(slug=slug) | Publication.objects.once_at(slug)
    return named.live().defer("document").first()
