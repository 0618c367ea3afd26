"""What is measured: each act is prepared once, for so many times, and then done. Add one line to ``ACTS``."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.test import Client

from benchmarks.place import BIN, CARE, Many, body_of, draw_inbox, holding, many_cases, ready, services, staff_browser
from placewide.cases import actions, reads
from placewide.cases.making import makers_for
from placewide.journeys.models import Journey
from placewide.kernel import clock, ids
from placewide.kernel.change import changing
from placewide.kernel.terms import GUEST, SYSTEM, Act
from placewide.services.terms import LiveService
from placewide.tasks.terms import QueueFilter

Done = Callable[[int], None]


def one_change(times: int) -> Done:
    """The least an action costs: one transaction with one ledger entry."""
    organisation = ids.new_id()

    def do(number: int) -> None:
        with changing(actor=SYSTEM, now=clock.now()) as change:
            change.record(Act(kind="benchmark.made", organisation_id=organisation, subject_id=ids.new_id()))

    return do


def submit(service: str) -> Callable[[int], Done]:
    """``cases.actions.submit`` alone: what was read before, and who asks, is given."""

    def prepare(times: int) -> Done:
        live, now = services()[service], clock.now()
        waiting = _journeys(live, service, times, now)
        seen = ready(live, service, waiting[0], now)
        makers = makers_for(seen)

        def do(number: int) -> None:
            actions.submit(replace(seen, journey_id=waiting[number]), makers, actor=GUEST, now=now)

        return do

    return prepare


def press_send(times: int) -> Done:
    """The whole POST of the check page: session, checks, everything read, the act, the redirect."""
    live, now = services()[BIN], clock.now()
    waiting = _journeys(live, BIN, times, now)
    browsers = [holding(journey_id) for journey_id in waiting]

    def do(number: int) -> None:
        answer = browsers[number].post(f"/journeys/{waiting[number]}/send")
        assert answer["Location"].endswith("/sent"), answer["Location"]

    return do


def send_to_api(times: int) -> Done:
    """The same answers through the API: everything checked, the act, the kept answer, the link to follow."""
    live = services()[BIN]
    body = json.dumps({"answers": body_of(BIN)})
    where, client = f"/api/v1/adoptions/{live.adoption_id}/submissions", Client()

    def do(number: int) -> None:
        headers = {"Idempotency-Key": f"benchmark-{number:012d}"}
        answer = client.post(where, body, content_type="application/json", headers=headers)
        assert answer.status_code == 201, answer.content

    return do


def page(where: Callable[[Many], str], who: Callable[[Many], Client]) -> Callable[[int], Done]:
    """One page, from the request to its HTML."""

    def prepare(times: int) -> Done:
        many = many_cases()
        address, browser = where(many), who(many)

        def do(number: int) -> None:
            answer = browser.get(address)
            assert answer.status_code == 200, (answer.status_code, address)

        return do

    return prepare


def list_of_hundred(times: int) -> Done:
    """A hundred lines of the inbox, read and drawn."""
    many = many_cases()

    def do(number: int) -> None:
        found = reads.inbox(many.officer, QueueFilter(), "en", now=clock.now(), most=100)
        assert len(found.items) == 100
        draw_inbox(many, found)

    return do


def _journeys(live: LiveService, service: str, times: int, now: datetime) -> list[UUID]:
    """So many journeys that only want to be sent."""
    made = ready(live, service, None, now).journey_id
    row = Journey.objects.get(id=made)
    copies = []
    for _ in range(times):
        fields: dict[str, Any] = {f.attname: getattr(row, f.attname) for f in Journey._meta.concrete_fields}
        copies.append(Journey(**fields | {"id": ids.new_id()}))
    Journey.objects.bulk_create(copies)
    return [copy.id for copy in copies]


ACTS: dict[str, Callable[[int], Done]] = {
    "one change with a ledger entry": one_change,
    "submit: missed bin, email": submit(BIN),
    "submit: care needs, two cases": submit(CARE),
    "page: press send, missed bin": press_send,
    "API: send a missed bin": send_to_api,
    "page: staff case": page(lambda many: f"/staff/case/{many.reference}", staff_browser),
    "page: resident case": page(lambda many: f"/case/{many.reference}", lambda many: many.resident),
    "page: inbox of 50": page(lambda many: "/staff", staff_browser),
    "list of 100, read and drawn": list_of_hundred,
}
