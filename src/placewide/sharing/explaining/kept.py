"""What is kept back from whom, as it is told: what shares its reasons stands together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from placewide.sharing.explaining.telling import Telling

_DECIDED = "NAMED_PERSON_DECIDED"


@dataclass(frozen=True, slots=True)
class Kept:
    """Items kept back from recipients. ``asks``: a person may still decide. ``further``: what else is in the way."""

    items: tuple[str, ...]
    recipients: tuple[str, ...]
    reasons: tuple[str, ...]
    further: tuple[str, ...]
    asks: bool


def kept_back(telling: Telling) -> list[Kept]:
    """Everything kept back, what is refused before what a person is asked about."""
    of_items: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for (item, recipient), reasons in _by_pair(telling).items():
        of_items.setdefault((item, reasons), []).append(recipient)
    groups: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for (item, reasons), recipients in of_items.items():
        groups.setdefault((reasons, tuple(recipients)), []).append(item)
    found = [_kept(telling, reasons, recipients, items) for (reasons, recipients), items in groups.items()]
    return sorted(found, key=lambda each: each.asks)


def by_reason(groups: list[Kept]) -> Iterator[tuple[str, Kept]]:
    """Each reason once for the same recipients, with all the items it keeps back from them."""
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for group in groups:
        for code in group.reasons:
            found.setdefault((code, group.recipients), []).extend(group.items)
    for (code, recipients), items in found.items():
        yield code, Kept(tuple(items), recipients, (code,), (), asks=False)


def _by_pair(telling: Telling) -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for each in telling.decision.withheld:
        for recipient in each.recipients:
            pair = (each.item, recipient)
            found[pair] = (*found.get(pair, ()), each.reason)
    return found


def _kept(telling: Telling, reasons: tuple[str, ...], recipients: tuple[str, ...], items: list[str]) -> Kept:
    """Of something refused the refusals come first: whoever mends them may still meet a question."""
    roles = telling.decision.ask_who
    asks = all(_is_asked(telling, code, roles) for code in reasons)
    if _DECIDED in reasons:  # the questions have been answered
        return Kept(tuple(items), recipients, (_DECIDED,), (), asks=False)
    first = tuple(code for code in reasons if asks or telling.said_of(code).says != "ask") or reasons
    return Kept(tuple(items), recipients, first, tuple(code for code in reasons if code not in first), asks)


def _is_asked(telling: Telling, code: str, roles: tuple[str, ...]) -> bool:
    said = telling.said_of(code)
    return said.says == "ask" and said.asks in roles
