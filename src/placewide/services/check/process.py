"""The process table: every state reached, every open one left again, an end that can be come to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from placewide.services.check.places import Subject
from placewide.services.format.terms import Fault, Path
from placewide.services.terms import CaseType, State, Step, StepKind

_WORK = (StepKind.ASK, StepKind.INSPECT, StepKind.HAND_OVER, StepKind.TAKE_BACK)


def faults(subject: Subject) -> Iterator[Fault]:
    for case, path in subject.cases():
        known = {state.id for state in case.states}
        named = {case.first, *(s for step in case.steps for s in (*step.starts, step.ends))}
        if named <= known:  # unknown states are another check's
            yield from _states(subject, case, path)
            yield from _steps(subject, case, path)


def _states(subject: Subject, case: CaseType, path: Path) -> Iterator[Fault]:
    onward = {state.id: {step.ends for step in case.steps if state.id in step.starts} for state in case.states}
    reached = _reached(onward, {case.first})
    ends = {state.id for state in case.states if not state.open}
    if not ends:
        yield subject.fault("process.yaml", (*path, "states"), "No state is an end.", "Say “open: false” at one.")
    if case.first in ends:
        what = f"The case “{case.id}” begins in “{case.first}”, which is an end: nobody would ever see to it."
        yield subject.fault("process.yaml", (*path, "first"), what, "Begin in an open state.")
    for n, state in enumerate(case.states):
        where = (*path, "states", n)
        if state.id not in reached:
            remedy = "Let a step lead to it, or take it out."
            yield subject.fault("process.yaml", where, f"No step leads to the state “{state.id}”.", remedy)
        if ends and not _reached(onward, {state.id}) & ends:
            remedy = "Add a step that leads on."
            yield subject.fault("process.yaml", where, f"From the state “{state.id}” no end can be come to.", remedy)
        yield from _state(subject, state, where)


def _state(subject: Subject, state: State, where: Path) -> Iterator[Fault]:
    if state.open and state.due is None and state.waits_for == "staff":
        remedy = "Say “due”, so that nobody waits without a date."
        yield subject.fault("process.yaml", where, f"The state “{state.id}” waits for staff without a date.", remedy)
    if not state.open and state.due is not None:
        yield subject.fault("process.yaml", (*where, "due"), "An end has nothing due.", "Take “due” out.")


def _steps(subject: Subject, case: CaseType, path: Path) -> Iterator[Fault]:
    ends = {state.id for state in case.states if not state.open}
    for n, step in enumerate(case.steps):
        where = (*path, "steps", n)
        if step.kind is not StepKind.REOPEN and set(step.starts) & ends:
            what, remedy = f"The step “{step.id}” leaves an end.", "Say “kind: reopen”, or take the end out of “from”."
            yield subject.fault("process.yaml", (*where, "from"), what, remedy)
        if step.kind is StepKind.REOPEN and step.ends in ends:
            yield subject.fault(
                "process.yaml", (*where, "to"), "Reopening leads to an end.", "Let it lead to an open state."
            )
        if step.kind in _WORK and "resident" in step.by:
            what = f"The step “{step.id}” ({step.kind.value}) is work of staff; a resident cannot take it."
            yield subject.fault("process.yaml", (*where, "by"), what, "Take “resident” out of “by”.")
        if step.shares is not None and step.kind is not StepKind.HAND_OVER:
            what, remedy = f"The step “{step.id}” hands nothing over, but shares.", "Take “shares” out."
            yield subject.fault("process.yaml", (*where, "shares"), what, remedy)
        yield from _handing(subject, case, step, where)
        yield from _danger(subject, case, step, where)
        yield from _for_staff(subject, step, where)
        waits = next(state.waits_for for state in case.states if state.id == step.ends)
        if step.kind is StepKind.ASK and waits != "resident":
            remedy = "Say “waits_for: resident” there."
            yield subject.fault(
                "process.yaml", (*where, "to"), f"After “{step.id}” nobody waits for the answer.", remedy
            )


def _danger(subject: Subject, case: CaseType, step: Step, where: Path) -> Iterator[Fault]:
    if step.danger is None:
        return
    at = (*where, "danger")
    follows = [row.person for row in case.followers]
    if step.danger.of not in follows:
        what = f"“{step.danger.of}” does not follow the case “{case.id}”: there is nothing to hold."
        near = " or ".join(f"“{person}”" for person in dict.fromkeys(follows))
        remedy = f"Say {near} under “of”." if near else "Name the person under “followers”, or take “danger” out."
        yield subject.fault("process.yaml", (*at, "of"), what, remedy)
    for n, reason in enumerate(step.danger.reasons):
        if reason not in step.reasons:
            what, remedy = f"The step “{step.id}” has no reason “{reason}”.", "Name one of its “reasons”."
            yield subject.fault("process.yaml", (*at, "reasons", n), what, remedy)
    for person in ("resident", "partner"):
        if person in step.by:
            what = f"Only staff say who is in danger, and the step “{step.id}” can be taken by a {person}."
            yield subject.fault("process.yaml", (*where, "by"), what, f"Take “{person}” out of “by”.")
    if step.calms or not any(other.calms for other in case.steps):
        what = f"After the step “{step.id}” the case is urgent, and no other step ends that."
        yield subject.fault("process.yaml", at, what, "Say “calms: true” at the step after which they are safe.")


def _for_staff(subject: Subject, step: Step, where: Path) -> Iterator[Fault]:
    """Who is not staff of the organisation could not read again what they wrote themselves."""
    for n, question in enumerate(step.asks):
        for person in ("resident", "partner"):
            if question.staff_only and person in step.by:
                what = f"“{question.id}” is for staff only, and the step “{step.id}” can be taken by a {person}."
                remedy = f"Take “staff_only” out, or “{person}” out of “by”."
                yield subject.fault("process.yaml", (*where, "asks", n), what, remedy)


def _handing(subject: Subject, case: CaseType, step: Step, where: Path) -> Iterator[Fault]:
    if step.until is not None and step.kind is not StepKind.HAND_OVER:
        what, remedy = f"The step “{step.id}” hands nothing over, but says until when.", "Take “until” out."
        yield subject.fault("process.yaml", (*where, "until"), what, remedy)
    for reason in step.whom:
        if step.kind is not StepKind.HAND_OVER or reason not in step.reasons:
            what, remedy = (
                f"“{reason}” is no reason of a hand-over.",
                f"Known here: {', '.join(step.reasons) or 'none'}.",
            )
            yield subject.fault("process.yaml", (*where, "whom", reason), what, remedy)
    handed = {other.ends for other in case.steps if other.kind is StepKind.HAND_OVER}
    if step.kind is StepKind.TAKE_BACK and not handed & set(step.starts):
        what, remedy = f"The step “{step.id}” takes back what nobody was given.", "Let it leave a hand-over's state."
        yield subject.fault("process.yaml", (*where, "from"), what, remedy)


def _reached(onward: Mapping[str, set[str]], begin: set[str]) -> set[str]:
    reached, new = set(begin), set(begin)
    while new:
        new = {state for known in new for state in onward[known]} - reached
        reached |= new
    return reached
