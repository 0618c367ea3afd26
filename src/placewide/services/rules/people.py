"""Who the answers speak of, and who may follow what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from placewide.services.conditions import Known, evaluate, holds, names_in
from placewide.services.terms import CaseType, Follower, Package, PersonRole, Rule


def people(package: Package, known: Mapping[str, Any]) -> dict[str, tuple[PersonRole, dict[str, Any]]]:
    """Each person by role, with what the answers say of them (name, email, phone, address, …; only what is known)."""
    names, found = Known(known), dict[str, tuple[PersonRole, dict[str, Any]]]()
    for role in package.people:
        if role.id not in found and holds(role.when, names, in_doubt=False):
            said = {part: known.get(question) for part, question in role.fields.items()}
            found[role.id] = role, {part: value for part, value in said.items() if value not in (None, "", [])}
    return found


def followers(
    package: Package, case_type: CaseType, known: Mapping[str, Any], *, taken_back: Iterable[Rule] = ()
) -> tuple[Follower, ...]:
    """Who besides staff may follow the case: people of whom the answers speak, each by the first row that holds.

    In doubt nobody: what was shown cannot be taken back. A row that holds messages back holds in doubt, for the same
    reason: what was sent cannot be taken back.

    ``taken_back``: rules that told of danger before the answers were changed. Whoever is the danger may have changed
    them, so these answers count for no more than a doubt, and a row that the danger would bring about holds.
    """
    names, found = Known(known), dict[str, Follower]()
    there = people(package, known)
    doubted = frozenset(name for rule in taken_back if rule.reach for name in names_in(rule.when))
    for row in case_type.followers:
        if row.person not in there or row.person in found:
            continue
        if holds(row.when, names, in_doubt=row.held) or _may_hold(row, known, doubted):
            found[row.person] = row
    return tuple(found.values())


def _may_hold(row: Follower, known: Mapping[str, Any], doubted: frozenset[str]) -> bool:
    """Whether it depends on answers in doubt, and nothing else denies it."""
    if doubted.isdisjoint(names_in(row.when)):
        return False
    try:
        return evaluate(row.when, Known({name: value for name, value in known.items() if name not in doubted})) is True
    except ValueError:
        return True
