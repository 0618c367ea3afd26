"""Steps of a case: which are open to whom, and where they lead."""

from __future__ import annotations

from datetime import datetime

from placewide.kernel.calendar import due_at
from placewide.services.terms import CaseType, Deadline, Step, StepDecision


def deadline_at(start: datetime, deadline: Deadline, nation: str) -> datetime:
    """The instant at which so long is over, counted from ``start`` with the working days of ``nation``."""
    return due_at(start, deadline.number, deadline.unit.value, nation)


def steps_open(
    case_type: CaseType, state: str, since: datetime, *, role: str, now: datetime, nation: str
) -> tuple[Step, ...]:
    """The steps that somebody in ``role`` may take now, in the order written. ``since``: when the state began."""
    return tuple(
        step for step in case_type.steps if not _refusals(step, state, since, role=role, now=now, nation=nation)
    )


def take_step(
    case_type: CaseType,
    state: str,
    since: datetime,
    step_id: str,
    *,
    role: str,
    now: datetime,
    nation: str,
    reason: str = "",
) -> StepDecision:
    """Whether a step may be taken, and the state after it.

    Raises KeyError for a step that the package does not have.
    """
    step = case_type.step(step_id)
    refusals = _refusals(step, state, since, role=role, now=now, nation=nation)
    if reason not in (step.reasons or ("",)):
        refusals += ("reason-missing" if step.reasons else "reason-unknown",)
    if refusals:
        return StepDecision(step.id, False, state, refusals)
    return StepDecision(step.id, True, step.ends, message=step.message)


def endangered(step: Step, reason: str) -> str:
    """The person role that a step, taken for this reason, says may be in danger; empty for none."""
    said = step.danger
    return said.of if said is not None and (not said.reasons or reason in said.reasons) else ""


def _refusals(step: Step, state: str, since: datetime, *, role: str, now: datetime, nation: str) -> tuple[str, ...]:
    late = step.within is not None and now > deadline_at(since, step.within, nation)
    found = {"not-from-here": state not in step.starts, "not-by-you": role not in step.by, "too-late": late}
    return tuple(refusal for refusal, holds in found.items() if holds)
