"""The demo is right on whatever day it is made: what can be tried, what happened, and nothing left to send."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.db.models import Max

from house.code import ROOT
from placewide.cases import reads as cases
from placewide.cases.models import Case, Entry
from placewide.identity import reads as identity
from placewide.identity.actions import forget_strangers
from placewide.journeys import reads as journeys
from placewide.kernel import ids
from placewide.kernel.calendar import is_working_day
from placewide.kernel.clock import legal_date
from placewide.kernel.models import Delivery, DeliveryState
from placewide.kernel.terms import SYSTEM, Viewer
from placewide.messages.mailbox.server import Mailbox
from placewide.messages.models import Message
from placewide.places import actions as place_actions
from placewide.places import reads as places
from placewide.places.terms import CollectionStatus
from placewide.services import reads as services
from placewide.services.terms import Outcome
from placewide.tasks.terms import QueueFilter
from placewide.web.demo.ageing import Age
from placewide.web.demo.files import addresses
from placewide.web.demo.rounds import RoundBook, can_be_reported, choose, is_food, weekday_of
from placewide.web.demo.seeding import RUTH, Made, make_demo

DATES = {
    "a Tuesday morning": datetime(2026, 11, 24, 9, 30, tzinfo=UTC),
    "a Sunday": datetime(2026, 12, 27, 15, 0, tzinfo=UTC),
    "Christmas Day": datetime(2026, 12, 25, 11, 0, tzinfo=UTC),
    "ninety days on": datetime(2027, 2, 22, 22, 45, tzinfo=UTC),
    "the 29th of February": datetime(2028, 2, 29, 6, 10, tzinfo=UTC),
}


class Seeded:
    """A node with the demo made at one moment."""

    def __init__(self, now: datetime, mailbox: Path) -> None:
        self.now, self.mailbox = now, mailbox
        self.made: Made = make_demo(now)

    def outcome(self, home: str, container: str) -> Outcome:
        """What somebody is told who reports this container at this home now."""
        live = services.live(places.organisation("calder-vale").id, "missed-bin")
        raw = {"address": {"uprn": str(uprn_of(home)), "text": home}, "bin": container}
        seen = journeys.arriving(live, ids.new_id(), raw, language="en", viewer=Viewer(), now=self.now)
        return seen.outcome

    def just_made(self) -> str:
        """Refuse or recycling: whichever can be reported on Mill Lane now."""
        found = places.collections(uprn_of("12 Mill Lane, Calderbrook"), now=self.now)
        can = [
            c.container
            for c in found
            if c.report_from and c.report_until and c.report_from <= self.now <= c.report_until
        ]
        return next(c for c in can if c in {"refuse", "recycling"})

    def inbox(self, email: str) -> int:
        user = identity.user_by_email(email)
        assert user is not None
        (role,) = identity.roles_of(user.id)
        viewer = Viewer(user.id, role.organisation_id, frozenset({role.team_id}), frozenset({role.role.value}))
        return len(cases.inbox(viewer, QueueFilter(), "en", now=self.now, most=200).items)


def uprn_of(home: str) -> int:
    return next(int(uprn) for uprn, line in addresses().items() if line.startswith(home))


@pytest.fixture(scope="module", params=[
    pytest.param(name, marks=pytest.mark.slow) for name in DATES
])  # fmt: skip
def seeded(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any
) -> Iterator[Seeded]:
    """Made once for all that is looked at here, and undone."""
    before = (settings.DEMO, settings.MAILBOX_ROOT)
    settings.DEMO, settings.MAILBOX_ROOT = True, tmp_path_factory.mktemp("mailbox")
    with django_db_blocker.unblock(), transaction.atomic():
        yield Seeded(DATES[request.param], settings.MAILBOX_ROOT)
        transaction.set_rollback(True)
    settings.DEMO, settings.MAILBOX_ROOT = before


def test_at_12_mill_lane_one_bin_can_be_reported_and_another_is_coming(seeded: Seeded) -> None:
    container = seeded.just_made()
    outcome = seeded.outcome("12 Mill Lane, Calderbrook", container)
    assert outcome.stop is None
    assert [rule.id for rule in outcome.notes] == ["already-told-by-others"]
    found = places.collections(uprn_of("12 Mill Lane, Calderbrook"), now=seeded.now)
    food = next(c for c in found if c.container == "food")
    assert food.next is not None
    assert food.status is CollectionStatus.NOT_FINISHED or food.next - legal_date(seeded.now) <= timedelta(days=5)


@pytest.mark.parametrize(
    ("home", "rule"),
    [
        ("3 Mill Lane, Calderbrook", "not-put-out"),
        ("5 Mill Lane, Calderbrook", "wrong-things-in-it"),
        ("7 Mill Lane, Calderbrook", "road-blocked"),
        ("9 Mill Lane, Calderbrook", "too-heavy"),
    ],
)
def test_what_the_crew_noted_is_seen_at_its_address(seeded: Seeded, home: str, rule: str) -> None:
    stop = seeded.outcome(home, seeded.just_made()).stop
    assert stop is not None
    assert stop.id == rule


def test_the_other_weeks_bin_is_too_late(seeded: Seeded) -> None:
    other = {"refuse": "recycling", "recycling": "refuse"}[seeded.just_made()]
    stop = seeded.outcome("12 Mill Lane, Calderbrook", other).stop
    assert stop is not None
    assert stop.id == "too-late"


def test_on_canal_street_a_round_is_late(seeded: Seeded) -> None:
    found = {seeded.outcome("1 Canal Street", container).stop for container in ("refuse", "recycling")}
    assert "round-delayed" in {stop.id for stop in found if stop}
    (first, *_) = places.disruptions(places.organisation("calder-vale").id, now=seeded.now)
    assert first.until is not None


def test_a_home_that_gets_help_and_one_missed_again_are_noted(seeded: Seeded) -> None:
    helped = seeded.outcome("14 Mill Lane, Calderbrook", seeded.just_made())
    again = seeded.outcome("18 Mill Lane, Calderbrook", seeded.just_made())
    assert "assisted-household" in {rule.id for rule in helped.notes}
    assert "missed-again" in {rule.id for rule in again.notes}


def test_cases_stand_in_every_state(seeded: Seeded) -> None:
    states = Counter(Case.objects.filter(case_type="missed-bin").values_list("state", flat=True))
    assert set(states) == {"reported", "crew-sent", "more-asked", "with-others", "collected", "not-collected"}
    assert sum(states.values()) >= 120
    care = Counter(Case.objects.filter(case_type="needs-assessment").values_list("state", flat=True))
    on_the_way = {"triage", "making-safe", "assessing", "advocate-wanted", "more-asked", "with-others"}
    assert set(care) == on_the_way | {"decided", "closed", "refused"}
    assert sum(care.values()) == 37
    assert Case.objects.filter(case_type="carers-assessment").count() >= 25
    assert Entry.objects.filter(step="not-fixed").count() >= 8


def test_the_history_reaches_back_eighteen_months_and_shows_what_got_better(seeded: Seeded) -> None:
    emptied = Case.objects.filter(case_type="missed-bin", state="collected").order_by("opened_at")
    took = [(case.opened_at, case.closed_at - case.opened_at) for case in emptied if case.closed_at]
    assert timedelta(days=510) < seeded.now - took[0][0] < timedelta(days=580)
    long_ago = sorted(lasted for opened, lasted in took if seeded.now - opened > timedelta(days=365))
    lately = sorted(lasted for opened, lasted in took if seeded.now - opened < timedelta(days=180))
    assert long_ago[len(long_ago) // 2] > lately[len(lately) // 2]


def test_some_work_is_late_some_due_and_one_request_urgent(seeded: Seeded) -> None:
    waiting = Case.objects.filter(open=True)
    assert waiting.filter(due_at__lt=seeded.now).count() >= 7
    if is_working_day(legal_date(seeded.now), "England"):
        assert [c for c in waiting.filter(due_at__gte=seeded.now) if legal_date(c.due_at) == legal_date(seeded.now)]
    (urgent,) = Case.objects.filter(
        urgent=True, state="triage", case_type="needs-assessment", due_at__gte=seeded.now - timedelta(hours=1)
    )
    assert legal_date(urgent.opened_at) in {legal_date(seeded.now), legal_date(seeded.now) - timedelta(days=1)}


def test_nothing_happened_in_the_future(seeded: Seeded) -> None:
    latest = [Entry.objects.aggregate(at=Max("at"))["at"], Message.objects.aggregate(at=Max("queued_at"))["at"]]
    assert max(latest) <= seeded.now


def test_the_mail_of_the_past_was_delivered_once_and_nothing_is_left_to_send(seeded: Seeded) -> None:
    assert not Delivery.objects.exclude(state=DeliveryState.DONE).exists()
    states = Counter(Message.objects.values_list("channel", "state"))
    assert set(states) <= {("email", "sent"), ("letter", "sent"), ("letter", "to-post"), ("letter", "held")}
    mails = [mail for _, mail in Mailbox(seeded.mailbox).mails(limit=5000)]
    sent = Message.objects.filter(channel="email")
    assert len({mail["Message-ID"] for mail in mails}) == len(mails) == sent.count()
    assert max(mail["Date"].datetime for mail in mails) <= seeded.now


def test_there_are_a_busy_a_small_and_an_empty_inbox(seeded: Seeded) -> None:
    assert seeded.inbox("priya.nand@calder-vale.example") >= 25
    assert 2 <= seeded.inbox("wren.aldous@fenmarch.example") <= 5
    assert seeded.inbox("bel.harker@fenmarch-neighbours.example") == 0
    for partner in ("sunil.dey@calderbrook-carers", "jo.farrow@calderbrook-trust", "ada.marsh@hebble-homes"):
        assert 1 <= seeded.inbox(f"{partner}.example") <= 3, partner


def test_ruth_sees_both_councils_and_what_she_began(seeded: Seeded) -> None:
    ruth = identity.user_by_email(RUTH)
    assert ruth is not None
    viewer = Viewer(user_id=ruth.id)
    lines = cases.cases_of_resident(viewer, "en", now=seeded.now, open=True).items
    assert {line.organisation for line in lines} == {"Calder Vale District Council", "Calderbrook County Council"}
    assert any(line.waits_for_you for line in lines)
    (begun,) = journeys.unsent(viewer, now=seeded.now)
    assert begun.saved_to == RUTH


def test_a_demo_left_running_still_knows_ruth(seeded: Seeded) -> None:
    """Who never signed in is forgotten after a day; she has."""
    forget_strangers(actor=SYSTEM, now=seeded.now + timedelta(days=2))
    assert identity.user_by_email(RUTH) is not None


def test_what_is_open_near_tells_numbers_and_never_of_care(seeded: Seeded) -> None:
    every = [adoption.adoption_id for adoption in services.live_services()]
    homes = [int(uprn) for uprn in addresses()]
    found = cases.near(every, homes, since=seeded.now - timedelta(weeks=12))
    assert {line.case_type for line in found} == {"missed-bin"}
    assert sum(line.number for line in found) == Case.objects.filter(case_type="missed-bin", open=True).count()


@pytest.mark.django_db
def test_on_every_day_of_two_years_there_is_something_to_report_and_something_late() -> None:
    data = ROOT / "demo" / "places"
    now = DATES["a Tuesday morning"]
    place_actions.load_organisations(data / "organisations.csv", actor=SYSTEM, now=now)
    district = places.organisation("calder-vale").id
    place_actions.load_rounds(data / "calder-vale-rounds.csv", organisation_id=district, actor=SYSTEM, now=now)
    place_actions.load_changes(data / "calder-vale-holidays.csv", organisation_id=district, actor=SYSTEM, now=now)
    book = RoundBook(district)
    for days in range(0, 730):
        at = now + timedelta(days=days, minutes=days * 97 % 1300 - 500)
        chosen = choose(book, at)
        made = [m for m in book.before(legal_date(at), 6) if weekday_of(m) == chosen.collected and not is_food(m)]
        assert any(can_be_reported(m, at) for m in made), at
        assert len({chosen.collected, chosen.coming, chosen.late}) == 3, at


def test_the_readme_names_addresses_and_people_there_are() -> None:
    text = (ROOT / "demo" / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| (\d+ (?:Mill Lane|Canal Street))", text, re.MULTILINE)
    assert len(named) >= 9
    assert all(uprn_of(f"{home}, Calderbrook") for home in named)


def test_a_demo_is_right_on_its_own_day_or_where_it_is_kept() -> None:
    made = Age(date(2026, 11, 20))
    assert made.is_right_on(date(2026, 11, 20))
    assert not made.is_right_on(date(2026, 11, 21))
    assert replace(made, kept=True).is_right_on(date(2027, 1, 1))
    assert not Age(None).is_right_on(date(2026, 11, 20))


@pytest.mark.slow
@pytest.mark.sqlite
def test_a_demo_of_an_earlier_day_is_put_aside_and_made_again(tmp_path: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    environment |= {"PLACEWIDE_VAR": str(tmp_path), "PLACEWIDE_DEMO": "1"}

    def placewide(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", *words], env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout

    placewide("django", "migrate", "-v0")
    assert "demo place made" in placewide("placewide", "demo", "seed")
    assert placewide("placewide", "demo", "seed") == ""
    note = tmp_path / "demo.json"
    note.write_text(json.dumps(json.loads(note.read_text()) | {"made_on": "2026-01-05"}))
    said = placewide("placewide", "demo", "seed")
    assert "made on Monday 5 January" in said
    assert str(tmp_path / "kept" / "2026-01-05") in said
    kept = tmp_path / "kept" / "2026-01-05"
    assert (kept / "placewide.sqlite3").stat().st_size > 1_000_000
    assert (kept / "mailbox").is_dir()
    assert json.loads(note.read_text())["made_on"] != "2026-01-05"
