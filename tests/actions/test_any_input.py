"""A20: whoever sends whatever to whichever address, the answer is a page or problem details that say what to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from placewide.cases.models import Case, Participation
from placewide.identity import actions as identity
from placewide.identity.terms import SET_UP
from placewide.journeys.models import Journey
from placewide.kernel import clock
from placewide.kernel.outbox import work_until_quiet
from placewide.kernel.terms import SYSTEM
from placewide.services import reads as services
from placewide.tasks.models import Task
from support.anything import MADE_UP, METHODS, NASTY, Form, addresses, forms_on, useful, ways_to_fill
from support.api import care_answers, send
from support.calderbrook import Calderbrook, calderbrook
from support.desk import at_the_desk, reported

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
QUERIES = ("after", "open", "whose", "team", "due", "urgent", "inbox", "next", "show", "lang", "page", "found")

# What each of them must at least have met; whatever else stands on a page is swept too.
FORMS = {
    "guest": {"look", "search", "service-start", "journey-page", "account_request_login_code", "account_login"},
    "resident": {"case-write"},
    "priya": {"inbox-search", "inbox-several", "staff-step", "staff-write", "staff-note", "staff-assign"},
}


@dataclass
class World:
    """Somebody of each kind, and something of each kind to send to."""

    place: Calderbrook
    stands_for: dict[str, str]
    visitors: dict[str, Client]


@pytest.fixture
def world(settings: Any) -> World:
    settings.DEMO = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.API_RATE = "100000/min"
    cache.clear()
    place = calderbrook()
    resident = Client()
    resident.force_login(identity.join("ruth@example.org", actor=SYSTEM, now=clock.now()))
    bin_case = reported(resident)
    for case in send(services.live(place.county.id, "care-needs"), care_answers()).json()["cases"]:
        resident.post(case["links"]["follow"].removeprefix(settings.ADDRESS))
    work_until_quiet(clock.now())
    guest = Client()
    journey = guest.post("/services/calder-vale/missed-bin")["Location"].rsplit("/", 1)[1]
    visitors = {"guest": guest, "resident": resident}
    visitors |= {name: at_the_desk(place.staff[name]) for name in ("priya", "tom")}
    token = identity.issue_token(
        SET_UP, place.staff["dewi"].id, expires=clock.now().replace(year=2100), actor=SYSTEM, now=clock.now()
    )
    stands_for = {
        "reference": bin_case.reference, "journey_id": journey, "page_id": "address", "item": "1", "step": "not-fixed",
        "organisation": "calder-vale", "service": "missed-bin", "token": token, "query_id": MADE_UP,
        "task_id": str(Task.objects.first().id), "participation_id": str(Participation.objects.first().id),
        "message_id": MADE_UP, "pk": "1", "key": "x", "link": "a.b.c", "rest": "x", "page": "buttons",
        "colour": "14532d", "mark": "hills",
    }  # fmt: skip
    return World(place, stands_for, visitors)


@pytest.mark.parametrize("who", ["guest", "resident", "priya"])
def test_every_address_bears_ids_that_are_made_up(world: World, who: str) -> None:
    client = world.visitors[who]
    for name, path, _ in addresses(world.stands_for):
        if name in ("account_logout",):
            continue
        useful(client.get(path), f"{who} GET {path[:200]}")
        useful(client.post(path), f"{who} POST {path[:200]}")


@pytest.mark.parametrize("who", ["guest", "priya"])
def test_every_address_bears_methods_and_queries_that_do_not_belong(world: World, who: str) -> None:
    client = world.visitors[who]
    for name, path, real in addresses(world.stands_for):
        if not real or name == "account_logout":
            continue
        for method in METHODS:
            useful(getattr(client, method)(path), f"{who} {method} {path}")
        for nasty in NASTY[2:]:
            useful(client.get(path, dict.fromkeys(QUERIES, nasty)), f"{who} GET {path} asked {nasty[:20]!r}")
        useful(client.post(path, b"\xff{", content_type="multipart/form-data; boundary=x"), f"{who} {path}")
        useful(client.post(path, b"\xff=%ff", content_type="application/x-www-form-urlencoded"), f"{who} {path}")
        useful(client.post(path, b"a" * 3_000_000, content_type="application/x-www-form-urlencoded"), f"{who} {path}")


@pytest.mark.parametrize("who", ["guest", "resident", "priya"])
def test_every_form_on_every_page_bears_anything(world: World, who: str) -> None:
    swept: set[Any] = set()
    for _, path, real in list(addresses(world.stands_for)):
        for form in forms_of(world.visitors[who], path) if real else ():
            if form.kind not in swept:
                sweep(world.visitors[who], form, who)
            swept.add(form.kind)
    named = {name for name, *_ in swept}
    assert named >= FORMS[who], f"not seen: {FORMS[who] - named}"


@pytest.mark.parametrize(("who", "service"), [("priya", "missed-bin"), ("tom", "care-needs")])
def test_every_step_of_every_state_bears_anything(world: World, who: str, service: str) -> None:
    swept: set[Any] = set()
    for row in Case.objects.filter(adoption__slug=service):
        package = services.by_hash(Journey.objects.get(id=row.journey_id).package_id)
        for state in package.case_type(row.case_type).states:
            standing = {"state": state.id, "open": True, "state_since": clock.now()}
            Case.objects.filter(id=row.id).update(**standing)
            again = partial(Case.objects.filter(id=row.id).update, **standing)
            for name, path in ((who, "/staff/case"), ("resident", "/case")):
                client = world.visitors[name]
                for form in forms_of(client, f"{path}/{row.reference}"):
                    if form.kind not in swept:
                        sweep(client, form, f"{name} {state.id}", again)
                    swept.add(form.kind)
    assert {name for name, *_ in swept} >= {"staff-step", "case-step"}


def forms_of(client: Client, path: str) -> list[Form]:
    page = client.get(path)
    html = page.status_code == 200 and page.headers["Content-Type"].startswith("text/html")
    return forms_on(page, path) if html else []


def sweep(client: Client, form: Form, who: str, again: Callable[[], object] = lambda: None) -> None:
    for sent in ways_to_fill(form):
        answer = client.post(form.action, sent)
        where = f"{who} → {form.action} {sent!r:.300}"
        useful(answer, where)
        assert answer.status_code in (200, 302, 400, 404, 409, 410, 413, 422, 429), f"{where}: {answer.status_code}"
        again()
