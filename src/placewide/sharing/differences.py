"""What differs between a decision and what a decision case expects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from placewide.sharing.format.values import Values

_LISTS = ("reasons", "obligations", "cites")


def differences(expect: Values, said: Values) -> Iterator[str]:
    """Every difference, in a line. ``said``: the decision as ``format.told.as_values`` has it."""
    if said["outcome"] != expect["outcome"]:
        yield f"outcome is {said['outcome']}, expected {expect['outcome']}"
    released, wanted = _shown(said["released"]), _shown(expect["released"])
    yield from (f"releases {each}, which is not expected" for each in released if each not in wanted)
    yield from (f"does not release {each}" for each in wanted if each not in released)
    withheld = {(each["item"], each["reason"]) for each in said["withheld"]}
    for each in expect["withheld"]:
        if (each["item"], each["reason"]) not in withheld:
            yield f"does not withhold {each['item']} because of {each['reason']}"
    for name in _LISTS:
        yield from (f"{name} lack {each}" for each in expect.get(f"{name}_include", ()) if each not in said[name])
        yield from (f"{name} have {each}" for each in expect.get(f"{name}_exclude", ()) if each in said[name])
    yield from (f"does not ask {each}" for each in expect.get("ask_who", ()) if each not in said["ask_who"])


def _shown(released: list[Any]) -> list[str]:
    """Each release as one text, in one order."""
    return sorted(
        " ".join(
            (
                each["item"],
                *(f"{end} {each[end]}" for end in ("from", "to") if each.get(end) is not None),
                *(["to " + ", ".join(sorted(each["recipients"]))] if each.get("recipients") else []),
            )
        )
        for each in released
    )
