"""Several addresses were found: which is it? Asked by the front door, and where several bodies provide a service."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from placewide.places import reads as places
from placewide.places.terms import AddressRecord
from placewide.ui.pages import render
from placewide.ui.terms import Fault, Link

_LONGEST_UPRN = 12  # digits


def typed_in(request: HttpRequest) -> str:
    """The postcode or street that was typed."""
    return request.POST.get("postcode", "").strip()[:200]


def is_choosing(request: HttpRequest) -> bool:
    """Whether this came from the page with the addresses found."""
    return "uprn" in request.POST


def chosen(request: HttpRequest) -> AddressRecord | None:
    """The address that was chosen; None for the empty option, or no address of ours."""
    text = request.POST.get("uprn", "")
    number = int(text) if text.isdecimal() and len(text) <= _LONGEST_UPRN else None
    return places.address(number) if number else None


def ask(request: HttpRequest, typed: str, *, action: str, back: str, without: Link, wrong: str = "") -> HttpResponse:
    """The page with the addresses found; ``without``: the way on for whoever is not among them."""
    context = {
        "typed": typed,
        "found": places.find_addresses(typed),
        "action": action,
        "back_href": back,
        "without": without,
        "faults": (Fault(wrong, "uprn"),) if wrong else (),
    }
    return render(request, "web/choose_address.html", context, status=422 if wrong else 200)


def nothing_chosen() -> str:
    """What is said where the empty option was left."""
    return gettext("Choose your address from the list")
