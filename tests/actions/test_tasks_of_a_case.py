"""What there is to do about a case: one task of its state, ended by a step only; the rest ended by who did it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from placewide.cases import actions, reads
from placewide.cases.models import Case, Entry, Participation
from placewide.cases.terms import NotFound, StepRefused, TaskKind, Written
from placewide.identity import actions as identity
from placewide.identity.terms import Role
from placewide.kernel import clock, ids
from placewide.kernel.terms import SYSTEM, Viewer
from placewide.messages import actions as messages
from placewide.messages.models import Message
from placewide.messages.terms import FAILED_TASK, POST_TASK, PREPARE_TASK, Fault, Outcome, Result
from placewide.people.models import Person
from placewide.services import actions as services
from placewide.services import reads as live
from placewide.services.terms import StepKind
from placewide.tasks import actions as tasks
from placewide.tasks.models import Task
from placewide.tasks.terms import NewTask, TaskState
from support.api import care_answers, place_today, right_answers, send
from support.desk import working
from support.place import PACKAGES, SmallPlace

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning")]


@dataclass(frozen=True)
class Bin:
    """A missed bin, from both sides of the desk."""

    place: SmallPlace
    case_id: UUID
    reference: str
    resident: Viewer
    officer: Viewer

    def write(self, viewer: Viewer, text: str = "Is it coming?") -> UUID:
        return actions.write(self.case_id, Written(text=text), viewer=viewer, now=clock.now())

    def step(self, step: str, **options: object) -> None:
        actions.take_step(self.case_id, step, viewer=self.officer, now=clock.now(), **options)  # type: ignore[arg-type]

    def open(self, *kinds: str) -> list[Task]:
        rows = Task.objects.filter(about_id=self.case_id, state=TaskState.OPEN).order_by("id")
        return list(rows.filter(kind__in=kinds) if kinds else rows)

    def settle(self, task: Task, viewer: Viewer | None = None) -> bool:
        return actions.settle(self.case_id, task.id, viewer=viewer or self.officer, now=clock.now())


@pytest.fixture
def bin() -> Bin:
    place = place_today()
    assert send(place.missed_bin, right_answers(contact_email="sam@example.org")).status_code == 201
    case = Case.objects.get()
    part = Participation.objects.get(case=case)
    return Bin(place, case.id, case.reference, Viewer(grants=frozenset({part.id})), place.staff("officer"))


def browser_of(place: SmallPlace, team: UUID | None = None) -> Client:
    known = {"name": "Moira", "organisation_id": place.district.id, "role": Role.MANAGER, "team_id": team}
    user = identity.add_staff(f"moira-{team}@calder-vale.example", actor=SYSTEM, now=clock.now(), **known)
    return working(user)


def test_a_message_is_read_apart_from_the_work_of_the_state(bin: Bin) -> None:
    bin.write(bin.resident)
    assert [task.kind for task in bin.open()] == [TaskKind.STATE, TaskKind.READ]
    bin.step("send-crew")
    assert len(bin.open(TaskKind.READ)) == 1, "a step is no answer"
    bin.write(bin.officer, "On Tuesday.")
    assert [task.kind for task in bin.open()] == [TaskKind.STATE]


def test_three_messages_are_one_task_due_with_the_first(bin: Bin) -> None:
    for text in ("Hello?", "Is anybody there?", "Thank you"):
        bin.write(bin.resident, text)
    (read,) = bin.open(TaskKind.READ)
    assert read.title["en"] == "Read what the resident wrote"


def test_a_message_that_needs_no_answer_is_ended_and_both_see_that_it_was_read(bin: Bin) -> None:
    bin.write(bin.resident, "Thank you")
    (read,) = bin.open(TaskKind.READ)
    assert bin.settle(read)
    assert not bin.open(TaskKind.READ)
    assert not bin.settle(read), "a second press changes nothing"
    assert Entry.objects.filter(kind="settled").count() == 1
    for shown in (
        reads.resident_case(bin.resident, bin.reference, "en", now=clock.now()),
        reads.staff_case(bin.officer, bin.reference, "en", now=clock.now()),
    ):
        assert shown is not None
        assert shown.entries[0].sentence == "Calder Vale District Council has read the message"


def test_a_message_to_a_closed_case_is_read_too(bin: Bin) -> None:
    bin.step("note-collected")
    bin.write(bin.resident, "Thank you all")
    assert [task.kind for task in bin.open()] == [TaskKind.READ]
    assert bin.settle(bin.open(TaskKind.READ)[0])


def test_a_letter_to_post_and_a_message_that_failed_outlive_a_step(bin: Bin) -> None:
    for kind in (POST_TASK, FAILED_TASK):
        row = Message.objects.create(
            id=ids.new_id(),
            organisation_id=bin.place.district.id,
            key=kind,
            about_id=bin.case_id,
            team_id=bin.place.waste,
            channel="letter" if kind == POST_TASK else "email",
            to="Sam",
            language="en",
            subject="s",
            body="b",
            queued_at=clock.now(),
        )
        result = Outcome(Result.TO_POST) if kind == POST_TASK else Outcome(Result.REFUSED, Fault.NO_SUCH_ADDRESS)
        messages.note_outcome(row.id, result, actor=SYSTEM, now=clock.now())
    bin.step("send-crew")
    assert {task.kind for task in bin.open()} == {TaskKind.STATE, POST_TASK, FAILED_TASK}
    assert bin.settle(bin.open(FAILED_TASK)[0])
    with pytest.raises(NotFound):
        bin.settle(bin.open(POST_TASK)[0])  # posted on the page of letters, nowhere else


def test_somebody_to_ring_is_rung_once_and_said_so(bin: Bin) -> None:
    Person.objects.update(email="", phone="01632 960111", access_needs=["by-phone"])
    bin.step("send-crew")
    bin.step("note-collected")
    (ring,) = bin.open(TaskKind.RING)
    assert bin.settle(ring)
    shown = reads.resident_case(bin.resident, bin.reference, "en", now=clock.now())
    assert shown is not None
    assert "rung" not in shown.entries[0].sentence, "for staff"


@pytest.mark.parametrize("needs", [[], ["by-phone"]])
def test_whoever_cannot_be_written_to_is_rung_when_staff_write_or_wait_for_them(bin: Bin, needs: list[str]) -> None:
    Person.objects.update(email="", phone="01632 960111", access_needs=needs)
    bin.write(bin.officer, "Which gate is it?")
    (ring,) = bin.open(TaskKind.RING)
    assert ring.team_id == bin.place.waste
    assert bin.settle(ring)
    bin.step("ask-for-more", written=Written(recorded={"what_is_needed": "Which gate is it?"}))
    assert len(bin.open(TaskKind.RING)) == 1


def test_what_was_prepared_in_another_format_is_said_on_the_case(bin: Bin) -> None:
    (task,) = tasks.raise_tasks(
        [
            NewTask(
                organisation_id=bin.place.district.id,
                kind=PREPARE_TASK,
                title={"en": "Prepare it"},
                due_at=clock.now(),
                team_id=bin.place.waste,
                about_id=bin.case_id,
            )
        ],
        actor=SYSTEM,
        now=clock.now(),
    )
    assert bin.settle(Task.objects.get(id=task))
    shown = reads.staff_case(bin.officer, bin.reference, "en", now=clock.now())
    assert shown is not None
    assert "format the person needs" in shown.entries[0].sentence


def test_the_task_of_a_state_is_ended_by_no_button_but_a_step(bin: Bin) -> None:
    (state,) = bin.open(TaskKind.STATE)
    with pytest.raises(NotFound):
        bin.settle(state)
    browser = browser_of(bin.place)
    answer = browser.post(f"/staff/task/{state.id}")
    assert (answer.status_code, answer["Location"]) == (302, f"/staff/case/{bin.reference}")
    assert browser.get(f"/staff/task/{state.id}")["Location"] == f"/staff/case/{bin.reference}"
    assert bin.open(TaskKind.STATE) == [state]
    Case.objects.update(team=identity.add_team(bin.place.district.id, "x", "X", actor=SYSTEM, now=clock.now()))
    of_waste = browser_of(bin.place, bin.place.waste)
    assert of_waste.post(f"/staff/task/{state.id}").status_code == 404, "its case is not theirs"
    assert bin.open(TaskKind.STATE) == [state]


def test_the_page_offers_what_ends_each_task(bin: Bin) -> None:
    bin.write(bin.resident, "Thank you")
    browser, where = browser_of(bin.place), f"/staff/case/{bin.reference}"
    (read,) = bin.open(TaskKind.READ)
    page = browser.get(where).text
    assert "Read, nothing to answer" in page
    done = browser.post(f"{where}/settle", {"task": str(read.id)}, follow=True)
    assert "has read the message" in done.text
    assert "Read, nothing to answer" not in done.text
    again = browser.post(f"{where}/settle", {"task": str(read.id)})
    assert again.status_code == 422
    assert browser.post(f"{where}/settle", {"task": "x"}).status_code == 422


def test_who_has_the_case_has_its_next_task_and_what_is_written_to_it(bin: Bin) -> None:
    user = bin.officer.user_id
    known = {"name": "P", "organisation_id": bin.place.district.id, "role": Role.OFFICER, "team_id": bin.place.waste}
    colleague = identity.add_staff("p@calder-vale.example", actor=SYSTEM, now=clock.now(), **known)
    actions.assign([bin.case_id], colleague.id, viewer=bin.officer, now=clock.now())
    bin.step("send-crew")
    bin.write(bin.resident)
    assert {task.assignee_id for task in bin.open()} == {colleague.id}
    assert user != colleague.id


def test_a_case_that_waits_for_the_resident_comes_back_to_its_team(bin: Bin) -> None:
    bin.step("ask-for-more", written=Written(recorded={"what_is_needed": "Which gate?"}))
    (state,) = bin.open()
    assert (state.kind, state.title["en"]) == (TaskKind.STATE, "Waiting for the resident")
    assert state.due_at - clock.now() > timedelta(days=10)
    assert Case.objects.get().due_at is None, "the resident is set no date"


SOMEBODY = ("officer", "manager", "crew", "partner", "resident")


class Played:
    """One case, and whatever people do to it in any order."""

    def __init__(self, place: SmallPlace, care: bool) -> None:
        service = live.live(place.county.id, "care-needs") if care else place.missed_bin
        answers = care_answers() if care else right_answers(contact_email="sam@example.org")
        key = str(ids.new_id())
        before = set(Case.objects.values_list("id", flat=True))
        assert send(service, answers, key=key).status_code == 201
        self.place, self.care = place, care
        self.case = Case.objects.exclude(id__in=before).order_by("id").first()
        body, team = (place.county.id, place.care) if care else (place.district.id, place.waste)
        other = place.district.id if care else place.county.id
        keys = frozenset(Participation.objects.filter(case=self.case).values_list("id", flat=True))
        user = place.staff("officer").user_id
        self.viewers = {role: Viewer(user, body, frozenset({team}), frozenset({role})) for role in SOMEBODY[:3]}
        self.viewers |= {
            "partner": Viewer(user, other, frozenset(), frozenset({"officer"})),
            "resident": Viewer(grants=keys),
        }
        self.other = other

    def act(self, who: str, what: str, pick: int) -> None:
        """Do it; whoever may not is refused, and that is all."""
        viewer, now = self.viewers[who], clock.now()
        done: dict[str, Callable[[], object]] = {
            "step": lambda: self._step(viewer, pick),
            "write": lambda: actions.write(self.case.id, Written(text="Hello"), viewer=viewer, now=now),
            "settle": lambda: actions.settle(self.case.id, self._task(pick), viewer=viewer, now=now),
            "note": lambda: actions.note(self.case.id, "Hm", viewer=viewer, now=now),
            "assign": lambda: actions.assign([self.case.id], None, viewer=viewer, now=now),
            "end": lambda: actions.end_participation(self._part(pick), viewer=viewer, now=now),
            "escalate": lambda: tasks.escalate_all(now + timedelta(days=40)),
        }
        with suppress(NotFound, StepRefused):
            done[what]()

    def _step(self, viewer: Viewer, pick: int) -> None:
        case = Case.objects.get(id=self.case.id)
        kind = live.by_hash(case.journey.package_id).case_type(case.case_type)
        ours = [step for step in kind.steps if case.state in step.starts]
        step = ours[pick % len(ours)] if ours else kind.steps[0]
        reason = step.reasons[pick % len(step.reasons)] if step.reasons else ""
        known = {"viewer": viewer, "now": clock.now(), "reason": reason}
        if step.kind is StepKind.HAND_OVER:
            to = {"to_organisation_id": self.other, "to_team_id": None, "why": "Help"}
            ends = clock.now() + timedelta(days=30)
            actions.hand_over(case.id, step.id, **to, **known, ends=ends)  # type: ignore[arg-type]
        else:
            actions.take_step(case.id, step.id, **known)  # type: ignore[arg-type]

    def _task(self, pick: int) -> UUID:
        rows = list(Task.objects.filter(about_id=self.case.id).values_list("id", flat=True))
        return rows[pick % len(rows)]

    def _part(self, pick: int) -> UUID:
        rows = list(Participation.objects.filter(case=self.case).values_list("id", flat=True))
        return rows[pick % len(rows)]

    def holds(self) -> None:
        case = Case.objects.get(id=self.case.id)
        about = Task.objects.filter(about_id=case.id, state=TaskState.OPEN)
        mine = about.filter(kind=TaskKind.STATE)
        assert mine.count() == int(case.open), case.state
        assert all(task.organisation_id == case.organisation_id and task.team_id == case.team_id for task in mine)
        assert about.filter(kind=TaskKind.READ).count() <= 1
        if not case.open:
            assert not about.filter(kind=TaskKind.PARTNER).exists(), "nobody is asked to act on what is closed"


ACTS = ("step", "step", "step", "write", "settle", "note", "assign", "end", "escalate")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    care=some.booleans(),
    acts=some.lists(
        some.tuples(some.sampled_from(SOMEBODY), some.sampled_from(ACTS), some.integers(0, 11)), min_size=4, max_size=14
    ),
)
def test_an_open_case_has_one_task_of_its_state_whatever_people_do(
    both: SmallPlace, care: bool, acts: list[tuple[str, str, int]]
) -> None:
    played = Played(both, care)
    played.holds()
    for who, what, pick in acts:
        played.act(who, what, pick)
        played.holds()


@pytest.fixture
def both() -> SmallPlace:
    place = place_today()
    services.adopt(place.county.id, PACKAGES / "care-needs", {}, actor=SYSTEM, now=clock.now())
    return place
