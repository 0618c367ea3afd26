"""What every answer carries."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

from placewide.kernel.terms import Unseen
from placewide.ui.faults import problem

# No inline script or style, nothing from elsewhere. https://www.w3.org/TR/CSP3/
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)


MOST_SENT = 120_000_000  # bytes of one request: more than anybody's photos, less than fills a disk


def measured(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse what is far too large before any of it is read and put aside."""

    def respond(request: HttpRequest) -> HttpResponse:
        told = request.META.get("CONTENT_LENGTH") or "0"
        too_large = not told.isdecimal() or len(told) > 12 or int(told) > MOST_SENT
        return problem(request, 413) if too_large else get_response(request)

    return respond


class Hidden:
    """What the viewer may not see, or may see no longer, is a page that is not there, whatever was pressed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, _: HttpRequest, fault: Exception) -> None:
        """Raises Http404 for Unseen; what else goes wrong is seen to elsewhere."""
        if isinstance(fault, Unseen):
            raise Http404 from fault


def headers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Add the content security policy; forbid shared caches to keep what a person was shown."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=(self)")
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return respond
