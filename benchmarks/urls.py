"""The site, and beside it the two floors that its speed is compared with."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from publications.models import Publication

KILOBYTES = 20
CONSTANT = b"<!doctype html>" + b"0123456789abcdef" * (KILOBYTES * 1024 // 16)


def constant(request: HttpRequest) -> HttpResponse:
    """The least that an answer of this size can cost under Django and our middleware."""
    return HttpResponse(CONSTANT)


def row(request: HttpRequest, pk: int) -> HttpResponse:
    """The least that an answer from the database can cost: one row read by its key and returned."""
    return HttpResponse(Publication.objects.values_list("document", flat=True).get(pk=pk))


urlpatterns = [
    path("benchmarks/constant/", constant),
    path("benchmarks/row/<int:pk>/", row),
    path("", include("config.urls")),
]
