"""The admin as a whole: its menu in HR's words, its dashboard, and what its searches answer."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.http import HttpRequest
from django.template.response import TemplateResponse

# The menu: groups in the order of a working day, each with the models it holds.
MENU: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Role profiles", ("roles.roleprofile",)),
    ("Skills", ("skills.skill", "skills.proficiencylevel")),
    ("Career framework", ("careers.jobfamily", "careers.level", "careers.levelscale", "careers.salaryband")),
    (
        "History",
        ("roles.event", "roles.edition", "publications.publication", "publications.slugredirect"),
    ),
    ("Settings", ("roles.organization", "auth.user", "auth.group")),
)
# For models of Django's own; ours say it themselves (`list_title`).
NAMES = {"auth.user": "People who can sign in"}


class Suggestions(AutocompleteJsonView):
    """What may be chosen for what was typed, each with a word that tells it from its like."""

    model_admin: Any

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        result = super().serialize_result(obj, to_field_name)
        if detail := getattr(self.model_admin, "choice_detail", None):
            result["detail"] = detail(obj)
        return result


class RolebookAdminSite(admin.AdminSite):
    """The editors' desk."""

    site_header = site_title = settings.SITE_NAME
    index_title = "Dashboard"
    empty_value_display = "–"
    enable_nav_sidebar = False

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Django's list of what this person may see, grouped as HR thinks of it and not as the code is."""
        models = {
            f"{app['app_label']}.{model['object_name'].lower()}": model
            for app in self._build_app_dict(request).values()
            for model in app["models"]
        }
        groups = []
        for title, names in MENU:
            known = [self._named(name, models.pop(name)) for name in names if name in models]
            if known:
                groups.append(_group(title, known))
        if models:
            groups.append(_group("More", list(models.values())))
        if app_label is not None:
            part = f"/{app_label}/"
            groups = [
                group for group in groups if any(part in str(model["admin_url"]) for model in group["models"])
            ]
        return groups

    def _named(self, label: str, model: dict[str, Any]) -> dict[str, Any]:
        title = NAMES.get(label) or getattr(self.get_model_admin(model["model"]), "list_title", "")
        return model | {"name": title or model["name"]}

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        # Not above: the desks register themselves with this site, so it has to exist first.
        from roles.admin.dashboard import dashboard

        return super().index(request, {**dashboard(request), **(extra_context or {})})

    def autocomplete_view(self, request: HttpRequest) -> Any:
        return Suggestions.as_view(admin_site=self)(request)


def _group(title: str, models: list[Any]) -> dict[str, Any]:
    return {
        "name": title,
        "app_label": title.lower().replace(" ", "-"),
        "app_url": models[0]["admin_url"],
        "has_module_perms": True,
        "models": models,
    }
