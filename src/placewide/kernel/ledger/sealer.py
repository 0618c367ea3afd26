"""Number what was recorded, and sign what the ledger has become."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from placewide.kernel.ledger import merkle, notes
from placewide.kernel.ledger.origin import origin, signed
from placewide.kernel.models import Checkpoint, LedgerEntry

_AT_ONCE = 1000  # entries sealed in one transaction
_LOCK = 0x706C6163  # one sealer at a time, on PostgreSQL; on SQLite a transaction is alone anyway


def seal(now: datetime) -> int:
    """Number all unsealed entries in the order they were recorded and sign checkpoints; returns how many."""
    sealed = 0
    while True:
        some = _seal_some(now)
        sealed += some
        if some < _AT_ONCE:
            return sealed


def _seal_some(now: datetime) -> int:
    unsealed = LedgerEntry.objects.filter(number__isnull=True).order_by("at", "id")
    if not unsealed.exists():
        return 0
    with transaction.atomic():
        _be_alone()
        entries = list(unsealed.only("id", "leaf")[:_AT_ONCE])
        if entries:
            _append(entries, now)
    return len(entries)


def _append(entries: list[LedgerEntry], now: datetime) -> None:
    last = Checkpoint.objects.order_by("-size").first()
    size = last.size if last else 0
    frontier = [(count, bytes.fromhex(root)) for count, root in last.frontier] if last else []
    for number, entry in enumerate(entries, size):
        entry.number = number
    LedgerEntry.objects.bulk_update(entries, ["number"], batch_size=200)
    frontier = merkle.extend(frontier, (bytes(entry.leaf) for entry in entries))
    root, size = merkle.root_of(frontier), size + len(entries)
    Checkpoint.objects.create(
        size=size,
        root=root,
        frontier=[(count, subtree.hex()) for count, subtree in frontier],
        note=signed(notes.checkpoint(origin(), size, root)),
        at=now,
    )


def _be_alone() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
