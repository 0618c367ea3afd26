"""Decide what taking a step changes: the state, its deadline, the task it raises, who is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from placewide.cases.rules.standing import WHOLE, due_at, task_due
from placewide.cases.rules.telling import calls, tell, to_tell
from placewide.cases.rules.words import every_language, for_both, to_do_in
from placewide.cases.terms import Follower, Sees, Sentence, Standing, Stepped, StepRefused, TaskKind
from placewide.kernel import calendar
from placewide.messages.terms import NewMessage
from placewide.services import rules
from placewide.services.terms import CaseType, Package, State, Step, StepDecision
from placewide.tasks.terms import URGENT_WITHIN, NewTask


def step(
    package: Package,
    standing: Standing,
    step_id: str,
    *,
    roles: frozenset[str],
    reason: str,
    followers: tuple[Follower, ...],
    recorded: Mapping[str, Sentence],
    ring: Sentence,
    asked: Sentence,
    entry_id: UUID,
    now: datetime,
) -> Stepped:
    """Take a step of the package's process; ``recorded`` are the answers to its questions, as text by language.

    ``asked``: whom a hand-over asks, as those who follow the case may read it.
    What was recorded and is sensitive stands in messages only to those who see all of the case.
    Raises StepRefused with every reason.
    """
    kind = package.case_type(standing.case_type)
    decision = allowed_step(kind, standing, step_id, roles=roles, reason=reason, now=now)
    state = kind.state(decision.state)
    danger = bool(rules.endangered(kind.step(step_id), reason)) and state.open
    # A state of its own has a limit of its own; what goes on where it stands is for now.
    due = now + URGENT_WITHIN if danger and state.id == standing.state else due_at(state, now, standing.nation)
    urgent = danger or (standing.urgent and state.open and not kind.step(step_id).calms)
    words = f"cases.{kind.id}"
    open_to_all = {name: text for name, text in recorded.items() if name not in sensitive_of(kind, step_id)}
    told: dict[str, object] = {**open_to_all, "due": due, "reference": standing.reference, "asked": asked}
    if reason:
        told["reason"] = every_language(package, f"{words}.steps.{step_id}.reasons.{reason}", {}, {})
    hear = tuple(follower for follower in followers if follower.sees is not Sees.MESSAGES)
    messages = tuple(
        _messages(package, decision.message, standing, hear, told=told, recorded=recorded, entry_id=entry_id)
    )
    waits = state.waits_for == "resident"
    rung = calls(standing, hear, ring, _tomorrow(now, standing), wanted=waits) if decision.message else ()
    return Stepped(
        state=state.id,
        open=state.open,
        urgent=urgent,
        due_at=due,
        waits_for=state.waits_for,
        sentence=for_both(package, f"{words}.steps.{step_id}.done", told, standing.organisation),
        task=_task(package, standing, state, due_at=task_due(due, now, standing.nation), urgent=urgent),
        calls=(*rung, *to_tell(standing, messages, now)),
        messages=messages,
    )


def _tomorrow(now: datetime, standing: Standing) -> datetime:
    """By when somebody is rung: the end of the next working day."""
    return calendar.due_at(now, 1, "working_days", standing.nation)


def sensitive_of(kind: CaseType, step_id: str) -> frozenset[str]:
    """The questions of a step whose answers are not for everybody who follows the case."""
    return frozenset(question.id for question in kind.step(step_id).asks if question.sensitive)


def _messages(
    package: Package,
    message: str,
    standing: Standing,
    followers: tuple[Follower, ...],
    *,
    told: Mapping[str, object],
    recorded: Mapping[str, Sentence],
    entry_id: UUID,
) -> Iterator[NewMessage]:
    for follower in followers:
        known = {**told, **recorded} if follower.sees in WHOLE else told
        yield from tell(package, message, standing, [follower], known, key=f"case.step:{entry_id}")


def _task(package: Package, standing: Standing, state: State, *, due_at: datetime, urgent: bool) -> NewTask | None:
    if not state.open:
        return None
    return NewTask(
        organisation_id=standing.organisation_id,
        kind=TaskKind.STATE,
        title=to_do_in(package, standing.case_type, state.id),
        due_at=due_at,
        team_id=standing.team_id,
        about_id=standing.case_id,
        urgent=urgent,
    )


def allowed_step(
    kind: CaseType, standing: Standing, step_id: str, *, roles: frozenset[str], reason: str, now: datetime
) -> StepDecision:
    """The decision of the first of somebody's roles that may take the step. Raises StepRefused, or KeyError."""
    refused: StepDecision | None = None
    for role in sorted(roles) or ("nobody",):
        decision = rules.take_step(
            kind, standing.state, standing.since, step_id, role=role, reason=reason, now=now, nation=standing.nation
        )
        if decision.allowed:
            return decision
        refused = decision if refused is None or len(decision.refusals) < len(refused.refusals) else refused
    raise StepRefused(refused.refusals if refused else ())


def steps_for(
    kind: CaseType, state: str, since: datetime, *, roles: frozenset[str], now: datetime, nation: str
) -> tuple[Step, ...]:
    """The steps that somebody with these roles may take now, in the order the package lists them."""
    open_to_any = {
        s.id for role in roles for s in rules.steps_open(kind, state, since, role=role, now=now, nation=nation)
    }
    return tuple(step for step in kind.steps if step.id in open_to_any)
