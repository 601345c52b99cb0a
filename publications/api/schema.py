"""What every operation of the API's description says alike: which errors there are, and that copies may be kept."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse

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


def a_list(serializer: Any) -> dict[str, Any]:
    """The arguments of `extend_schema` for a list."""
    responses = {200: serializer(many=True)} | NOT_MODIFIED | INVALID_PARAMETERS
    return {"parameters": [IF_NONE_MATCH], "responses": responses}


def a_record(serializer: Any) -> dict[str, Any]:
    """The arguments of `extend_schema` for one record."""
    responses = {200: serializer()} | NOT_MODIFIED | INVALID_PARAMETERS | NOT_FOUND
    return {"parameters": [IF_NONE_MATCH], "responses": responses}
