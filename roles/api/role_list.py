"""The list of published roles."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from publications.api import schema
from publications.api.views import PublicList
from publications.models import Publication

from .filters import RoleFilters
from .role import api_url


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
    level_rank = serializers.IntegerField(
        allow_null=True, help_text="The level's rank: 1 is the most junior."
    )
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


@schema.a_list("list_roles", "Published roles", RoleSerializer)
class RoleList(PublicList):
    """All roles that are public now, in pages, with what is needed to choose among them."""

    queryset = Publication.objects.live().defer("document")
    serializer_class = RoleSerializer
    filterset_class = RoleFilters
