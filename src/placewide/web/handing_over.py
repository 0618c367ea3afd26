"""What a hand-over asks besides the package's own questions: to whom, why, until when."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext

from placewide.cases.reads import StaffCase
from placewide.kernel import calendar
from placewide.kernel.clock import legal_date
from placewide.places import reads as places
from placewide.places.models import Organisation
from placewide.services.rules import deadline_at
from placewide.services.terms import Component, Step
from placewide.ui.terms import Fault

_LONGEST = 300  # characters of the reason the other organisation reads
_USUALLY = timedelta(days=30)
_FURTHEST = timedelta(days=5 * 366)  # nobody lets another organisation in for longer without looking again


@dataclass(frozen=True, slots=True)
class HandOver:
    """The three fields as they were sent, and what is wrong with each, by its name."""

    to: str = ""
    why: str = ""
    until: str = ""
    wrong: dict[str, str] = field(default_factory=dict)

    @property
    def to_organisation_id(self) -> UUID:
        """Only where nothing is wrong."""
        return UUID(self.to)

    @property
    def ends(self) -> datetime:
        """The last second of the day it is until. Only where nothing is wrong."""
        return calendar.end_of_day(date.fromisoformat(self.until))

    def faults(self, step: Step) -> tuple[Fault, ...]:
        """The same, for the error summary."""
        return tuple(Fault(text, _id(name, step)) for name, text in self.wrong.items())


def posted_hand_over(request: HttpRequest, found: StaffCase, now: datetime) -> HandOver:
    """What was sent, checked."""
    to, until = request.POST.get("to-body", ""), request.POST.get("until", "").strip()
    why = request.POST.get("why", "").replace("\r\n", "\n").strip()
    wrong = {}
    if to not in {str(body.id) for body in _others(found, now)}:
        wrong["to-body"] = gettext("Choose the organisation that is to act")
    if not why:
        wrong["why"] = gettext("Enter what they are to do, and why")
    elif len(why) > _LONGEST or "\0" in why:
        wrong["why"] = gettext("Say it in %(most)s characters or fewer") % {"most": _LONGEST}
    if not _is_ahead(until, legal_date(now)):
        wrong["until"] = gettext("Choose a day from today on, within five years")
    return HandOver(to[:40], why, until[:40], wrong)


def fields(found: StaffCase, step: Step, sent: HandOver | None, now: datetime) -> tuple[Component, ...]:
    """The three fields, with what was typed kept; the day is offered, so that nobody sees a case without an end."""
    given = sent or HandOver(until=_offered(found, step, now).isoformat())
    items: list[dict[str, Any]] = [{"value": "", "text": gettext("Choose one")}]
    items += [{"value": str(b.id), "text": b.name, "selected": str(b.id) == given.to} for b in _others(found, now)]
    to = _field("to-body", gettext("Which organisation?"), step, given) | {"items": items}
    why = _field("why", gettext("What should they do, and why?"), step, given)
    until = _field("until", gettext("Until when may they see this?"), step, given)
    return (
        Component("govukSelect", to),
        Component("govukInput", why | {"value": given.why, "type": "text"}),
        Component("govukInput", until | {"value": given.until, "type": "date", "classes": "govuk-input--width-10"}),
    )


def _others(found: StaffCase, now: datetime) -> list[Organisation]:
    """To whom: every other organisation of this node that has not ended."""
    return [body for body in places.organisations(on=legal_date(now)) if body.id != found.row.organisation_id]


def _offered(found: StaffCase, step: Step, now: datetime) -> date:
    """The last day the package offers; thirty days from now where it says nothing."""
    if step.until is None:
        return legal_date(now) + _USUALLY
    return legal_date(deadline_at(now, step.until, found.row.organisation.nation))


def _is_ahead(text: str, today: date) -> bool:
    try:
        return today <= date.fromisoformat(text) <= today + _FURTHEST
    except ValueError:
        return False


def _id(name: str, step: Step) -> str:
    return f"{name}-{step.id}"


def _field(name: str, label: str, step: Step, given: HandOver) -> dict[str, Any]:
    error = given.wrong.get(name)
    drawn: dict[str, Any] = {"id": _id(name, step), "name": name, "label": {"text": label}}
    return drawn | ({"errorMessage": {"text": error}} if error else {})
