"""What is going on at an address: its bin days, what is open on its street, what everybody there should know today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import ngettext

from placewide.cases import reads as cases
from placewide.cases.reads import NearLine
from placewide.journeys.facts import container_name
from placewide.places import reads as places
from placewide.places import rules
from placewide.places.models import Organisation
from placewide.places.terms import AddressRecord, Collection
from placewide.services.terms import LiveService
from placewide.ui.terms import Alert
from placewide.ui.wording import plain_date

_LATELY = timedelta(weeks=3)


def bin_days(address: AddressRecord, language: str, now: datetime) -> list[dict[str, str]]:
    """The next collection of each container, soonest first."""
    found = places.collections(address.uprn, now=now, language=language)
    ahead = sorted(((c.next, c) for c in found if c.next), key=lambda one: (one[0], one[1].container))
    return [_bin(c, day, language) for day, c in ahead]


def _bin(collection: Collection, day: date, language: str) -> dict[str, str]:
    return {
        "name": container_name(collection.container.value, collection.colour).get(language, ""),
        "colour": collection.colour,
        "day": plain_date(day, language),
        "reason": collection.change_reason,
    }


def open_near(
    address: AddressRecord,
    offered: Sequence[LiveService],
    language: str,
    now: datetime,
) -> list[dict[str, str]]:
    """What was reported on the same street and is open, by service; numbers only. Two statements."""
    street = places.street_of(address.uprn)
    by_id = {service.adoption_id: service for service in offered}
    found: dict[tuple[UUID, str], list[NearLine]] = {}
    for line in cases.near(by_id, street, since=now - _LATELY) if street else ():
        found.setdefault((line.adoption_id, line.case_type), []).append(line)
    return [_near(by_id[adoption_id], lines, address.street, language) for (adoption_id, _), lines in found.items()]


def _near(service: LiveService, lines: Sequence[NearLine], street: str, language: str) -> dict[str, str]:
    words = f"cases.{lines[0].case_type}"
    number = sum(line.number for line in lines)
    return {
        "title": f"{service.package.text(f'{words}.name', language)}, {street}",
        "sentence": ngettext("%(num)s report is open", "%(num)s reports are open", number) % {"num": number},
    }


def alert_of(
    missed: LiveService | None, bodies: Mapping[Any, Organisation], language: str, now: datetime
) -> tuple[Alert, ...]:
    """The one thing about bins that everybody should know today; none where all goes as planned. Two statements."""
    if missed is None:
        return ()
    body, dated = bodies[missed.organisation_id], plain_date(now, language)
    name = (language == "cy" and body.name_cy) or body.name
    found = places.disruptions(body.id, now=now)[:1]
    return tuple(Alert(f"{name}: {rules.disruption_sentence(each, language)}", dated) for each in found)
