"""The desk of those who publish profiles."""

from typing import Any

from adminsortable2.admin import SortableAdminBase, SortableStackedInline
from django.contrib import admin
from js_asset import Media

from publications.admin import NamedAdmin
from roles.models import Organization, OrganizationContact

from .rows import FORMFIELDS
from .widgets import editor_settings


class OrganizationContactInline(SortableStackedInline):
    model = OrganizationContact
    verbose_name = "contact"
    verbose_name_plural = "Contacts"
    fields = [("department", "phone", "email")]
    ordering = ["position"]
    extra = 0


@admin.register(Organization)
class OrganizationAdmin(SortableAdminBase, NamedAdmin):
    """What stands on pages about their publisher."""

    list_display = ["label", "website", "uses"]
    documents_show_rows = True
    used_by = {"role_profiles": "publisher__id__exact"}
    help_texts = {
        "website": "Its own web address.",
        "logo_url": "Where the picture lies, as a full web address.",
    }
    change_form_template = "admin/roles/organization_form.html"
    formfield_overrides = FORMFIELDS
    inlines = [OrganizationContactInline]
    fieldsets = [
        (None, {"fields": ["label", "slug", "website", "about"]}),
        ("Logo and small print", {"fields": [("logo_url", "logo_alt"), "legal_line"]}),
        ("Clients and offices", {"fields": ["clients", "offices"]}),
        ("Where it is used", {"fields": ["where_used"]}),
    ]

    def render_change_form(self, request: Any, context: Any, *args: Any, **kwargs: Any) -> Any:
        context["media"] = Media.from_media(context["media"]).with_nonce(str(request.csp_nonce))
        context["editor_settings"] = editor_settings()
        return super().render_change_form(request, context, *args, **kwargs)
