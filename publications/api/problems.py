"""Errors of the API as `application/problem+json` (RFC 9457): what went wrong, where, and what would be right."""

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions, serializers
from rest_framework.response import Response

CONTENT_TYPE = "application/problem+json"

# Problems that say more than their status does, by the last part of their address (/api/v1/problems/…/).
KINDS: dict[str, dict[str, Any]] = {
    "invalid-parameters": {
        "title": "Parameters are not as they should be",
        "status": 400,
        "meaning": "`errors` lists each parameter that is unknown or has a value that cannot be, what is wrong with "
        "it and what would be allowed.",
    },
    "withdrawn": {
        "title": "This role has been withdrawn",
        "status": 410,
        "meaning": "The role was public and is no longer. `reason` says why, `withdrawn_at` when, and `replacement` "
        "which role to use instead, where there is one. Delete your copy.",
    },
}


class Problem(exceptions.APIException):
    """An error of one of our KINDS, with members of its own beside those that every problem has."""

    def __init__(self, kind: str, detail: str, **members: Any):
        super().__init__(detail)
        self.kind = kind
        self.status_code = KINDS[kind]["status"]
        self.members = members


@dataclass(frozen=True)
class ParameterError:
    """What is wrong with one parameter of a request, and what is allowed there."""

    parameter: str
    message: str
    allowed: list[str] | None = None

    def as_json(self) -> dict[str, Any]:
        allowed = {} if self.allowed is None else {"allowed": self.allowed}
        return {"parameter": self.parameter, "message": self.message} | allowed


class InvalidParameters(Problem):
    def __init__(self, errors: Iterable[ParameterError]):
        listed = [error.as_json() for error in errors]
        detail = " ".join(f"{error['parameter']}: {error['message']}" for error in listed)
        super().__init__("invalid-parameters", detail, errors=listed)


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """Django REST framework's exception handler: every error it knows becomes a problem document."""
    if isinstance(error, Http404):
        error = exceptions.NotFound("There is nothing at this address.")
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    if not isinstance(error, exceptions.APIException):
        return None

    if isinstance(error, Problem):
        body = {"type": f"/api/v1/problems/{error.kind}/", "title": KINDS[error.kind]["title"]}
        members = error.members
    else:
        body = {"type": "about:blank", "title": HTTPStatus(error.status_code).phrase}
        members = {}
    body |= {"status": error.status_code, "detail": str(error.detail), **members}
    # Caches may otherwise keep a 404 or 410 for as long as they like.
    headers = {"Cache-Control": "no-cache"}
    if isinstance(error, exceptions.MethodNotAllowed):
        headers["Allow"] = ", ".join(context["view"].allowed_methods)
    return Response(body, status=error.status_code, content_type=CONTENT_TYPE, headers=headers)


# For the schema only


class ProblemSerializer(serializers.Serializer):
    """An error, as RFC 9457 describes them."""

    type = serializers.CharField(
        help_text="What kind of problem: an address that explains it, or about:blank."
    )
    title = serializers.CharField()
    status = serializers.IntegerField(help_text="The HTTP status, once more.")
    detail = serializers.CharField(help_text="What happened here, in plain words.")


class ParameterErrorSerializer(serializers.Serializer):
    parameter = serializers.CharField()
    message = serializers.CharField()
    allowed = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="What is allowed, where that can be listed."
    )


class InvalidParametersSerializer(ProblemSerializer):
    """Which parameters are unknown or wrong, and what is allowed."""

    errors = ParameterErrorSerializer(many=True)  # type: ignore[assignment]
