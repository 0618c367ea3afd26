"""The timeline of a case, as one person may read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from placewide.cases.models import Case, Entry
from placewide.cases.rules.words import in_language, to_staff
from placewide.cases.terms import Audience, EntryKind
from placewide.kernel.clock import legal_date
from placewide.services import rules
from placewide.services.terms import Package, Question


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


def timeline(
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
) -> tuple[ShownEntry, ...]:
    """Every entry this reader may read, newest first. One statement.

    ``whole``: with what was recorded and attached; only for those who see all of the case. What an organisation wrote
    itself (``own``) it reads in any case, with the reason it chose, and alone what is for staff only. A resident reads
    a reason where the package's words for the line of the timeline have it (``{reason}``). ``until``, ``since``:
    nothing later or earlier, but for what ``reader``, or ``own``, wrote. Who sees only what is shared reads the words
    that residents read: those to staff may say that somebody is in danger, or whom else was asked.
    """
    rows = Entry.objects.filter(case=case.id).select_related("organisation", "user").order_by("-id")
    in_time = (row for row in rows if until is None or row.at <= until or (reader and row.user_id == reader))
    known = ((row, own is not None and row.organisation_id == own) for row in in_time)
    told_as_staff = own is not None and whole
    return tuple(
        _shown(
            row,
            package,
            language,
            whole or ours,
            _reason(row, case.case_type, package, language) if ours else "",
            staff=told_as_staff,
            ours=ours,
        )
        for row, ours in known
        if ours or (may_read(Audience(row.audience)) and (since is None or row.at >= since))
    )


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
