"""Cases as residents see them: their own, and those they were let in on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from placewide.cases.models import Case, Participation
from placewide.cases.reads.answers import AnswerLine, answer_lines
from placewide.cases.reads.timeline import (
    NEWEST,
    Before,
    Reader,
    ShownEntry,
    Timeline,
    last_recorded,
    reader_of,
    timeline,
)
from placewide.cases.reads.visibility import SEALED, lasting, participations_of_resident
from placewide.cases.rules.opening import sender_roles
from placewide.cases.rules.standing import WHOLE, due_at, shows, version, widest
from placewide.cases.rules.stepping import steps_for
from placewide.cases.rules.words import state_words
from placewide.cases.terms import Sees
from placewide.journeys.terms import Circumstances
from placewide.kernel.paging import Slice, cursor, key_of
from placewide.kernel.terms import Viewer
from placewide.services import reads as services
from placewide.services.terms import Package, Step

_LIST = "cases.of_resident"
_LATELY = timedelta(days=1)
# What somebody held sees does not change, nor what somebody sees who reads nothing but what is written to them: it does
# not move from one list to the other either.
_STANDS = Q(held_at__isnull=False) | Q(sees=Sees.MESSAGES)
_OPEN = Q(case__open=True) | _STANDS
_CLOSED = Q(case__open=False) & ~_STANDS


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case in a list: what it is, where it stands, whose turn it is."""

    reference: str
    service: str
    organisation: str
    about: str  # a place, or the person's name; empty where only progress may be seen
    sentence: str
    open: bool
    waits_for_you: bool
    opened_at: datetime
    due_at: datetime | None
    held: bool = False  # nothing is sent to this person, and this is how it stood when that began


@dataclass(frozen=True, slots=True)
class ResidentCase:
    """Everything on a resident's case page."""

    id: UUID
    organisation_id: UUID
    line: CaseLine
    package: Package
    case_type: str
    state: str
    state_since: datetime
    next: str  # what happens next, and by whom
    sees: Sees
    answers: tuple[AnswerLine, ...]  # only for those who see all
    reader: Reader  # what of the timeline is theirs to read
    timeline: Timeline  # the part that was asked for
    asked: ShownEntry | None  # what staff recorded last, where the case waits for the resident
    steps: tuple[Step, ...]  # what the resident may do now, as the package defines it
    others: tuple[CaseLine, ...]  # sent together with this one
    organisation_phone: str
    nation: str

    @property
    def entries(self) -> tuple[ShownEntry, ...]:
        """What is shown of the timeline, newest first."""
        return self.timeline.entries

    @property
    def version(self) -> str:
        """Which standing of the case this is; empty where somebody is shown an earlier one, and is not to know."""
        frozen = self.line.held or self.sees is Sees.MESSAGES
        return "" if frozen else version(self.state, self.state_since)


def resident_case(
    viewer: Viewer, reference: str, language: str, *, now: datetime, before: Before = NEWEST
) -> ResidentCase | None:
    """A case by its reference; None if there is none for this person. Raises CursorForged.

    Four statements, however long its timeline; one more where it waits for the resident.
    """
    mine = _participations(viewer, now).filter(case__reference=reference)
    rows = list(mine)
    if not rows:
        return None
    row = _widest(rows)
    sees = Sees(row.sees)
    case, whole = _as_seen(row), sees in WHOLE and row.held_at is None
    package = services.by_hash(case.journey.package_id)
    reader = reader_of(
        case,
        package,
        language,
        lambda audience: shows(sees, audience),
        whole=whole,
        until=row.held_at,
        reader=viewer.user_id,
    )
    return ResidentCase(
        id=case.id,
        organisation_id=case.organisation_id,
        line=_line(row, language),
        package=package,
        case_type=case.case_type,
        state=case.state,
        state_since=case.state_since,
        next=state_words(package, case.case_type, case.state, "next", language=language, told=_told(case, language)),
        sees=sees,
        answers=_answers(case, package, language, now) if whole and sees is Sees.ALL else (),
        reader=reader,
        timeline=timeline(reader, before),
        asked=_asked(reader),
        steps=_steps(case, package, now) if sees is not Sees.MESSAGES else (),
        others=_sent_together(viewer, case, language, now),
        organisation_phone=case.organisation.phone,
        nation=case.organisation.nation,
    )


def _steps(case: Case, package: Package, now: datetime) -> tuple[Step, ...]:
    kind, nation = package.case_type(case.case_type), case.organisation.nation
    roles = frozenset({"resident"})
    if case.disposed:
        return ()
    return steps_for(kind, case.state, case.state_since, roles=roles, now=now, nation=nation)


def _asked(reader: Reader) -> ShownEntry | None:
    """What staff put to the resident, for whom the case waits."""
    case = reader.case
    if not (case.open and case.waits_for == "resident"):
        return None
    steps = reader.package.case_type(case.case_type).steps
    return last_recorded(reader, [step.id for step in steps if step.asks])


