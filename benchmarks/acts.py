"""What is measured: each act is prepared once and then done many times. Add one line to ``ACTS`` for a new one."""

from __future__ import annotations

from collections.abc import Callable

from placewide.kernel import clock, ids
from placewide.kernel.change import changing
from placewide.kernel.terms import SYSTEM, Act

Done = Callable[[int], None]


def one_change() -> Done:
    """The least an action costs: one transaction with one ledger entry."""
    organisation = ids.new_id()

    def do(number: int) -> None:
        with changing(actor=SYSTEM, now=clock.now()) as change:
            change.record(Act(kind="benchmark.made", organisation_id=organisation, subject_id=ids.new_id()))

    return do


ACTS: dict[str, Callable[[], Done]] = {
    "one change with a ledger entry": one_change,
}
