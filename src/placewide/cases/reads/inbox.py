"""The work of a member of staff: their tasks, with the cases they are about; and cases that a search found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from placewide.cases.models import Case
from placewide.cases.reads.findable import SEARCHED
from placewide.cases.reads.resident import organisation_name
from placewide.cases.reads.visibility import cases_of_staff
from placewide.cases.rules.words import in_language, state_words
from placewide.kernel import search
from placewide.kernel.paging import Slice
from placewide.kernel.terms import Viewer
from placewide.services import reads as services
from placewide.tasks import reads as tasks
from placewide.tasks.terms import QueueFilter, Task

# What a line shows. The answers stay sealed: to open them costs as much as the rest of the line.
_SHOWN = (
    *("reference", "case_type", "state", "due_at", "urgent", "place", "opened_at", "organisation_id"),
    *("journey__package_id", "person__name", "assignee__name", "assignee__email"),
    *("organisation__name", "organisation__name_cy"),
)


@dataclass(frozen=True, slots=True)
class InboxLine:
    """One line of the inbox: a task with its case, or a case that was found."""

    case_id: UUID | None
    href: str
    title: Mapping[str, str]
    due_at: datetime | None
    urgent: bool
    reference: str = ""
    service: str = ""
    about: str = ""  # the place, or the person
    sentence: str = ""
    organisation: str = ""
    assignee: str = ""
    ours: bool = True
    opened_at: datetime | None = None
    words: Mapping[str, str] = field(default_factory=dict)

    def title_in(self, language: str) -> str:
        return in_language(self.title, language)


def inbox(
    viewer: Viewer, wanted: QueueFilter, language: str, *, now: datetime, after: str = "", most: int = 50
) -> Slice[InboxLine]:
    """Open tasks, due first, each with its case. Two statements, however long the queue."""
    page = tasks.queue(viewer, wanted, now=now, after=after, limit=most)
    cases = _cases(viewer, [task.about_id for task in page.items if task.about_id], now)
    lines = (
        _of_task(task, cases.get(task.about_id) if task.about_id else None, viewer, language) for task in page.items
    )
    return Slice(tuple(lines), page.next_key)


def found(viewer: Viewer, words: str, language: str, *, now: datetime, most: int = 50) -> Slice[InboxLine]:
    """Cases whose person, place or reference is like ``words``, closest first, open or not. Two statements."""
    if viewer.organisation_id is None:
        return Slice(())
    ids = search.find(SEARCHED, viewer.organisation_id, words, scope_ids=viewer.team_ids, limit=most)
    cases = _cases(viewer, ids, now)
    return Slice(tuple(_of_case(cases[i], viewer, language, {}) for i in ids if i in cases))


def _cases(viewer: Viewer, ids: Sequence[UUID], now: datetime) -> dict[UUID, Case]:
    rows = cases_of_staff(viewer, now).filter(id__in=ids)
    return {row.id: row for row in rows.select_related("journey", "person", "assignee", "organisation").only(*_SHOWN)}


def _of_task(task: Task, case: Case | None, viewer: Viewer, language: str) -> InboxLine:
    if case is not None:
        return _of_case(case, viewer, language, task.title, task)
    return InboxLine(
        case_id=None,
        href=reverse("staff-task", args=[task.id]),
        title=task.title,
        due_at=task.due_at,
        urgent=task.urgent,
    )


def _of_case(
    case: Case, viewer: Viewer, language: str, title: Mapping[str, str], task: Task | None = None
) -> InboxLine:
    package = services.by_hash(case.journey.package_id)
    name = package.text(f"cases.{case.case_type}.name", language)
    ours = case.organisation_id == viewer.organisation_id
    told = {"due": case.due_at, "reference": case.reference, "organisation": organisation_name(case, language)}
    return InboxLine(
        case_id=case.id,
        href=reverse("staff-case", args=[case.reference]),
        title=title or {language: name},
        due_at=task.due_at if task else case.due_at,
        urgent=task.urgent if task else case.urgent,
        reference=case.reference,
        service=name if title else "",
        about=(case.person.name if case.person and ours else "") or case.place,  # a partner may not see the name
        sentence=state_words(package, case.case_type, case.state, "staff", language=language, told=told),
        organisation=organisation_name(case, language),
        assignee=(case.assignee.name or case.assignee.email) if case.assignee else "",
        ours=ours,
        opened_at=case.opened_at,
    )
