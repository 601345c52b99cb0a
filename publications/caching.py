"""Exact caching of lists: whatever is published, withdrawn or renamed changes the key, so nothing stored is ever stale.

Every publish and withdrawal takes the next number of the changes feed, and every change to a name or text of the
vocabulary moves a counter beside it, each in the transaction of the change itself. The two numbers together, the
*stamp*, are read with one narrow query. They decide a 304 or a cache hit before anything else is looked at.
"""

import hashlib
import logging
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.core.cache import cache
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils.http import parse_etags

from publications.models import FeedCounter, VocabularyCounter
from publications.release import template_release
from publications.statements import Statement

# A withdrawn text is off browsers and CDNs within three minutes; meanwhile most readers never reach us.
CACHE_CONTROL = "public, max-age=30, s-maxage=60, stale-while-revalidate=120"
# A stored answer never turns wrong, only useless: after a day the memory is better spent on others.
KEPT_FOR = 24 * 60 * 60

_VOCABULARY = VocabularyCounter.objects.filter(pk=OuterRef("pk")).values("number")
_COUNTERS = Statement(lambda: FeedCounter.objects.values_list("seq", Subquery(_VOCABULARY)))

logger = logging.getLogger(__name__)

View = Callable[..., HttpResponseBase]


def highest_seq() -> int:
    """The number of the latest change to what is public: 0 before anything was published."""
    return FeedCounter.objects.values_list("seq", flat=True).first() or 0


def public_stamp() -> str:
    """What changes whenever a list, a count or a name on a public page could have changed."""
    seq, vocabulary = _COUNTERS.first() or (0, 0)
    return f"{seq}.{vocabulary or 0}"


def cached_on_seq(view: View) -> View:
    """Answer GET and HEAD of a list from the cache for as long as nothing public has changed.

    One query decides a 304 or a hit. Only a complete answer with status 200 is kept, as finished bytes. The view
    must depend on nothing but its URL, public data and templates: not on cookies, request headers or the clock.
    The whole query string is part of the key, so one that makes no sense to the view can only ever spoil its own
    answer. Decorators that mark the response for a middleware (django-csp) go outside of this one.
    """

    @wraps(view)
    def cached(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in {"GET", "HEAD"}:
            return view(request, *args, **kwargs)

        # Read before anything is rendered. A publish that commits meanwhile can then only put content that is newer
        # than its key under the old key, which nobody asks for again, and never old content under the new key.
        stamp = public_stamp()
        key = _key(request, stamp)
        etag = f'"{key}"'
        if not_modified := answer_not_modified(request, etag):
            return not_modified
        if stored := _kept(key):
            content, headers = stored
            return with_validators(HttpResponse(content, headers=headers), etag)

        response = view(request, *args, **kwargs)
        if not isinstance(response, HttpResponse) or response.status_code != 200 or response.cookies:
            return response
        if not getattr(response, "is_rendered", True):
            response = response.render()  # type: ignore[attr-defined]
        # Rendered while something was published, the content may mix before and after. It is good enough to show
        # once, but it must not carry the name of either.
        if public_stamp() != stamp:
            response.headers["Cache-Control"] = "no-cache"
            return response
        if request.method == "GET":
            _keep(key, (response.content, dict(response.headers)))
        return with_validators(response, etag)

    return cached


def answer_not_modified(request: HttpRequest, etag: str) -> HttpResponse | None:
    """A 304, if the client already holds what `etag` names."""
    held = request.META.get("HTTP_IF_NONE_MATCH")
    # A proxy that compresses what passes marks the tag as weak (W/). The content is still the same.
    if held and etag in [tag.removeprefix("W/") for tag in parse_etags(held)]:
        return with_validators(HttpResponseNotModified(), etag)
    return None


def with_validators(response: HttpResponse, etag: str) -> HttpResponse:
    """Name the content of a response, and say how long others may keep it."""
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = CACHE_CONTROL
    return response


def _kept(key: str) -> tuple[bytes, dict[str, str]] | None:
    try:
        return cache.get(key)
    except Exception:
        # A cache that does not answer makes us slow. It must not make us silent.
        logger.exception("The cache cannot be read.")
        return None


def _keep(key: str, answer: tuple[bytes, dict[str, str]]) -> None:
    try:
        cache.set(key, answer, KEPT_FOR)
    except Exception:
        logger.exception("The cache cannot be written.")


def _key(request: HttpRequest, stamp: str) -> str:
    """A key of fixed length for what this request asks for.

    The address as the view sees it, host included, since answers may hold absolute links. The order of different
    parameters does not matter. Another release of templates or code makes other bytes.
    """
    query = urlencode(sorted(request.GET.lists()), doseq=True)
    parts = (stamp, template_release(), f"{request.scheme}://{request.get_host()}", request.path, query)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:40]
