"""What the list of roles can be narrowed by."""

from typing import Any

from django import forms
from django.db.models import F, Q, QuerySet
from django_filters.rest_framework import FilterSet

from publications.api.parameters import (
    ChoiceParameter,
    IntegerParameter,
    PatternParameter,
    SlugsParameter,
)
from publications.models import Publication, PublicationFamily, PublicationSkill

WORK_ARRANGEMENTS = ["on_site", "hybrid", "remote"]
ORDERINGS: dict[str, list[Any]] = {
    "title": ["title", "slug"],
    "published_at": ["published_at", "title", "slug"],
    # Backwards in all columns, as an index can be read.
    "-title": ["-title", "-slug"],
    "-published_at": ["-published_at", "-title", "-slug"],
    # Databases disagree about where empty values stand.
    "level_rank": [F("level_rank").asc(nulls_last=True), "title", "slug"],
    "-level_rank": [F("level_rank").desc(nulls_last=True), "title", "slug"],
}
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
        elif len(bounds) == 2 and values["pay_minimum"] > values["pay_maximum"]:
            self.add_error("pay_minimum", "It is above pay_maximum.")
        return values


class RoleFilters(FilterSet):
    """Filters are joined by “and”, values of one filter by “or”."""

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
        choices=ORDERINGS,
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
        return roles.order_by(*ORDERINGS[ordering])
