"""A decision as JSON: one object, the same bytes for the same decision."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from placewide.sharing.terms.decided import Decision, Outcome, Owed, Released, Withheld


def as_values(decision: Decision) -> dict[str, Any]:
    """The decision as plain values, as ``placewide.decision-case/1`` names them."""
    return {
        "outcome": str(decision.outcome),
        "released": [_released(*each, decision) for each in _together(decision)],
        "withheld": [_withheld(each) for each in decision.withheld],
        "reasons": list(decision.reasons),
        "obligations": list(dict.fromkeys(each.code for each in decision.obligations)),
        "cites": list(decision.cites),
        "ask_who": list(decision.ask_who),
        **({} if decision.outcome is Outcome.CANNOT_CONFIRM else _more(decision)),
    }


def as_line(decision: Decision) -> str:
    """The decision as one line of JSON."""
    return json.dumps(as_values(decision), ensure_ascii=False, separators=(", ", ": "))


def _together(decision: Decision) -> list[tuple[Released, set[str]]]:
    """Each thing that goes once, with all who get it, on whatever grounds."""
    found: dict[tuple[str, date | None, date | None], tuple[Released, set[str]]] = {}
    for each in decision.released:
        _, getting = found.setdefault((each.item, each.starts, each.ends), (each, set()))
        getting.update(each.recipients)
    return list(found.values())


def _released(released: Released, getting: set[str], decision: Decision) -> dict[str, Any]:
    said: dict[str, Any] = {"item": released.item}
    if released.starts is not None:
        said["from"] = released.starts.isoformat()
    if released.ends is not None:
        said["to"] = released.ends.isoformat()
    if getting != set(decision.everybody):
        said["recipients"] = [each for each in decision.everybody if each in getting]
    return said


def _withheld(withheld: Withheld) -> dict[str, Any]:
    said = {"item": withheld.item, "reason": withheld.reason}
    return said if withheld.asks is None else {**said, "asks": withheld.asks}


def _more(decision: Decision) -> dict[str, Any]:
    agreement = decision.agreement
    return {
        "grounds": list(dict.fromkeys(each.ground for each in decision.released)),
        "owed": [_owed(each) for each in decision.obligations],
        "agreement": {"id": agreement.id, "version": agreement.version} if agreement else None,
        "rules": list(decision.rules),
    }


def _owed(owed: Owed) -> dict[str, Any]:
    said: dict[str, Any] = {"code": owed.code}
    if owed.on is not None:
        said["on"] = owed.on.isoformat()
    if owed.hours is not None:
        said["hours"] = owed.hours
    if owed.under is not None:
        said["under"] = owed.under
    if owed.by is not None:
        said["by"] = owed.by
    return said
