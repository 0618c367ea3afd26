"""What the inbox makes of the tasks that were read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from placewide.cases.reads.inbox import InboxLine
from placewide.cases.views.inbox_page import Desk, inbox_page
from placewide.kernel.paging import Slice
from placewide.kernel.terms import Viewer
from placewide.tasks.terms import QueueCounts

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
COUNTS = QueueCounts(mine=0, unassigned=0, team=0, everything=0)


def line(days: int, *, urgent: bool = False) -> InboxLine:
    due = NOW + timedelta(days=days)
    return InboxLine(
        id=uuid4(), case_id=uuid4(), href="/staff/case/1", title={"en": "Look at it"}, due_at=due, urgent=urgent
    )


def shown(*lines: InboxLine) -> tuple[list[str], str]:
    desk = Desk(Viewer(UUID(int=1), UUID(int=2)), "en", NOW, COUNTS, teams=(), staff=())
    page = inbox_page({}, Slice(lines), desk)
    return [group["title"] for group in page["groups"]], page["today"]


@pytest.mark.parametrize(
    ("lines", "titles", "today"),
    [
        ((line(9, urgent=True), line(-2, urgent=True), line(-1)), ["Cannot wait", "Overdue"], ""),
        ((line(9, urgent=True), line(9)), ["Cannot wait", "Later"], "Nothing due today"),
        ((line(0), line(9)), ["Due today", "Later"], ""),
        ((line(9),), ["Later"], "Nothing due today"),
        ((), [], ""),
    ],
)
def test_what_cannot_wait_is_a_group_of_its_own_and_late_work_is_never_nothing(
    lines: tuple[InboxLine, ...], titles: list[str], today: str
) -> None:
    assert shown(*lines) == (titles, today)


def test_what_was_found_stands_open_before_finished_and_closest_first_in_each() -> None:
    desk = Desk(Viewer(UUID(int=1), UUID(int=2)), "en", NOW, COUNTS, teams=(), staff=(), words="mill lane")
    closest, near, far, farthest = (replace(line(1), open=is_open) for is_open in (False, True, False, True))
    groups = inbox_page({}, Slice((closest, near, far, farthest)), desk)["groups"]
    found = [(group["title"], [row["id"] for row in group["rows"]]) for group in groups]
    ids = [str(each.id) for each in (near, farthest, closest, far)]
    assert found == [("Open", ids[:2]), ("Finished", ids[2:])]


def test_an_empty_node_says_what_to_do_before_anything_can_come_in() -> None:
    desk = Desk(Viewer(UUID(int=1), UUID(int=2)), "en", NOW, COUNTS, teams=(), staff=(), begun=False)
    nothing = inbox_page({}, Slice(()), desk)["nothing"]
    assert "placewide service adopt" in nothing["text"]
    assert "placewide" not in inbox_page({}, Slice(()), replace(desk, begun=True))["nothing"]["text"]
