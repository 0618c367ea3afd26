"""What is published is delivered: in order, again after a failure, never past a dead letter."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from placewide.kernel import dispatch, duties, ids, outbox
from placewide.kernel.change import changing
from placewide.kernel.duties import Duty
from placewide.kernel.events import DeliveryDied
from placewide.kernel.models import Delivery, Event, LedgerEntry
from placewide.kernel.outbox.rules import MOST_ATTEMPTS, pause_after
from placewide.kernel.terms import SYSTEM, Act
from placewide.kernel.terms import Event as KernelEvent

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
pytestmark = pytest.mark.django_db


@dataclass(frozen=True, slots=True)
class Rang(KernelEvent):
    type: ClassVar[str] = "test.rang/1"
    number: int
    organisation_id: UUID | None = None


heard: list[int] = []
deaths: list[DeliveryDied] = []
broken: set[int] = set()


def hear(event: Rang, *, now: datetime) -> None:
    record(event.number, now)
    if event.number in broken:
        raise RuntimeError("Edith Hale, 12 Mill Lane")
    heard.append(event.number)


def record(number: int, now: datetime) -> None:
    with changing(actor=SYSTEM, now=now) as change:
        change.record(Act("test.heard", UUID(int=1), UUID(int=number), {"number": number}))


def note_death(event: DeliveryDied, *, now: datetime) -> None:
    deaths.append(event)


@pytest.fixture(autouse=True)
def handlers():
    from placewide.web.handlers import DUTIES, ROOMS

    dispatch.install({Rang: (hear,), DeliveryDied: (note_death,)})
    for collected in (heard, deaths, broken):
        collected.clear()
    yield
    dispatch.install(*ROOMS)
    duties.install(*DUTIES)


def publish(*numbers: int, stream: UUID, organisation_id: UUID | None = None) -> None:
    with changing(actor=SYSTEM, now=NOW) as change:
        for number in numbers:
            change.publish(Rang(number, organisation_id), stream=stream)


def give_up_on(number: int) -> None:
    broken.add(number)
    for day in range(MOST_ATTEMPTS):
        outbox.work_until_quiet(NOW + timedelta(days=day))


def test_what_is_published_is_delivered_once_in_order():
    publish(1, 2, 3, stream=uuid4())
    assert outbox.work_until_quiet(NOW) == 3
    assert outbox.work_until_quiet(LATER) == 0
    assert heard == [1, 2, 3]


def test_a_failure_is_tried_again_later_and_holds_its_stream_meanwhile():
    publish(1, 2, stream=uuid4())
    publish(3, stream=uuid4())
    broken.add(1)
    outbox.work_until_quiet(NOW)
    assert heard == [3]
    broken.clear()
    outbox.work_until_quiet(NOW + timedelta(seconds=1))
    assert heard == [3]
    outbox.work_until_quiet(NOW + timedelta(seconds=2))
    assert heard == [3, 1, 2]


def test_what_a_failed_handler_wrote_is_undone():
    publish(1, stream=uuid4())
    broken.add(1)
    outbox.work_until_quiet(NOW)
    assert LedgerEntry.objects.count() == 0
    broken.clear()
    outbox.work_until_quiet(LATER)
    assert LedgerEntry.objects.count() == 1


def test_a_dead_letter_is_told_of_and_holds_only_its_stream():
    council = uuid4()
    stuck = uuid4()
    publish(1, 2, stream=stuck, organisation_id=council)
    publish(3, stream=uuid4())
    give_up_on(1)
    assert heard == [3]
    (death,) = deaths
    assert (death.organisation_id, death.stream, death.fault) == (council, stuck, "RuntimeError")
    (dead,) = outbox.dead_deliveries()
    assert (dead.id, dead.held) == (death.delivery_id, 1)
    assert outbox.backlog().dead == 1


def test_a_dead_letter_tried_again_lets_its_stream_go_on():
    publish(1, 2, stream=uuid4())
    give_up_on(1)
    broken.clear()
    assert outbox.retry_dead(deaths[0].delivery_id, actor=SYSTEM, now=LATER)
    outbox.work_until_quiet(LATER)
    assert heard == [1, 2]
    assert not outbox.retry_dead(deaths[0].delivery_id, actor=SYSTEM, now=LATER)


def test_an_errors_text_is_neither_kept_nor_logged(caplog):
    publish(1, stream=uuid4())
    give_up_on(1)
    assert "Edith" not in caplog.text + Delivery.objects.filter(state="dead").get().fault
    assert "RuntimeError" in caplog.text


def test_a_handler_that_no_longer_exists_becomes_a_dead_letter_not_a_crash():
    publish(1, stream=uuid4())
    dispatch.install({DeliveryDied: (note_death,)})
    for day in range(MOST_ATTEMPTS):
        outbox.work_until_quiet(NOW + timedelta(days=day))
    assert [death.fault for death in deaths] == ["KeyError"]


def test_a_foreign_handler_runs_outside_a_transaction_and_is_leased(transactional_db):
    seen = []

    @dispatch.foreign
    def call_out(event: Rang, *, now: datetime) -> None:
        seen.append((connection.in_atomic_block, Delivery.objects.get().due_at))

    dispatch.install({Rang: (call_out,)})
    publish(1, stream=uuid4())
    assert outbox.work_until_quiet(NOW) == 1
    assert seen == [(False, NOW + timedelta(minutes=5))]
    assert Delivery.objects.get().state == "done"


def test_a_foreign_handler_that_was_killed_is_called_again_when_its_lease_ends():
    @dispatch.foreign
    def power_cut(event: Rang, *, now: datetime) -> None:
        raise KeyboardInterrupt

    dispatch.install({Rang: (power_cut,)})
    publish(1, 2, stream=uuid4())
    with pytest.raises(KeyboardInterrupt):
        outbox.work_until_quiet(NOW)
    dispatch.install({Rang: (hear,)})
    Delivery.objects.update(handler=dispatch.names_for(Rang.type)[0])  # the power is back
    outbox.work_until_quiet(NOW + timedelta(minutes=4))
    assert heard == []
    outbox.work_until_quiet(NOW + timedelta(minutes=5))
    assert heard == [1, 2]


class SlowClock:
    """Time that passes while a foreign system is asked."""

    def __init__(self, passes: timedelta) -> None:
        self.passes, self.moment, self.told = passes, NOW, []

    def __call__(self) -> datetime:
        return self.moment

    def ask_outside(self) -> None:
        @dispatch.foreign
        def ask(event: Rang, *, now: datetime) -> None:
            due_at = Delivery.objects.filter(state="waiting", attempts=1).values_list("due_at", flat=True).get()
            self.told.append((now - NOW, due_at - NOW))
            self.moment += self.passes

        dispatch.install({Rang: (ask,)})


def test_each_delivery_of_a_slow_batch_is_leased_from_its_own_moment(transactional_db):
    clock = SlowClock(timedelta(minutes=4))
    clock.ask_outside()
    for _ in range(3):
        publish(1, stream=uuid4())
    assert outbox.work_once(clock, longest=timedelta(hours=1)) == 3
    minutes = [(began / clock.passes * 4, leased / clock.passes * 4) for began, leased in clock.told]
    assert minutes == [(0, 5), (4, 9), (8, 13)], "a lease from the batch's start had run out before the third was begun"


def test_a_batch_ends_after_ten_seconds_so_that_duties_have_their_turn(transactional_db):
    clock = SlowClock(timedelta(seconds=4))
    clock.ask_outside()
    for _ in range(7):
        publish(1, stream=uuid4())
    assert [outbox.work_once(clock) for _ in range(4)] == [3, 3, 1, 0]


def test_a_change_takes_three_inserts_at_most():
    with CaptureQueriesContext(connection) as queries, changing(actor=SYSTEM, now=NOW) as change:
        for number in range(20):
            change.publish(Rang(number), stream=uuid4())
            change.record(Act("test.rang", UUID(int=1), UUID(int=2)))
    inserts = [query for query in queries.captured_queries if query["sql"].startswith("INSERT")]
    assert len(inserts) == 3


def test_pauses_grow_and_end():
    pauses = [pause_after(attempts) for attempts in range(1, MOST_ATTEMPTS + 1)]
    assert pauses[-1] is None
    assert pauses[:-1] == sorted(pauses[:-1])


def test_old_done_deliveries_are_forgotten_and_nothing_else():
    long_ago = datetime.now(UTC) - timedelta(days=60)
    for made, number in ((long_ago, 1), (long_ago, 2), (datetime.now(UTC), 3)):
        with changing(actor=SYSTEM, now=made) as change:
            change.publish(Rang(number), stream=uuid4())
    _pretend_made_at(long_ago)
    broken.add(2)
    outbox.work_until_quiet(datetime.now(UTC))
    assert outbox.forget_done(datetime.now(UTC)) == 1
    assert sorted(event.body["number"] for event in Event.objects.all()) == [2, 3]
    assert Delivery.objects.count() == 2


def _pretend_made_at(moment: datetime) -> None:
    """Ids tell when they were made: give the old events old ids."""
    for event in list(Event.objects.filter(happened_at=moment)):
        owed = list(event.delivery_set.all())
        old = UUID(int=ids.first_id_at(moment).int + event.body["number"])
        replaced = Event.objects.create(
            id=old, type=event.type, stream=event.stream, happened_at=moment, body=event.body
        )
        Delivery.objects.filter(pk__in=[row.pk for row in owed]).update(event=replaced)
        event.delete()


def test_a_duty_is_done_once_a_period_whoever_asks():
    done = []
    duties.install([Duty("test.ring", timedelta(hours=1), done.append)])
    assert duties.perform_due(NOW) == 1
    assert duties.perform_due(NOW + timedelta(minutes=59)) == 0
    assert duties.perform_due(NOW + timedelta(minutes=60)) == 1
    assert done == [NOW, NOW + timedelta(minutes=60)]


def test_a_duty_that_fails_comes_round_again():
    def fail(now):
        raise RuntimeError

    duties.install([Duty("test.fail", timedelta(hours=1), fail)])
    assert duties.perform_due(NOW) == 1
    assert duties.perform_due(NOW + timedelta(hours=1)) == 1