def _answers(case: Case, package: Package, language: str, now: datetime) -> tuple[AnswerLine, ...]:
    return answer_lines(case.journey, package, language, now) if "answers" not in case.disposed else ()


def reference_followed(viewer: Viewer, participation_id: UUID, *, now: datetime) -> str:
    """The reference of the case that this participation opens to this viewer now; empty for none. One statement."""
    mine = participations_of_resident(viewer, now).filter(id=participation_id)
    return mine.values_list("case__reference", flat=True).first() or ""


def cases_of_resident(
    viewer: Viewer, language: str, *, now: datetime, open: bool, after: str = "", most: int = 25
) -> Slice[CaseLine]:
    """A person's cases at all organisations, latest first. Two statements at most, however many cases."""
    mine = _for_lists(viewer, now).filter(_OPEN if open else _CLOSED)
    if after:
        mine = mine.filter(case_id__lt=key_of(after, of=_LIST)[0])
    rows = list(mine.order_by("-case_id")[: most + 1])
    seen: dict[UUID, Participation] = {}
    for row in rows[:most]:
        known = seen.get(row.case_id)
        seen[row.case_id] = _widest([row, known] if known else [row])
    items = tuple(_line(row, language) for row in seen.values())
    return Slice(items, cursor(rows[most - 1].case_id, of=_LIST) if len(rows) > most else "")


def sent_cases(viewer: Viewer, journey_id: UUID, language: str, *, now: datetime) -> tuple[CaseLine, ...]:
    """The cases that one journey opened, for the page that says it was sent. One statement."""
    rows = _for_lists(viewer, now).filter(case__journey=journey_id).order_by("case_id")
    found = {row.case_id: _line(row, language) for row in rows}
    return tuple(found.values())


def keys_of_sender(seen: Circumstances, *, now: datetime) -> frozenset[UUID]:
    """What sending gave the sender, once more: for whoever holds the journey but never got the answer. One statement.

    For a day; afterwards a key comes by mail, as for everybody else.
    """
    lately = lasting(now).filter(case__journey=seen.journey_id, begins__gt=now - _LATELY)
    return frozenset(lately.filter(organisation=None, reason__in=sender_roles(seen)).values_list("id", flat=True))


def _widest(rows: Sequence[Participation]) -> Participation:
    """What opens the most of a case to somebody; what is not held before what is."""
    most = widest(Sees(row.sees) for row in rows)
    return min(rows, key=lambda row: (row.held_at is not None, row.sees != most))


def _as_seen(row: Participation) -> Case:
    """The case; to somebody to whom nothing is sent as it stood when that began, since it would tell what came of it.

    To whoever sees only what is written to them it stands as it came. The row is their copy, and never saved.
    """
    case = row.case
    kind = services.by_hash(case.journey.package_id).case_type(case.case_type)
    if row.held_at is not None:
        state, since, due = kind.state(row.held_state), row.held_since or case.state_since, row.held_due
    elif row.sees == Sees.MESSAGES:
        state, since = kind.state(kind.first), case.opened_at
        due = due_at(state, since, case.organisation.nation)
    else:
        return case
    case.state, case.state_since, case.due_at = state.id, since, due
    case.open, case.waits_for = state.open, state.waits_for
    return case


def _participations(viewer: Viewer, now: datetime):  # type: ignore[no-untyped-def]
    return participations_of_resident(viewer, now).select_related(
        "case__journey", "case__organisation", "case__person", "case__adoption"
    )


def _for_lists(viewer: Viewer, now: datetime):  # type: ignore[no-untyped-def]
    return _participations(viewer, now).defer(*(f"case__{field}" for field in SEALED))


def _sent_together(viewer: Viewer, case: Case, language: str, now: datetime) -> tuple[CaseLine, ...]:
    return tuple(
        line for line in sent_cases(viewer, case.journey_id, language, now=now) if line.reference != case.reference
    )


def _line(row: Participation, language: str) -> CaseLine:
    case = _as_seen(row)
    package = services.by_hash(case.journey.package_id)
    person = case.person.name if case.person else ""
    return CaseLine(
        reference=case.reference,
        service=package.text(f"cases.{case.case_type}.name", language),
        organisation=organisation_name(case, language),
        about=person or case.place,
        sentence=state_words(
            package, case.case_type, case.state, "resident", language=language, told=_told(case, language)
        ),
        open=case.open,
        waits_for_you=case.open and case.waits_for == "resident",
        opened_at=case.opened_at,
        due_at=case.due_at,
        held=row.held_at is not None,
    )


def organisation_name(case: Case, language: str) -> str:
    """The name of the body that provides it, in the reader's language where it has one."""
    welsh = case.organisation.name_cy if language == "cy" else ""
    return welsh or case.organisation.name


def _told(case: Case, language: str) -> dict[str, object]:
    return {"due": case.due_at, "reference": case.reference, "organisation": organisation_name(case, language)}
