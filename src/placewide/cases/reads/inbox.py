"""The work of a member of staff: their tasks, with the cases they are about; and cases that a search found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from placewide.cases.models import Case
from placewide.cases.reads.findable import SEARCHED
from placewide.cases.reads.reported import Reported, reported
from placewide.cases.reads.resident import organisation_name
from placewide.cases.reads.visibility import cases_of_staff
from placewide.cases.rules.standing import version
from placewide.cases.rules.stepping import steps_for
from placewide.cases.rules.words import in_language, state_words
from placewide.cases.wording import to_be_done
from placewide.kernel import search
from placewide.kernel.paging import Slice
from placewide.kernel.terms import Viewer
from placewide.people.models import Person
from placewide.services import reads as services
from placewide.services.terms import Package, StepKind
from placewide.tasks import reads as tasks
from placewide.tasks.terms import QueueFilter, Task

# What a line shows. The answers stay sealed: to open them costs as much as the rest of the line.
_SHOWN = (
    *("reference", "case_type", "state", "state_since", "open", "due_at", "urgent", "place", "opened_at"),
    "organisation_id",
    *("team__name", "journey__package_id", "person__name", "assignee__name", "assignee__email"),
    *("organisation__name", "organisation__name_cy", "organisation__nation"),
)


@dataclass(frozen=True, slots=True)
class PlainStep:
    """A step that asks nothing, so that it can be taken with many cases at once."""

    id: str
    label: str
    to: str  # what staff call the state it leads to
    tells: bool  # whoever follows the case gets a message


@dataclass(frozen=True, slots=True)
class InboxLine:
    """One line of the inbox: a task with its case, or a case that was found."""

    id: UUID  # of the task, or of the case that was found: a case may stand in a list more than once
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
    open: bool = True
    case_type: str = ""
    steps: tuple[PlainStep, ...] = ()
    opened_at: datetime | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    kind: str = ""  # of the task
    name: str = ""  # for whom the task is done, where that is one person
    references: tuple[str, ...] = ()  # of the cases that came of a report, where the task is about all of it
    team_id: UUID | None = None
    team: str = ""
    version: str = ""  # which standing of the case this is
    unsent: bool = False  # a report that somebody is still filling in

    def title_in(self, language: str) -> str:
        """What is to be done, in the language of the page."""
        return to_be_done(self.kind, in_language(self.title, language), self.name)


def inbox(
    viewer: Viewer, wanted: QueueFilter, language: str, *, now: datetime, after: str = "", most: int = 50
) -> Slice[InboxLine]:
    """Open tasks, urgent and due first, each with its case. However long the queue: three statements.

    Tasks about a report make two more, tasks that are done for somebody one.
    """
    page = tasks.queue(viewer, wanted, now=now, after=after, limit=most)
    cases = _cases(viewer, [task.about_id for task in page.items if task.about_id], now)
    about_more = [task.about_id for task in page.items if task.about_id and task.about_id not in cases]
    of_case = _Lines(viewer, language, now, _names(viewer, page.items), reported(viewer, about_more, language, now=now))
    lines = (of_case.of_task(task, cases.get(task.about_id) if task.about_id else None) for task in page.items)
    return Slice(tuple(lines), page.next_key)


def _names(viewer: Viewer, of: Iterable[Task]) -> dict[UUID, str]:
    """For whom these tasks are done: one's own organisation's persons only."""
    wanted = {task.person_id for task in of if task.person_id}
    if not wanted or viewer.organisation_id is None:
        return {}
    return dict(Person.objects.filter(id__in=wanted, organisation_id=viewer.organisation_id).values_list("id", "name"))


def found(viewer: Viewer, words: str, language: str, *, now: datetime, most: int = 50) -> Slice[InboxLine]:
    """Cases whose person, place or reference is like ``words``, closest first, open or not. Two statements."""
    if viewer.organisation_id is None:
        return Slice(())
    ids = search.find(SEARCHED, viewer.organisation_id, words, scope_ids=viewer.team_ids, limit=most)
    return Slice(chosen(viewer, ids, language, now=now))


def chosen(viewer: Viewer, case_ids: Sequence[UUID], language: str, *, now: datetime) -> tuple[InboxLine, ...]:
    """These cases as lines, in this order; those the viewer may not see are left out. One statement."""
    cases, lines = _cases(viewer, case_ids, now), _Lines(viewer, language, now)
    return tuple(lines.of_case(cases[case_id]) for case_id in case_ids if case_id in cases)


def _cases(viewer: Viewer, ids: Sequence[UUID], now: datetime) -> dict[UUID, Case]:
    rows = cases_of_staff(viewer, now).filter(id__in=ids)
    return {
        row.id: row
        for row in rows.select_related("journey", "person", "assignee", "organisation", "team").only(*_SHOWN)
    }


@dataclass(frozen=True, slots=True)
class _Lines:
    """Makes lines for one reader."""

    viewer: Viewer
    language: str
    now: datetime
    names: Mapping[UUID, str] = field(default_factory=dict)
    reports: Mapping[UUID, Reported] = field(default_factory=dict)

    def of_task(self, task: Task, case: Case | None) -> InboxLine:
        name = self.names.get(task.person_id, "") if task.person_id else ""
        if case is not None:
            line = self.of_case(case, task.title)
            return replace(line, id=task.id, due_at=task.due_at, urgent=task.urgent, kind=task.kind, name=name)
        report = self.reports.get(task.about_id) if task.about_id else None
        return InboxLine(
            id=task.id,
            case_id=None,
            href=reverse("staff-task", args=[task.id]),
            title=task.title,
            due_at=task.due_at,
            urgent=task.urgent,
            service=report.service if report else "",
            about=report.about if report else "",
            kind=task.kind,
            name=name,
            references=report.references if report else (),
            unsent=report is not None and not report.references,
        )

    def of_case(self, case: Case, title: Mapping[str, str] | None = None) -> InboxLine:
        package, language = services.by_hash(case.journey.package_id), self.language
        name = package.text(f"cases.{case.case_type}.name", language)
        ours = case.organisation_id == self.viewer.organisation_id
        told = {"due": case.due_at, "reference": case.reference, "organisation": organisation_name(case, language)}
        to = "staff" if ours else "resident"  # words to staff may say that somebody is in danger
        return InboxLine(
            id=case.id,
            case_id=case.id,
            href=reverse("staff-case", args=[case.reference]),
            title=title or {language: name},
            due_at=case.due_at if case.open else None,
            urgent=case.urgent,
            reference=case.reference,
            service=name if title else "",
            about=(case.person.name if case.person and ours else "") or case.place,  # a partner may not see the name
            sentence=state_words(package, case.case_type, case.state, to, language=language, told=told),
            organisation=organisation_name(case, language),
            assignee=(case.assignee.name or case.assignee.email) if case.assignee else "",
            ours=ours,
            open=case.open,
            case_type=case.case_type,
            steps=tuple(self._plain_steps(case, package)) if ours else (),
            team_id=case.team_id,
            team=case.team.name if case.team else "",
            version=version(case.state, case.state_since),
            opened_at=case.opened_at,
        )

    def _plain_steps(self, case: Case, package: Package) -> Iterator[PlainStep]:
        """What may be done with it from a list: nothing is asked, no reason is wanted, it stays in the house."""
        kind, words = package.case_type(case.case_type), f"cases.{case.case_type}"
        nation = case.organisation.nation
        for step in steps_for(kind, case.state, case.state_since, roles=self.viewer.roles, now=self.now, nation=nation):
            if step.kind is StepKind.MOVE and not step.asks and not step.reasons:
                label = package.text(f"{words}.steps.{step.id}.label", self.language)
                to = package.text(f"{words}.states.{step.ends}.staff", self.language)
                yield PlainStep(step.id, label, to, bool(step.message))
