"""What can be done with several profiles at once. Each is told of by name, the ones that failed with the reason."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html

from roles.models import RoleProfile
from roles.publishing import delete_profile, publish, withdraw

from .forms import WithdrawSelectedForm

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.admin import ModelAdmin as Base
else:
    Base = object


class ProfileActions(Base):
    """The actions of the list of profiles."""

    actions = ["publish_selected", "withdraw_selected", "delete_selected"]

    @admin.action(description="Publish", permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[RoleProfile]) -> None:
        self._each(request, queryset, lambda profile: publish(profile=profile, by=request.user), "Published")

    @admin.action(description="Withdraw …", permissions=["withdraw"])
    def withdraw_selected(self, request: HttpRequest, queryset: QuerySet[RoleProfile]) -> HttpResponse | None:
        form = WithdrawSelectedForm(request.POST if "confirmed" in request.POST else None)
        if not form.is_valid():
            return self._ask(request, queryset, "withdraw_selected", form=form)
        reason = form.cleaned_data["reason"]
        self._each(
            request,
            queryset,
            lambda profile: withdraw(profile=profile, by=request.user, reason=reason),
            "Withdrawn",
        )
        return None

    # Of the same name as Django's own, which this replaces: that one would go past the services.
    @admin.action(description="Delete drafts that never were public …", permissions=["delete"])
    def delete_selected(self, request: HttpRequest, queryset: QuerySet[RoleProfile]) -> HttpResponse | None:
        if "confirmed" not in request.POST:
            return self._ask(request, queryset, "delete_selected")
        self._each(
            request, queryset, lambda profile: delete_profile(profile=profile, by=request.user), "Deleted"
        )
        return None

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("roles.publish_roleprofile")

    def has_withdraw_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("roles.withdraw_roleprofile")

    def _each(
        self,
        request: HttpRequest,
        profiles: QuerySet[RoleProfile],
        do: "Callable[[RoleProfile], Any]",
        done: str,
    ) -> None:
        """Do it for each profile on its own, so that one that fails does not stop the others."""
        names = []
        for profile in profiles:
            name = str(profile)
            url = reverse("admin:roles_roleprofile_change", args=[profile.pk])
            try:
                do(profile)
            except (PermissionDenied, ValidationError) as error:
                told = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
                messages.error(request, format_html('<a href="{}">{}</a>: {}', url, name, told))
            else:
                names.append(name)
        if names:
            shown = ", ".join(names[:10]) + (f" and {len(names) - 10} more" if len(names) > 10 else "")
            messages.success(request, f"{done}: {shown}.")

    def _ask(
        self, request: HttpRequest, profiles: QuerySet[RoleProfile], action: str, **context: Any
    ) -> HttpResponse:
        """Show what would be done, and ask."""
        return TemplateResponse(
            request,
            f"admin/roles/{action}.html",
            {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "profiles": profiles,
                "selected": request.POST.getlist(ACTION_CHECKBOX_NAME),
                "select_across": request.POST.get("select_across", "0"),
                "checkbox_name": ACTION_CHECKBOX_NAME,
                "action": action,
                **context,
            },
        )
