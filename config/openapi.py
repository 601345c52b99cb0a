"""The description of the API in OpenAPI 3.1, its page for people, and the JSON Schemas of the role document."""

import hashlib
import json
from functools import cache
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.views import APIView

from publications.api.parameters import check_parameters, refuse_parameters
from publications.caching import answer_not_modified, with_validators
from roles.documents.schema import schema as role_schema

# Errors list what is allowed only where that can be listed.
SOMETIMES_THERE = {"allowed"}
CONTENT_TYPES = {"json": "application/vnd.oai.openapi+json", "yaml": "application/yaml"}


def add_role_document(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Describe the document of a role by its own JSON Schema (a hook of drf-spectacular)."""
    whole = {key: value for key, value in role_schema("document").items() if key != "$schema"}
    result["components"]["schemas"]["RoleDocument"] = whole
    return result


def state_what_is_always_there(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Say of every field of an answer that it is there, empty or not (a hook of drf-spectacular).

    It takes what a form may leave out for what an answer may leave out; but nothing is ever sent to this API.
    """
    for component in result["components"]["schemas"].values():
        if properties := component.get("properties"):
            component["required"] = [name for name in properties if name not in SOMETIMES_THERE]
            for value in properties.values():
                value.pop("readOnly", None)
                # What the editors' form calls it.
                value.pop("title", None)
    return result


@cache
def description(form: str) -> bytes:
    """The whole description as bytes, made once per process: nothing in it depends on data or on who asks."""
    if form == "yaml":
        return OpenApiYamlRenderer().render(_description())
    return json.dumps(_description(), ensure_ascii=False).encode()


@cache
def _description() -> dict[str, Any]:
    return SchemaGenerator().get_schema(request=None, public=True)


@cache
def role_document_schema(shape: str) -> bytes:
    return json.dumps(role_schema(shape), ensure_ascii=False, indent=2).encode()


def _constant(request: Request, content: bytes, content_type: str) -> HttpResponse:
    etag = f'"{hashlib.sha256(content).hexdigest()[:40]}"'
    not_modified = answer_not_modified(request, etag)
    return not_modified or with_validators(HttpResponse(content, content_type=content_type), etag)


@extend_schema(exclude=True)
class Description(APIView):
    """The description as JSON, or as YAML with ?format=yaml."""

    def get(self, request: Request) -> HttpResponse:
        check_parameters(request.query_params, {"format": list(CONTENT_TYPES)})
        form = request.query_params.get("format", "json")
        return _constant(request, description(form), CONTENT_TYPES[form])


@extend_schema(exclude=True)
class RoleDocumentSchema(APIView):
    """A JSON Schema of the role document: as published, or as editions, imports and exports hold it."""

    def get(self, request: Request, shape: str) -> HttpResponse:
        refuse_parameters(request.query_params)
        if shape not in {"document", "source"}:
            raise NotFound("The shapes are role-document and role-source.")
        return _constant(request, role_document_schema(shape), "application/schema+json")


@extend_schema(exclude=True)
class Documentation(APIView):
    """The description as a page, on which each operation can be tried."""

    def get(self, request: Request) -> HttpResponse:
        return render(request._request, "api/docs.html")
