"""Tasks: raised, seen by the right people, assigned, finished, escalated."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from placewide.identity.models import StaffRole, Team, User
from placewide.kernel import ids, outbox
from placewide.kernel.change import changing
from placewide.kernel.events import DeliveryDied
from placewide.kernel.models import Event
from placewide.kernel.paging import CursorForged
from placewide.kernel.terms import SYSTEM, Actor, ActorKind, Viewer
from placewide.places.models import Organisation
from placewide.tasks import actions, models, reads
from placewide.tasks.terms import Due, NewTask, QueueFilter, TaskState

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
COUNCIL, OTHER = UUID(int=1), UUID(int=2)
pytestmark = pytest.mark.django_db


def hours(number: float) -> datetime:
    return NOW + timedelta(hours=number)


def team(slug: str, organisation_id: UUID = COUNCIL) -> UUID:
    return Team.objects.create(id=ids.new_id(), organisation_id=organisation_id, slug=slug, name=slug).id


def user(name: str) -> UUID:
    return User.objects.create(email=f"{name}@council.example", name=name, joined_at=NOW).id


def new(due_at: datetime = NOW, *, organisation_id: UUID = COUNCIL, **wanted) -> NewTask:
    wanted = {"kind": "case.triage", "title": {"en": "Look at it", "cy": "Edrychwch arno"}} | wanted
    return NewTask(organisation_id=organisation_id, due_at=due_at, **wanted)


def raised(*tasks: NewTask) -> list[UUID]:
    return list(actions.raise_tasks(tasks, actor=SYSTEM, now=NOW))


def seen(viewer: Viewer, wanted: QueueFilter | None = None, **options) -> list[UUID]:
    return [task.id for task in reads.queue(viewer, wanted, now=NOW, **options).items]


def staff(user_id: UUID | None = None, *teams: UUID, organisation_id: UUID = COUNCIL) -> Viewer:
    return Viewer(user_id or uuid4(), organisation_id, frozenset(teams), frozenset({"officer"}))


def test_a_queue_is_due_first():
    later, sooner = raised(new(hours(5)), new(hours(1)))
    assert seen(staff()) == [sooner, later]


def test_any_number_of_tasks_is_raised_by_one_insert():
    with CaptureQueriesContext(connection) as queries:
        raised(*[new() for _ in range(50)])
    assert len([query for query in queries.captured_queries if "INSERT" in query["sql"]]) == 1


def test_one_sees_the_tasks_of_ones_teams_ones_own_and_nobodys():
    waste, care, me = team("waste"), team("care"), user("me")
    of_waste, of_care, given_to_me, of_nobody = raised(
        new(hours(1), team_id=waste),
        new(hours(2), team_id=care),
        new(hours(3), team_id=care, assignee_id=me),
        new(hours(4)),
    )
    assert seen(staff(me, waste)) == [of_waste, given_to_me, of_nobody]
    assert seen(staff(None, waste, care)) == [of_waste, of_care, given_to_me, of_nobody]


def test_another_organisation_and_residents_see_nothing():
    (task,) = raised(new())
    assert seen(staff(organisation_id=OTHER)) == []
    assert seen(Viewer(user_id=uuid4())) == []
    assert reads.task(staff(organisation_id=OTHER), task) is None
    assert reads.task(staff(), task).title_in("cy") == "Edrychwch arno"


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (QueueFilter(), ["today", "overdue", "week", "month"]),
        (QueueFilter(due=Due.OVERDUE), ["overdue"]),
        (QueueFilter(due="today"), ["today"]),
        (QueueFilter(due="week"), ["today", "week"]),
        (QueueFilter(urgent=True), ["today"]),
        (QueueFilter(unassigned=True), ["today", "overdue", "week", "month"]),
        (QueueFilter(mine=True), []),
    ],
)
def test_a_queue_can_be_narrowed(wanted, expected):
    raised(
        new(hours(-1), kind="overdue"),
        new(hours(14.9), kind="today", urgent=True),  # 23:54 in London
        new(hours(15.1), kind="week"),
        new(hours(24 * 30), kind="month"),
    )
    assert [task.kind for task in reads.queue(staff(), wanted, now=NOW).items] == expected


def test_pages_join_without_gap_or_repeat_even_at_one_instant():
    ids_raised = raised(*[new() for _ in range(7)], *[new(hours(1)) for _ in range(3)])
    found, after = [], ""
    while True:
        page = reads.queue(staff(), now=NOW, after=after, limit=3)
        found += [task.id for task in page.items]
        after = page.next_key
        if not after:
            break
    assert found == ids_raised
    with pytest.raises(CursorForged):
        reads.queue(staff(), now=NOW, after="x" + reads.queue(staff(), now=NOW, limit=3).next_key)


def test_what_cannot_wait_stands_first_and_pages_join_over_the_border():
    later, late, urgent_later, urgent = raised(
        new(hours(2)), new(hours(-1)), new(hours(1), urgent=True), new(hours(0), urgent=True)
    )
    whole = [urgent, urgent_later, late, later]
    assert seen(staff()) == whole
    for limit in (1, 2, 3):
        found, after = [], ""
        while not found or after:
            page = reads.queue(staff(), now=NOW, after=after, limit=limit)
            found += [task.id for task in page.items]
            after = page.next_key
        assert found == whole


def test_counts_tell_how_much_there_is_to_do():
    waste, me = team("waste"), user("me")
    raised(
        new(hours(-1), team_id=waste), new(hours(1), team_id=waste, assignee_id=me, urgent=True), new(), new(hours(2))
    )
    found = reads.counts(staff(me, waste))
    assert (found.mine, found.unassigned, found.team, found.everything) == (1, 3, 2, 4)


def test_the_tasks_of_cases_are_given_to_somebody_and_back_but_never_another_organisations():
    me, case, asked = user("me"), uuid4(), uuid4()
    first, second, _ = raised(new(about_id=case), new(hours(1), about_id=case), new(about_id=uuid4()))
    raised(new(about_id=asked, organisation_id=OTHER))
    officer = Actor(ActorKind.STAFF, me, COUNCIL)
    assert actions.assign_about([case, asked], me, actor=officer, now=NOW) == 2
    assert seen(staff(me), QueueFilter(mine=True)) == [first, second]
    assert models.Task.objects.get(about_id=asked).assignee_id is None
    assert actions.assign_about([case], None, actor=officer, now=NOW) == 2
    assert seen(staff(me), QueueFilter(mine=True)) == []


def test_finishing_about_a_case_ends_its_open_tasks_only():
    case = uuid4()
    triage, letter, other = raised(
        new(about_id=case), new(hours(1), about_id=case, kind="case.letter"), new(hours(2), about_id=uuid4())
    )
    assert actions.finish_about(case, kinds=["case.triage"], actor=SYSTEM, now=NOW) == 1
    assert seen(staff()) == [letter, other]
    assert actions.finish_about(case, cancelled=True, actor=SYSTEM, now=NOW) == 1
    ended = models.Task.objects.filter(about_id=case).order_by("due_at")
    assert [task.state for task in ended] == [TaskState.DONE, TaskState.CANCELLED]
    assert reads.about(staff(), case) == ()
    assert triage


def test_finished_work_remembers_who_and_when():
    me = user("me")
    (task,) = raised(new())
    assert actions.finish([task], actor=Actor(ActorKind.STAFF, me, COUNCIL), now=hours(1)) == 1
    row = models.Task.objects.get()
    assert (row.state, row.done_at, row.done_by_id) == ("done", hours(1), me)
    assert actions.finish([task], actor=SYSTEM, now=NOW) == 0


def test_what_is_overdue_is_brought_once_to_the_manager_of_its_team():
    waste, care, boss, chief = team("waste"), team("care"), user("boss"), user("chief")
    _role(boss, waste)
    _role(chief, None)
    of_waste, of_care, not_due = raised(new(hours(-1), team_id=waste), new(hours(-1), team_id=care), new(hours(1)))
    assert actions.escalate(NOW) == 2
    assert actions.escalate(NOW) == 0
    told = {row.id: row.escalated_to_id for row in models.Task.objects.all()}
    assert told == {of_waste: boss, of_care: chief, not_due: None}
    assert Event.objects.filter(type="task.escalated/1").count() == 2


def test_a_task_whose_team_has_no_manager_is_still_marked_as_escalated():
    raised(new(hours(-1)))
    assert actions.escalate_all(NOW) == 1
    assert models.Task.objects.get().escalated_at == NOW


def test_a_manager_whose_role_has_ended_is_not_told():
    waste, gone = team("waste"), user("gone")
    _role(gone, waste, ends=date(2026, 11, 22))
    raised(new(hours(-1), team_id=waste))
    actions.escalate(NOW)
    assert models.Task.objects.get().escalated_to_id is None


def test_a_dead_letter_becomes_an_urgent_task_of_its_organisation():
    _organisation(COUNCIL, "calderbrook")
    for organisation_id in (OTHER, None):
        died = DeliveryDied(7, "messages.deliver", "message.queued/1", uuid4(), "ConnectionError", organisation_id)
        with changing(actor=SYSTEM, now=NOW) as change:
            change.publish(died, stream=uuid4())
    assert outbox.work_until_quiet(NOW) == 2
    (theirs,) = reads.queue(staff(organisation_id=OTHER), now=NOW).items
    (nodes,) = reads.queue(staff(), now=NOW).items
    assert theirs.urgent
    assert "delivery 7" in nodes.title_in("en")
    assert "danfoniad 7" in nodes.title_in("cy")


def _organisation(organisation_id: UUID, slug: str) -> None:
    Organisation.objects.create(id=organisation_id, slug=slug, name=slug, begins=date(2020, 1, 1))


def _role(user_id: UUID, team_id: UUID | None, ends: date | None = None) -> None:
    StaffRole.objects.create(
        id=ids.new_id(),
        user_id=user_id,
        organisation_id=COUNCIL,
        team_id=team_id,
        role="manager",
        begins=date(2026, 1, 1),
        ends=ends,
    )


def test_my_team_leaves_out_what_belongs_to_no_team():
    waste, me = team("waste"), user("me")
    ours, _ = raised(new(team_id=waste), new(assignee_id=me))
    assert seen(staff(me, waste), QueueFilter(my_teams=True)) == [ours]


def test_one_open_task_of_a_kind_is_enough_about_a_case_and_for_each_person():
    about, ruth, edith = uuid4(), uuid4(), uuid4()
    wanted = [new(about_id=about, person_id=person) for person in (None, None, ruth, edith, ruth)]
    assert len(actions.raise_unless_open(wanted, actor=SYSTEM, now=NOW)) == 3
    assert actions.raise_unless_open(wanted, actor=SYSTEM, now=NOW) == ()
