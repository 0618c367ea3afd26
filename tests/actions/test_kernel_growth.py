"""The kernel at 100,000 rows and more: by index, with as many statements as at one row."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar
from uuid import UUID, uuid4

import pytest
from django.db import connection

from placewide.kernel import dispatch, outbox, search
from placewide.kernel.change import changing
from placewide.kernel.models import Delivery, DeliveryState, SearchEntry
from placewide.kernel.search import SearchEntry as Entry
from placewide.kernel.terms import SYSTEM, Event
from plans import analyse, multiply, watched

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
COUNCIL = UUID(int=1)
pytestmark = pytest.mark.django_db


@dataclass(frozen=True, slots=True)
class Ticked(Event):
    type: ClassVar[str] = "test.ticked/1"


def listen(event: Ticked, *, now: datetime) -> None:
    pass


@pytest.fixture
def ticking():
    from placewide.web.handlers import ROOMS

    dispatch.install({Ticked: (listen,)})
    yield
    dispatch.install(*ROOMS)


def tick(number: int = 1) -> None:
    with changing(actor=SYSTEM, now=NOW) as change:
        for _ in range(number):
            change.publish(Ticked(), stream=uuid4())


def test_delivering_among_a_hundred_thousand_deliveries_goes_by_index(ticking):
    tick()
    with watched() as first:
        assert outbox.work_once(lambda: NOW) == 1
    tick(100)
    Delivery.objects.update(state=DeliveryState.DONE, done_at=NOW)
    multiply(Delivery, 999, fresh=())
    tick(500)
    Delivery.objects.filter(state="waiting").update(due_at=NOW + timedelta(hours=1))
    tick()
    with watched() as unanalysed:
        outbox.work_once(lambda: NOW, limit=0)
    analyse()
    with watched() as seen:
        assert outbox.work_once(lambda: NOW) == 1
    assert len(seen.statements) == len(first.statements)
    with watched() as aside:
        outbox.backlog()
        outbox.dead_deliveries()
        outbox.forget_done(NOW)
    assert seen.scans + aside.scans == []
    if connection.vendor == "sqlite":  # which has no statistics until somebody asks for them
        assert unanalysed.scans == []


def test_searching_a_hundred_thousand_entries_is_one_statement_by_index():
    case = uuid4()
    streets = ["Mill Lane", "Church Road", "Station Street", "Heol y Felin", "The Green"]
    search.index(
        [Entry("case", uuid4(), COUNCIL, f"{n} {streets[n % 5]}, CB{n % 9} {n % 9}XY") for n in range(1000)]
        + [Entry("case", case, COUNCIL, "Edith Hale, 12 Dunmill Lane, 7K2P-9QXM-4")]
    )
    _multiply_all_but(case)
    analyse()
    for asked in ("Edith Hale", "edith hael", "dunmil lane", "7k2p-9qxm-4", "hale edit", "Edith"):
        with watched() as seen:
            assert search.find("case", COUNCIL, asked) == [case], asked
        assert len(seen.statements) == 1
        assert seen.scans == []


def _multiply_all_but(case: UUID) -> None:
    kept = SearchEntry.objects.get(object_id=case)
    kept.delete()
    multiply(SearchEntry, 99, fresh=("object_id",))
    kept.pk = None
    kept.save()
    assert SearchEntry.objects.count() == 100_001
