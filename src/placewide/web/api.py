"""The open API of this node, put together from the rooms' doors: /api/v1."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import Throttled, ValidationError
from ninja.openapi.schema import OpenAPISchema

from placewide import __version__
from placewide.cases.api import router as cases
from placewide.services.api import router as services
from placewide.ui.problems import KINDS, MEDIA_TYPE, ProblemRaised, answer_with

_PROBLEM = {
    "type": "object",
    "description": "Problem details, RFC 9457.",
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "rule": {"type": "string", "description": "The rule of the service that stops it."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "question": {"type": "string"},
                    "field": {"type": "string", "description": "Where in the body (RFC 6901)."},
                    "part": {"type": "string"},
                    "key": {"type": "string", "description": "The same in every language."},
                    "detail": {"type": "string"},
                },
            },
        },
    },
    "required": ["type", "title", "status", "detail"],
}


class OpenApi(NinjaAPI):
    """Documents the problems every operation may answer with, besides what it promises."""

    def get_openapi_schema(self, **given: Any) -> OpenAPISchema:
        document = super().get_openapi_schema(**given)
        document["components"].setdefault("schemas", {})["Problem"] = _PROBLEM
        for path, item in document["paths"].items():
            for method, operation in item.items():
                for status in _problems_of(path, method):
                    operation["responses"].setdefault(str(status), _described(status))
                _in_its_media_type(operation)
        return document


def _problems_of(path: str, method: str) -> list[int]:
    about_one = {404} if "{" in path else {400}
    return sorted(about_one | {400, 409, 413, 415, 422, 429}) if method == "post" else sorted(about_one)


def _described(status: int) -> dict[str, Any]:
    titles = " / ".join(words["en"][0] for number, words in KINDS.values() if number == status)
    return {"description": titles, "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}


def _in_its_media_type(operation: dict[str, Any]) -> None:
    if operation["operationId"] == "readSubmissionSchema":
        content = operation["responses"][200]["content"]
        content["application/schema+json"] = content.pop("application/json")


api = OpenApi(
    title="Placewide",
    version=__version__,
    description="Ask for services from a program, as residents do on pages.",
    docs_url=None,  # its page loads from elsewhere; ours is /api
    urls_namespace="api",
)
api.add_router("", services)
api.add_router("", cases)


@api.exception_handler(ProblemRaised)
def raised(request: HttpRequest, problem: ProblemRaised) -> HttpResponse:
    return answer_with(request, problem)


@api.exception_handler(Throttled)
def throttled(request: HttpRequest, fault: Throttled) -> HttpResponse:
    answer = answer_with(request, ProblemRaised("too-many"))
    answer["Retry-After"] = str(int(fault.wait or 60) + 1)
    return answer


@api.exception_handler(Http404)
def missing(request: HttpRequest, fault: Http404) -> HttpResponse:
    return answer_with(request, ProblemRaised("not-found"))


@api.exception_handler(RequestDataTooBig)
def too_large(request: HttpRequest, fault: RequestDataTooBig) -> HttpResponse:
    return answer_with(request, ProblemRaised("too-large"))


@api.exception_handler(SuspiciousOperation)
@api.exception_handler(MultiPartParserError)
@api.exception_handler(UnreadablePostError)
@api.exception_handler(BadRequest)
def unreadable(request: HttpRequest, fault: Exception) -> HttpResponse:
    return answer_with(request, ProblemRaised("unreadable"))


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, fault: ValidationError) -> HttpResponse:
    """Something in the path, a form's field or a file is missing or wrong; answers themselves are never read here."""
    wrong = [tuple(str(part) for part in error["loc"]) for error in fault.errors]
    if any(place[0] == "path" for place in wrong):
        return answer_with(request, ProblemRaised("not-found"))
    return answer_with(request, ProblemRaised("wrong-shape", errors=[{"field": place[-1]} for place in wrong]))


@csrf_exempt  # as the rest of the API: a program that mistypes an address must be told so, whatever it sends
def nowhere(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Any other address below /api/v1."""
    return answer_with(request, ProblemRaised("not-found"))
