"""What every public page says about the site itself, on error pages too, which have no context to ask."""

from django import template
from django.conf import settings

from publications.rendering.locales import say_number
from publications.rendering.words import WORK_ARRANGEMENTS

register = template.Library()


@register.simple_tag
def site_name() -> str:
    return settings.SITE_NAME


@register.simple_tag
def site_url() -> str:
    return settings.SITE_URL


@register.filter
def number(value: float) -> str:
    """A number as readers of the site's own language write it: “1,016”."""
    return say_number(value, settings.LANGUAGE_CODE)


@register.filter
def work_arrangement(code: str) -> str:
    """Where the work is done, in words."""
    return WORK_ARRANGEMENTS.get(code, "")
