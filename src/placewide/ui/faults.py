"""Pages for when something cannot be done: what happened, what to do, and that nothing was lost."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext

from placewide.kernel.ids import new_reference
from placewide.ui.pages import render
from placewide.ui.terms import Frame

log = logging.getLogger("placewide.ui")

TEMPLATES = {status: f"ui/faults/{status}.html" for status in (400, 403, 404, 405, 409, 413, 429, 500, 503)}


_MOST_GIVEN_BACK = 20_000  # characters


def written_in(request: HttpRequest) -> list[str]:
    """The sentences that were sent and are not taken, so that whoever wrote them can copy them."""
    if request.method != "POST" or not _from_our_own_page(request):
        return []
    try:
        texts = [value.strip() for name in request.POST for value in request.POST.getlist(name)]
    except (SuspiciousOperation, MultiPartParserError, OSError):  # too much of it, or torn: nothing can be given back
        return []
    sentences = [text for text in texts if " " in text]
    return sentences if sum(map(len, sentences)) <= _MOST_GIVEN_BACK else []


def _from_our_own_page(request: HttpRequest) -> bool:
    """Nobody else's page may put words into ours: the token was right, or the browser says where it came from."""
    checked = getattr(request, "csrf_processing_done", False)
    return checked or request.headers.get("Sec-Fetch-Site") == "same-origin"


def problem(
    request: HttpRequest, status: int, *, reason: str = "", reference: str = "", written: Sequence[str] = ()
) -> HttpResponse:
    """The page for ``status``. ``reason``: a sentence for the person, replacing the usual one; already translated.

    ``written``: what they wrote, given back to be copied.
    """
    context = {"reason": reason, "reference": reference, "written": written}
    try:
        return render(request, TEMPLATES[status], context, status=status)
    except Exception:
        # The frame itself may be what failed (no database): the page must still come.
        log.exception("the frame of a fault page failed")
        return render(request, TEMPLATES[status], context, status=status, frame=Frame())


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler400."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return problem(request, 413)
    return problem(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler403."""
    return problem(request, 403, written=written_in(request))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler404."""
    return problem(request, 404, written=written_in(request))


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500: the reference stands in the log beside the fault, so that support can find it."""
    reference = new_reference()
    log.error("fault shown to a person, reference %s", reference, exc_info=sys.exc_info())
    return problem(request, 500, reference=reference)


def session_ended(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF_FAILURE_VIEW: most often a page left open until its session ended."""
    reason = gettext("This page was open for too long, or cookies are switched off.")
    return problem(request, 403, reason=reason, written=written_in(request))
