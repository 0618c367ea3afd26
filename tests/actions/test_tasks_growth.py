"""Queues at 100,000 open tasks: the same number of statements, and always by an index."""

import random
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from placewide.identity.models import Team, User
from placewide.kernel import ids
from placewide.kernel.terms import SYSTEM, Viewer
from placewide.tasks import actions, models, reads
from placewide.tasks.terms import NewTask, QueueFilter
from plans import analyse, multiply, watched

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
COUNCIL = UUID(int=1)
MANY = 100_000
pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_a_queue_of_a_hundred_thousand_tasks_is_read_by_index():
    teams, users = _teams_and_users()
    few = _statements(teams, users)
    _raise(MANY, teams, users)
    analyse()
    assert _statements(teams, users) <= few  # fewer where a page is full of what cannot wait
    with watched() as seen:
        _read_everything(teams, users)
    assert seen.scans == []


def _statements(teams: list[UUID], users: list[UUID]) -> int:
    with watched() as seen:
        _read_everything(teams, users)
    return len(seen.statements)


def _read_everything(teams: list[UUID], users: list[UUID]) -> None:
    whole = Viewer(users[0], COUNCIL, frozenset(teams), frozenset({"manager"}))
    narrow = Viewer(uuid4(), COUNCIL, frozenset(teams[-1:]), frozenset({"crew"}))
    for viewer in (whole, narrow):
        for wanted in (
            QueueFilter(),
            QueueFilter(mine=True),
            QueueFilter(team_id=teams[0]),
            QueueFilter(due="overdue"),
            QueueFilter(due="today"),
            QueueFilter(urgent=True),
        ):
            slice_ = reads.queue(viewer, wanted, now=NOW, limit=5)
            assert len(slice_.items) <= 5
        reads.queue(viewer, now=NOW, after=_middle(urgent=True))
        reads.queue(viewer, now=NOW, after=_middle(urgent=False))
        reads.counts(viewer)
        reads.about(viewer, uuid4())
    actions.finish_about(uuid4(), actor=SYSTEM, now=NOW)
    actions.assign_about([uuid4()], users[0], actor=SYSTEM, now=NOW)


def _middle(*, urgent: bool) -> str:
    from placewide.kernel import paging

    return paging.cursor(urgent, NOW + timedelta(days=10), UUID(int=0), of="tasks.queue")


def _teams_and_users() -> tuple[list[UUID], list[UUID]]:
    teams = [
        Team.objects.create(id=ids.new_id(), organisation_id=COUNCIL, slug=f"team-{n}", name=f"Team {n}").id
        for n in range(20)
    ]
    return teams, [User.objects.create(email=f"officer-{n}@council.example", joined_at=NOW).id for n in range(40)]


def _raise(number: int, teams: list[UUID], users: list[UUID]) -> None:
    """The last team has a handful; one in five hundred is urgent; half are assigned."""
    chance = random.Random(7)
    actions.raise_tasks(
        [
            NewTask(
                organisation_id=COUNCIL,
                kind="case.triage",
                title={"en": "Look at it"},
                due_at=NOW + timedelta(minutes=chance.randint(-5000, 40_000)),
                team_id=chance.choice(teams[:-1]) if n else teams[-1],
                assignee_id=chance.choice(users) if n % 2 else None,
                about_id=ids.new_id(),
                urgent=n % 500 == 0,
            )
            for n in range(number // 50)
        ],
        actor=SYSTEM,
        now=NOW,
    )
    multiply(models.Task, 49, fresh=("id", "about_id"))
    assert models.Task.objects.count() == number
