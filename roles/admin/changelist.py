"""The list of profiles: what each is, where it stands, and who looks after it."""

import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from roles.models import RoleProfile

from .forms import name_of
from .standing import Standing, overdue, today

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin as Base
else:
    Base = object

# The links under “where it is used” lead here with one of these.
USED_BY = {
    "skills__skill__id__exact",
    "tools__skill__id__exact",
    "skills__proficiency__id__exact",
    "salary_bands__band__id__exact",
    "career_moves__band__id__exact",
    "publisher__id__exact",
}
SOON = datetime.timedelta(days=30)


class StandingFilter(admin.SimpleListFilter):
    """Drafts, what is live, what was withdrawn."""

    title = "state"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(value), str(label)) for value, label in Standing.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(standing=self.value()) if self.value() in Standing.values else queryset


class ReviewFilter(admin.SimpleListFilter):
    """What somebody should read again."""

    title = "review"
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("overdue", "Overdue"), ("soon", "Due within 30 days"), ("none", "No day set")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        match self.value():
            case "overdue":
                return overdue(queryset)
            case "soon":
                return queryset.filter(review_due_on__range=(today(), today() + SOON))
            case "none":
                return queryset.filter(review_due_on=None)
        return queryset


class OwnerFilter(admin.SimpleListFilter):
    """Who looks after it."""

    title = "owner"
    parameter_name = "owner"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        users = get_user_model().objects.filter(owned_profiles__isnull=False).distinct()
        return [
            ("me", "Me"),
            *((str(user.pk), name_of(user)) for user in users if user != request.user),
            ("nobody", "Nobody"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        match self.value():
            case None:
                return queryset
            case "me":
                return queryset.filter(owner=request.user)
            case "nobody":
                return queryset.filter(owner=None)
            case value:
                return queryset.filter(owner__pk=value) if value.isdigit() else queryset.none()


class ProfileList(Base):
    """Columns, filters and search of the list of profiles."""

    list_display = ["title", "state", "job_family", "level", "owned_by", "review_due", "updated"]
    list_filter = [
        StandingFilter,
        ReviewFilter,
        OwnerFilter,
        ("job_family", admin.RelatedOnlyFieldListFilter),
        ("level", admin.RelatedOnlyFieldListFilter),
    ]
    search_fields = ["role_title", "page_title", "slug", "alternate_titles__title"]
    search_help_text = "Search in titles, other titles and addresses."
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        changelist = super().get_changelist_instance(request)
        changelist.title = "Role profiles"
        return changelist

    def lookup_allowed(self, lookup: str, value: str, request: Any = None) -> bool:
        return lookup in USED_BY or super().lookup_allowed(lookup, value, request)

    @admin.display(description="Role", ordering="role_title")
    def title(self, profile: RoleProfile) -> SafeString:
        # The address tells apart profiles of one title.
        return format_html('{} <span class="address">{}</span>', profile.role_title, profile.slug)

    @admin.display(description="State", ordering="standing")
    def state(self, profile: Any) -> SafeString:
        standing = Standing(profile.standing)
        return format_html('<span class="badge badge--{}">{}</span>', standing.value, standing.label)

    @admin.display(description="Owner", ordering="owner__username", empty_value="")
    def owned_by(self, profile: RoleProfile) -> str | None:
        return name_of(profile.owner) if profile.owner else None

    @admin.display(description="Review due", ordering=F("review_due_on").asc(nulls_last=True), empty_value="")
    def review_due(self, profile: RoleProfile) -> SafeString | str | None:
        due = profile.review_due_on
        if due is None:
            return None
        day = say_day(due)
        return format_html('<span class="overdue">{} overdue</span>', day) if due < today() else day

    @admin.display(description="Last saved", ordering="updated_at")
    def updated(self, profile: RoleProfile) -> SafeString:
        moment = timezone.localtime(profile.updated_at)
        return format_html(
            '<time datetime="{}" title="{}">{}</time>', moment.isoformat(), f"{moment:%H:%M}", say_day(moment)
        )

    def choice_detail(self, profile: Any) -> str:
        """What stands beside the title where one profile is chosen in another."""
        return " · ".join(str(part) for part in (profile.job_family, profile.level) if part)


def say_day(day: datetime.date) -> str:
    """A day, kept on one line."""
    return f"{day.day}\N{NO-BREAK SPACE}{day:%b}\N{NO-BREAK SPACE}{day:%Y}"
