"""Telling an editor why a profile cannot be published, with the way to each place."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from roles.documents import Problem
from roles.models import RoleProfile
from roles.publishing import NotPublishable

from .tabs import place_of

MOST_TOLD = 20


def tell_problems(request: HttpRequest, profile: RoleProfile, error: ValidationError) -> None:
    """Say in a message why publishing was refused."""
    if not isinstance(error, NotPublishable):
        messages.error(request, f"Not published. {' '.join(error.messages)}")
        return
    messages.error(
        request,
        format_html("Not published, because something is not in order: {}", listed(error.problems, profile)),
    )


def listed(problems: list[Problem], profile: RoleProfile) -> SafeString:
    """Problems as a list of links to the fields they are in."""
    url = reverse("admin:roles_roleprofile_change", args=[profile.pk])
    items = format_html_join("", "<li>{}</li>", ((_told(problem, url),) for problem in problems[:MOST_TOLD]))
    rest = len(problems) - MOST_TOLD
    if rest > 0:
        items = format_html("{}<li>and {} more</li>", items, rest)
    return format_html('<ul class="problems">{}</ul>', items)


def _told(problem: Problem, url: str) -> SafeString:
    place = place_of(problem)
    if not place.where:
        return format_html("{}", place.message)
    return format_html('<a href="{}{}">{}</a>: {}', url, place.href, place.where, place.message)
