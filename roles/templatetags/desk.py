"""How the desk shows what somebody may look at and not change."""

from typing import Any

from django import template
from django.core.exceptions import FieldDoesNotExist
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from publications.richtext import RichTextField, clean

register = template.Library()


@register.filter
def as_read(field: Any) -> SafeString | str:
    """A field that cannot be changed, as readers would see it: formatted text formatted, lists as lines."""
    record, name = field.form.instance, field.field["field"]
    if name == "other_titles":
        return lines(list(record.alternate_titles.values_list("title", flat=True)))
    try:
        kind = record._meta.get_field(name)
    except FieldDoesNotExist:
        return field.contents()
    value = getattr(record, name)
    if isinstance(kind, RichTextField) and value:
        return SafeString(clean(value))
    return lines(value) if isinstance(value, list) else field.contents()


def lines(texts: list[Any]) -> SafeString | str:
    """Short texts, or placeholders with their meanings, one per line."""
    told = (text if isinstance(text, str) else f"{text['token']} = {text['meaning']}" for text in texts)
    return format_html_join(mark_safe("<br>"), "{}", ((text,) for text in told)) or "–"
