"""Work past its date: its team hears of it by mail, once a day, and the mail says nothing about anybody."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from messages_place import NOW, council
from placewide.identity import actions as identity
from placewide.identity.terms import Role
from placewide.kernel import ids
from placewide.kernel.outbox import work_until_quiet
from placewide.kernel.terms import SYSTEM
from placewide.messages.models import Message
from placewide.tasks import actions as tasks
from placewide.tasks.terms import NewTask

pytestmark = pytest.mark.django_db


def overdue(organisation_id: UUID, team_id: UUID | None, number: int = 1) -> None:
    new = [
        NewTask(
            organisation_id=organisation_id,
            kind="case.state",
            title={"en": "Read about Sam"},
            due_at=NOW - timedelta(hours=1),
            team_id=team_id,
            about_id=ids.new_id(),
        )
        for _ in range(number)
    ]
    tasks.raise_tasks(new, actor=SYSTEM, now=NOW)


def escalated(days: int = 0) -> list[Message]:
    now = NOW + timedelta(days=days)
    tasks.escalate_all(now)
    work_until_quiet(now)
    return list(Message.objects.order_by("id"))


def test_a_team_hears_once_a_day_however_much_is_overdue(settings) -> None:
    settings.ADDRESS = "https://calder.example"
    body = council()
    team = identity.add_team(body.id, "waste", "Waste", email="waste@council.example", actor=SYSTEM, now=NOW)
    overdue(body.id, team.id, 3)
    (mail,) = escalated()
    assert (mail.to, mail.organisation_id) == ("waste@council.example", body.id)
    assert "Waste" in mail.body
    assert f"https://calder.example/staff?due=overdue&team={team.id}" in mail.body
    assert "Sam" not in mail.body + mail.subject
    overdue(body.id, team.id)
    assert len(escalated()) == 1, "once a day"
    overdue(body.id, team.id)
    assert len(escalated(days=1)) == 2


def test_where_a_team_has_no_address_its_manager_hears_in_their_language() -> None:
    body = council()
    team = identity.add_team(body.id, "waste", "Waste", actor=SYSTEM, now=NOW)
    boss = identity.add_staff(
        "boss@council.example",
        name="B",
        organisation_id=body.id,
        role=Role.MANAGER,
        team_id=team.id,
        actor=SYSTEM,
        now=NOW,
    )
    type(boss).objects.filter(id=boss.id).update(language="cy")
    overdue(body.id, team.id)
    (mail,) = escalated()
    assert (mail.to, mail.language) == ("boss@council.example", "cy")
    assert "/cy/staff?due=overdue" in mail.body


def test_where_there_is_nobody_to_write_to_the_inbox_alone_shows_it() -> None:
    body = council()
    overdue(body.id, None)
    assert escalated() == []


def test_two_organisations_hear_of_their_own_work_only() -> None:
    for slug in ("calder-vale", "fenmarch"):
        body = council(slug, name=slug)
        team = identity.add_team(body.id, "waste", "Waste", email=f"waste@{slug}.example", actor=SYSTEM, now=NOW)
        overdue(body.id, team.id)
    assert {(m.to, m.key.count(":")) for m in escalated()} == {
        ("waste@calder-vale.example", 2),
        ("waste@fenmarch.example", 2),
    }
