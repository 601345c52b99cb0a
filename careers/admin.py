"""The desk of the career framework: families, levels, and what they pay."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from publications.admin import NamedAdmin, UsedAdmin

from .models import JobFamily, Level, LevelScale, SalaryBand


@admin.register(JobFamily)
class JobFamilyAdmin(NamedAdmin):
    """Groups of roles, as lists file them."""

    list_display = ["label", "parent", "position", "uses"]
    list_select_related = ["parent"]
    ordering = ["position", "label"]
    used_by = {"role_profiles": "job_family__id__exact"}
    fields = ["label", "slug", "parent", "position", "description", "where_used"]


class LevelInline(admin.StackedInline):
    model = Level
    extra = 0
    show_change_link = True
    fields = [("label", "slug"), ("rank", "track")]
    prepopulated_fields = {"slug": ["label"]}


@admin.register(LevelScale)
class LevelScaleAdmin(UsedAdmin):
    """Sets of levels that are ranked against each other."""

    readonly_fields = []
    help_texts = {
        "slug": "A short code, such as engineering-ladder.",
        "label": "What the ladder is called.",
        "description": "Whose ladder it is, and how its steps are meant.",
    }

    list_display = ["label", "number_of_levels"]
    search_fields = ["label"]
    prepopulated_fields = {"slug": ["label"]}
    inlines = [LevelInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(level_count=Count("levels"))

    @admin.display(description="Levels", ordering="level_count")
    def number_of_levels(self, scale: Any) -> int:
        return scale.level_count


@admin.register(Level)
class LevelAdmin(NamedAdmin):
    """Seniority, and what it asks of whoever holds it."""

    list_display = ["label", "scale", "rank", "track", "uses"]
    list_filter = ["scale", "track"]
    list_select_related = ["scale"]
    ordering = ["scale__label", "rank", "track"]
    used_by = {"role_profiles": "level__id__exact"}
    help_texts = {"scale": "The ladder the level is a step of."}
    fieldsets = [
        (None, {"fields": ["label", "slug", ("scale", "rank", "track")]}),
        ("What it asks", {"fields": ["autonomy", "influence", "complexity", "knowledge"]}),
        ("Where it is used", {"fields": ["where_used"]}),
    ]

    def choice_detail(self, level: Level) -> str:
        """What stands beside a level's name where it is chosen."""
        return f"{level.scale} · {level.rank}"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("scale")


@admin.register(SalaryBand)
class SalaryBandAdmin(UsedAdmin):
    """What a family and a level pay in one place; many profiles show the same band."""

    list_display = ["label", "component", "amounts", "region", "as_of", "uses"]
    list_filter = ["component", "currency", ("family", admin.RelatedOnlyFieldListFilter), "work_arrangement"]
    list_per_page = 50
    search_fields = ["label", "slug"]
    prepopulated_fields = {"slug": ["label"]}
    used_by = {"role_pay": "salary_bands__band__id__exact", "career_moves": "career_moves__band__id__exact"}
    formfield_overrides = {
        models.URLField: {"assume_scheme": "https"},
        models.DateField: {
            "widget": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "short"})
        },
    }
    help_texts = {
        "family": "The roles it pays for.",
        "level": "The seniority it pays for.",
        "work_arrangement": "Where the figures depend on where the work is done.",
        "component": "Which part of the pay the figures are.",
        "period": "What the figures are paid for.",
        "minimum": "The least that is paid, in whole units: 45000.",
        "maximum": "The most that is paid.",
        "median": "Half are paid less, half more.",
        "percentile_10": "One in ten is paid less.",
        "percentile_25": "One in four is paid less.",
        "percentile_75": "One in four is paid more.",
        "percentile_90": "One in ten is paid more.",
        "effective_from": "The first day it holds.",
        "effective_to": "The last day it holds. Empty while it is in force.",
        "source_url": "Where to read it.",
    }
    fieldsets = [
        (None, {"fields": ["label", "slug", ("family", "level"), ("region", "work_arrangement")]}),
        (
            "Figures",
            {
                "fields": [
                    ("component", "currency", "period"),
                    ("minimum", "maximum", "median"),
                    ("percentile_10", "percentile_25"),
                    ("percentile_75", "percentile_90"),
                ],
                "description": "Pages that are live keep the figures they were published with. Publish a profile "
                "again to show new ones.",
            },
        ),
        (
            "Since when, and who says so",
            {"fields": [("effective_from", "effective_to"), "as_of", ("source_title", "source_url")]},
        ),
        ("For editors only", {"fields": ["note", "where_used"]}),
    ]

    @admin.display(description="From – to")
    def amounts(self, band: SalaryBand) -> str:
        stated = [f"{amount:,.0f}" for amount in (band.minimum, band.maximum) if amount is not None]
        if not stated and band.median is not None:
            stated = [f"{band.median:,.0f}"]
        if not stated:
            return "–"
        return f"{band.currency} {'–'.join(stated)} / {band.get_period_display().lower()}"

    def choice_detail(self, band: SalaryBand) -> str:
        """What stands beside a band's name where it is chosen."""
        return self.amounts(band)
