"""A case as the people who work on it see it: everything on one page, nothing twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from placewide.cases.models import Case, Participation
from placewide.cases.reads.answers import AnswerLine, answer_lines
from placewide.cases.reads.resident import organisation_name
from placewide.cases.reads.timeline import (
    NEWEST,
    Before,
    Reader,
    ShownEntry,
    Timeline,
    last_released,
    reader_of,
    timeline,
    with_files,
)
from placewide.cases.reads.visibility import cases_of_staff, lasting
from placewide.cases.rules.standing import version
from placewide.cases.rules.stepping import steps_for
from placewide.cases.rules.words import state_words
from placewide.cases.terms import Audience, Sees
from placewide.cases.wording import gone
from placewide.journeys.models import Journey
from placewide.journeys.reaching import Reaching, safe_way
from placewide.kernel.clock import legal_date
from placewide.kernel.terms import Viewer
from placewide.messages import reads as messages
from placewide.messages.models import Message
from placewide.people import reads as people
from placewide.people.models import Person, Warning
from placewide.services import reads as services
from placewide.services import rules
from placewide.services.rules.wording import STAFF
from placewide.services.terms import CaseType, Package, RuleEffect, Step
from placewide.tasks import reads as tasks
from placewide.tasks.terms import Task

_BESIDE = ("journey", "organisation", "adoption", "person", "team", "assignee")  # read with the case


@dataclass(frozen=True, slots=True)
class TakesPart:
    """Who else sees or acts on the case, and why."""

    id: UUID
    name: str
    role: str
    sees: str
    reason: str
    begins: datetime
    ends: datetime | None
    language: str = ""  # that a person reads
    needs: tuple[str, ...] = ()
    is_person: bool = False
    held: bool = False  # nothing is sent to them
    person_id: UUID | None = None
    by_email: bool = False  # what is written to them goes by email, too


@dataclass(frozen=True, slots=True)
class Note:
    """What staff should know before they decide."""

    title: str
    text: str
    urgent: bool = False  # why the case cannot wait


@dataclass(frozen=True, slots=True)
class StaffCase:
    """Everything on a member of staff's case page."""

    row: Case
    package: Package
    service: str
    organisation: str
    ours: bool  # it is the viewer's own organisation's
    sees: Sees  # all, or what the package's hand-over shares
    person: Person | None  # to a partner only with what is shared
    ask_at: str  # the number of who answers for the case, in this service; empty for none
    reach: Reaching | None  # how it is safe to reach people, where the answers ask for care; read before anything else
    warnings: tuple[Warning, ...]  # about the person; one's own organisation's only
    sentence: str
    next: str
    steps: tuple[Step, ...]  # that this viewer may take now
    answers: tuple[AnswerLine, ...]
    notes: tuple[Note, ...]  # what the package says staff should know
    reader: Reader  # what of the timeline is theirs to read
    timeline: Timeline  # the part that was asked for
    attached: tuple[ShownEntry, ...]  # the newest steps with which files were given
    released: ShownEntry | None  # where staff last said that it is safe to write to whom the answers ask care for
    taking_part: tuple[TakesPart, ...]
    careful: bool  # nothing may be sent to somebody: a partner hears that much
    tasks: tuple[Task, ...]
    held: tuple[Message, ...]  # not sent, since it might put somebody in danger; still to be said. One's own only
    sent: tuple[Message, ...]  # newest first; the newest only. One's own only
    others: tuple[tuple[str, str], ...]  # reference and name of cases sent together, if the viewer may see them

    @property
    def entries(self) -> tuple[ShownEntry, ...]:
        """What is shown of the timeline, newest first."""
        return self.timeline.entries

    @property
    def version(self) -> str:
        """Which standing of the case this is."""
        return version(self.row.state, self.row.state_since)

    @property
    def names(self) -> dict[UUID, str]:
        """Of the persons for whom tasks are done, as far as they take part and the viewer may know."""
        return {part.person_id: part.name for part in self.taking_part if part.person_id}


def staff_case(
    viewer: Viewer, reference: str, language: str, *, now: datetime, before: Before = NEWEST
) -> StaffCase | None:
    """A case by its reference; None if this viewer may see none. Raises CursorForged.

    Nine statements, however long its timeline; a person makes ten, answers that ask for care eleven.
    """
    row = cases_of_staff(viewer, now).filter(reference=reference).select_related(*_BESIDE).first()
    if row is None:
        return None
    package = services.by_hash(row.journey.package_id)
    kind = package.case_type(row.case_type)
    ours = row.organisation_id == viewer.organisation_id
    parts = list(lasting(now).filter(case=row.id).select_related("person", "organisation").order_by("id"))
    mine = [] if ours else [part for part in parts if part.organisation_id == viewer.organisation_id]
    shared = None if ours else _shared(kind, mine)
    whole = shared is None
    reach, careful = _reach(row, package, kind, now, shared), any(part.held_at is not None for part in parts)
    since = None if whole else min((part.begins for part in mine), default=now)
    own = viewer.organisation_id
    reader = reader_of(row, package, language, _readable(whole=whole), whole=whole, own=own, since=since)
    return StaffCase(
        row=row,
        package=package,
        service=package.text(f"cases.{row.case_type}.name", language),
        organisation=organisation_name(row, language),
        ours=ours,
        sees=Sees.ALL if whole else Sees.SHARED,
        warnings=people.warnings_about(viewer, row.person_id) if row.person_id and ours else (),
        person=row.person if shared is None else _as_shared(row.person, package, kind, shared),
        ask_at=_ask_at(row),
        reach=reach,
        sentence=_stands(row, package, "staff" if whole else "resident", language),
        next=_stands(row, package, "task", language) if whole else "",
        steps=_steps(row, kind, viewer.roles if ours else frozenset({"partner"}), now),
        answers=() if "answers" in row.disposed else answer_lines(row.journey, package, language, now, only=shared),
        notes=_notes(row, package, language, whole=whole),
        reader=reader,
        timeline=timeline(reader, before),
        attached=with_files(reader),
        released=last_released(reader) if reach is not None and not careful else None,
        taking_part=tuple(_part(part) for part in parts if _may_know(part, viewer, ours=ours, whole=whole)),
        careful=careful,
        tasks=tasks.about(viewer, row.id),
        held=tuple(messages.held(viewer, row.id)) if ours else (),
        sent=tuple(messages.sent_about(viewer, row.id)) if ours else (),
        others=_sent_together(viewer, row, package, language, now),
    )


