"""What sending a journey brings about, decided without a database: Ruth asks for her mother and for herself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from ruamel.yaml import YAML

from placewide.cases.rules import Makers, open_cases
from placewide.cases.terms import Opening, Sees
from placewide.journeys.terms import Circumstances, JourneyState
from placewide.services import rules
from placewide.services.format import read_folder
from placewide.services.terms import Package
from placewide.tasks.terms import URGENT_WITHIN

CARE = Path(__file__).parents[2] / "packages" / "care-needs"
NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
BODY, TEAM, RUTHS_ACCOUNT = UUID(int=900), UUID(int=901), UUID(int=902)


@pytest.fixture(scope="module")
def care() -> Package:
    package = read_folder(CARE).package
    assert package is not None
    return package


def opened(care: Package, *, told: tuple[str, ...] = (), **changed: object) -> Opening:
    """Everything that follows from the example's answers, some of them changed."""
    example = YAML(typ="safe", pure=True).load((CARE / "examples" / "ruth-for-edith.yaml").read_text(encoding="utf-8"))
    answers = {**example["answers"], **changed}
    facts, today = {"today": NOW.date().isoformat()}, date(2026, 11, 24)
    seen = Circumstances(
        journey_id=UUID(int=1),
        adoption_id=UUID(int=2),
        organisation_id=BODY,
        content_hash="",
        state=JourneyState.OPEN,
        version=3,
        language="cy",
        user_id=RUTHS_ACCOUNT,
        package=care,
        settings={},
        answers=answers,
        facts=facts,
        walk=rules.walk(care, answers, facts, today),
        outcome=rules.outcome(care, answers, facts, today),
        uprn="",
        now=NOW,
        expires_at=NOW + timedelta(days=1),
        told=told,
    )
    ids = _numbers()
    makers = Makers(
        new_id=lambda: next(ids),
        new_reference=lambda: f"REF-{next(ids).int}",
        teams={"adult-care": TEAM},
        organisation={"en": "Calderbrook County Council", "cy": "Cyngor Sir Calderbrook"},
        nation="England",
        known={"phone": "01632 960100", "urgent_phone": "01632 960199"},
        link=lambda reference: {"en": f"https://calderbrook.example/case/{reference}"},
        by_phone={"en": "ring %(phone)s and say %(reference)s", "cy": "ffoniwch %(phone)s a dywedwch %(reference)s"},
        tell_safely={"en": "Tell them in a safe way", "cy": "Dywedwch wrthynt yn ddiogel"},
        taken_back={"en": "Told and taken back: %(what)s"},
    )
    return open_cases(seen, makers)


def _numbers() -> Iterator[UUID]:
    number = 1000
    while True:
        number += 1
        yield UUID(int=number)


def test_two_cases_are_opened_each_about_its_own_person(care: Package) -> None:
    opening = opened(care)
    names = {person.id: person.name for person in opening.persons}
    assert [(case.case_type, names[case.person_id]) for case in opening.cases if case.person_id] == [
        ("needs-assessment", "Edith Hale"),
        ("carers-assessment", "Ruth Hale"),
    ]
    assert {case.team_id for case in opening.cases} == {TEAM}


def test_only_whoever_fills_in_is_joined_to_the_account(care: Package) -> None:
    accounts = {person.name: person.user_id for person in opened(care).persons}
    assert accounts == {"Edith Hale": None, "Ruth Hale": RUTHS_ACCOUNT}


def views(opening: Opening) -> dict[tuple[str, str], Sees]:
    names = {person.id: person.name for person in opening.persons}
    kinds = {case.id: case.case_type for case in opening.cases}
    return {(kinds[p.case_id], names[p.person_id]): p.sees for p in opening.participations if p.person_id}


def test_with_ediths_word_ruth_sees_how_far_it_is(care: Package) -> None:
    assert views(opened(care)) == {
        ("needs-assessment", "Edith Hale"): Sees.ALL,
        ("needs-assessment", "Ruth Hale"): Sees.PROGRESS,
        ("carers-assessment", "Ruth Hale"): Sees.ALL,
    }


def test_without_it_she_sees_only_what_is_written_to_her(care: Package) -> None:
    assert views(opened(care, agrees="not-asked"))["needs-assessment", "Ruth Hale"] is Sees.MESSAGES


