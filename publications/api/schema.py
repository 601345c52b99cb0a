"""What every operation of the API's description says alike: which errors there are, and that copies may be kept."""

from typing import Any

from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
)

from . import problems

_Responses = dict[Any, OpenApiResponse]


def problem(status: int, serializer: Any, says: str, example: dict[str, Any]) -> _Responses:
    """A response in `application/problem+json`, with an example of one."""
    examples = [OpenApiExample("Example", summary=says, value=example, status_codes=[str(status)])]
    return {(status, problems.CONTENT_TYPE): OpenApiResponse(serializer, says, examples)}


NOT_MODIFIED: _Responses = {304: OpenApiResponse(None, "You hold the latest: your If-None-Match names it.")}
INVALID_PARAMETERS = problem(
    400,
    problems.InvalidParametersSerializer,
    "A parameter is unknown, or its value cannot be.",
    {
        "type": "/api/v1/problems/invalid-parameters/",
        "title": "Parameters are not as they should be",
        "status": 400,
        "detail": "page_size: Give a whole number from 1 to 100.",
        "errors": [{"parameter": "page_size", "message": "Give a whole number from 1 to 100."}],
    },
)
NOT_FOUND = problem(
    404,
    problems.ProblemSerializer,
    "There is nothing at this address.",
    {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "There is nothing at this address.",
    },
)

IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match",
    str,
    OpenApiParameter.HEADER,
    description="The ETag of the copy you hold. The answer is 304, without content, while it is the latest.",
)
ETAG = OpenApiParameter(
    "ETag",
    str,
    OpenApiParameter.HEADER,
    response=[200, 304],
    description="Names this content. Send it back as If-None-Match.",
)
CONDITIONAL = [IF_NONE_MATCH, ETAG]


def a_list(operation_id: str, summary: str, serializer: Any) -> Any:
    """Describe a view as a list of what `serializer` writes."""
    found = {200: OpenApiResponse(serializer(many=True), "One page of the list.")}
    responses = found | NOT_MODIFIED | INVALID_PARAMETERS
    return _describe(operation_id, summary, responses)


def a_record(operation_id: str, summary: str, serializer: Any) -> Any:
    """Describe a view as one record of such a list."""
    found = {200: OpenApiResponse(serializer(), "The record.")}
    responses = found | NOT_MODIFIED | INVALID_PARAMETERS | NOT_FOUND
    return _describe(operation_id, summary, responses)


def _describe(operation_id: str, summary: str, responses: _Responses) -> Any:
    operation = extend_schema(
        operation_id=operation_id, summary=summary, parameters=CONDITIONAL, responses=responses
    )
    return extend_schema_view(get=operation)
