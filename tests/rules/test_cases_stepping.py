"""What taking a step changes, decided without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from placewide.cases.rules import step
from placewide.cases.terms import Follower, Sees, Standing, Stepped, StepRefused
from placewide.people.terms import AccessNeed
from placewide.services.format import read_folder
from placewide.services.terms import Package
from placewide.tasks.terms import URGENT_WITHIN

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)  # a Tuesday
ID = UUID(int=1)
NAMES = {"en": "Calder Vale District Council", "cy": "Cyngor Dosbarth Calder Vale"}


@pytest.fixture(scope="module")
def missed_bin() -> Package:
    package = read_folder(Path(__file__).parents[2] / "packages" / "missed-bin").package
    assert package is not None
    return package


@pytest.fixture(scope="module")
def care() -> Package:
    package = read_folder(Path(__file__).parents[2] / "packages" / "care-needs").package
    assert package is not None
    return package


def standing(state: str) -> Standing:
    return Standing(
        case_id=ID,
        reference="7K2P-9QXM-4",
        organisation_id=ID,
        organisation=NAMES,
        nation="England",
        case_type="missed-bin",
        state=state,
        since=NOW,
        team_id=ID,
        link={"en": "https://calderbrook.example/case/7K2P-9QXM-4"},
        known={"phone": "01632 960200"},
    )


def follower(**told: object) -> Follower:
    known: dict[str, object] = {
        "person_id": ID,
        "name": "",
        "email": "sam@example.org",
        "phone": "",
        "address": {},
        "language": "en",
        "access_needs": (),
        "sees": Sees.ALL,
    }
    return Follower(**(known | told))  # type: ignore[arg-type]


def taken(
    package: Package, state: str, step_id: str, *followers: Follower, stands: Standing | None = None, **options: object
) -> Stepped:
    asked: dict[str, object] = {"roles": frozenset({"officer"}), "reason": "", "recorded": {}}
    return step(
        package,
        stands or standing(state),
        step_id,
        followers=followers,
        ring={"en": "Ring them", "cy": "Ffoniwch nhw"},
        asked={"en": "another organisation", "cy": "sefydliad arall"},
        entry_id=ID,
        now=NOW,
        **(asked | options),  # type: ignore[arg-type]
    )


def test_a_state_raises_its_task_with_its_deadline(missed_bin: Package) -> None:
    sent = taken(missed_bin, "reported", "send-crew")
    assert sent.task is not None
    assert sent.task.title["en"] == "See that the bin was emptied"
    assert sent.task.due_at.date().isoformat() == "2026-11-26"


def test_a_state_that_waits_for_the_resident_is_looked_after_by_its_team_in_ten_working_days(
    missed_bin: Package,
) -> None:
    asked = taken(missed_bin, "reported", "ask-for-more", recorded={"what_is_needed": {"en": "Which gate?"}})
    assert (asked.waits_for, asked.due_at) == ("resident", None)
    assert asked.task is not None
    assert asked.task.title["en"] == "Waiting for the resident"
    assert asked.task.due_at.date().isoformat() == "2026-12-08"


def test_a_state_that_waits_for_a_partner_is_looked_after_by_its_date(missed_bin: Package) -> None:
    handed = taken(missed_bin, "reported", "hand-over", reason="bin-store-locked")
    assert handed.task is not None
    assert all(handed.task.title.values())


def test_an_end_raises_no_task(missed_bin: Package) -> None:
    emptied = taken(missed_bin, "crew-sent", "note-collected")
    assert (emptied.open, emptied.due_at, emptied.task) == (False, None, None)


def test_an_urgent_case_stays_urgent_until_a_step_calms_it_or_it_ends(care: Package) -> None:
    def after(state: str, step_id: str, reason: str = "", *, urgent: bool = True) -> tuple[bool, bool | None]:
        stands = replace(standing(state), case_type="needs-assessment", urgent=urgent)
        told = taken(care, state, step_id, stands=stands, reason=reason)
        return told.urgent, told.task.urgent if told.task else None

    assert after("triage", "make-safe") == (True, True)
    assert after("triage", "hear-the-person", "agrees") == (True, True)
    assert after("triage", "hear-the-person", "agrees", urgent=False) == (False, False)
    assert after("making-safe", "safe-now") == (False, False)
    assert after("triage", "assign-assessor") == (False, False)
    assert after("triage", "accept-a-no") == (False, None)


def test_danger_that_staff_find_makes_a_case_urgent(care: Package) -> None:
    calm = replace(standing("triage"), case_type="needs-assessment")
    moved = taken(care, "triage", "make-safe", stands=calm)
    stays = taken(care, "triage", "hear-the-person", stands=calm, reason="says-no-but-at-risk")
    assert (moved.urgent, moved.due_at) == (True, NOW + timedelta(hours=4)), "its state has a limit of its own"
    assert (stays.urgent, stays.due_at) == (True, NOW + URGENT_WITHIN)
    assert stays.task is not None
    assert stays.task.urgent


def test_followers_are_told_in_their_language_with_the_reason(missed_bin: Package) -> None:
    told = taken(missed_bin, "crew-sent", "note-not-collected", follower(), follower(language="cy"), reason="no-access")
    english, welsh = told.messages
    assert "The crew could not get to it" in english.body
    assert NAMES["cy"] in welsh.body
    assert english.body != welsh.body


def test_what_was_recorded_reaches_only_those_who_see_all(missed_bin: Package, care: Package) -> None:
    recorded = {"what_is_needed": {"en": "Who washes her?", "cy": "Pwy sy’n ei golchi?"}}
    asked = taken(missed_bin, "reported", "ask-for-more", follower(), recorded=recorded)
    assert "Who washes her?" in asked.messages[0].body
    sensitive = care.case_type("needs-assessment").step("ask-for-more").asks[0]
    assert sensitive.sensitive


def test_to_whom_nothing_may_be_sent_is_neither_written_to_nor_rung_but_staff_are_to_tell_them(
    missed_bin: Package,
) -> None:
    unsafe = follower(email="", phone="01632 960111", access_needs=(AccessNeed.BY_PHONE,), held=True)
    asked = taken(missed_bin, "reported", "ask-for-more", unsafe, recorded={"what_is_needed": {"en": "Which gate?"}})
    assert [message.held for message in asked.messages] == [True]
    assert "Which gate?" in asked.messages[0].body
    assert [call.kind for call in asked.calls] == ["case.tell"]


def test_somebody_who_asked_to_be_rung_is_rung(missed_bin: Package) -> None:
    deaf = follower(email="", phone="01632 960111", access_needs=(AccessNeed.BY_PHONE,))
    told = taken(missed_bin, "reported", "send-crew", deaf)
    assert told.messages == ()
    assert [call.title["en"] for call in told.calls] == ["Ring them"]


def test_a_refusal_names_every_reason(missed_bin: Package) -> None:
    with pytest.raises(StepRefused) as refused:
        taken(missed_bin, "collected", "send-crew", roles=frozenset({"resident"}))
    assert set(refused.value.refusals) == {"not-from-here", "not-by-you"}


def test_not_fixed_is_refused_once_its_time_is_over(missed_bin: Package) -> None:
    with pytest.raises(StepRefused) as refused:
        step(
            missed_bin,
            standing("collected"),
            "not-fixed",
            roles=frozenset({"resident"}),
            reason="",
            followers=(),
            recorded={},
            ring={},
            asked={},
            entry_id=ID,
            now=NOW.replace(month=12, day=20),
        )
    assert "too-late" in refused.value.refusals
