"""One change: rows, events and ledger entries saved together or not at all."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from placewide.kernel import dispatch, ids, keys, models
from placewide.kernel.terms import Act, Actor, Event


class Change:
    """What one transaction will say when it is saved. Get one from :func:`changing`."""

    def __init__(self, actor: Actor, now: datetime) -> None:
        self.actor = actor
        self.now = now
        self._events: list[models.Event] = []
        self._deliveries: list[models.Delivery] = []
        self._entries: list[models.LedgerEntry] = []

    def publish(self, event: Event, *, stream: UUID) -> None:
        """Queue an event, with one delivery for each handler that wants it, in the order of ``stream``."""
        row = models.Event(
            id=ids.new_id(), type=event.type, stream=stream, happened_at=self.now, body=event_body(event)
        )
        self._events.append(row)
        for name in dispatch.names_for(event.type):
            self._deliveries.append(models.Delivery(event=row, handler=name, stream=stream, due_at=self.now))

    def record(self, act: Act) -> UUID:
        """Put an act on the ledger; returns the entry's id, for which a receipt can be signed at once."""
        salt = secrets.token_bytes(32)
        record = {
            "act": act.kind,
            "actor": self.actor.kind,
            "user": str(self.actor.user_id or ""),
            "organisation": str(act.organisation_id),
            "subject": keys.pseudonym(str(act.subject_id), purpose="ledger"),
            "at": self.now.isoformat(),
            "particulars": act.particulars,
        }
        entry = models.LedgerEntry(
            id=ids.new_id(),
            organisation_id=act.organisation_id,
            act=act.kind,
            at=self.now,
            salt=salt,
            record=record,
            leaf=leaf_hash(salt, record),
        )
        self._entries.append(entry)
        return entry.id

    def _save(self) -> None:
        """At most three statements however much is said."""
        if self._events:
            models.Event.objects.bulk_create(self._events)
        if self._deliveries:
            models.Delivery.objects.bulk_create(self._deliveries)
        if self._entries:
            models.LedgerEntry.objects.bulk_create(self._entries)


_CURRENT = "_placewide_change"


@contextmanager
def changing(*, actor: Actor, now: datetime) -> Iterator[Change]:
    """Open a change, or join the one that is open: a lower room's action called inside is part of the same.

    Everything written inside is one transaction. Events and ledger entries are inserted last, just before it is
    committed. An exception undoes all of it.
    """
    connection = transaction.get_connection()
    outer: Change | None = getattr(connection, _CURRENT, None)
    if outer is not None:
        yield outer
        return
    change = Change(actor, now)
    with transaction.atomic():
        setattr(connection, _CURRENT, change)
        try:
            yield change
            change._save()
        finally:
            setattr(connection, _CURRENT, None)


def leaf_hash(salt: bytes, record: dict[str, Any]) -> bytes:
    """RFC 9162 §2.1.1 leaf, ``H(0x00 ‖ salt ‖ record)``: erase the record and the salt and the proof still stands."""
    text = json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(b"\x00" + salt + text.encode()).digest()


def event_body(event: Event) -> dict[str, Any]:
    """An event's fields as JSON can hold them."""
    return {f.name: _plain(getattr(event, f.name)) for f in dataclasses.fields(event)}


def _plain(value: object) -> object:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value
