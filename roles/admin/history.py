"""What happened, and what was saved: to look at, never to change."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from publications.admin import ReadOnlyAdmin
from roles.models import Edition, Event, RoleProfile

from .forms import name_of


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    """Every save of every profile."""

    list_display = ["profile", "number", "created_at", "saved_by", "note", "look"]
    list_display_links = ["number"]
    list_select_related = ["profile", "created_by"]
    list_filter = [("created_by", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["profile__role_title", "note"]
    date_hierarchy = "created_at"
    list_per_page = 50
    show_full_result_count = False
    ordering = ["-created_at", "-pk"]
    fields = ["profile", "number", "created_at", "saved_by", "note", "look"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Edition]:
        return super().get_queryset(request).defer("source")

    def lookup_allowed(self, lookup: str, value: str, request: Any = None) -> bool:
        return lookup == "profile__id__exact" or super().lookup_allowed(lookup, value, request)

    @admin.display(description="Saved by", ordering="created_by__username")
    def saved_by(self, edition: Edition) -> str:
        return name_of(edition.created_by) if edition.created_by else "The system"

    @admin.display(description="As readers would see it")
    def look(self, edition: Edition) -> SafeString:
        url = reverse("admin:roles_roleprofile_preview", args=[edition.uuid])
        return format_html('<a href="{}">Look at it</a>', url)


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """Who did what, when."""

    list_title = "Activity"

    list_display = ["at", "said", "done_by", "reason"]
    list_select_related = ["by"]
    list_filter = ["verb", ("by", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["profile_title", "reason"]
    date_hierarchy = "at"
    list_per_page = 50
    show_full_result_count = False
    fields = ["at", "said", "done_by", "edition_from", "edition_to", "reason", "seq"]

    @admin.display(description="What happened", ordering="verb")
    def said(self, event: Event) -> str:
        return say(event)

    @admin.display(description="By", ordering="by__username")
    def done_by(self, event: Event) -> str:
        return name_of(event.by) if event.by else "The system"


def say(event: Event) -> str:
    """An event in words."""
    title, number = event.profile_title, event.edition_to
    match event.verb:
        case Event.Verb.CREATED:
            return f"“{title}” was started"
        case Event.Verb.SAVED:
            return f"“{title}” was saved as edition {number}"
        case Event.Verb.PUBLISHED:
            return f"“{title}” was published (edition {number})"
        case Event.Verb.REBUILT:
            return f"“{title}” was brought up to date with a changed name"
        case Event.Verb.WITHDRAWN:
            return f"“{title}” was withdrawn"
        case _:
            return f"“{title}” was deleted"


def latest(number: int) -> list[dict[str, Any]]:
    """The latest events, ready for the dashboard. Rebuilds are left out: they follow from what somebody did."""
    events = list(Event.objects.exclude(verb=Event.Verb.REBUILT).select_related("by")[:number])
    uuids = {event.profile_uuid for event in events}
    keys = dict(RoleProfile.objects.filter(uuid__in=uuids).values_list("uuid", "pk"))
    return [
        {
            "event": event,
            "said": say(event),
            "by": name_of(event.by) if event.by else "The system",
            "url": reverse("admin:roles_roleprofile_change", args=[keys[event.profile_uuid]])
            if event.profile_uuid in keys
            else "",
        }
        for event in events
    ]
