"""PAGES 1: the place and one field; then what most people come for; then everything, grouped by life."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST
from rapidfuzz import fuzz, process, utils

from placewide.journeys import reads as journeys
from placewide.journeys.views import language
from placewide.kernel import clock
from placewide.places import reads as places
from placewide.places import rules
from placewide.places.models import Organisation
from placewide.places.terms import AddressRecord
from placewide.services import reads as services
from placewide.services.terms import LiveService
from placewide.ui.pages import frame_of, render
from placewide.ui.terms import Fault
from placewide.web import around, here
from placewide.web.lives import life_of, lives
from placewide.web.which_body import once_each, serving, start_of

_A_WEEK = timedelta(days=7)
_MOST = 6
_LONGEST_UPRN = 12  # digits
_NEAR_ENOUGH = 62  # of 100: two slips in an ordinary word


@require_GET
def front_door(request: HttpRequest) -> HttpResponse:
    """What this place offers; with an address, what is going on there."""
    return _page(request)


@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """A postcode was typed: one address found is taken, several are offered."""
    typed = request.POST.get("postcode", "").strip()[:200]
    chosen = request.POST.get("uprn", "")
    if chosen.isdecimal() and len(chosen) <= _LONGEST_UPRN and places.address(int(chosen)):
        return _remembered(request, int(chosen))
    found = places.find_addresses(typed) if typed else ()
    if len(found) == 1:
        return _remembered(request, found[0].uprn)
    if found:
        return render(request, "web/choose_address.html", {"typed": typed, "found": found, "faults": ()})
    text = (
        gettext("No address found. Check the postcode, or type a street and town")
        if typed
        else gettext("Enter a postcode")
    )
    return _page(request, typed, (Fault(text, "postcode"),))


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forget the address in this browser."""
    response = redirect("front-door")
    here.forget(response)
    return response


@require_POST
def search(request: HttpRequest) -> HttpResponse:
    """Services by words of one's own; spelling is forgiven. Shown at once, so that the words stand in no address."""
    words = request.POST.get("words", "").strip()[:100]
    return render(request, "web/found.html", {"words": words, "found": _like(words), "faults": ()})


def _page(request: HttpRequest, typed: str = "", faults: tuple[Fault, ...] = ()) -> HttpResponse:
    live, bodies = services.live_services(), {body.id: body for body in places.organisations()}
    uprn, now = here.uprn_of(request), clock.now()
    address = places.address(uprn) if uprn else None
    offered = serving(live, bodies, address) if address else list(live)
    busiest = journeys.most_begun(since=now - _A_WEEK)
    most = once_each(sorted(offered, key=lambda service: -busiest.get(service.adoption_id, 0)), bodies)[:_MOST]
    context = {
        "place": settings.PLACE_NAME,
        "sentence": gettext("One front door to everything public here, whoever provides it."),
        "postcode": typed,
        "lookup_action": reverse("look"),
        "faults": faults,
        "most": most,
        "groups": _groups(offered, bodies),
        "search_action": reverse("search"),
        "here": _here(address, offered, bodies, now) if address else None,
    }
    frame = replace(frame_of(request), alerts=around.alert_of(_about_bins(offered), bodies, language(), now))
    return render(request, "ui/patterns/front_door.html", context, status=422 if faults else 200, frame=frame)


def _here(
    address: AddressRecord, offered: Sequence[LiveService], bodies: dict[Any, Organisation], now: datetime
) -> dict[str, Any]:
    missed = _about_bins(offered)
    return {
        "address": address.one_line,
        "change_href": reverse("leave"),
        "bins": around.bin_days(address, language(), now),
        "bins_href": start_of(missed, bodies) if missed else "",
        "near": around.open_near(address, offered, bodies, language(), now),
        "bodies": rules.serving_sentence(places.bodies_serving(address.uprn), language()),
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
    bodies, spoken = {body.id: body for body in places.organisations()}, language()
    known = services.live_services()
    texts = {
        i: " ".join(s.package.text(key, spoken) for key in ("service.name", "service.summary", "service.search"))
        for i, s in enumerate(known)
    }
    found = process.extract(
        words, texts, scorer=fuzz.token_set_ratio, processor=utils.default_process, score_cutoff=_NEAR_ENOUGH, limit=20
    )
    partly = process.extract(
        words, texts, scorer=fuzz.partial_token_set_ratio, processor=utils.default_process, score_cutoff=85, limit=20
    )
    order = dict.fromkeys(i for _, _, i in (*found, *partly)) if words else {}
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
