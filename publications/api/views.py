"""The two kinds of resource whose answers are kept until something public changes."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from publications.caching import cached_on_seq

from .pages import Pages
from .parameters import StrictFilters, refuse_parameters

Complete = Callable[[list[Any]], list[Any]]


def _as_they_are(records: list[Any]) -> list[Any]:
    return records


class Kept(APIView):
    """A view whose answers are kept, and then handed out without any step of REST framework's."""

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        return cached_on_seq(super().as_view(**initkwargs))


class PublicList(Kept, ListAPIView):
    """A list in pages, which refuses parameters that it does not know."""

    filter_backends = [StrictFilters]
    pagination_class = Pages

    # Adds to the records of one page what would be slow to fetch for all.
    complete: Complete = staticmethod(_as_they_are)

    def paginate_queryset(self, queryset: Any) -> list[Any]:
        return self.complete(super().paginate_queryset(queryset) or [])


class PublicRecord(Kept, RetrieveAPIView):
    """One record of such a list, by its slug."""

    lookup_field = "slug"

    # Adds to the record what its list adds to each.
    complete: Complete = staticmethod(_as_they_are)

    def get_object(self) -> Model:
        return self.complete([super().get_object()])[0]

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        refuse_parameters(request.query_params)
        return super().get(request, *args, **kwargs)
