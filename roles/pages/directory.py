"""The list of all public roles, with filters that are plain links."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from publications.caching import cached_on_seq
from publications.models import Publication
from publications.rendering.locales import language_name
from publications.rendering.words import WORK_ARRANGEMENTS

from .families import Family, family_tree
from .filters import DEFAULT_SORT, Asked

ROLES_PER_PAGE = 20
SORT_NAMES = {"title": "Title", "newest": "Newest", "level": "Level"}


@dataclass(frozen=True)
class Option:
    """One value of a filter: the list it leads to, and how many roles that has."""

    label: str
    count: int
    url: str
    is_chosen: bool
    depth: int = 0


@dataclass(frozen=True)
class Filter:
    """A filter with its values; `url` is the list without it."""

    name: str
    label: str
    options: list[Option]
    url: str

    @property
    def chosen(self) -> Option | None:
        return next((option for option in self.options if option.is_chosen), None)


@require_safe
@cached_on_seq
def role_list(request: HttpRequest) -> HttpResponse:
    asked = Asked.of(request.GET)
    paginator = Paginator(asked.roles(), ROLES_PER_PAGE)
    if asked.page > paginator.num_pages:
        raise Http404(f"The last page of this list is {paginator.num_pages}.")
    filters = list(_filters(asked))
    chosen = [(each, _chosen_label(each, asked)) for each in filters if getattr(asked, each.name)]
    context = {
        "asked": asked,
        "page": paginator.page(asked.page),
        "pages": list(_page_links(paginator, asked)),
        "filters": filters,
        "chosen": chosen,
        "sorts": [
            (label, asked.but(sort=sort).url, asked.sort == sort) for sort, label in SORT_NAMES.items()
        ],
        "title": _title([label for _, label in chosen]),
        "canonical": f"{settings.SITE_URL}{asked.but(sort=DEFAULT_SORT, page=asked.page).url}",
    }
    return render(request, "roles/list.html", context)


def _filters(asked: Asked) -> Iterator[Filter]:
    """Each filter with the number of roles beside each of its values, given all other filters."""
    yield _filter("family", "Job family", list(_family_options(asked)), asked)
    levels = _counted(asked, "level", "level_slug", "level_label", "level_rank")
    levels.sort(key=lambda row: (row["level_rank"] is None, row["level_rank"], row["level_label"]))
    yield _filter(
        "level",
        "Level",
        [_option(asked, "level", row["level_slug"], row["level_label"], row["count"]) for row in levels],
        asked,
    )
    arrangements = {row["work_arrangement"]: row["count"] for row in _counted(asked, "work_arrangement")}
    yield _filter(
        "work_arrangement",
        "Where the work is done",
        [
            _option(asked, "work_arrangement", value, label, arrangements[value])
            for value, label in WORK_ARRANGEMENTS.items()
            if value and value in arrangements
        ],
        asked,
    )
    languages = _counted(asked, "language")
    if len(languages) > 1 or asked.language:
        yield _filter(
            "language",
            "Language",
            [
                _option(asked, "language", row["language"], language_name(row["language"]), row["count"])
                for row in sorted(languages, key=lambda row: -row["count"])
            ],
            asked,
        )


def _counted(asked: Asked, name: str, *columns: str) -> list[dict[str, Any]]:
    """How many roles each value of a filter would leave."""
    columns = columns or (name,)
    return list(
        Publication.objects.live()
        .filter(**asked.conditions(without=name))
        .exclude(**{columns[0]: ""})
        .order_by()
        .values(*columns)
        .annotate(count=Count("pk"))
    )


def _option(asked: Asked, name: str, value: str, label: str, count: int, depth: int = 0) -> Option:
    return Option(label, count, asked.but(**{name: value}).url, getattr(asked, name) == value, depth)


def _family_options(asked: Asked) -> Iterator[Option]:
    """The widest families; below those on the way to the chosen one also the narrower ones."""

    def options(families: list[Family], depth: int) -> Iterator[Option]:
        for family in families:
            yield _option(asked, "family", family.slug, family.label, family.count, depth)
            if any(each.slug == asked.family for each in family.branch()):
                yield from options(family.children, depth + 1)

    yield from options(family_tree(**asked.conditions(without="family")), 0)


def _filter(name: str, label: str, options: list[Option], asked: Asked) -> Filter:
    return Filter(name, label, options, asked.but(**{name: ""}).url)


def _chosen_label(each: Filter, asked: Asked) -> str:
    """The name of what was chosen, or what the address says where nothing is called that."""
    return each.chosen.label if each.chosen else getattr(asked, each.name)


def _title(labels: list[str]) -> str:
    return f"Roles: {', '.join(labels)}" if labels else "All roles"


def _page_links(paginator: Any, asked: Asked) -> Iterator[tuple[Any, str, bool]]:
    """The pages near this one and both ends: number, address, whether it is this one; a gap has no address."""
    for number in paginator.get_elided_page_range(asked.page, on_each_side=2, on_ends=1):
        if isinstance(number, int):
            yield number, asked.but(page=number).url, number == asked.page
        else:
            yield number, "", False
