"""No answer leaves without saying what to do: refusals that came from below our own code are put into words."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from placewide.ui.faults import problem
from placewide.ui.problems import MEDIA_TYPE, ProblemRaised, answer_with

_FOR_PROGRAMS = "/api/"
_KINDS = {404: "not-found", 405: "not-this-way", 413: "too-large", 415: "wrong-type", 429: "too-many"}
_KEPT = ("Allow", "Retry-After")


def explained(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Give programs problem details, and people a page, where a framework answered with neither."""

    def respond(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        if answer.status_code < 400:
            return answer
        if request.path.startswith(_FOR_PROGRAMS):
            return answer if answer.headers.get("Content-Type") == MEDIA_TYPE else _for_program(request, answer)
        return (
            _with_headers(answer, problem(request, 405)) if answer.status_code == 405 and not answer.content else answer
        )

    return respond


def _for_program(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    kind = _KINDS.get(answer.status_code, "unreadable" if answer.status_code < 500 else "our-fault")
    return _with_headers(answer, answer_with(request, ProblemRaised(kind)))


def _with_headers(before: HttpResponse, answer: HttpResponse) -> HttpResponse:
    for name in _KEPT:
        if name in before.headers:
            answer.headers[name] = before.headers[name]
    return answer