def test_the_browser_that_sent_it_opens_only_what_ruth_may_see(care: Package) -> None:
    opening = opened(care)
    ruth = next(person.id for person in opening.persons if person.name == "Ruth Hale")
    assert set(opening.granted) == {p.id for p in opening.participations if p.person_id == ruth}


def test_urgent_answers_are_due_now(care: Package) -> None:
    calm, urgent = opened(care), opened(care, urgent_signs=["risk-tonight"])
    assert [task.urgent for task in calm.tasks] == [False, False]
    assert {(task.urgent, task.due_at) for task in urgent.tasks} == {(True, NOW + URGENT_WITHIN)}


def test_each_is_told_once_in_their_own_language_and_by_their_own_way(care: Package) -> None:
    messages = opened(care).messages
    by_person = {(m.person_id, m.about_id): m for m in messages}
    assert len(by_person) == len(messages)
    languages = {m.to.split("\n")[0]: m.language for m in messages}
    assert languages == {"Edith Hale": "en", "ruth@example.com": "cy"}


DANGER = {"urgent_signs": ["hurt"], "safe_contact": None}


def test_where_somebody_may_be_in_danger_nothing_is_sent_to_them_and_staff_have_it_to_say(care: Package) -> None:
    opening = opened(care, **DANGER)
    edith = next(person.id for person in opening.persons if person.name == "Edith Hale")
    assert {(m.person_id == edith, m.held) for m in opening.messages} == {(True, True), (False, False)}
    assert [(p.held, p.shown) for p in opening.participations if p.person_id == edith] == [(True, False)]
    assert [task.title["en"] for task in opening.tasks if task.kind == "case.tell"] == ["Tell them in a safe way"]
    assert [task for task in opened(care).tasks if task.kind == "case.tell"] == []


def test_not_being_sure_of_danger_counts_as_danger(care: Package) -> None:
    opening = opened(care, agrees="no", in_danger="not-sure")
    assert [m.held for m in opening.messages if m.about_id == opening.cases[0].id] == [True, False]


def test_danger_that_was_told_and_taken_back_holds_everything_as_if_it_stood(care: Package) -> None:
    stood, back = opened(care, **DANGER), opened(care, told=("abuse-or-neglect",))
    assert [(m.person_id, m.subject, m.held) for m in back.messages] == [
        (m.person_id, m.subject, m.held) for m in stood.messages
    ]
    assert [(p.reason, p.sees, p.held) for p in back.participations] == [
        (p.reason, p.sees, p.held) for p in stood.participations
    ]
    assert {(task.urgent, task.due_at) for task in back.tasks if task.kind == "case.state"} == {
        (True, NOW + URGENT_WITHIN)
    }
    assert all(case.urgent and "abuse-or-neglect" in case.notes for case in back.cases)
    (said,) = back.cases[0].taken_back
    assert said["en"].startswith("Told and taken back: Urgent - possible abuse or neglect.")
    assert stood.cases[0].taken_back == ()


def test_who_asks_for_themselves_is_held_with_the_words_for_themselves(care: Package) -> None:
    mine = {"who_for": "me", "agrees": None, "own_assessment": None}
    (stood,) = opened(care, **mine, **DANGER).messages
    (back,) = opened(care, **mine, told=("abuse-or-neglect",)).messages
    assert stood.held
    assert (back.held, back.subject) == (True, stood.subject)
    assert "Ruth" not in back.body, "nobody else asked"


def test_another_urgency_taken_back_holds_nothing(care: Package) -> None:
    back = opened(care, told=("risk-tonight",))
    assert all(case.urgent for case in back.cases)
    assert not any(message.held for message in back.messages)


def test_no_subject_names_anybody(care: Package) -> None:
    assert all("Hale" not in message.subject for message in opened(care).messages)


def test_the_same_answers_open_the_same_cases(care: Package) -> None:
    assert opened(care) == opened(care)


def test_nobody_is_written_down_of_whom_no_case_speaks(care: Package) -> None:
    only_ruths = opened(care, agrees="no", in_danger="no")
    assert [case.case_type for case in only_ruths.cases] == ["carers-assessment"]
    assert [person.name for person in only_ruths.persons] == ["Ruth Hale"], "Edith said no: nothing would delete her"
