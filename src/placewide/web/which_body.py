"""One service, several organisations that provide it: the address says which. Nobody need know who does what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from placewide.journeys.views import language
from placewide.places import reads as places
from placewide.places.models import Organisation
from placewide.places.terms import AddressRecord
from placewide.services import reads as services
from placewide.services.terms import LiveService
from placewide.ui.pages import render
from placewide.ui.terms import Fault, Link
from placewide.web import here

Bodies = Mapping[UUID, Organisation]


@require_http_methods(["GET", "HEAD", "POST"])
def which_body(request: HttpRequest, service: str) -> HttpResponse:
    """Leads to whoever provides the service at the address; asks for a postcode where that is not known."""
    offers = [live for live in services.live_services() if live.slug == service]
    if not offers:
        raise Http404
    bodies = {body.id: body for body in places.organisations()}
    if len(offers) == 1:
        return redirect(start_of(offers[0], bodies))
    if request.method == "POST":
        return _looked_up(request, offers, bodies)
    uprn = here.uprn_of(request)
    address = places.address(uprn) if uprn else None
    found = serving(offers, bodies, address) if address else []
    return redirect(start_of(found[0], bodies)) if found else _ask(request, offers, bodies)


def serving(live: Iterable[LiveService], bodies: Bodies, address: AddressRecord) -> list[LiveService]:
    """Services of the bodies that serve the address."""
    codes = {address.district_code, address.county_code} - {""}
    return [
        service
        for service in live
        if (body := bodies[service.organisation_id]).authority_code in codes or codes & set(body.serves)
    ]


def once_each(live: Sequence[LiveService], bodies: Bodies) -> list[Link]:
    """Each service once, also where several organisations provide it: then the link asks where one lives."""
    by_slug: dict[str, list[LiveService]] = {}
    for service in live:
        by_slug.setdefault(service.slug, []).append(service)
    return [
        Link(
            some[0].package.text("service.name", language()),
            start_of(some[0], bodies) if len(some) == 1 else reverse("service", args=[slug]),
        )
        for slug, some in by_slug.items()
    ]


def start_of(service: LiveService, bodies: Bodies) -> str:
    """The page where a service begins."""
    body = bodies[service.organisation_id]
    return reverse("service-start", kwargs={"organisation": body.slug, "service": service.slug})


def _looked_up(request: HttpRequest, offers: Sequence[LiveService], bodies: Bodies) -> HttpResponse:
    """One address found is remembered. Several that the same body serves need no choice."""
    typed = request.POST.get("postcode", "").strip()[:200]
    found = places.find_addresses(typed) if typed else ()
    if not found:
        wrong = gettext("No address found. Check the postcode, or type a street and town")
        return _ask(request, offers, bodies, typed, wrong if typed else gettext("Enter a postcode"))
    starts = {start_of(service, bodies) for address in found for service in serving(offers, bodies, address)}
    if len(starts) != 1:
        several = gettext("More than one organisation provides this near there. Choose yours below")
        nobody = gettext("None of these organisations provides it there. See below who they are")
        return _ask(request, offers, bodies, typed, several if starts else nobody)
    response = redirect(starts.pop())
    if len(found) == 1:
        here.remember(request, response, found[0].uprn)
    return response


def _ask(
    request: HttpRequest, offers: Sequence[LiveService], bodies: Bodies, typed: str = "", wrong: str = ""
) -> HttpResponse:
    spoken = language()
    context: dict[str, Any] = {
        "title": offers[0].package.text("service.name", spoken),
        "action": reverse("service", args=[offers[0].slug]),
        "postcode": typed,
        "faults": (Fault(wrong, "postcode"),) if wrong else (),
        "bodies": [Link(_name(bodies[o.organisation_id], spoken), start_of(o, bodies)) for o in offers],
    }
    return render(request, "web/which_body.html", context, status=422 if wrong else 200)


def _name(body: Organisation, spoken: str) -> str:
    return (body.name_cy if spoken == "cy" else "") or body.name
