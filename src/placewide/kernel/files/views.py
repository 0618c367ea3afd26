"""Files by a link that is the key."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from placewide.kernel import clock
from placewide.kernel.files.serving import serve
from placewide.kernel.files.signed import file_of_link


@require_safe
def file(request: HttpRequest, link: str) -> HttpResponse:
    """The file; a link that was changed or has expired is not found."""
    file_id = file_of_link(link, now=clock.now())
    if file_id is None:
        raise Http404
    return serve(file_id)
