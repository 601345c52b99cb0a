"""Lists in pages, with totals and links to the pages beside."""

from collections.abc import Iterator
from typing import Any

from django.http import QueryDict
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

from .problems import InvalidParameters, ParameterError

DEFAULT_SIZE = 20
LARGEST_SIZE = 100
# A list of this length would have a role for everyone alive. Beyond it only mistakes and attacks are found.
LAST_PAGE = 10_000_000


class Pages(BasePagination):
    """`page` counts from 1; `page_size` says how many there are on each."""

    HIGHEST = {"page": LAST_PAGE, "page_size": LARGEST_SIZE}

    def errors_in(self, query: QueryDict) -> Iterator[ParameterError]:
        for name, highest in self.HIGHEST.items():
            value = query.get(name, "1")
            if not _is_number(value, highest):
                yield ParameterError(name, f"Give a whole number from 1 to {highest}.")

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        self.request = request
        self.page = int(request.query_params.get("page", 1))
        self.size = int(request.query_params.get("page_size", DEFAULT_SIZE))
        self.count = queryset.count()
        self.page_count = max(1, -(-self.count // self.size))
        if self.page > self.page_count:
            message = f"The last page of this list is {self.page_count}."
            raise InvalidParameters([ParameterError("page", message)])
        start = (self.page - 1) * self.size
        # First which, from an index alone, then the rows: to sort or skip whole rows takes far longer.
        keys = list(queryset.values_list("pk", flat=True)[start : start + self.size])
        found = view.get_queryset().in_bulk(keys)
        return [found[key] for key in keys if key in found]

    def get_paginated_response(self, data: list[Any]) -> Response:
        return Response(
            {
                "count": self.count,
                "page": self.page,
                "page_size": self.size,
                "page_count": self.page_count,
                "next": self._link(self.page + 1),
                "previous": self._link(self.page - 1),
                "results": data,
            }
        )

    def _link(self, page: int) -> str | None:
        if not 1 <= page <= self.page_count:
            return None
        query = self.request.query_params.copy()
        query["page"] = str(page)
        return self.request.build_absolute_uri(f"{self.request.path}?{query.urlencode()}")

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        says = {
            "page": "Which page, counted from 1.",
            "page_size": f"How many on each page, {DEFAULT_SIZE} unless you say otherwise.",
        }
        return [
            {
                "name": name,
                "in": "query",
                "required": False,
                "description": says[name],
                "schema": {"type": "integer", "minimum": 1, "maximum": highest},
            }
            for name, highest in self.HIGHEST.items()
        ]

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        number = {"type": "integer", "minimum": 0}
        link = {"type": ["string", "null"], "format": "uri"}
        properties = {
            "count": number | {"description": "How many there are on all pages."},
            "page": number,
            "page_size": number,
            "page_count": number,
            "next": link | {"description": "The address of the next page."},
            "previous": link | {"description": "The address of the page before."},
            "results": schema,
        }
        return {"type": "object", "properties": properties, "required": list(properties)}


def _is_number(value: str, highest: int) -> bool:
    # As digits, because a number may be longer than Python is willing to read.
    return (
        value.isascii() and value.isdigit() and len(value) <= len(str(highest)) and 1 <= int(value) <= highest
    )
