"""The desk of a role profile: one form for all of it, saved as one, and the buttons that make it public."""

from dataclasses import dataclass, field
from typing import Any

from adminsortable2.admin import SortableAdminBase
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import path, reverse
from js_asset import Media

from publications.models import Publication
from roles.models import AlternateTitle, Edition, RoleProfile
from roles.publishing import StaleSave, claim, delete_profile, record_edition

from .actions import ProfileActions
from .changelist import ProfileList
from .forms import RoleProfileForm, known_codes, name_of
from .rows import CODES, FORMFIELDS, RowsAdminFormSet, code_field, record_field
from .standing import Banner, Standing, publication_of, with_standing
from .tabs import INLINES, draw
from .titles import save_titles
from .views import ProfileViews
from .widgets import QuickSelect, editor_settings

# What an edition does not hold, so that a save may have changed it although there is no new edition.
NOT_IN_EDITIONS = {"owner"}


@dataclass
class Save:
    """What came of one save: told after its transaction is over."""

    profile: RoleProfile | None = None
    edition: Edition | None = None
    is_new: bool = False
    changed: set[str] = field(default_factory=set)

    @property
    def wrote_something(self) -> bool:
        return self.is_new or self.edition is not None or bool(self.changed & NOT_IN_EDITIONS)


@admin.register(RoleProfile)
class RoleProfileAdmin(ProfileViews, ProfileActions, ProfileList, SortableAdminBase, admin.ModelAdmin):
    """Everything that HR does with a role profile."""

    form = RoleProfileForm
    inlines = INLINES
    # Rows that editors type one per line, so that they have no inline.
    typed_as_lines = [AlternateTitle]
    change_form_template = "admin/roles/profile_form.html"
    delete_confirmation_template = "admin/roles/delete_profile.html"
    prepopulated_fields = {"slug": ["role_title"]}
    formfield_overrides = FORMFIELDS | {
        models.DateField: {
            "widget": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "short"})
        }
    }
    fieldsets = [
        (None, {"fields": ["role_title", "slug", "summary", "page_title", "other_titles"]}),
        ("Where it belongs", {"fields": [("job_family", "level"), "publisher"]}),
        ("Language and place", {"fields": [("locale", "region", "work_arrangement")]}),
        (
            "What the page says about itself",
            {"fields": [("published_on", "updated_on", "reading_time")], "classes": ["more"]},
        ),
        ("For editors only", {"fields": [("owner", "review_due_on"), "internal_note"]}),
    ]

    # The form

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name in CODES:
            return code_field(db_field)
        if db_field.name in {"job_family", "level", "publisher"}:
            return record_field(db_field)
        if db_field.name == "owner":
            return db_field.formfield(widget=QuickSelect())
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_choice_field(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        return super().formfield_for_choice_field(db_field, request, **kwargs | {"widget": QuickSelect()})

    def get_form(self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.refused = getattr(request, "refused", "")
        return form

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[RoleProfile]:
        queryset = with_standing(super().get_queryset(request))
        return queryset.select_related("job_family", "level", "publisher", "owner", "edition")

    def get_formset_kwargs(self, request: Any, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        kwargs["siblings"] = request.row_sets
        if "data" in kwargs:
            # Django copies all that was posted, once for each kind of rows. Nothing here writes to it.
            kwargs["data"] = request.POST
        return kwargs

    def _create_formsets(self, request: Any, obj: Any, change: bool) -> Any:
        request.row_sets = {}
        return super()._create_formsets(request, obj, change)

    def get_inline_formsets(
        self, request: HttpRequest, formsets: Any, inline_instances: Any, obj: Any = None, **kwargs: Any
    ) -> list[Any]:
        can_edit = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        drawn = []
        for inline, formset in zip(inline_instances, formsets, strict=True):
            if not can_edit:
                formset.extra = formset.max_num = 0
            drawn.append(
                RowsAdminFormSet(
                    inline,
                    formset,
                    inline.get_fieldsets(request, obj),
                    model_admin=self,
                    has_add_permission=can_edit,
                    has_change_permission=can_edit,
                    has_delete_permission=can_edit,
                )
            )
        return drawn

    def render_change_form(
        self,
        request: Any,
        context: Any,
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> Any:
        tabs = draw(context["adminform"], context["inline_admin_formsets"])
        # The media hold the import map of the editor, the one inline script of the site.
        context["media"] = Media.from_media(context["media"]).with_nonce(str(request.csp_nonce))
        context |= {
            "tabs": tabs,
            "places": [place for tab in tabs for place in tab.places],
            "banner": Banner.of(obj) if obj is not None else None,
            "standings": Standing,
            "codes": known_codes(),
            "editor_settings": editor_settings(),
            "may_publish": request.user.has_perm("roles.publish_roleprofile"),
            "may_withdraw": request.user.has_perm("roles.withdraw_roleprofile"),
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

    # Saving

    def changeform_view(
        self, request: Any, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        request.save = Save()
        try:
            response = self._save(request, object_id, form_url, extra_context)
        except StaleSave as stale:
            return self._answer_stale(request, object_id, form_url, stale)
        saved = request.save.profile
        return response if saved is None else self._after_save(request, saved)

    @transaction.atomic
    def _save(self, request: Any, object_id: str | None, form_url: str, extra_context: Any) -> HttpResponse:
        """One save of the whole form, or nothing at all."""
        profile = self.get_object(request, unquote(object_id)) if object_id is not None else None
        if object_id is not None and profile is None:
            raise StaleSave(RoleProfile(pk=_number(object_id)))
        if profile is not None and self.has_change_permission(request, profile):
            claim(profile=profile, lock_version=_number(request.POST.get("lock_version")))
        response: Any = self._changeform_view(request, object_id, form_url, extra_context)
        if not request.save.wrote_something:
            # With errors nothing may stay; and a save that changes nothing leaves no trace for others to stumble on.
            transaction.set_rollback(True)
        return response

    def _answer_stale(
        self, request: Any, object_id: str | None, form_url: str, stale: StaleSave
    ) -> HttpResponse:
        """The form as it was typed, with word that somebody else was faster. Nothing was written."""
        request.refused = stale.message()
        if stale.saved_by is not None:
            request.refused = request.refused.replace(str(stale.saved_by), name_of(stale.saved_by), 1)
        known = object_id if stale.profile is not None else None
        response = self._changeform_view(
            request, known, form_url, {"stale": stale, "stale_message": request.refused}
        )
        response.status_code = 409
        return response

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if "other_titles" in form.changed_data:
            save_titles(form.instance, form.cleaned_data["other_titles"])
        note = form.cleaned_data.get("edition_note", "")
        request.save.edition = record_edition(profile=form.instance, by=request.user, note=note)
        request.save.is_new = not change
        request.save.changed = set(form.changed_data)

    def response_add(
        self, request: Any, obj: RoleProfile, post_url_continue: str | None = None
    ) -> HttpResponse:
        request.save.profile = obj
        return HttpResponse()

    def response_change(self, request: Any, obj: RoleProfile) -> HttpResponse:
        request.save.profile = obj
        return HttpResponse()

    def _after_save(self, request: Any, profile: RoleProfile) -> HttpResponse:
        """Say what came of it, then do what the button asked for."""
        save: Save = request.save
        profile = self.get_queryset(request).get(pk=profile.pk)
        self._tell_saved(request, profile, save)
        if "_publish" in request.POST:
            self.publish_and_tell(request, profile, profile.edition)
        if "_preview" in request.POST and profile.edition is not None:
            return redirect("admin:roles_roleprofile_preview", profile.edition.uuid)
        if "_close" in request.POST:
            return self.response_post_save_change(request, profile)
        return HttpResponseRedirect(change_url(profile))

    def _tell_saved(self, request: HttpRequest, profile: RoleProfile, save: Save) -> None:
        if save.edition is not None:
            live = publication_of(profile)
            still = (
                live is not None and live.state == Publication.State.LIVE and "_publish" not in request.POST
            )
            told = f"Saved as edition {save.edition.number}."
            if still:
                told += " Readers still see what was published before."
            messages.success(request, told)
        elif save.wrote_something:
            messages.success(request, "Saved. The page itself did not change, so there is no new edition.")
        elif not {"_publish", "_preview"} & set(request.POST):
            messages.info(request, "You changed nothing, so there was nothing to save.")

    # Deleting

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        # What belongs to a profile goes with it; listing each row of it tells editors nothing.
        return [str(profile) for profile in objs], {}, set(), []

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        profile = self.get_object(request, unquote(object_id))
        if profile is not None and publication_of(profile) is not None:
            messages.error(
                request,
                "This profile is or was public, so it cannot be deleted: what was once public can always be shown "
                "again. Withdraw it instead.",
            )
            return HttpResponseRedirect(change_url(profile))
        return super().delete_view(request, object_id, extra_context)

    def delete_model(self, request: HttpRequest, obj: RoleProfile) -> None:
        delete_profile(profile=obj, by=request.user)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("preview/<uuid:uuid>/", view(self.preview_view), name="roles_roleprofile_preview"),
            path("<int:pk>/publish/", view(self.publish_view), name="roles_roleprofile_publish"),
            path("<int:pk>/withdraw/", view(self.withdraw_view), name="roles_roleprofile_withdraw"),
            *super().get_urls(),
        ]


def change_url(profile: RoleProfile) -> str:
    return reverse("admin:roles_roleprofile_change", args=[profile.pk])


def _number(text: str | None) -> int:
    """The version a form was opened with; what is not a number is older than any."""
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 10 else -1
