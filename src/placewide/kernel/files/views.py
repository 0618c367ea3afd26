"""Serve a file so that nothing in it can run or reach anything."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from placewide.kernel import clock
from placewide.kernel.files.reads import content_of
from placewide.kernel.files.signed import file_of_link


@require_safe
def file(request: HttpRequest, link: str) -> HttpResponse:
    """A picture to be shown, anything else to be saved. A link that has expired is not found."""
    file_id = file_of_link(link, now=clock.now())
    found = content_of(file_id) if file_id else None
    if found is None:
        raise Http404
    about, content = found
    response = HttpResponse(content, content_type=about.media_type)
    shown = content_disposition_header(not about.is_image, about.name) or "inline"
    response.headers["Content-Disposition"] = shown
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, no-store"
    return response
