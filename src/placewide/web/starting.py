"""Where a service begins: whoever gave their address at the front door is not asked for it again."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from placewide.journeys.views import pages
from placewide.places import reads as places
from placewide.web import here
from placewide.web.which_body import serves


def start(request: HttpRequest, organisation: str, service: str) -> HttpResponse:
    """The start page of a service; its button takes the front door's address along."""
    known = _known(request, organisation) if request.method == "POST" else {}
    return pages.start(request, organisation, service, known)


def _known(request: HttpRequest, organisation: str) -> dict[str, Any]:
    """The address, if this organisation serves it: somebody sent here for another address has to say which."""
    uprn = here.uprn_of(request)
    address = places.address(uprn) if uprn else None
    body = next((body for body in places.organisations() if body.slug == organisation), None)
    if address is None or body is None or not serves(body, address):
        return {}
    return {"place.address": {"uprn": str(address.uprn), "text": address.one_line}}
