"""The vocabulary for partners: the skills and tools that published roles ask for."""

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Lower
from django_filters.rest_framework import FilterSet
from rest_framework import serializers

from publications.api import schema
from publications.api.parameters import ChoiceParameter, TextParameter
from publications.api.views import PublicList, PublicRecord
from publications.models import PublicationSkill
from skills.models import Skill, SkillLabel, SkillLevelText, SkillMapping


def published_skills() -> QuerySet[Skill]:
    """Skills that a live role asks for, with what partners may know of them. Notes and search words stay inside."""
    asked_for = PublicationSkill.objects.filter(skill_uuid=OuterRef("uuid"))
    return (
        Skill.objects.filter(Exists(asked_for))
        .order_by(Lower("label"), "slug")
        .prefetch_related(
            Prefetch(
                "labels", SkillLabel.objects.filter(kind=SkillLabel.Kind.ALTERNATIVE), to_attr="other_names"
            ),
            Prefetch("level_texts", SkillLevelText.objects.select_related("level")),
            "mappings",
        )
    )


def with_role_counts(skills: list[Skill]) -> list[Skill]:
    """The same skills, each knowing how many live roles ask for it."""
    asked_for = PublicationSkill.objects.filter(skill_uuid__in=[skill.uuid for skill in skills])
    counts = dict(asked_for.values_list("skill_uuid").annotate(Count("publication", distinct=True)))
    for skill in skills:
        skill.role_count = counts.get(skill.uuid, 0)  # type: ignore[attr-defined]
    return skills


class SkillFilters(FilterSet):
    type = ChoiceParameter(choices=Skill.Type.values, says="What sort of skill it is.")
    q = TextParameter(
        method="called", max_length=100, says="Part of the name, or of another name people use for it."
    )

    class Meta:
        model = Skill
        fields: list[str] = []

    def called(self, skills: QuerySet[Skill], name: str, words: str) -> QuerySet[Skill]:
        other = SkillLabel.objects.filter(kind=SkillLabel.Kind.ALTERNATIVE, label__icontains=words)
        return skills.filter(Q(label__icontains=words) | Q(pk__in=other.values("skill")))


class OtherNameSerializer(serializers.ModelSerializer):
    class Meta:
        model = SkillLabel
        fields = ["label", "locale"]


class SkillMappingSerializer(serializers.ModelSerializer):
    """The skill in somebody else's classification."""

    class Meta:
        model = SkillMapping
        fields = ["scheme", "version", "code", "uri", "relation"]


class SkillLevelSerializer(serializers.ModelSerializer):
    """What somebody at one level of proficiency can do with the skill."""

    slug = serializers.CharField(source="level.slug")
    label = serializers.CharField(source="level.label")  # type: ignore[assignment]
    rank = serializers.IntegerField(source="level.rank", help_text="1 is the lowest.")

    class Meta:
        model = SkillLevelText
        fields = ["slug", "label", "rank", "text"]


class SkillSerializer(serializers.ModelSerializer):
    """One skill or tool that published roles ask for."""

    other_names = OtherNameSerializer(many=True)
    mappings = SkillMappingSerializer(many=True)
    levels = SkillLevelSerializer(many=True, source="level_texts")
    role_count = serializers.IntegerField(help_text="How many published roles ask for it.")

    class Meta:
        model = Skill
        fields = [
            "uuid",
            "slug",
            "label",
            "type",
            "uri",
            "description",
            "other_names",
            "mappings",
            "levels",
            "role_count",
        ]


@schema.a_list("list_skills", "Skills and tools", SkillSerializer)
class SkillList(PublicList):
    """Skills and tools that at least one published role asks for, by name."""

    queryset = published_skills()
    serializer_class = SkillSerializer
    filterset_class = SkillFilters
    complete = staticmethod(with_role_counts)


@schema.a_record("get_skill", "One skill or tool", SkillSerializer)
class SkillDetail(PublicRecord):
    """One skill or tool that at least one published role asks for."""

    queryset = published_skills()
    serializer_class = SkillSerializer
    complete = staticmethod(with_role_counts)
