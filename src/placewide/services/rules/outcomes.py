"""What the answers come to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from placewide.services.conditions import Known, evaluate, holds
from placewide.services.rules.walking import walk
from placewide.services.terms import (
    Answers,
    Facts,
    FeeDecision,
    Outcome,
    Package,
    Rule,
    RuleEffect,
    Walk,
)


def outcome(package: Package, answers: Answers, facts: Facts, on: date, way: Walk | None = None) -> Outcome:
    """What the answers come to so far: the way, what stops it, what is urgent, the fee and the cases it will open.

    ``way``: the walk of these answers, if it was made before.
    """
    way = way or walk(package, answers, facts, on)
    known = Known(way.known)
    rules = _rules_that_hold(package, way, known)
    stop = next((rule for rule in rules if rule.effect is RuleEffect.STOP), None)
    rules = _until(rules, stop)
    path = tuple(page.id for page in way.path)
    return Outcome(
        path=path[: path.index(stop.after) + 1] if stop else path,
        unanswered=() if stop else way.unanswered,
        stop=stop,
        urgent=tuple(rule for rule in rules if rule.effect is RuleEffect.URGENT),
        notes=tuple(rule for rule in rules if rule.effect is RuleEffect.NOTE),
        fee=FeeDecision(0) if stop else fee(package, way.known, on),
        # in doubt a case opens: a request that reaches nobody is worse than one too many
        cases=() if stop else tuple(c.id for c in package.cases if holds(c.when, known, in_doubt=True)),
        matter=_matter(package, known),
    )


def _rules_that_hold(package: Package, way: Walk, known: Known) -> list[Rule]:
    """In the order in which a resident meets them: by page, then as written. A page not yet answered decides nothing.

    In doubt a rule that tells a person at once holds; one that stops or notes does not.
    """
    answered = [page.id for page in way.path if page.id not in way.unanswered]
    return [
        rule
        for page_id in answered
        for rule in package.rules
        if rule.after == page_id and holds(rule.when, known, in_doubt=rule.effect is RuleEffect.URGENT)
    ]


def _until(rules: list[Rule], stop: Rule | None) -> list[Rule]:
    """What is noted after a stop has no page to be said on. What is urgent is said where it stops all the same."""
    if stop is None:
        return rules
    at = rules.index(stop)
    return [r for n, r in enumerate(rules) if n < at or r.after == stop.after or r.effect is RuleEffect.URGENT]


def fee(package: Package, known: Mapping[str, Any], on: date) -> FeeDecision:
    """The first fee whose dates and condition hold; a package without fees costs nothing. In doubt nothing is charged.

    ``on`` is the legal date of the request: a fee from 1 April holds from midnight in the United Kingdom.
    """
    names = Known(known)
    for row in package.fees:
        in_force = row.starts <= on and (row.ends is None or on <= row.ends)
        if in_force and holds(row.when, names, in_doubt=False):
            return FeeDecision(row.pence, row.id, row.source)
    return FeeDecision(0)


def costs_on(package: Package, on: date) -> tuple[int, ...]:
    """What it can cost on a day, in pence, least first; more than one where that depends on the answers."""
    found: set[int] = set()
    for row in package.fees:
        if row.starts <= on and (row.ends is None or on <= row.ends):
            found.add(row.pence)
            if not row.when:
                return tuple(sorted(found))
    return tuple(sorted(found | {0}))


def _matter(package: Package, known: Known) -> str:
    try:
        return str(evaluate(package.matter, known)) if package.matter else ""
    except ValueError:
        return ""
