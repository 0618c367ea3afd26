"""What the parts of a decision case say of each other: faults that stop it, and loose ends worth a word."""

from __future__ import annotations

from collections.abc import Iterator

from placewide.services.format import Fault
from placewide.services.format.reading import Read
from placewide.services.format.terms import Path
from placewide.sharing.format.checking import tests_faults

# list of the circumstances → what of an entry names somebody or something of the request
_NAMES = {
    "relationships": ("party", "subject"),
    "statements": ("subject",),  # what is said to others may be told here, and counts for nothing
    "links": ("subject",),
    "decisions": ("subject", "recipient", "items"),
}


def reference_faults(read: Read) -> Iterator[Fault]:
    """Items about a subject that is not there; ids and agreements given twice; what ends before it begins."""
    request = read.content["request"]
    subjects = {each["id"] for each in request["subjects"]}
    for number, item in enumerate(request["items"]):
        if item["subject"] not in subjects:
            at = read.place(("request", "items", number, "subject"))
            yield Fault(
                at, f"No subject is called “{item['subject'][:60]}”.", f"There are: {', '.join(sorted(subjects))}."
            )
    for kind in ("subjects", "items", "recipients"):
        seen = set[str]()
        for number, each in enumerate(request[kind]):
            if each["id"] in seen:
                at = read.place(("request", kind, number, "id"))
                yield Fault(at, f"“{each['id'][:60]}” is there twice.", "Give each its own id.")
            seen.add(each["id"])
    yield from _agreements_twice(read)
    yield from _times(read)
    yield from _added(read)


def _added(read: Read) -> Iterator[Fault]:
    """Tests that nothing could answer, in the gateways that a case adds."""
    if read.content["gateways"] != "standard":
        for number, gateway in enumerate(read.content["gateways"]):
            yield from tests_faults(read, ("gateways", number), gateway, values=False)


def _agreements_twice(read: Read) -> Iterator[Fault]:
    """Agreements of one id and version: which of them was signed would hang on their order."""
    seen: set[tuple[str, int]] = set()
    for number, each in enumerate(read.content["agreements"]):
        cited = (each["id"], each["version"])
        if cited in seen:
            at = read.place(("agreements", number, "version"))
            what = f"Version {each['version']} of “{each['id'][:60]}” is there twice."
            yield Fault(at, what, "Give the newer text the next version, or leave one out.")
        seen.add(cited)


def _times(read: Read) -> Iterator[Fault]:
    """Times whose last day is before their first."""
    request, circumstances = read.content["request"], read.content["circumstances"]
    for number, each in enumerate(circumstances.get("relationships", ())):
        yield from _in_order(read, ("circumstances", "relationships", number, "until"), each["from"], each.get("until"))
    for number, each in enumerate(request["items"]):
        yield from _in_order(read, ("request", "items", number, "to"), each.get("from"), each.get("to"))
    period = circumstances.get("period")
    if period:
        yield from _in_order(read, ("circumstances", "period", "to"), period["from"], period["to"])


def _in_order(read: Read, path: Path, first: str | None, last: str | None) -> Iterator[Fault]:
    if first is not None and last is not None and last < first:
        yield Fault(read.place(path), f"It ends on {last}, before it begins on {first}.", "Put the days in order.")


def loose_ends(read: Read) -> Iterator[Fault]:
    """Names in the circumstances that nothing in the request has. They count for nothing; they may be a slip."""
    request, circumstances = read.content["request"], read.content["circumstances"]
    subjects = [each["id"] for each in request["subjects"]]
    recipients = [each["id"] for each in request["recipients"]]
    parties = [*recipients, request["provider"]["id"]]
    there = {
        **{"party": [*parties, "asker"], "recipient": parties},
        **{"subject": subjects, "items": [each["id"] for each in request["items"]]},
    }
    for name, fields in _NAMES.items():
        for number, each in enumerate(circumstances.get(name, ())):
            for field in fields:
                said = each.get(field) or ()
                for one in [said] if isinstance(said, str) else said:
                    if one not in there[field]:
                        at = read.place(("circumstances", name, number, field))
                        remedy = f"There are: {', '.join(there[field])}."
                        yield Fault(
                            at, f"Nothing in the request is called “{one[:60]}”; this counts for nothing.", remedy
                        )
