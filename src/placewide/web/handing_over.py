"""What a hand-over asks besides the package's own questions: to whom, why, until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext

from placewide.cases.reads import StaffCase
from placewide.identity import reads as identity
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
        return UUID(self.to.partition("/")[0])

    @property
    def to_team_id(self) -> UUID | None:
        """Which team there, where one was chosen. Only where nothing is wrong."""
        team = self.to.partition("/")[2]
        return UUID(team) if team else None

    @property
    def ends(self) -> datetime:
        """The last second of the day it is until. Only where nothing is wrong."""
        return calendar.end_of_day(date.fromisoformat(self.until))

    def faults(self, step: Step) -> tuple[Fault, ...]:
        """The same, for the error summary."""
        return tuple(Fault(text, _id(name, step)) for name, text in self.wrong.items())


def posted_hand_over(request: HttpRequest, found: StaffCase, step: Step, reason: str, now: datetime) -> HandOver:
    """What was sent, checked; ``reason`` is the one chosen of the step's."""
    to, until = request.POST.get("to-body", ""), request.POST.get("until", "").strip()
    why = request.POST.get("why", "").replace("\r\n", "\n").strip()
    wrong = {}
    bodies = _others(found, step, now)
    if to not in {value for value, _ in _offers(bodies)}:
        wrong["to-body"] = gettext("Choose the organisation that is to act")
    elif to.partition("/")[0] not in {str(body.id) for body in _of_kinds(bodies, step.whom.get(reason, ()))}:
        wrong["to-body"] = gettext("Choose an organisation that fits the reason")
    if not why:
        wrong["why"] = gettext("Enter what they are to do, and why")
    elif len(why) > _LONGEST or "\0" in why:
        wrong["why"] = gettext("Say it in %(most)s characters or fewer") % {"most": _LONGEST}
    if not _is_ahead(until, legal_date(now)):
        wrong["until"] = gettext("Choose a day from today on, within five years")
    return HandOver(to[:80], why, until[:40], wrong)


def fields(found: StaffCase, step: Step, sent: HandOver | None, now: datetime) -> tuple[Component, ...]:
    """The three fields, with what was typed kept; the day is offered, so that nobody sees a case without an end."""
    given = sent or HandOver(until=_offered(found, step, now).isoformat())
    items: list[dict[str, Any]] = [{"value": "", "text": gettext("Choose one")}]
    offers = _offers(_others(found, step, now))
    items += [{"value": value, "text": text, "selected": value == given.to} for value, text in offers]
    to = _field("to-body", gettext("Which organisation?"), step, given) | {"items": items}
    why = _field("why", gettext("What should they do, and why?"), step, given)
    until = _field("until", gettext("Until when may they see this?"), step, given)
    return (
        Component("govukSelect", to),
        Component("govukInput", why | {"value": given.why, "type": "text"}),
        Component("govukInput", until | {"value": given.until, "type": "date", "classes": "govuk-input--width-10"}),
    )


def _others(found: StaffCase, step: Step, now: datetime) -> list[Organisation]:
    """To whom: every other organisation of this node that has not ended and that a reason of the step is for."""
    others = [body for body in places.organisations(on=legal_date(now)) if body.id != found.row.organisation_id]
    named = [step.whom.get(reason, ()) for reason in step.reasons]
    if not all(named) or any(_of_kinds(others, kinds) is others for kinds in named):
        return others  # somebody must be there to be asked
    return _of_kinds(others, [kind for kinds in named for kind in kinds])


def _of_kinds(bodies: list[Organisation], kinds: Sequence[str]) -> list[Organisation]:
    """Those of these kinds; all where no kind is named, or none is of it."""
    return [body for body in bodies if body.kind in kinds] or bodies


def _offers(bodies: list[Organisation]) -> list[tuple[str, str]]:
    """What can be chosen: each organisation, and each of its teams below it."""
    teams = identity.teams_of(body.id for body in bodies)
    return [
        offer
        for body in bodies
        for offer in (
            (str(body.id), body.name),
            *(
                (f"{body.id}/{team.id}", f"{body.name}, {team.name}")
                for team in teams
                if team.organisation_id == body.id
            ),
        )
    ]


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
