"""PAGES 1: the place and one field; then what most people come for; then everything, grouped by life."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST
from rapidfuzz import fuzz, process, utils

from placewide.journeys import reads as journeys
from placewide.journeys.facts import container_name
from placewide.journeys.views import language
from placewide.kernel import clock
from placewide.places import reads as places
from placewide.places import rules
from placewide.places.models import Organisation
from placewide.places.terms import AddressRecord, Collection
from placewide.services import reads as services
from placewide.services.terms import LiveService
from placewide.ui.pages import render
from placewide.ui.terms import Fault, Link
from placewide.ui.wording import plain_date
from placewide.web import here
from placewide.web.lives import life_of, lives

_A_WEEK = timedelta(days=7)
_MOST = 6
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
    if chosen.isdecimal() and places.address(int(chosen)):
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
    uprn = here.uprn_of(request)
    address = places.address(uprn) if uprn else None
    offered = _serving(live, bodies, address)
    busiest = journeys.most_begun(since=clock.now() - _A_WEEK)
    most = sorted(offered, key=lambda service: -busiest.get(service.adoption_id, 0))[:_MOST]
    context = {
        "place": settings.PLACE_NAME,
        "sentence": gettext("One front door to everything public here, whoever provides it."),
        "postcode": typed,
        "lookup_action": reverse("look"),
        "faults": faults,
        "most": [_link(service, bodies) for service in most],
        "groups": _groups(offered, bodies),
        "search_action": reverse("search"),
        "here": _here(address, offered, bodies) if address else None,
    }
    return render(request, "ui/patterns/front_door.html", context, status=422 if faults else 200)


def _serving(
    live: Sequence[LiveService], bodies: dict[Any, Organisation], address: AddressRecord | None
) -> list[LiveService]:
    """Services of the bodies that serve the address; before one is known, of all."""
    if address is None:
        return list(live)
    codes = {address.district_code, address.county_code} - {""}
    return [
        service
        for service in live
        if (body := bodies[service.organisation_id]).authority_code in codes or codes & set(body.serves)
    ]


def _here(address: AddressRecord, offered: Sequence[LiveService], bodies: dict[Any, Organisation]) -> dict[str, Any]:
    now, spoken = clock.now(), language()
    missed = next((service for service in offered if "collections" in service.package.facts), None)
    return {
        "address": address.one_line,
        "change_href": reverse("leave"),
        "bins": [_bin(c, spoken) for c in places.collections(address.uprn, now=now, language=spoken) if c.next],
        "bins_href": _link(missed, bodies).href if missed else "",
        "near": [],
        "bodies": rules.serving_sentence(places.bodies_serving(address.uprn), spoken),
    }


def _bin(collection: Collection, spoken: str) -> dict[str, str]:
    assert collection.next is not None
    return {
        "name": container_name(collection.container.value, collection.colour).get(spoken, ""),
        "colour": collection.colour,
        "day": plain_date(collection.next, spoken),
        "reason": collection.change_reason,
    }


def _groups(offered: Sequence[LiveService], bodies: dict[Any, Organisation]) -> list[dict[str, Any]]:
    grouped: dict[str, list[Link]] = {}
    for service in offered:
        grouped.setdefault(life_of(service.package.lgsl), []).append(_link(service, bodies))
    return [{"title": title, "links": grouped[name]} for name, title in lives() if name in grouped]


def _link(service: LiveService, bodies: dict[Any, Organisation]) -> Link:
    body = bodies[service.organisation_id]
    href = reverse("service-start", kwargs={"organisation": body.slug, "service": service.slug})
    return Link(service.package.text("service.name", language()), href)


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
        {
            "name": known[i].package.text("service.name", spoken),
            "summary": known[i].package.text("service.summary", spoken),
            "href": _link(known[i], bodies).href,
            "provider": bodies[known[i].organisation_id].name,
        }
        for i in order
    ]


def _remembered(request: HttpRequest, uprn: int) -> HttpResponse:
    response = redirect("front-door")
    here.remember(request, response, uprn)
    return response
