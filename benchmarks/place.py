"""The small place of the tests, with what the acts that are measured need in it."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.test import Client, RequestFactory

from placewide.cases import actions, reads
from placewide.cases.making import makers_for
from placewide.cases.views.inbox_page import Desk, inbox_page
from placewide.identity import actions as identity
from placewide.identity import reads as people
from placewide.identity.access import grant
from placewide.identity.models import User
from placewide.identity.terms import Role
from placewide.journeys import actions as journeys
from placewide.journeys import reads as journey_reads
from placewide.journeys.arriving import check_arriving
from placewide.journeys.models import Journey
from placewide.journeys.terms import Circumstances
from placewide.kernel import clock
from placewide.kernel.paging import Slice
from placewide.kernel.terms import GUEST, SYSTEM, Viewer
from placewide.services import actions as packages
from placewide.services import reads as services_reads
from placewide.services.terms import LiveService
from placewide.tasks import reads as tasks
from placewide.ui.pages import render
from placewide.ui.terms import Frame

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from support.api import care_answers, place_today, right_answers
from support.place import PACKAGES, SmallPlace

BIN, CARE = "missed-bin", "care-needs"
_CASES = 150


@dataclass(frozen=True)
class Many:
    """Many cases, and those who look at them."""

    reference: str
    officer: Viewer
    user: User
    resident: Client


@cache
def place() -> SmallPlace:
    return place_today()


@cache
def services() -> dict[str, LiveService]:
    """Both services, live."""
    here = place()
    packages.adopt(here.county.id, PACKAGES / CARE, {}, actor=SYSTEM, now=clock.now())
    return {BIN: here.missed_bin, CARE: services_reads.live(here.county.id, CARE)}


def body_of(service: str) -> dict[str, Any]:
    """The answers that are sent."""
    return right_answers(contact_email="sam@example.org") if service == BIN else care_answers()


def ready(live: LiveService, service: str, journey_id: UUID | None, now: datetime) -> Circumstances:
    """A journey that only wants to be sent, made if there is none yet, as the page that sends it reads it."""
    if journey_id is None:
        journey_id = journeys.begin(live, language="en", actor=GUEST, now=now)
        checked, problems = check_arriving(
            live, journey_id, body_of(service), file_ids=(), language="en", viewer=Viewer(), now=now
        )
        assert not problems
        journey = Journey.objects.get(id=journey_id)
        journey.answers = dict(checked.answers)
        journey.save()
    seen = journey_reads.circumstances(Viewer(grants=frozenset({journey_id})), journey_id, now=now)
    assert seen is not None
    assert seen.outcome.may_be_sent
    return seen


@cache
def many_cases() -> Many:
    """Reports of a morning, and an officer of the team that works on them."""
    here, live, now = place(), services()[BIN], clock.now()
    first = ready(live, BIN, None, now)
    makers = makers_for(first)
    sent = actions.submit(first, makers, actor=GUEST, now=now)
    for _ in range(_CASES):
        again = replace(first, journey_id=journeys.begin(live, language="en", actor=GUEST, now=now), version=0)
        Journey.objects.filter(id=again.journey_id).update(version=again.version)
        actions.submit(again, makers, actor=GUEST, now=now)
    user = identity.add_staff(
        "officer@example.org",
        name="Sam Hill",
        organisation_id=here.district.id,
        role=Role.OFFICER,
        team_id=here.waste,
        actor=SYSTEM,
        now=now,
    )
    officer = Viewer(user.id, here.district.id, frozenset({here.waste}), frozenset({"officer"}))
    return Many(sent.references[0], officer, user, holding(*sent.grants))


def holding(*subject_ids: UUID) -> Client:
    """A browser with the keys to these."""
    client, answer = Client(), HttpResponse()
    grant(RequestFactory().get("/"), answer, *subject_ids)
    client.cookies = answer.cookies
    return client


def staff_browser(many: Many) -> Client:
    """The officer's browser, after password and second step."""
    client, now = Client(), clock.now().timestamp()
    client.force_login(many.user)
    session = client.session
    session["staff"] = {"user": str(many.user.pk), "since": now, "seen": now}
    session.save()
    return client


def draw_inbox(many: Many, lines: Slice[reads.InboxLine]) -> HttpResponse:
    """The inbox's page with these lines."""
    now, viewer = clock.now(), many.officer
    colleagues = people.staff(viewer, on=clock.legal_date(now))
    desk = Desk(viewer, "en", now, tasks.counts(viewer), people.teams(viewer), colleagues)
    request = RequestFactory().get("/staff")
    return render(request, "ui/patterns/inbox.html", inbox_page(QueryDict(), lines, desk), frame=Frame())
