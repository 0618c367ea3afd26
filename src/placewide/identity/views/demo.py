"""Who a visitor of the demo can be. There is no such page outside a demo."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from placewide.identity import reads
from placewide.identity.terms import DEMO_PASSWORD
from placewide.identity.wording import role_names
from placewide.kernel.clock import now
from placewide.places import reads as places
from placewide.ui.pages import render


def sign_ins(request: HttpRequest) -> HttpResponse:
    """Address, password and the code of this moment of each member of staff of the demo."""
    if not settings.DEMO:
        raise Http404
    instant = now()
    people = reads.demo_sign_ins(instant)
    context = {
        "people": [person for person in people if person.works_here],
        "left": [person for person in people if not person.works_here],
        "organisations": {organisation.id: organisation for organisation in places.organisations()},
        "password": DEMO_PASSWORD,
        "role_names": role_names(),
    }
    return render(request, "identity/demo_sign_ins.html", context)
