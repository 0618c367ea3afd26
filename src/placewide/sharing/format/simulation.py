"""A simulation in plain lines: who could see what under which conditions, and what differs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from placewide.sharing.format.afterwards import Names, held_differently
from placewide.sharing.format.names import in_order, listed, name_of
from placewide.sharing.terms.asked import Cited
from placewide.sharing.terms.document import Document
from placewide.sharing.terms.simulated import Conditions, Days, Difference, Opening

__all__ = ["Names", "difference_lines", "lines"]


def lines(openings: Iterable[Opening], names: Names, on: date) -> Iterator[str]:
    """Who could see what on that day, agreement by agreement and flow by flow."""
    last: tuple[Cited, int, str] | None = None
    for group in _grouped(openings):
        first = group[0]
        if last is None or first.agreement != last[0]:
            yield f"{first.agreement.id}, version {first.agreement.version}, on {_day(on)}"
        here = (first.agreement, first.flow, first.purpose)
        if here != last:
            yield f"  {_who(first, names)}"
            yield from (f"    {line}" for line in _told(first.conditions, _OF_FLOW))
        last = here
        yield f"    Goes: {_categories(group)}" if not first.closed_by else f"    Would go: {_categories(group)}"
        if first.closed_by:
            yield f"      Nothing goes on this day: {_reasons(first.closed_by)}"
        yield from (f"      {line}" for line in _told(first.conditions, _OF_CATEGORY))


def difference_lines(
    difference: Difference, names: Names, before: Iterable[Document] = (), after: Iterable[Document] = ()
) -> Iterator[str]:
    """What opens, what closes and what changes, each in a few lines; one line where nothing does.

    ``before``, ``after``: the agreements themselves, for what holds once it has gone.
    """
    for heading, openings in (("Opens", difference.opens), ("Closes", difference.closes)):
        for group in _grouped(openings):
            yield f"{heading}: {_who(group[0], names)}: {_categories(group)}"
            if heading == "Opens":
                yield from (f"    {line}" for line in _conditions(group[0].conditions))
    yield from _changed(difference, names)
    held = list(held_differently(before, after, names))
    yield from held
    if not (difference.opens or difference.closes or difference.changes or held):
        yield (
            "Nothing differs: the same information goes between the same bodies under the same conditions, "
            "and the same holds afterwards."
        )


def _changed(difference: Difference, names: Names) -> Iterator[str]:
    told: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for change in difference.changes:
        was, now = _all(change.before), _all(change.after)
        gone = (f"before: {line}" for line in was if line not in now)
        come = (f"now: {line}" for line in now if line not in was)
        told.setdefault((_who(change.after[0], names), (*gone, *come)), []).append(change.after[0].category)
    for (who, moved), categories in told.items():
        yield f"Changes: {who}: {in_order('category', categories)}"
        yield from (f"    {line}" for line in moved)


def _all(openings: tuple[Opening, ...]) -> list[str]:
    """The conditions of several openings, each line once."""
    return list(dict.fromkeys(line for each in openings for line in _conditions(each.conditions)))


def _grouped(openings: Iterable[Opening]) -> list[list[Opening]]:
    """Those that differ in nothing but the category, together, in the order in which the first of them comes."""
    groups: dict[object, list[Opening]] = {}
    for each in openings:
        same = (each.agreement, each.flow, each.purpose, each.conditions, each.closed_by)
        groups.setdefault(same, []).append(each)
    return list(groups.values())


def _who(opening: Opening, names: Names) -> str:
    purpose = name_of("purpose", opening.purpose)
    return f"{names.of(opening.giver)} → {names.of(opening.receiver)}, for {purpose}"


def _categories(group: list[Opening]) -> str:
    return in_order("category", (each.category for each in group))


def _reasons(codes: tuple[str, ...]) -> str:
    return "; ".join(code.replace("_", " ").lower() for code in codes)


_AGREEING = {
    "always": "Only if the person agrees",
    "if_confidential": "Only if the person agrees, where it is held in confidence",
}
_STOPPED = {"objects_care": "objects", "declines": "says no", "withdraws": "takes consent back"}


def _conditions(conditions: Conditions) -> Iterator[str]:
    """The conditions, one line for each kind."""
    return _told(conditions, (*_OF_FLOW, *_OF_CATEGORY))


def _told(conditions: Conditions, kinds: tuple[Callable[[Conditions], str], ...]) -> Iterator[str]:
    return (line for line in (tell(conditions) for tell in kinds) if line)


def _asked_by(c: Conditions) -> str:
    vetted = "not vetted" if c.vetting == "none" else f"at least {name_of('vetting', c.vetting)}"
    trained = ["training in date"] if c.training else []
    return f"Asked by: {in_order('role', c.roles)}; {listed([name_of('sign_in', c.sign_in), vetted, *trained])}"


def _about(c: Conditions) -> str:
    if c.relationship == "none":
        return "About: anybody, no relationship is asked for"
    age = "however old" if c.oldest is None else f"at most {c.oldest} days old"
    return f"About: people for whom there is {name_of('relationship', c.relationship)}, {age}"


def _how_much(c: Conditions) -> str:
    people = "1 person" if c.most_people == 1 else f"{c.most_people} people"
    sensitivity = name_of("sensitivity", c.sensitivity)
    return (
        f"How much: {in_order('frequency', c.frequencies)}, at most {people} a request, up to {sensitivity} information"
    )


def _person(c: Conditions) -> str:
    said = [_AGREEING[c.agreeing]] if c.agreeing in _AGREEING else []
    if c.stopped_by:
        said.append(f"stops if the person {_saying(c.stopped_by)}")
    if c.stopped_if_confidential and c.agreeing == "never":
        said.append(f"where it is held in confidence, stops if the person {_saying(c.stopped_if_confidential)}")
    line = "; ".join(said)
    return line[:1].upper() + line[1:]


def _saying(says: Iterable[str]) -> str:
    found = set(says)
    return listed((_STOPPED[each] for each in _STOPPED if each in found), "or")


def _law(c: Conditions) -> str:
    basis = [name_of("basis", c.basis)] if c.basis else []
    law = "; ".join([*basis, *(name_of("condition", each) for each in c.law)])
    return f"Law: {law or 'none that holds'}; confidence lifted by {name_of('lift', c.lifts)}"


def _when(c: Conditions) -> str:
    return f"Days: {_days(c.days)}"


_OF_FLOW: tuple[Callable[[Conditions], str], ...] = (_asked_by, _about, _how_much)
_OF_CATEGORY: tuple[Callable[[Conditions], str], ...] = (_person, _law, _when)


def _days(days: Days) -> str:
    return ", ".join(f"{_day(first)} to {_day(last) if last else 'no last day'}" for first, last in days) or "none"


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"
