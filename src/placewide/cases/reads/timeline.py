"""The timeline of a case, as one person may read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from placewide.cases.models import Case, Entry
from placewide.cases.rules.words import in_language, to_staff
from placewide.cases.terms import Audience, EntryKind
from placewide.kernel.clock import legal_date
from placewide.kernel.paging import Slice, cursor, key_of
from placewide.services import rules
from placewide.services.terms import Package, Question

_MOST = 50  # of what happened, and of messages, on one page


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """One line of a timeline, in the reader's language."""

    id: UUID
    kind: EntryKind
    at: datetime
    by: str  # "resident", "staff", "partner" or "system"
    organisation: str  # of the staff who acted
    name: str  # of the member of staff; staff see it
    sentence: str
    reason: str  # why the step was taken; only the organisation that took it reads it beside the sentence
    text: str
    recorded: tuple[tuple[str, str], ...]  # question and answer, as text
    files: tuple[UUID, ...]
    language: str  # in which it was written; empty where nobody knows


@dataclass(frozen=True, slots=True)
class Before:
    """Where older parts of the two lists begin: a cursor each, empty for the newest."""

    events: str = ""
    messages: str = ""


NEWEST = Before()


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a timeline, and what of it is theirs to read."""

    case: Case
    package: Package
    language: str
    readable: Q
    whole: bool  # with what was recorded and attached; only for those who see all of the case
    own: UUID | None  # what this organisation wrote it reads in any case, with its reason, and alone what is for staff


@dataclass(frozen=True, slots=True)
class Timeline:
    """A part of what happened and of what was written, each newest first."""

    events: tuple[ShownEntry, ...]
    messages: tuple[ShownEntry, ...]
    shown: Before  # which part this is
    earlier: Before  # where what came before it begins; empty where nothing did

    @property
    def entries(self) -> tuple[ShownEntry, ...]:
        """Both, newest first."""
        return tuple(sorted((*self.events, *self.messages), key=lambda entry: entry.id, reverse=True))


def reader_of(
    case: Case,
    package: Package,
    language: str,
    may_read: Callable[[Audience], bool],
    *,
    whole: bool,
    own: UUID | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    reader: UUID | None = None,
) -> Reader:
    """What somebody may read, as a condition on entries, so that fifty asked for are fifty they read.

    A resident reads a reason where the package's words for the line of the timeline have it (``{reason}``). ``until``,
    ``since``: nothing later, nothing earlier, but for what ``reader``, or ``own``, wrote. Who sees only what is shared
    reads the words that residents read: those to staff may say that somebody is in danger, or whom else was asked.
    """
    readable = Q(audience__in=[audience for audience in Audience if may_read(audience)])
    if since is not None:
        readable &= Q(at__gte=since)
    if own is not None:
        readable |= Q(organisation_id=own)
    if until is not None:
        readable &= Q(at__lte=until) | Q(user_id=reader) if reader is not None else Q(at__lte=until)
    return Reader(case, package, language, readable, whole, own)


def timeline(reader: Reader, before: Before = NEWEST) -> Timeline:
    """What happened and what was written, as many of each as a page shows. Two statements, however long it is.

    Raises CursorForged.
    """
    events, messages = _events(reader), _of_kind(reader, EntryKind.MESSAGE)
    happened = _slice(reader, events, before.events, of="cases.events")
    written = _slice(reader, messages, before.messages, of="cases.messages")
    return Timeline(happened.items, written.items, before, Before(happened.next_key, written.next_key))


def steps_since(reader: Reader, since: datetime, *, most: int = 3) -> tuple[ShownEntry, ...]:
    """The steps taken after an instant, newest first. One statement."""
    return _read(reader, _of_kind(reader, EntryKind.STEP).filter(at__gt=since)[:most])


def last_recorded(reader: Reader, step_ids: Iterable[str]) -> ShownEntry | None:
    """What staff recorded last with one of these steps. One statement."""
    rows = _of_kind(reader, EntryKind.STEP).filter(actor_kind="staff", step__in=list(step_ids))
    return next((entry for entry in _read(reader, rows[:_MOST]) if entry.recorded), None)


def last_released(reader: Reader) -> ShownEntry | None:
    """Where staff last said that it is safe to write to somebody. One statement."""
    return next(iter(_read(reader, _of_kind(reader, EntryKind.RELEASED)[:1])), None)


def with_files(reader: Reader) -> tuple[ShownEntry, ...]:
    """The newest steps with which files were given. One statement."""
    return _read(reader, _of_kind(reader, EntryKind.STEP).filter(has_files=True)[:_MOST])


def is_attached(reader: Reader, file_id: UUID) -> bool:
    """Whether a file was given with a step that this reader may read, however long ago. One statement."""
    rows = _of_kind(reader, EntryKind.STEP).filter(has_files=True)
    return any(file_id in entry.files for entry in _read(reader, rows))


def _events(reader: Reader) -> QuerySet[Entry]:
    return _readable(reader).exclude(kind=EntryKind.MESSAGE)


def _of_kind(reader: Reader, kind: EntryKind) -> QuerySet[Entry]:
    return _readable(reader).filter(kind=kind)


def _readable(reader: Reader) -> QuerySet[Entry]:
    rows = Entry.objects.filter(reader.readable, case=reader.case.id)
    return rows.select_related("organisation", "user").order_by("-id")


def _slice(reader: Reader, rows: QuerySet[Entry], before: str, *, of: str) -> Slice[ShownEntry]:
    if before:
        rows = rows.filter(id__lt=key_of(before, of=of)[0])
    found = list(rows[: _MOST + 1])
    more = cursor(found[_MOST - 1].id, of=of) if len(found) > _MOST else ""
    return Slice(_read(reader, found[:_MOST]), more)


def _read(reader: Reader, rows: Iterable[Entry]) -> tuple[ShownEntry, ...]:
    return tuple(_as_read(reader, row) for row in rows)


def _as_read(reader: Reader, row: Entry) -> ShownEntry:
    ours = reader.own is not None and row.organisation_id == reader.own
    reason = _reason(row, reader.case.case_type, reader.package, reader.language) if ours else ""
    told_as_staff = reader.own is not None and reader.whole
    return _shown(row, reader.package, reader.language, reader.whole or ours, reason, staff=told_as_staff, ours=ours)


def _reason(row: Entry, case_type: str, package: Package, language: str) -> str:
    """Why a step was taken; empty where the line of the timeline says so itself."""
    reason = package.text(f"cases.{case_type}.steps.{row.step}.reasons.{row.reason}", language) if row.reason else ""
    return "" if reason in in_language(row.sentence, language) else reason


def _shown(
    row: Entry, package: Package, language: str, whole: bool, reason: str, *, staff: bool, ours: bool
) -> ShownEntry:
    shown = whole or row.kind == EntryKind.MESSAGE
    written: Mapping[str, Any] = (row.written or {}) if shown else {}
    return ShownEntry(
        id=row.id,
        kind=EntryKind(row.kind),
        at=row.at,
        by=row.actor_kind,
        organisation=_acted(row, language),
        name=row.user.name if row.user and row.organisation else "",
        sentence=(to_staff if staff else in_language)(row.sentence, language),
        reason=reason,
        text=written.get("text", ""),
        recorded=_recorded(row, written.get("recorded") or {}, package, language, ours=ours),
        files=tuple(UUID(f) for f in written.get("files", ())),
        language=written.get("language", ""),
    )


def _acted(row: Entry, language: str) -> str:
    """The organisation whose staff acted, as the reader calls it; empty where it was nobody's."""
    body = row.organisation
    return ((language == "cy" and body.name_cy) or body.name) if body else ""


def _recorded(
    row: Entry, recorded: Mapping[str, Any], package: Package, language: str, *, ours: bool
) -> tuple[tuple[str, str], ...]:
    """What was recorded with a step, in the words of its questions; what is for staff only, where it is their own."""
    if not recorded:
        return ()
    speaker = rules.speaker(package, language, {"today": legal_date(row.at).isoformat(), **recorded})
    asked = {q.id: q for case in package.cases for step in case.steps for q in step.asks if q.kind != "files"}
    shown = (
        (_called(q, speaker), rules.show_answer(q, recorded.get(q.id), speaker))
        for q in asked.values()
        if q.id in recorded and (ours or not q.staff_only)
    )
    return tuple((label, text) for label, text in shown if text)


def _called(question: Question, speaker: rules.Speaker) -> str:
    """What a question is called beside its answer: a label may say that it need not be answered."""
    return speaker.say(f"questions.{question.id}.summary") or rules.ask(question, speaker).label
