"""Published roles for partners: the list, made for filtering, and each role's whole document."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django_filters.rest_framework import FilterSet
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from publications.api import problems, schema
from publications.api.parameters import (
    ChoiceParameter,
    IntegerParameter,
    PatternParameter,
    SlugsParameter,
    refuse_parameters,
)
from publications.api.views import PublicList
from publications.caching import CACHE_CONTROL, with_validators
from publications.models import Publication, PublicationFamily, PublicationSkill, SlugRedirect

WORK_ARRANGEMENTS = ["on_site", "hybrid", "remote"]
ORDERINGS = ["title", "published_at", "level_rank"]
MOST_PAY = 10**12
HIGHEST_RANK = 32_767


def _is_live_family(slug: str) -> bool:
    return PublicationFamily.objects.filter(slug=slug, publication__state=Publication.State.LIVE).exists()


def _is_live_level(slug: str) -> bool:
    return Publication.objects.live().filter(level_slug=slug).exists()


def _is_live_skill(slug: str) -> bool:
    return PublicationSkill.objects.filter(slug=slug, publication__state=Publication.State.LIVE).exists()


class PayForm(forms.Form):
    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        bounds = [name for name in ("pay_minimum", "pay_maximum") if values.get(name) is not None]
        if bounds and not values.get("currency"):
            self.add_error(bounds[0], "Amounts mean nothing without a currency. Give currency as well.")
        if len(bounds) == 2 and values["pay_minimum"] > values["pay_maximum"]:
            self.add_error("pay_minimum", "It is above pay_maximum.")
        return values


class RoleFilters(FilterSet):
    """What the list of roles can be narrowed by. Filters are joined by “and”, values of one filter by “or”."""

    family = SlugsParameter(
        method="in_families",
        exists=_is_live_family,
        listed_at="/api/v1/job-families/",
        says="Job families, by slug. The families below them count too.",
    )
    level = SlugsParameter(
        method="at_levels",
        exists=_is_live_level,
        listed_at="/api/v1/levels/",
        says="Levels, by slug.",
    )
    level_rank_min = IntegerParameter(
        field_name="level_rank",
        lookup_expr="gte",
        min_value=0,
        max_value=HIGHEST_RANK,
        says="The lowest rank of level: 1 is the most junior.",
    )
    level_rank_max = IntegerParameter(
        field_name="level_rank",
        lookup_expr="lte",
        min_value=0,
        max_value=HIGHEST_RANK,
        says="The highest rank of level.",
    )
    skill = SlugsParameter(
        method="with_skills",
        exists=_is_live_skill,
        listed_at="/api/v1/skills/",
        says="Skills or tools, by slug. Roles that ask for any of them.",
    )
    language = PatternParameter(
        method="in_language",
        pattern="^[A-Za-z]{2,8}$",
        form="the code of a language alone (ISO 639), such as en",
        says="The language the role is written in, such as en, whichever country's.",
    )
    region = PatternParameter(
        method="in_region",
        pattern="^[A-Za-z]{2}(-[A-Za-z0-9]{1,3})?$",
        form="a country or a part of one (ISO 3166), such as GB or US-CO",
        says="The place the role is written for. A country's parts count as the country.",
    )
    work_arrangement = ChoiceParameter(choices=WORK_ARRANGEMENTS, says="Where the work is done.")
    currency = PatternParameter(
        method="in_currency",
        pattern="^[A-Za-z]{3}$",
        form="the three letters of a currency (ISO 4217), such as GBP",
        says="The currency the role is paid in, such as GBP.",
    )
    pay_minimum = IntegerParameter(
        field_name="pay_maximum",
        lookup_expr="gte",
        min_value=0,
        max_value=MOST_PAY,
        says="Roles that pay this much a year or more at the top of their range. Needs currency.",
    )
    pay_maximum = IntegerParameter(
        field_name="pay_minimum",
        lookup_expr="lte",
        min_value=0,
        max_value=MOST_PAY,
        says="Roles that pay this much a year or less at the bottom of their range. Needs currency.",
    )
    ordering = ChoiceParameter(
        method="in_order",
        choices=[*ORDERINGS, *(f"-{name}" for name in ORDERINGS)],
        says="What to sort by: title unless you say otherwise, with a minus for the other way round. Roles without "
        "a level come last.",
    )

    class Meta:
        model = Publication
        form = PayForm
        fields: list[str] = []

    def in_families(self, roles: QuerySet, name: str, slugs: list[str]) -> QuerySet:
        branch = PublicationFamily.objects.filter(slug__in=slugs)
        return roles.filter(pk__in=branch.values("publication"))

    def at_levels(self, roles: QuerySet, name: str, slugs: list[str]) -> QuerySet:
        return roles.filter(level_slug__in=slugs)

    def with_skills(self, roles: QuerySet, name: str, slugs: list[str]) -> QuerySet:
        asked_for = PublicationSkill.objects.filter(slug__in=slugs)
        return roles.filter(pk__in=asked_for.values("publication"))

    def in_language(self, roles: QuerySet, name: str, language: str) -> QuerySet:
        return roles.filter(language=language.lower())

    def in_region(self, roles: QuerySet, name: str, region: str) -> QuerySet:
        region = region.upper()
        return roles.filter(Q(region=region) | Q(region__startswith=f"{region}-"))

    def in_currency(self, roles: QuerySet, name: str, currency: str) -> QuerySet:
        return roles.filter(pay_currency=currency.upper())

    def in_order(self, roles: QuerySet, name: str, ordering: str) -> QuerySet:
        column = F(ordering.removeprefix("-"))
        # Databases disagree about where empty values stand.
        first = column.desc(nulls_last=True) if ordering.startswith("-") else column.asc(nulls_last=True)
        return roles.order_by(first, "title", "slug")


@extend_schema_field({"type": ["number", "null"]})
class AmountField(serializers.Field):
    """A decimal as a JSON number, and a whole one without a point, as role documents have it."""

    def to_representation(self, value: Any) -> int | float:
        return int(value) if value == value.to_integral_value() else float(value)


class RoleSerializer(serializers.ModelSerializer):
    """One published role as lists show it."""

    uuid = serializers.UUIDField(source="role_uuid", help_text="The role's own for good, whatever its slug.")
    url = serializers.CharField(help_text="The path of the page for readers.")
    api_url = serializers.SerializerMethodField(help_text="The path of the whole document.")
    family = serializers.CharField(source="family_slug", help_text="The job family's slug, or empty.")
    level = serializers.CharField(source="level_slug", help_text="The level's slug, or empty.")
    pay_minimum = AmountField(help_text="Per year of full-time work, in units of pay_currency.")
    pay_maximum = AmountField(help_text="Per year of full-time work, in units of pay_currency.")
    pay_text = serializers.CharField(help_text="Pay as the page shows it.")
    document_hash = serializers.CharField(
        help_text="Changes with the document. Its ETag, without the quotes."
    )
    seq = serializers.IntegerField(help_text="The number of its latest change among all changes.")

    class Meta:
        model = Publication
        fields = [
            "uuid",
            "slug",
            "title",
            "url",
            "api_url",
            "summary",
            "family",
            "family_label",
            "level",
            "level_label",
            "level_rank",
            "language",
            "region",
            "work_arrangement",
            "pay_currency",
            "pay_minimum",
            "pay_maximum",
            "pay_text",
            "document_hash",
            "seq",
            "first_published_at",
            "published_at",
        ]

    def get_api_url(self, role: Publication) -> str:
        return api_url(role.slug)


@extend_schema(summary="Published roles", **schema.a_list(RoleSerializer))
class RoleList(PublicList):
    """All roles that are public now, in pages, with what is needed to choose among them."""

    queryset = Publication.objects.live().defer("document")
    serializer_class = RoleSerializer
    filterset_class = RoleFilters


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
        "detail": "“Systems Analyst” was withdrawn. It is now part of Product Analyst.",
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
        operation_id="role",
        summary="One role, whole",
        parameters=[schema.IF_NONE_MATCH],
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
    live = Publication.objects.live().filter(slug=slug).order_by()
    if "HTTP_IF_NONE_MATCH" in request.META or "HTTP_IF_MODIFIED_SINCE" in request.META:
        # Without the document, which is long.
        for document_hash, published_at in live.values_list("document_hash", "published_at"):
            not_modified = get_conditional_response(
                request, etag=f'"{document_hash}"', last_modified=int(published_at.timestamp())
            )
            if not_modified is not None:
                return _with_validators(not_modified, document_hash, published_at)

    columns = live.values_list("document", "document_hash", "published_at")
    for document, document_hash, published_at in columns:
        response = HttpResponse(document, content_type="application/json")
        return _with_validators(response, document_hash, published_at)
    return None


def _with_validators(response: HttpResponse, document_hash: str, published_at: datetime) -> HttpResponse:
    response.headers["Last-Modified"] = http_date(published_at.timestamp())
    return with_validators(response, f'"{document_hash}"')


def redirect_from(old_slug: str) -> Response:
    """A redirect to the present address of the role that once had this slug."""
    slug = _once_at(old_slug).values_list("slug", flat=True).first()
    if slug is None:
        raise NotFound("No role is or was published at this address.")
    headers = {"Location": api_url(slug), "Cache-Control": CACHE_CONTROL}
    return Response(status=status.HTTP_301_MOVED_PERMANENTLY, headers=headers)


def _once_at(old_slug: str) -> QuerySet[Publication]:
    moved = SlugRedirect.objects.filter(old_slug=old_slug)
    return Publication.objects.filter(role_uuid__in=moved.values("role_uuid"))


def withdrawn(role: Publication) -> problems.Problem:
    """What a partner has to know of a role that was public."""
    named = Publication.objects.filter(slug=role.replacement_slug) | _once_at(role.replacement_slug)
    replacement = named.live().defer("document").first()
    return problems.Problem(
        "withdrawn",
        f"“{role.title}” was withdrawn. {role.withdrawal_reason}".strip(),
        uuid=role.role_uuid,
        slug=role.slug,
        reason=role.withdrawal_reason,
        withdrawn_at=role.withdrawn_at,
        replacement=None if replacement is None else ReplacementSerializer(replacement).data,
        seq=role.seq,
    )


def api_url(slug: str) -> str:
    return reverse("api-v1:role-detail", args=[slug])
