"""Whether somebody else provides a service at the address that was given: who, and where it begins with them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import override

from placewide.journeys.facts import Observed
from placewide.kernel.clock import legal_date
from placewide.places import reads as places
from placewide.places.terms import AddressRecord, Body
from placewide.services import reads as services
from placewide.services.terms import Package

HERE: Observed = {"elsewhere": False, "online": False, "name": "", "start": ""}


def provider_at(given: Mapping[str, Any] | None, package: Package, organisation_id: UUID, *, now: datetime) -> Observed:
    """Who provides the service at the address instead of this organisation; HERE where that is nobody, or not known.

    An organisation that serves the address and runs the same service on this node, else whoever the published rules
    of who provides what point to. At most eight statements.
    """
    record = _record_of(given or {})
    serving = places.bodies_serving(record.uprn, on=legal_date(now)) if record else ()
    theirs = {body.organisation_id: body for body in serving}
    if record is None or organisation_id in theirs:
        return HERE
    for live in services.live_services(i for i in theirs if i):
        if _is_same(live.package, package):
            return _online(theirs[live.organisation_id], live.slug, package)
    name = _provider_named(record, package, now)
    return HERE | {"elsewhere": True, "name": name} if name else HERE


def _record_of(given: Mapping[str, Any]) -> AddressRecord | None:
    """The address that was chosen; for one typed by hand any of its postcode, if all of those have the same council."""
    uprn = str(given.get("uprn") or "")
    if uprn:
        return places.address(int(uprn))
    found = places.find_addresses(str(given.get("postcode") or "")) if given.get("postcode") else ()
    councils = {(record.district_code, record.county_code) for record in found}
    return found[0] if len(councils) == 1 else None


def _is_same(one: Package, other: Package) -> bool:
    return one.id == other.id or (one.lgsl is not None and one.lgsl == other.lgsl)


def _online(body: Body, slug: str, package: Package) -> Observed:
    starts = {}
    for language in package.languages:
        with override(language):
            starts[language] = reverse("service-start", kwargs={"organisation": body.slug, "service": slug})
    names = {language: (body.name_cy if language == "cy" else "") or body.name for language in package.languages}
    return {"elsewhere": True, "online": True, "name": names, "start": starts}


def _provider_named(record: AddressRecord, package: Package, now: datetime) -> str:
    try:
        found = places.providers(record.district_code, package.lgsl or 0, on=legal_date(now))
    except KeyError:  # a code or a service that the published lists do not have
        return ""
    return found[0].name if found else ""
