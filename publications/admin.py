"""Desks that other apps share: records that documents show by name, and records that nobody edits.

Also a look at what the public reads, for whoever has to find out what a page or a partner was given.
"""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .caching import highest_seq
from .models import Publication, PublicationFamily, PublicationMove, PublicationSkill, SlugRedirect
from .names import names_changed

# More than this and the list of uses leads to the list of profiles.
USES_SHOWN = 25


class DeskAdmin(admin.ModelAdmin):
    """What all desks share."""

    show_facets = admin.ShowFacets.NEVER
    # What editors call the records, where the model's own name is a developer's.
    list_title = ""

    def changelist_view(self, request: Any, extra_context: Any = None) -> Any:
        return super().changelist_view(request, {"list_title": self.list_title, **(extra_context or {})})


class ReadOnlyAdmin(DeskAdmin):
    """Records that are made by the system: to look at, not to change."""

    actions = None

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields or []

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyInline(admin.TabularInline):
    """Rows that are made by the system."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class UsedAdmin(DeskAdmin):
    """A shared record: says how many profiles use it, and which.

    `used_by` names the relations through which rows of profiles refer to it, each with the filter of the list of
    profiles that finds them.
    """

    used_by: dict[str, str] = {}
    readonly_fields = ["where_used"]
    # For fields whose model says nothing about them.
    help_texts: dict[str, str] = {}

    def get_form(self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, **{"help_texts": self.help_texts, **kwargs})

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        queryset = super().get_queryset(request)
        # As one subquery each: it is worked out for the rows of the page, not for the whole library.
        total: Any = Value(0)
        for name in self.used_by:
            total = total + Coalesce(Subquery(self._uses(name), output_field=IntegerField()), 0)
        return queryset.annotate(number_of_uses=total)

    def _uses(self, name: str) -> QuerySet:
        relation = self.model._meta.get_field(name)
        rows = relation.related_model._default_manager.filter(
            **{relation.field.name: OuterRef("pk")}
        ).order_by()
        path = "profile" if _has_field(relation.related_model, "profile") else "pk"
        return rows.values(relation.field.name).annotate(uses=Count(path, distinct=True)).values("uses")

    @admin.display(description="Used by", ordering="number_of_uses")
    def uses(self, record: Any) -> str:
        number = record.number_of_uses
        return "–" if not number else f"{number} profile{'' if number == 1 else 's'}"

    @admin.display(description="Where it is used")
    def where_used(self, record: Any) -> SafeString | str:
        """The profiles that use a record, each with a link."""
        if record.pk is None:
            return "Nowhere yet."
        parts = [
            part
            for name, lookup in self.used_by.items()
            if (part := self._list_of_uses(record, name, lookup))
        ]
        return format_html_join("", "{}", ((part,) for part in parts)) if parts else "Nowhere yet."

    def _list_of_uses(self, record: Any, name: str, lookup: str) -> SafeString | None:
        relation = self.model._meta.get_field(name)
        rows = relation.related_model._default_manager.filter(**{relation.field.name: record.pk})
        if _has_field(relation.related_model, "profile"):
            found = (
                rows.order_by("profile__role_title").values_list("profile", "profile__role_title").distinct()
            )
        else:
            found = rows.order_by("role_title").values_list("pk", "role_title")
        shown = list(found[: USES_SHOWN + 1])
        if not shown:
            return None
        items = format_html_join(
            "",
            '<li><a href="{}">{}</a></li>',
            (
                (reverse("admin:roles_roleprofile_change", args=[pk]), title)
                for pk, title in shown[:USES_SHOWN]
            ),
        )
        if len(shown) > USES_SHOWN:
            url = f"{reverse('admin:roles_roleprofile_changelist')}?{lookup}={record.pk}"
            items = format_html('{}<li><a href="{}">All of them</a></li>', items, url)
        return format_html('<ul class="uses">{}</ul>', items)


class NamedAdmin(UsedAdmin):
    """A record that documents show by name: a change of its name is on every live page as soon as it is saved."""

    prepopulated_fields = {"slug": ["label"]}
    search_fields = ["label", "slug"]

    # Whether documents show the rows of the form, too.
    documents_show_rows = False

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        request.seq_before = highest_seq()
        super().save_model(request, obj, form, change)

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        record = form.instance
        if self.documents_show_rows and any(formset.has_changed() for formset in formsets):
            names_changed.send(sender=type(record), kind=record.name_kind, uuids=[record.uuid])
        rebuilt = Publication.objects.filter(seq__gt=request.seq_before).count() if change else 0
        if rebuilt:
            pages = "1 live page shows" if rebuilt == 1 else f"{rebuilt} live pages show"
            messages.info(request, f"{pages} the change from now on.")


def _has_field(model: Any, name: str) -> bool:
    try:
        model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return True


class PublicationFamilyInline(ReadOnlyInline):
    model = PublicationFamily
    fields = ["label", "slug", "depth"]


class PublicationSkillInline(ReadOnlyInline):
    model = PublicationSkill
    fields = ["label", "type", "strength", "proficiency_slug"]


class PublicationMoveInline(ReadOnlyInline):
    model = PublicationMove
    fields = ["kind", "target_slug"]


@admin.register(Publication)
class PublicationAdmin(ReadOnlyAdmin):
    """What readers and partners are given."""

    list_title = "Published pages"

    list_display = ["title", "state", "edition_number", "published_at", "withdrawn_at", "seq"]
    list_filter = ["state"]
    search_fields = ["title", "slug"]
    fields = [
        "title",
        "page",
        "state",
        "seq",
        "edition_number",
        "first_published_at",
        "published_at",
        "withdrawn_at",
        "withdrawal_reason",
        "replacement_slug",
        "document_hash",
    ]
    inlines = [PublicationFamilyInline, PublicationSkillInline, PublicationMoveInline]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).order_by("-seq").defer("document")

    @admin.display(description="Page")
    def page(self, publication: Publication) -> SafeString:
        return format_html('<a href="{}">{}</a>', publication.url, publication.url)


@admin.register(SlugRedirect)
class SlugRedirectAdmin(ReadOnlyAdmin):
    """Addresses that changed, and still lead to their role."""

    list_title = "Former addresses"

    list_display = ["old_slug", "role_uuid"]
    fields = ["old_slug", "role_uuid"]
    search_fields = ["old_slug"]
