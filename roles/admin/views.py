"""What can be done with a profile beside writing it: look at it as readers would, publish it, withdraw it."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html

from publications.models import Publication
from publications.rendering import render_role_page
from roles.documents import DocumentError
from roles.models import Edition, RoleProfile
from roles.publishing import preview, publish, withdraw

from .forms import WithdrawForm
from .problems import listed, tell_problems
from .standing import publication_of

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin as Base
else:
    Base = object


class ProfileViews(Base):
    """The pages around a profile's form."""

    def preview_view(self, request: HttpRequest, uuid: Any) -> HttpResponse:
        """One edition as readers would see it: built and drawn by the code of the live page."""
        edition = get_object_or_404(Edition.objects.select_related("profile", "created_by"), uuid=uuid)
        if not self.has_view_permission(request, edition.profile):
            raise PermissionDenied
        try:
            document = preview(edition)
        except DocumentError as error:
            response: HttpResponse = TemplateResponse(
                request,
                "admin/roles/no_preview.html",
                {
                    **self.admin_site.each_context(request),
                    "title": "This edition cannot be shown yet",
                    "profile": edition.profile,
                    "problems": listed(error.problems, edition.profile),
                },
            )
        else:
            page = render_role_page(document, published_at=None, edition_number=edition.number)
            bar = render_to_string("admin/roles/preview_bar.html", {"edition": edition}, request)
            head = render_to_string("admin/roles/preview_head.html", request=request)
            response = HttpResponse(_with_bar(page, head, bar))
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Publish what was saved last, for people who may publish and not write."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        profile = self._profile(request, pk)
        self.publish_and_tell(request, profile, profile.edition)
        return HttpResponseRedirect(reverse("admin:roles_roleprofile_change", args=[pk]))

    def publish_and_tell(
        self, request: HttpRequest, profile: RoleProfile, edition: Edition | None = None
    ) -> bool:
        """Publish, and tell what came of it; problems lead to their place on the form."""
        try:
            publication = publish(profile=profile, by=request.user, edition=edition)
        except PermissionDenied as error:
            messages.error(request, str(error))
        except ValidationError as error:
            tell_problems(request, profile, error)
        else:
            messages.success(
                request, format_html('Published. <a href="{}">See the live page</a>', publication.url)
            )
            return True
        return False

    def withdraw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take a profile off the site, with the reason that readers are told."""
        profile = self._profile(request, pk)
        if not request.user.has_perm("roles.withdraw_roleprofile"):
            raise PermissionDenied
        back = HttpResponseRedirect(reverse("admin:roles_roleprofile_change", args=[pk]))
        publication = publication_of(profile)
        if publication is None or publication.state != Publication.State.LIVE:
            messages.info(request, "This profile is not public, so there is nothing to withdraw.")
            return back
        form = WithdrawForm(request.POST or None, profile=profile)
        if request.method == "POST" and form.is_valid():
            try:
                withdraw(profile=profile, by=request.user, **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, f"“{profile}” is withdrawn. Its old address now says so.")
                return back
        return TemplateResponse(
            request,
            "admin/roles/withdraw.html",
            {
                **self.admin_site.each_context(request),
                "title": f"Withdraw “{profile}”",
                "opts": self.opts,
                "profile": profile,
                "publication": publication,
                "form": form,
            },
        )

    def _profile(self, request: HttpRequest, pk: int) -> RoleProfile:
        profile = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_view_permission(request, profile):
            raise PermissionDenied
        return profile


def _with_bar(page: str, head: str, bar: str) -> str:
    """A page as readers would see it, with a bar on top that says it is not theirs yet."""
    page = page.replace("</head>", f"{head}</head>", 1)
    start = page.find(">", page.find("<body")) + 1
    return page[:start] + bar + page[start:]
