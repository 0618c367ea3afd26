"""What agreements say of information once it has gone, and where two sets of them say it differently."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from placewide.sharing.format.names import in_order, name_of
from placewide.sharing.terms.agreed import AgreedPurpose, Agreement
from placewide.sharing.terms.document import Document

_Way = tuple[str, str, str]  # giver, receiver, purpose


class Names:
    """The names of the parties of several agreements, for sentences."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._names: Mapping[str, str] = {
            party.org: party.name.en for document in documents for party in document.parties
        }

    def of(self, org: str) -> str:
        """The name of an organisation; its id where no document names it."""
        return self._names.get(org, org)


def held_differently(before: Iterable[Document], after: Iterable[Document], names: Names) -> Iterator[str]:
    """For each way that both sets have: what holds otherwise than before."""
    was, now = _by_way(before), _by_way(after)
    told: dict[tuple[str, ...], list[_Way]] = {}
    for way in (each for each in now if each in was):
        gone = (f"before: {line}" for line in was[way] if line not in now[way])
        come = (f"now: {line}" for line in now[way] if line not in was[way])
        moved = (*gone, *come)
        if moved:
            told.setdefault(moved, []).append(way)
    for moved, ways in told.items():
        for giver, receiver, purpose in ways:
            yield f"Afterwards: {names.of(giver)} → {names.of(receiver)}, for {name_of('purpose', purpose)}"
        yield from (f"    {line}" for line in moved)


def _by_way(documents: Iterable[Document]) -> dict[_Way, list[str]]:
    found: dict[_Way, list[str]] = {}
    for runs in (each.runs for each in documents):
        for flow in runs.flows:
            for purpose in runs.purposes:
                held = found.setdefault((flow.giver, flow.receiver, purpose.code), [])
                held += [line for line in _held(runs, purpose) if line not in held]
    return found


def _held(runs: Agreement, purpose: AgreedPurpose) -> Iterator[str]:
    after = runs.after
    yield "Kept: nobody has said how long" if after.retain_days is None else f"Kept: {after.retain_days} days"
    yield f"Passing on: {name_of('onward', after.onward)}"
    yield f"Corrections: {'sent on' if after.corrections else 'not sent on'}"
    yield f"Against its purpose: {in_order('purpose', purpose.incompatible)}"
    yield f"The national data opt-out: {'applies' if runs.national_opt_out == 'applies' else 'does not apply'}"
