"""The career framework for partners: the job families and levels of published roles."""

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.models.functions import Lower
from rest_framework import serializers

from careers.models import JobFamily, Level
from publications.api import schema
from publications.api.views import PublicList, PublicRecord
from publications.models import Publication, PublicationFamily


def published_families() -> QuerySet[JobFamily]:
    """Families of live roles, and the families above them."""
    branches = PublicationFamily.objects.filter(slug=OuterRef("slug"))
    families = JobFamily.objects.filter(Exists(branches)).select_related("parent")
    return families.order_by("position", Lower("label"), "slug")


def with_branch_counts(families: list[JobFamily]) -> list[JobFamily]:
    """The same families, each knowing how many live roles are in it or below it."""
    branches = PublicationFamily.objects.filter(slug__in=[family.slug for family in families])
    counts = dict(branches.values_list("slug").annotate(Count("publication", distinct=True)))
    for family in families:
        family.role_count = counts.get(family.slug, 0)  # type: ignore[attr-defined]
    return families


class JobFamilySerializer(serializers.ModelSerializer):
    """A group of roles which share a body of work."""

    parent = serializers.CharField(  # type: ignore[assignment]
        source="parent.slug", default=None, allow_null=True, help_text="The slug of the wider family, if any."
    )
    role_count = serializers.IntegerField(
        help_text="How many published roles are in it or in families below."
    )

    class Meta:
        model = JobFamily
        fields = ["uuid", "slug", "label", "description", "parent", "role_count"]


@schema.a_list("list_job_families", "Job families", JobFamilySerializer)
class JobFamilyList(PublicList):
    """Families with at least one published role, in them or below them, in the order the library gives them."""

    queryset = published_families()
    serializer_class = JobFamilySerializer
    complete = staticmethod(with_branch_counts)


@schema.a_record("get_job_family", "One job family", JobFamilySerializer)
class JobFamilyDetail(PublicRecord):
    """One family with at least one published role, in it or below it."""

    queryset = published_families()
    serializer_class = JobFamilySerializer
    complete = staticmethod(with_branch_counts)


def published_levels() -> QuerySet[Level]:
    """Levels of live roles, from junior to senior on each scale."""
    levels_of_roles = Publication.objects.live().order_by().values("level_slug").distinct()
    levels = Level.objects.filter(slug__in=levels_of_roles).select_related("scale")
    return levels.order_by("scale__slug", "rank", "track")


def with_role_counts(levels: list[Level]) -> list[Level]:
    """The same levels, each knowing how many live roles are at it."""
    roles = Publication.objects.live().filter(level_slug__in=[level.slug for level in levels])
    counts = dict(roles.order_by().values_list("level_slug").annotate(Count("pk")))
    for level in levels:
        level.role_count = counts.get(level.slug, 0)  # type: ignore[attr-defined]
    return levels


class LevelSerializer(serializers.ModelSerializer):
    """Seniority as a rank on a scale, and what it asks of anyone who holds it."""

    rank = serializers.IntegerField(help_text="1 is the most junior.")
    scale = serializers.CharField(source="scale.slug", help_text="Ranks compare within one scale.")
    scale_label = serializers.CharField(source="scale.label")
    role_count = serializers.IntegerField(help_text="How many published roles are at this level.")

    class Meta:
        model = Level
        fields = [
            "uuid",
            "slug",
            "label",
            "rank",
            "track",
            "scale",
            "scale_label",
            "autonomy",
            "influence",
            "complexity",
            "knowledge",
            "role_count",
        ]


@schema.a_list("list_levels", "Levels", LevelSerializer)
class LevelList(PublicList):
    """Levels with at least one published role."""

    queryset = published_levels()
    serializer_class = LevelSerializer
    complete = staticmethod(with_role_counts)


@schema.a_record("get_level", "One level", LevelSerializer)
class LevelDetail(PublicRecord):
    """One level with at least one published role."""

    queryset = published_levels()
    serializer_class = LevelSerializer
    complete = staticmethod(with_role_counts)
