"""The API below /api/v1/: its addresses, and what it says where there is nothing."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.urls import path, re_path, reverse
from django.views import defaults
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from careers.api import JobFamilyDetail, JobFamilyList, LevelDetail, LevelList
from publications.api import problems, schema
from publications.api.parameters import refuse_parameters
from roles.api import RoleDetail, RoleList
from skills.api import SkillDetail, SkillList

from .openapi import Description, Documentation, RoleDocumentSchema

app_name = "api-v1"

# What the root lists, by the name of its address.
RESOURCES = {
    "roles": "role-list",
    "skills": "skill-list",
    "job_families": "family-list",
    "levels": "level-list",
    "schema": "schema",
    "documentation": "docs",
}


class Root(APIView):
    """Where everything is."""

    @extend_schema(
        operation_id="list_resources",
        summary="Where everything is",
        tags=["api"],
        responses={200: inline_serializer("Root", {name: serializers.CharField() for name in RESOURCES})}
        | schema.INVALID_PARAMETERS,
    )
    def get(self, request: Request) -> Response:
        refuse_parameters(request.query_params)
        return Response({name: reverse(f"{app_name}:{view}") for name, view in RESOURCES.items()})


class ProblemKind(APIView):
    """What an error means, at the address that the error itself names as its `type`."""

    @extend_schema(
        operation_id="get_problem",
        summary="What an error means",
        tags=["api"],
        responses={
            200: inline_serializer(
                "ProblemKind",
                {
                    "title": serializers.CharField(),
                    "status": serializers.IntegerField(),
                    "meaning": serializers.CharField(),
                },
            )
        }
        | schema.INVALID_PARAMETERS
        | schema.NOT_FOUND,
    )
    def get(self, request: Request, kind: str) -> Response:
        refuse_parameters(request.query_params)
        if kind not in problems.KINDS:
            raise NotFound("There is no such kind of problem.")
        return Response(problems.KINDS[kind])


@extend_schema(exclude=True)
class Nothing(APIView):
    """Every other address."""

    def get(self, request: Request, **_: Any) -> Response:
        raise NotFound("There is nothing at this address. /api/v1/ lists what there is.")


urlpatterns = [
    path("", Root.as_view(), name="root"),
    path("roles/", RoleList.as_view(), name="role-list"),
    path("roles/<slug:slug>/", RoleDetail.as_view(), name="role-detail"),
    path("skills/", SkillList.as_view(), name="skill-list"),
    path("skills/<slug:slug>/", SkillDetail.as_view(), name="skill-detail"),
    path("job-families/", JobFamilyList.as_view(), name="family-list"),
    path("job-families/<slug:slug>/", JobFamilyDetail.as_view(), name="family-detail"),
    path("levels/", LevelList.as_view(), name="level-list"),
    path("levels/<slug:slug>/", LevelDetail.as_view(), name="level-detail"),
    path("problems/<slug:kind>/", ProblemKind.as_view(), name="problem"),
    path("schema/", Description.as_view(), name="schema"),
    path("schemas/role-<slug:shape>.json", RoleDocumentSchema.as_view(), name="role-document-schema"),
    path("docs/", Documentation.as_view(), name="docs"),
    # With a slash at the end only, so that an address without one is still sent to the one with it.
    re_path(r"^(?:.*/)?$", Nothing.as_view()),
]


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Django's handler for requests that reach no view, such as one with far too many parameters."""
    return _api_problem(request, HTTPStatus.BAD_REQUEST) or defaults.bad_request(request, exception)


def server_error(request: HttpRequest) -> HttpResponseBase:
    """Django's handler for errors of ours. They are logged; partners still get what they can read."""
    return _api_problem(request, HTTPStatus.INTERNAL_SERVER_ERROR) or defaults.server_error(request)


def _api_problem(request: HttpRequest, status: HTTPStatus) -> HttpResponseBase | None:
    if not request.path_info.startswith("/api/"):
        return None
    body = {"type": "about:blank", "title": status.phrase, "status": status, "detail": status.description}
    return JsonResponse(body, status=status, content_type=problems.CONTENT_TYPE)
