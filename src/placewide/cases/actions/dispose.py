"""What was promised to be deleted is deleted: one case, one transaction, one certificate for each category."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from placewide.cases.models import Case, Entry, Participation
from placewide.cases.reads.findable import SEARCHED, findable
from placewide.cases.reads.keeping import is_held
from placewide.cases.rules.disposing import Kept, going, next_day, stripped, without_people
from placewide.journeys import actions as journeys
from placewide.kernel import search
from placewide.kernel.change import changing
from placewide.kernel.clock import legal_date
from placewide.kernel.files import actions as files
from placewide.kernel.terms import Act, Actor
from placewide.messages import actions as messages
from placewide.people import actions as people
from placewide.services import reads as services
from placewide.services.terms import Package, Retention
from placewide.tasks import actions as tasks

STRIP = "strip"


@dataclass(frozen=True, slots=True)
class _Going:
    """One case in hand, of which something goes."""

    row: Case
    package: Package
    others: tuple[Case, ...]  # sent together with it
    actor: Actor
    now: datetime

    def is_last(self, category: str) -> bool:
        """Whether no other case of the journey still needs what they have in common."""
        return all(category in other.disposed for other in self.others)

    def about(self, category: str) -> list[UUID]:
        """What things of this category hang on: the case, and the journey with the last of its cases."""
        return [self.row.id, *([self.row.journey_id] if self.is_last(category) else [])]


def dispose(case_id: UUID, *, actor: Actor, now: datetime) -> tuple[str, ...]:
    """Delete or strip what of a closed case is past its period; returns the categories that went.

    Nothing, where it is open, held, gone or not due: whoever is killed half-way may begin again. The ledger keeps what
    went, how much, when it was due and why; nobody's name.
    """
    with changing(actor=actor, now=now) as change:
        taken = _in_hand(case_id, actor, now)
        if taken is None:
            return ()
        row, package = taken.row, taken.package
        closed_on = legal_date(row.closed_at) if row.closed_at else None
        kept = Kept(closed_on, frozenset(row.disposed), held=is_held(case_id))
        due = going(package.retention, kept, legal_date(now))
        for promise in due:
            number = _WAYS[promise.category](taken, promise)
            row.disposed = [*row.disposed, promise.category]
            change.record(_certificate(taken, promise, number))
        if due:
            _leave(taken)
    return tuple(promise.category for promise in due)


def _in_hand(case_id: UUID, actor: Actor, now: datetime) -> _Going | None:
    """Case and journey are locked: of two cases sent together one at a time finds out whether it is the last."""
    rows = Case.objects.select_for_update(of=("self", "journey")).select_related("journey")
    row = rows.filter(id=case_id).first()
    if row is None:
        return None
    others = Case.objects.filter(journey=row.journey_id).exclude(id=case_id).only("id", "person_id", "disposed")
    return _Going(row, services.by_hash(row.journey.package_id), tuple(others), actor, now)


def _certificate(taken: _Going, promise: Retention, number: int) -> Act:
    package = taken.package
    return Act(
        "case.disposed",
        taken.row.organisation_id,
        taken.row.id,
        {
            "category": promise.category,
            "disposal": promise.disposal,
            "rows": number,
            "closed": legal_date(taken.row.closed_at).isoformat() if taken.row.closed_at else None,
            "months": promise.months,
            "source": promise.source,
            "package": f"{package.id} {package.version}",
        },
    )


def _messages(taken: _Going, promise: Retention) -> int:
    """Mails and letters, and whatever anybody wrote with a step, a message or a note."""
    case = taken.row
    number = messages.forget_about(taken.about("messages"), actor=taken.actor, now=taken.now)
    Participation.objects.filter(case=case).exclude(organisation=None).update(reason="")
    return number + Entry.objects.filter(case=case).update(written={})


def _files(taken: _Going, promise: Retention) -> int:
    return files.forget_about(taken.about("files"), actor=taken.actor, now=taken.now)


def _person(taken: _Going, promise: Retention) -> int:
    """Everybody the case is about or who follows it, unless another case sent with it still needs them."""
    case = taken.row
    followers = Participation.objects.filter(case=case, organisation=None)
    theirs = {case.person_id, *followers.values_list("person_id", flat=True)} - {None}
    followers.delete()
    case.person_id = None
    case.save(update_fields=["person"])
    needed = {other.person_id for other in taken.others}
    needed |= set(Participation.objects.filter(person__in=theirs).values_list("person_id", flat=True))
    tasks.finish_about(case.id, cancelled=True, actor=taken.actor, now=taken.now)  # nobody is left to ring or to answer
    if taken.is_last("person"):
        answers = without_people(taken.package, case.journey.answers)
        journeys.forget_sender(case.journey_id, answers, actor=taken.actor, now=taken.now)
        case.journey.answers = answers
    return people.forget({one for one in theirs - needed if one}, actor=taken.actor, now=taken.now)


def _answers(taken: _Going, promise: Retention) -> int:
    case, strip = taken.row, promise.disposal == STRIP
    if not (strip and case.journey.uprn):  # an address that was typed may say who lives there
        case.place = ""
    case.notes = []
    if not taken.is_last("answers"):
        return 0
    kept = stripped(taken.package, case.journey.answers) if strip else {}
    number = len(case.journey.answers) - len(kept)
    journeys.forget_answers(case.journey_id, kept, place=strip, actor=taken.actor, now=taken.now)
    return number


def _timeline(taken: _Going, promise: Retention) -> int:
    """Stripped, it says when which step was taken, by which kind of actor: no sentence, no name."""
    case, entries = taken.row, Entry.objects.filter(case=taken.row)
    case.assignee_id = None
    case.notes = []
    Participation.objects.filter(case=case).delete()
    tasks.forget_about(taken.about("timeline"), actor=taken.actor, now=taken.now)
    if promise.disposal == STRIP:
        return entries.update(user=None, sentence={}, written={})
    return entries.delete()[0]


_WAYS: Mapping[str, Callable[[_Going, Retention], int]] = {
    "messages": _messages,
    "files": _files,
    "person": _person,
    "answers": _answers,
    "timeline": _timeline,
}


def _leave(taken: _Going) -> None:
    """The case as it stays: to be found by what is left of it, or no longer; and when next something goes."""
    case, retention = taken.row, taken.package.retention
    assert case.closed_at is not None
    case.dispose_on = next_day(retention, legal_date(case.closed_at), case.disposed)
    ended = any(row.category == "timeline" and row.disposal != STRIP for row in retention)
    if "timeline" in case.disposed:
        search.forget(SEARCHED, [case.id])
    if case.dispose_on is None and ended:
        case.delete()
        if not taken.others:
            journeys.forget(case.journey_id, actor=taken.actor, now=taken.now)
        return
    case.save(update_fields=["place", "notes", "assignee", "disposed", "dispose_on"])
    left = findable(case.id)
    if left and "timeline" not in case.disposed:
        search.index([left])
