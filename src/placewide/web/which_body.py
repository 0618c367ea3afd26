"""One service, several organisations that provide it: the address says which. Nobody need know who does what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from placewide.identity.access import resident_of
from placewide.journeys.views import language
from placewide.kernel import clock
from placewide.kernel.search_queries import remember_query, remembered_query
from placewide.places import reads as places
from placewide.places.models import Organisation
from placewide.places.terms import AddressRecord
from placewide.services import reads as services
from placewide.services.terms import LiveService
from placewide.ui.pages import render
from placewide.ui.terms import Fault, Link
from placewide.web import choosing, here

Bodies = Mapping[UUID, Organisation]


@require_http_methods(["GET", "HEAD", "POST"])
def which_body(request: HttpRequest, service: str) -> HttpResponse:
    """Leads to whoever provides the service at the address; asks for a postcode where that is not known."""
    bodies = bodies_of(clock.now())
    offers = [live for live in services.live_services(bodies) if live.slug == service]
    if not offers:
        raise Http404
    if len(offers) == 1:
        return redirect(start_of(offers[0], bodies))
    if request.method == "POST":
        return _looked_up(request, offers, bodies)
    uprn = here.uprn_of(request)
    address = places.address(uprn) if uprn else None
    found = serving(offers, bodies, address) if address else []
    return redirect(start_of(found[0], bodies)) if found else _ask(request, offers, bodies)


def bodies_of(now: datetime) -> dict[UUID, Organisation]:
    """The organisations of this node that exist today, by id: one that has ended offers nothing."""
    return {body.id: body for body in places.organisations(on=clock.legal_date(now))}


def serving(live: Iterable[LiveService], bodies: Bodies, address: AddressRecord) -> list[LiveService]:
    """Services of the bodies that serve the address."""
    return [service for service in live if serves(bodies[service.organisation_id], address)]


def serves(body: Organisation, address: AddressRecord) -> bool:
    """Whether a body is the council of an address, or works for those who live under that council."""
    codes = {address.district_code, address.county_code} - {""}
    return body.authority_code in codes or bool(codes & set(body.serves))


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


@require_safe
def looked(request: HttpRequest, service: str, query_id: UUID) -> HttpResponse:
    """The addresses found for one service: where several were."""
    typed = remembered_query(resident_of(request), query_id, now=clock.now())
    return redirect("service", service=service) if typed is None else _choose(request, service, typed)


def _looked_up(request: HttpRequest, offers: Sequence[LiveService], bodies: Bodies) -> HttpResponse:
    """The address found or chosen is remembered: the service does not ask for it again."""
    typed, slug = choosing.typed_in(request), offers[0].slug
    if choosing.is_choosing(request):
        address = choosing.chosen(request)
        if address is None:
            return _choose(request, slug, typed, choosing.nothing_chosen())
        return _lead(request, offers, bodies, typed, (address,))
    found = places.find_addresses(typed) if typed else ()
    if not found:
        wrong = gettext("No address found. Check the postcode, or type a street and town")
        return _ask(request, offers, bodies, typed, wrong if typed else gettext("Enter a postcode"))
    return _lead(request, offers, bodies, typed, found)


def _lead(
    request: HttpRequest, offers: Sequence[LiveService], bodies: Bodies, typed: str, found: Sequence[AddressRecord]
) -> HttpResponse:
    starts = [start_of(service, bodies) for address in found for service in serving(offers, bodies, address)]
    if not starts:
        nobody = gettext("None of these organisations provides it there. See below who they are")
        return _ask(request, offers, bodies, typed, nobody)
    if len(found) > 1:
        query_id = remember_query(resident_of(request), typed, now=clock.now())
        return redirect("service-looked", service=offers[0].slug, query_id=query_id)
    response = redirect(starts[0])
    here.remember(request, response, found[0].uprn)
    return response


def _choose(request: HttpRequest, slug: str, typed: str, wrong: str = "") -> HttpResponse:
    page = reverse("service", args=[slug])
    without = Link(gettext("Go on without an address: choose who provides it"), page)
    return choosing.ask(request, typed, action=page, back=page, without=without, wrong=wrong)


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
