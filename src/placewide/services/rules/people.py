"""Who the answers speak of, and who may follow what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from placewide.services.conditions import Known, holds
from placewide.services.terms import CaseType, Follower, Package, PersonRole


def people(package: Package, known: Mapping[str, Any]) -> dict[str, tuple[PersonRole, dict[str, Any]]]:
    """Each person by role, with what the answers say of them (name, email, phone, address, …; only what is known)."""
    names, found = Known(known), dict[str, tuple[PersonRole, dict[str, Any]]]()
    for role in package.people:
        if role.id not in found and holds(role.when, names, in_doubt=False):
            said = {part: known.get(question) for part, question in role.fields.items()}
            found[role.id] = role, {part: value for part, value in said.items() if value not in (None, "", [])}
    return found


def followers(package: Package, case_type: CaseType, known: Mapping[str, Any]) -> tuple[Follower, ...]:
    """Who besides staff may follow the case: people of whom the answers speak, each by the first row that holds.

    In doubt nobody: what was shown cannot be taken back. A row that holds messages back holds in doubt, for the same
    reason: what was sent cannot be taken back.
    """
    names, found = Known(known), dict[str, Follower]()
    there = people(package, known)
    for row in case_type.followers:
        if row.person in there and row.person not in found and holds(row.when, names, in_doubt=row.held):
            found[row.person] = row
    return tuple(found.values())
