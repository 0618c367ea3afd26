"""Claim one delivery, make it, mark it done.

A handler runs in the transaction that marks its delivery done: killed at any moment, either both happened or neither.
A handler that talks to a foreign system (:func:`placewide.kernel.dispatch.foreign`) cannot be undone: its delivery is
leased first and marked afterwards, and the handler itself remembers what it has sent.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from placewide.kernel import dispatch
from placewide.kernel.change import changing
from placewide.kernel.events import DeliveryDied
from placewide.kernel.models import Delivery, DeliveryState
from placewide.kernel.outbox.rules import BATCH, LEASE, pause_after
from placewide.kernel.terms import SYSTEM, Actor

log = logging.getLogger("placewide.outbox")
_MOST = 1_000_000


def work_once(
    read: Callable[[], datetime],
    *,
    limit: int = 100,
    longest: timedelta = BATCH,
    note: Callable[[int], None] | None = None,
) -> int:
    """Make deliveries that are due, ``limit`` at most; begins none after ``longest``. Returns how many were tried.

    ``read`` gives the time, anew for each: what one delivery leases and notes counts from its own moment, however slow
    those before it were. ``note`` is told the number of each before it is made. Looks without a lock first, so that an
    idle worker disturbs nobody.
    """
    began = now = read()
    if not deliverable(now).exists():
        return 0
    tried = 0
    while tried < limit and now - began < longest and _deliver_next(now, note or _note_nothing):
        tried, now = tried + 1, read()
    return tried


def work_until_quiet(now: datetime) -> int:
    """Make every delivery due at ``now``, and those that come of them, as of ``now``; returns how many were tried.

    For tests and the demo; what works by the clock calls :func:`work_once` again and again.
    """
    return work_once(lambda: now, limit=_MOST)


def retry_dead(delivery_id: int, *, actor: Actor, now: datetime) -> bool:
    """Try a dead delivery again from the start; what its stream holds back follows. False if it is not dead."""
    with changing(actor=actor, now=now):
        rows = Delivery.objects.filter(id=delivery_id, state=DeliveryState.DEAD)
        return bool(rows.update(state=DeliveryState.WAITING, attempts=0, due_at=now, fault=""))


def deliverable(now: datetime) -> QuerySet[Delivery]:
    """What is due and not behind something undone of its own stream.

    Each asks for what is before *it*, not for what is above a last number seen: numbers can be committed out of order.
    """
    before = Delivery.objects.filter(stream=OuterRef("stream"), id__lt=OuterRef("id")).exclude(state=DeliveryState.DONE)
    waiting = Delivery.objects.filter(state=DeliveryState.WAITING, due_at__lte=now)
    return waiting.filter(~Exists(before)).order_by("due_at", "id")


def blame(delivery_id: int, now: datetime) -> None:
    """Count an attempt that ended the whole process, unless the delivery was made after all."""
    with transaction.atomic():
        rows = Delivery.objects.select_related("event").select_for_update(of=("self",))
        found = rows.filter(pk=delivery_id, state=DeliveryState.WAITING).first()
        if found and not dispatch.is_foreign(found.handler):
            found.attempts += 1
            _note_failure(found, WorkerEnded(), now)


class WorkerEnded(Exception):
    """The process that was at a delivery is gone."""


def _note_nothing(delivery_id: int) -> None:
    pass


def _deliver_next(now: datetime, note: Callable[[int], None]) -> bool:
    """One delivery; False if none is due that no other worker has."""
    with transaction.atomic():
        found = deliverable(now).select_related("event").select_for_update(skip_locked=True, of=("self",)).first()
        if found is None:
            return False
        note(found.pk)
        if not dispatch.is_foreign(found.handler):
            _deliver(found, now)
            return True
        found.attempts += 1
        Delivery.objects.filter(pk=found.pk).update(attempts=found.attempts, due_at=now + LEASE)
    _deliver_leased(found, now)
    return True


def _deliver(delivery: Delivery, now: datetime) -> None:
    """The handler's rows and the mark are saved together; what a failed handler wrote is undone."""
    delivery.attempts += 1
    try:
        with transaction.atomic():
            _call(delivery, now)
    except Exception as fault:
        _note_failure(delivery, fault, now)
    else:
        _mark_done(delivery, now)


def _deliver_leased(delivery: Delivery, now: datetime) -> None:
    try:
        _call(delivery, now)
    except Exception as fault:
        with transaction.atomic():
            _note_failure(delivery, fault, now)
    else:
        _mark_done(delivery, now)


def _call(delivery: Delivery, now: datetime) -> None:
    dispatch.call(delivery.event.type, delivery.handler, delivery.event.body, now=now)


def _mark_done(delivery: Delivery, now: datetime) -> None:
    _mine(delivery).update(state=DeliveryState.DONE, attempts=delivery.attempts, done_at=now, fault="")


def _mine(delivery: Delivery) -> QuerySet[Delivery]:
    """The row, unless another worker took it over when a lease ran out."""
    return Delivery.objects.filter(pk=delivery.pk, attempts__lte=delivery.attempts, state=DeliveryState.WAITING)


def _note_failure(delivery: Delivery, fault: Exception, now: datetime) -> None:
    """Later again, or dead. Only the class of the error is kept and logged: its text may tell about people."""
    name = type(fault).__name__[:200]
    log.warning(
        "delivery %s: %s failed on event %s, attempt %s: %s at %s",
        *(delivery.pk, delivery.handler, delivery.event_id, delivery.attempts, name, _place(fault)),
    )
    pause = pause_after(delivery.attempts)
    if pause is not None:
        _mine(delivery).update(attempts=delivery.attempts, due_at=now + pause, fault=name)
    elif _mine(delivery).update(attempts=delivery.attempts, state=DeliveryState.DEAD, fault=name):
        _tell_of_death(delivery, name, now)


def _tell_of_death(delivery: Delivery, fault: str, now: datetime) -> None:
    """On a stream of its own: the delivery's own stream is held."""
    log.error("delivery %s to %s is given up; its stream is held", delivery.pk, delivery.handler)
    if delivery.event.type == DeliveryDied.type:
        return  # it would only tell of itself for ever
    organisation = delivery.event.body.get("organisation_id")
    died = DeliveryDied(
        delivery_id=delivery.pk,
        handler=delivery.handler,
        event_type=delivery.event.type,
        stream=delivery.stream,
        fault=fault,
        organisation_id=UUID(organisation) if organisation else None,
    )
    with changing(actor=SYSTEM, now=now) as change:
        change.publish(died, stream=delivery.event_id)


def _place(fault: Exception) -> str:
    frames = traceback.extract_tb(fault.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
