"""Forget events whose deliveries were all made long ago."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from placewide.kernel import clock, ids
from placewide.kernel.models import Delivery, DeliveryState, Event

KEPT_FOR = timedelta(days=35)
_AT_ONCE = 500  # short transactions: nobody waits for the clean-up


def forget_done(now: datetime, *, limit: int = 100_000) -> int:
    """Delete events older than 35 days that nothing waits for, with their deliveries; returns how many events."""
    forgotten = 0
    while forgotten < limit:
        some = _forget_some(now - KEPT_FOR)
        forgotten += some
        if some < _AT_ONCE:
            break
    return forgotten


def _forget_some(moment: datetime) -> int:
    """Ids carry the time they were made at, so the primary key leads to the oldest without an index of its own."""
    undone = Delivery.objects.filter(event=OuterRef("pk")).exclude(state=DeliveryState.DONE)
    made_before = min(moment, clock.now())  # a clock set ahead (the demo's) is ahead of the ids
    old = Event.objects.filter(id__lt=ids.first_id_at(made_before), happened_at__lt=moment).filter(~Exists(undone))
    with transaction.atomic():
        chosen = list(old.order_by("id").values_list("id", flat=True)[:_AT_ONCE])
        if chosen:
            Delivery.objects.filter(event__in=chosen).delete()
            Event.objects.filter(id__in=chosen).delete()
    return len(chosen)