def opened_by(
    viewer: Viewer, journey_id: UUID, package: Package, language: str, *, now: datetime
) -> tuple[tuple[str, str], ...]:
    """Reference and name of the cases that these answers became, if the viewer may see them. One statement."""
    rows = cases_of_staff(viewer, now).filter(journey=journey_id).order_by("id").values_list("reference", "case_type")
    return tuple((reference, package.text(f"cases.{case_type}.name", language)) for reference, case_type in rows)


def reference_of(viewer: Viewer, case_id: UUID, *, now: datetime) -> str:
    """The reference of a case that this viewer may see; empty for none. One statement."""
    seen = cases_of_staff(viewer, now).filter(id=case_id).values_list("reference", flat=True)
    return seen.first() or ""


def _steps(row: Case, kind: CaseType, roles: frozenset[str], now: datetime) -> tuple[Step, ...]:
    if row.disposed:
        return ()
    return steps_for(kind, row.state, row.state_since, roles=roles, now=now, nation=row.organisation.nation)


def _shared(kind: CaseType, parts: Sequence[Participation]) -> frozenset[str] | None:
    """The questions whose answers a partner sees, by the hand-overs that let them in; None: the whole case."""
    shared: set[str] = set()
    for part in parts:
        named = kind.step(part.step).shares if part.sees == Sees.SHARED else None
        if named is None:
            return None
        shared |= set(named)
    return frozenset(shared)


def _reach(
    row: Case, package: Package, kind: CaseType, now: datetime, shared: frozenset[str] | None
) -> Reaching | None:
    """How it is safe to reach people, of the answers as they were sent."""
    sent: Journey = row.journey
    walk = rules.walk(package, sent.answers, sent.facts, legal_date(now))
    return safe_way(package, row.notes, walk.known, case_about=kind.about, ask_at=_ask_at(row), only=shared)


def _ask_at(row: Case) -> str:
    return str(row.adoption.settings.get("phone") or row.organisation.phone)


def _as_shared(person: Person | None, package: Package, kind: CaseType, shared: frozenset[str]) -> Person | None:
    """The person with only what the shared answers say of them."""
    told = {part for role in package.people if role.id == kind.about for part, q in role.fields.items() if q in shared}
    return Person(**{part: getattr(person, part) for part in told}) if person is not None and told else None


def _readable(*, whole: bool) -> Callable[[Audience], bool]:
    """Notes stay within the organisation that wrote them; who sees only what is shared reads no messages."""
    return lambda audience: audience is Audience.FOLLOWERS or (whole and audience is Audience.MESSAGES)


def _may_know(part: Participation, viewer: Viewer, *, ours: bool, whole: bool) -> bool:
    """One's own staff know of everybody; who was asked to help knows what they were asked, not what others were."""
    if part.organisation_id:
        return ours or part.organisation_id == viewer.organisation_id
    return whole


def _part(row: Participation) -> TakesPart:
    person = row.person
    return TakesPart(
        id=row.id,
        name=_name(row),
        role=row.role,
        sees=row.sees,
        reason=row.reason,
        begins=row.begins,
        ends=row.ends,
        language=person.language if person else "",
        needs=tuple(person.access_needs) if person else (),
        is_person=person is not None,
        held=row.held_at is not None,
        person_id=row.person_id,
        by_email=bool(person and person.email) and row.held_at is None,
    )


def _stands(row: Case, package: Package, to: str, language: str) -> str:
    """Where it stands. Who sees only what is shared reads what a resident does: no word to staff of any danger."""
    told = {"due": row.due_at, "reference": row.reference, "organisation": organisation_name(row, language)}
    said = (
        state_words(package, row.case_type, row.state, put, language=language, told=told)
        for put in (f"{to}@{STAFF}", to)
    )
    return next(filter(None, said), "")


def _notes(row: Case, package: Package, language: str, *, whole: bool) -> tuple[Note, ...]:
    """That something was deleted; and what rules of the package told of, to those who see all of the case."""
    told = (_note(package, rule, language) for rule in row.notes if whole)
    return (*(Note(*said) for said in gone(row.disposed, language)), *told)


def _note(package: Package, rule: str, language: str) -> Note:
    """What staff are to do where the rule has it; else its title, which residents read too."""
    titles = (package.text(f"rules.{rule}.{part}", language) for part in ("task", f"title@{STAFF}", "title"))
    title = next(filter(None, titles), "")
    urgent = any(each.id == rule and each.effect is RuleEffect.URGENT for each in package.rules)
    return Note(title, package.text(f"rules.{rule}.staff", language), urgent)


def _name(row: Participation) -> str:
    if row.organisation is not None:
        return row.organisation.name
    return row.person.name if row.person is not None else ""


def _sent_together(
    viewer: Viewer, row: Case, package: Package, language: str, now: datetime
) -> tuple[tuple[str, str], ...]:
    together = opened_by(viewer, row.journey_id, package, language, now=now)
    return tuple(each for each in together if each[0] != row.reference)
