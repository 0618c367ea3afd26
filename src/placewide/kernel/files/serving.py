"""A file as an answer to a browser, so that nothing in it can run or reach anything."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from placewide.kernel.files.reads import content_of


def serve(file_id: UUID) -> HttpResponse:
    """A picture to be shown, anything else to be saved. The caller has checked who asks. Raises Http404."""
    found = content_of(file_id)
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
