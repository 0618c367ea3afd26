"""PAGES 1: the place and one field; then what most people come for; then everything, grouped by life."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from placewide.identity.access import resident_of
from placewide.journeys import reads as journeys
from placewide.journeys.views import language
from placewide.kernel import clock
from placewide.kernel.search_queries import remember_query, remembered_query
from placewide.places import reads as places
from placewide.places import rules
from placewide.places.models import Organisation
from placewide.places.terms import AddressRecord
from placewide.services import reads as services
from placewide.services.rules import nearest
from placewide.services.terms import LiveService
from placewide.ui.pages import frame_of, render
from placewide.ui.posting import sent_from
from placewide.ui.terms import Fault, Link
from placewide.web import around, choosing, here
from placewide.web.lives import life_of, lives
from placewide.web.which_body import bodies_of, once_each, serving, start_of

_A_WEEK = timedelta(days=7)
_MOST = 6


@require_safe
def front_door(request: HttpRequest) -> HttpResponse:
    """What this place offers; with an address, what is going on there."""
    return _page(request)


@sent_from("front-door")
def look(request: HttpRequest) -> HttpResponse:
    """A postcode was typed: one address found is taken; several, or none, stand on a page of their own."""
    typed = choosing.typed_in(request)
    if choosing.is_choosing(request):
        address = choosing.chosen(request)
        return _remembered(request, address.uprn) if address else _choose(request, typed, choosing.nothing_chosen())
    if not typed:
        return _page(request, "", (Fault(gettext("Enter a postcode"), "postcode"),))
    found = places.find_addresses(typed)
    if len(found) == 1:
        return _remembered(request, found[0].uprn)
    return redirect("looked", query_id=remember_query(resident_of(request), typed, now=clock.now()))


@require_safe
def looked(request: HttpRequest, query_id: UUID) -> HttpResponse:
    """What was found where it was not one address. What was typed stands in no address, and in every language."""
    typed = remembered_query(resident_of(request), query_id, now=clock.now())
    return _choose(request, typed) if typed is not None else redirect("front-door")


def _choose(request: HttpRequest, typed: str, wrong: str = "") -> HttpResponse:
    """The addresses found, or that there is none; and the way on without one."""
    if not places.find_addresses(typed):
        text = gettext("No address found. Check the postcode, or type a street and town")
        return _page(request, typed, (Fault(text, "postcode"),))
    home = reverse("front-door")
    without = Link(gettext("Go on without an address: see all services"), f"{home}#all")
    return choosing.ask(request, typed, action=reverse("look"), back=home, without=without, wrong=wrong)


@sent_from("front-door")
def leave(request: HttpRequest) -> HttpResponse:
    """Forget the address in this browser."""
    response = redirect("front-door")
    here.forget(response)
    return response


@sent_from("front-door")
def search(request: HttpRequest) -> HttpResponse:
    """Services by words of one's own. The words are kept under an opaque id: they stand in no address."""
    words = request.POST.get("words", "").strip()[:100]
    return redirect("found", query_id=remember_query(resident_of(request), words, now=clock.now()))


@require_safe
def found(request: HttpRequest, query_id: UUID) -> HttpResponse:
    """The services found; spelling is forgiven."""
    words = remembered_query(resident_of(request), query_id, now=clock.now())
    if words is None:
        return redirect("front-door")
    return render(request, "web/found.html", {"words": words, "found": _like(words), "faults": ()})


def _page(request: HttpRequest, typed: str = "", faults: tuple[Fault, ...] = ()) -> HttpResponse:
    uprn, now = here.uprn_of(request), clock.now()
    bodies = bodies_of(now)
    live = services.live_services(bodies)
    address = places.address(uprn) if uprn else None
    offered = serving(live, bodies, address) if address else list(live)
    busiest = journeys.most_begun(since=now - _A_WEEK)
    most = once_each(sorted(offered, key=lambda service: -busiest.get(service.adoption_id, 0)), bodies)[:_MOST]
    context = {
        "place": places.place_name(),
        "sentence": gettext("One front door to everything public here, whoever provides it."),
        "postcode": typed,
        "lookup_action": reverse("look") if places.has_addresses() else "",
        "faults": faults,
        "most": most,
        "groups": _groups(offered, bodies),
        "search_action": reverse("search"),
        "nothing_yet": [] if live else list(bodies.values()),
        "here": _here(address, offered, bodies, now) if address else None,
    }
    frame = replace(frame_of(request), alerts=around.alert_of(_about_bins(offered), bodies, language(), now))
    return render(request, "web/front_door.html", context, status=422 if faults else 200, frame=frame)


def _here(
    address: AddressRecord, offered: Sequence[LiveService], bodies: dict[Any, Organisation], now: datetime
) -> dict[str, Any]:
    missed = _about_bins(offered)
    return {
        "address": address.one_line,
        "change_href": reverse("leave"),
        "bins": around.bin_days(address, language(), now),
        "bins_href": start_of(missed, bodies) if missed else "",
        "near": around.open_near(address, offered, language(), now),
        "bodies": rules.serving_sentence(places.bodies_serving(address.uprn, on=clock.legal_date(now)), language()),
    }


def _about_bins(offered: Sequence[LiveService]) -> LiveService | None:
    return next((service for service in offered if "collections" in service.package.facts), None)


def _groups(offered: Sequence[LiveService], bodies: dict[Any, Organisation]) -> list[dict[str, Any]]:
    by_life: dict[str, list[LiveService]] = {}
    for service in offered:
        by_life.setdefault(life_of(service.package.lgsl), []).append(service)
    return [{"title": title, "links": once_each(by_life[name], bodies)} for name, title in lives() if name in by_life]


def _like(words: str) -> list[dict[str, str]]:
    """Services whose name or summary is like the words, nearest first."""
    bodies, spoken = bodies_of(clock.now()), language()
    known = services.live_services(bodies)
    groups = dict(lives())
    texts = [
        " ".join(
            (
                *(s.package.text(key, spoken) for key in ("service.name", "service.summary", "service.search")),
                groups[life_of(s.package.lgsl)],
            )
        )
        for s in known
    ]
    order = nearest(words, texts)
    return [
        _found([known[j] for j in order if known[j].slug == slug], bodies)
        for slug in dict.fromkeys(known[i].slug for i in order)
    ]


def _found(offers: Sequence[LiveService], bodies: dict[Any, Organisation]) -> dict[str, str]:
    """One service in a list of those found, with everybody who provides it."""
    package, spoken = offers[0].package, language()
    return {
        "name": package.text("service.name", spoken),
        "summary": package.text("service.summary", spoken),
        "href": once_each(offers, bodies)[0].href,
        "provider": ", ".join(_named(bodies[offer.organisation_id], spoken) for offer in offers),
    }


def _named(body: Organisation, spoken: str) -> str:
    return (spoken == "cy" and body.name_cy) or body.name


def _remembered(request: HttpRequest, uprn: int) -> HttpResponse:
    response = redirect("front-door")
    here.remember(request, response, uprn)
    return response
