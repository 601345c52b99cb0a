"""What a reader asks of the list of roles, as its address says it."""

import re
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, QuerySet
from django.http import Http404, QueryDict

from publications.models import Publication

_SLUG = re.compile(r"[-\w]{1,140}", re.ASCII)
# Enough digits for any list there will ever be, few enough for any database.
_PAGE = re.compile(r"[1-9][0-9]{0,6}", re.ASCII)

# The filters by the name of their parameter, with the condition each one is.
CONDITIONS = {
    "family": "families__slug",
    "level": "level_slug",
    "work_arrangement": "work_arrangement",
    "language": "language",
}
SORTS: dict[str, list[Any]] = {
    "title": ["title", "slug"],
    # Keys are given in the order in which roles first went public, and have an index.
    "newest": ["-pk"],
    "level": [F("level_rank").asc(nulls_last=True), "title", "slug"],
}
DEFAULT_SORT = "title"


@dataclass(frozen=True)
class Asked:
    """Filters, order and page. What the address says beside these is none of our business and is ignored."""

    family: str = ""
    level: str = ""
    work_arrangement: str = ""
    language: str = ""
    sort: str = DEFAULT_SORT
    page: int = 1

    @classmethod
    def of(cls, query: QueryDict) -> "Asked":
        """Read a query string. A page that cannot be is not found; an unknown order is the usual one."""
        page = query.get("page", "1")
        if not _PAGE.fullmatch(page):
            raise Http404("Pages are counted from 1.")
        sort = query.get("sort", DEFAULT_SORT)
        return cls(
            **{name: query.get(name, "") for name in CONDITIONS},
            sort=sort if sort in SORTS else DEFAULT_SORT,
            page=int(page),
        )

    @property
    def filters(self) -> dict[str, str]:
        return {name: value for name in CONDITIONS if (value := getattr(self, name))}

    def conditions(self, *, without: str = "") -> dict[str, Any]:
        """The filters as conditions on publications; `without` leaves one out, to count what it could be."""
        asked = {name: value for name, value in self.filters.items() if name != without}
        if not all(_SLUG.fullmatch(value) for value in asked.values()):
            # Nothing can be called that, and databases need not see it.
            return {"pk__in": []}
        return {CONDITIONS[name]: value for name, value in asked.items()}

    def roles(self) -> QuerySet[Publication]:
        found = Publication.objects.live().filter(**self.conditions()).defer("document")
        return found.order_by(*SORTS[self.sort])

    def but(self, **changes: Any) -> "Asked":
        """The same list with something else asked; any change leads back to the first page."""
        return replace(self, **{"page": 1, **changes})

    @property
    def url(self) -> str:
        """The one address of this list: parameters in a fixed order, and none that say what is usual."""
        said: dict[str, Any] = dict(self.filters)
        if self.sort != DEFAULT_SORT:
            said["sort"] = self.sort
        if self.page != 1:
            said["page"] = self.page
        return f"/roles/?{urlencode(said)}" if said else "/roles/"
