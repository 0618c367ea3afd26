"""What the kernel does every so often."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from placewide.kernel import idempotency, ledger, outbox, search_queries
from placewide.kernel.duties import Duty
from placewide.kernel.files import actions as files

DUTIES: Sequence[Duty] = (
    Duty("kernel.seal", timedelta(seconds=20), ledger.seal),  # a receipt promises sixty
    Duty("kernel.forget_done", timedelta(hours=1), outbox.forget_done),
    Duty("kernel.forget_queries", timedelta(hours=1), search_queries.forget_old),
    Duty("kernel.forget_answers", timedelta(hours=6), idempotency.forget_old),
    Duty("kernel.sweep_files", timedelta(hours=24), files.sweep),
)
