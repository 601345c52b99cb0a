"""One role: its document as it was stored, where it moved to, or why it is gone."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from publications.api import problems, schema
from publications.api.parameters import refuse_parameters
from publications.caching import CACHE_CONTROL, answer_not_modified, with_validators
from publications.models import Publication
from publications.statements import Statement

# Without the document, which is long, and with it.
_VERSION = Statement(lambda slug: _live(slug).values_list("document_hash", "published_at"))
_DOCUMENT = Statement(lambda slug: _live(slug).values_list("document", "document_hash", "published_at"))


def _live(slug: str) -> QuerySet[Publication]:
    return Publication.objects.live().filter(slug=slug)


def api_url(slug: str) -> str:
    return reverse("api-v1:role-detail", args=[slug])


class ReplacementSerializer(serializers.Serializer):
    """The role to use instead of a withdrawn one."""

    slug = serializers.CharField()
    title = serializers.CharField()
    url = serializers.CharField()
    api_url = serializers.SerializerMethodField()

    def get_api_url(self, role: Publication) -> str:
        return api_url(role.slug)


class WithdrawnSerializer(problems.ProblemSerializer):
    """What is left of a role that was public."""

    uuid = serializers.UUIDField()
    slug = serializers.CharField()
    reason = serializers.CharField()
    withdrawn_at = serializers.DateTimeField()
    replacement = ReplacementSerializer(allow_null=True)
    seq = serializers.IntegerField()


WITHDRAWN = schema.problem(
    410,
    WithdrawnSerializer,
    "The role was withdrawn.",
    {
        "type": "/api/v1/problems/withdrawn/",
        "title": "This role has been withdrawn",
        "status": 410,
        "detail": "It is now part of Product Analyst.",
        "uuid": "0d6f5e0a-5c56-4f0b-9a51-3f7d1f3f7c11",
        "slug": "systems-analyst",
        "reason": "It is now part of Product Analyst.",
        "withdrawn_at": "2026-03-02T09:30:00Z",
        "replacement": {
            "slug": "product-analyst",
            "title": "Product Analyst",
            "url": "/roles/product-analyst/",
            "api_url": "/api/v1/roles/product-analyst/",
        },
        "seq": 1204,
    },
)


class RoleDetail(APIView):
    """One role, whole: the document that its page is made from.

    A role's earlier addresses redirect to the present one. A withdrawn role answers 410 for good.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # What is stored goes out as it stands. Nothing that REST framework does first could change it.
        plain = request.method in {"GET", "HEAD"} and not request.META.get("QUERY_STRING")
        stored = stored_document(request, kwargs["slug"]) if plain else None
        return stored or super().dispatch(request, *args, **kwargs)

    @extend_schema(
        operation_id="get_role",
        summary="One role, whole",
        parameters=schema.CONDITIONAL,
        responses={
            200: OpenApiResponse({"$ref": "#/components/schemas/RoleDocument"}, "The role's document."),
            301: OpenApiResponse(None, "The role has another slug now: see Location."),
        }
        | WITHDRAWN
        | schema.NOT_MODIFIED
        | schema.INVALID_PARAMETERS
        | schema.NOT_FOUND,
    )
    def get(self, request: Request, slug: str) -> Response:
        refuse_parameters(request.query_params)
        not_live = Publication.objects.exclude(state=Publication.State.LIVE)
        role = not_live.filter(slug=slug).defer("document").first()
        if role is None:
            return redirect_from(slug)
        raise withdrawn(role)


def stored_document(request: HttpRequest, slug: str) -> HttpResponse | None:
    """The live role of this slug, or a 304 for a client that holds it already; None if there is no such role."""
    conditional = "HTTP_IF_NONE_MATCH" in request.META or "HTTP_IF_MODIFIED_SINCE" in request.META
    if conditional and (not_modified := _not_modified(request, slug)):
        return not_modified
    if found := _DOCUMENT.first(slug):
        document, document_hash, published_at = found
        response = HttpResponse(document, content_type="application/json")
        response.headers["Last-Modified"] = http_date(published_at.timestamp())
        return with_validators(response, f'"{document_hash}"')
    return None


def _not_modified(request: HttpRequest, slug: str) -> HttpResponse | None:
    if not (latest := _VERSION.first(slug)):
        return None
    document_hash, published_at = latest
    etag = f'"{document_hash}"'
    # Nearly everyone who asks again sends the tag; what else the standard allows takes longer to look at.
    if not_modified := answer_not_modified(request, etag):
        return not_modified
    answer = get_conditional_response(request, etag=etag, last_modified=int(published_at.timestamp()))
    return None if answer is None else with_validators(answer, etag)


def redirect_from(old_slug: str) -> Response:
    """A redirect to the present address of the role that once had this slug."""
    slug = Publication.objects.once_at(old_slug).values_list("slug", flat=True).first()
    if slug is None:
        raise NotFound("No role is or was published at this address.")
    headers = {"Location": api_url(slug), "Cache-Control": CACHE_CONTROL}
    return Response(status=status.HTTP_301_MOVED_PERMANENTLY, headers=headers)


def withdrawn(role: Publication) -> problems.Problem:
    """What a partner has to know of a role that was public."""
    roles = Publication.objects
    named = roles.filter(slug=role.replacement_slug) | roles.once_at(role.replacement_slug)
    replacement = named.live().defer("document").first()
    return problems.Problem(
        "withdrawn",
        role.withdrawal_reason or "It is no longer public.",
        uuid=role.role_uuid,
        slug=role.slug,
        reason=role.withdrawal_reason,
        withdrawn_at=role.withdrawn_at,
        replacement=None if replacement is None else ReplacementSerializer(replacement).data,
        seq=role.seq,
    )
