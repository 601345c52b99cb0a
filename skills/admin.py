"""The desk of the vocabulary: skills, what else they are called, and how well they are mastered."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Length
from django.http import HttpRequest, HttpResponseNotAllowed, JsonResponse
from django.urls import path
from django.utils.text import slugify

from publications.admin import NamedAdmin

from .models import ProficiencyLevel, Skill, SkillLabel, SkillLevelText, SkillMapping


class SkillLabelInline(admin.StackedInline):
    model = SkillLabel
    verbose_name = "other name"
    fields = [("label", "kind", "locale")]
    verbose_name_plural = "Other names"
    extra = 0


class SkillMappingInline(admin.StackedInline):
    model = SkillMapping
    verbose_name = "entry in another classification"
    verbose_name_plural = "In other classifications"
    fields = [("scheme", "version", "relation"), ("code", "uri")]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    extra = 0


class SkillLevelTextInline(admin.StackedInline):
    model = SkillLevelText
    fields = [("level", "text")]
    verbose_name = "meaning of a level"
    verbose_name_plural = "What each level means for this skill"
    extra = 0


class NewSkillForm(forms.ModelForm):
    """The least that makes a skill, for whoever is in the middle of writing a profile."""

    class Meta:
        model = Skill
        fields = ["label", "type", "description"]

    def save(self, commit: bool = True) -> Skill:
        self.instance.slug = unused_slug(self.instance.label)
        return super().save(commit)


def unused_slug(label: str) -> str:
    """An address for a skill of this name, with a number if another has it."""
    base = slugify(label)[:130] or "skill"
    taken = set(Skill.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


@admin.register(Skill)
class SkillAdmin(NamedAdmin):
    """Skills, knowledge, tools and certificates, under one name each."""

    list_title = "Skills and tools"

    list_display = ["label", "type", "status", "uses"]
    list_filter = ["type", "status"]
    search_fields = ["label", "labels__label", "slug"]
    search_help_text = "Search in names and other names."
    list_per_page = 50
    show_full_result_count = False
    inlines = [SkillLabelInline, SkillLevelTextInline, SkillMappingInline]
    autocomplete_fields = ["replaced_by"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    used_by = {"role_skills": "skills__skill__id__exact", "role_tools": "tools__skill__id__exact"}
    help_texts = {"type": "What sort of thing it is. Search and the tools of a role go by it."}
    fieldsets = [
        (None, {"fields": ["label", "slug", "type", "description"]}),
        ("For partners", {"fields": ["uri"]}),
        ("Retiring it", {"fields": ["status", "replaced_by"]}),
        ("For editors only", {"fields": ["note", "where_used"]}),
    ]

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> Any:
        if request.resolver_match is None or request.resolver_match.url_name != "autocomplete":
            return super().get_search_results(request, queryset, search_term)
        return suggested(
            queryset, search_term, tools_first=request.GET.get("model_name") == "roletool"
        ), False

    def choice_detail(self, skill: Any) -> str:
        """What stands beside a skill's name where it is chosen."""
        return skill.get_type_display()

    def get_urls(self) -> list[Any]:
        create = path(
            "create-in-place/",
            self.admin_site.admin_view(self.create_in_place),
            name="skills_skill_create_in_place",
        )
        return [create, *super().get_urls()]

    def create_in_place(self, request: HttpRequest) -> JsonResponse | HttpResponseNotAllowed:
        """Make a skill without leaving the profile that asks for it."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = NewSkillForm(request.POST)
        if not form.is_valid():
            return JsonResponse({"errors": form.errors}, status=400)
        skill = form.save()
        self.log_addition(request, skill, "Made while writing a profile.")
        return JsonResponse({"id": str(skill.pk), "text": str(skill), "detail": self.choice_detail(skill)})


def suggested(skills: QuerySet, typed: str, *, tools_first: bool = False) -> QuerySet:
    """Skills to choose from for what was typed, under any of their names, the likeliest first; no retired ones."""
    found = skills.filter(status=Skill.Status.ACTIVE)
    for word in typed.split():
        other_names = SkillLabel.objects.filter(skill=OuterRef("pk"), label__icontains=word)
        found = found.filter(Q(label__icontains=word) | Exists(other_names))
    ranks = [
        When(label__iexact=typed.strip(), then=Value(0)),
        When(label__istartswith=typed.strip(), then=Value(1)),
        When(label__icontains=typed.strip(), then=Value(2)),
    ]
    is_tool = Q(type__in=[Skill.Type.TECHNOLOGY, Skill.Type.TOOL])
    fitting = is_tool if tools_first else ~is_tool
    return found.annotate(
        rank=Case(*ranks, default=Value(3), output_field=IntegerField()),
        fits=Case(When(fitting, then=Value(0)), default=Value(1), output_field=IntegerField()),
    ).order_by("rank", "fits", Length("label"), "label")


@admin.register(ProficiencyLevel)
class ProficiencyLevelAdmin(NamedAdmin):
    """How well a skill is mastered: one scale for the whole library."""

    list_display = ["label", "rank", "description"]
    ordering = ["rank"]
    readonly_fields = []
    fields = ["label", "slug", "rank", "description"]
