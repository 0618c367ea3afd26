"""Before another organisation is told of somebody's case, staff write down whether that person was asked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from placewide.cases import actions, reads
from placewide.cases.models import Case, Entry, Participation
from placewide.cases.terms import Written
from placewide.identity import actions as identity
from placewide.identity.terms import Role
from placewide.kernel import clock
from placewide.kernel.terms import SYSTEM, Viewer
from placewide.messages.models import Message
from placewide.places import actions as places
from placewide.places.actions import NewOrganisation
from placewide.places.models import Organisation
from placewide.services.reads import live
from support.api import care_answers, caring_place
from support.desk import working
from support.place import SmallPlace
from support.sending import sent

pytestmark = pytest.mark.django_db

KNOWS = "They know, and they agree"
ASLEEP = "She slept the whole visit, and the bed is needed tonight."


@pytest.fixture
def place() -> SmallPlace:
    place = caring_place()
    sent(live(place.county.id, "care-needs"), care_answers(agrees="yes"), clock.now())
    return place


@pytest.fixture
def case(place: SmallPlace) -> Case:
    return Case.objects.get(case_type="needs-assessment")


@pytest.fixture
def carers(place: SmallPlace) -> Organisation:
    new = NewOrganisation(slug="carers", name="Carers", kind="charity", nation="England", tier="")
    return places.add_organisation(new, actor=SYSTEM, now=clock.now())


@pytest.fixture
def desk(place: SmallPlace) -> Client:
    known = {"name": "Moira", "organisation_id": place.county.id, "role": Role.MANAGER, "team_id": place.care}
    return working(identity.add_staff("moira@staff.example", actor=SYSTEM, now=clock.now(), **known))


def asking(desk: Client, case: Case, to: Organisation, step: str = "refer", **answers: str) -> Any:
    until = (clock.legal_date(clock.now()) + timedelta(days=9)).isoformat()
    posted = {"step": step, "to-body": str(to.id), "why": "Befriending", "until": until}
    return desk.post(f"/staff/case/{case.reference}/step", posted | {f"reason-{step}": "charity"} | answers)


def viewer_of(organisation_id: object, team_id: object = None) -> Viewer:
    user = identity.join(f"v{Entry.objects.count()}{team_id}@staff.example", actor=SYSTEM, now=clock.now())
    return Viewer(user.id, organisation_id, frozenset({team_id} if team_id else ()), frozenset({"manager"}))


def recorded(viewer: Viewer, case: Case, language: str = "en") -> str:
    """All that was recorded with steps, as this viewer reads it on the timeline."""
    shown = reads.staff_case(viewer, case.reference, language, now=clock.now())
    assert shown is not None
    return " / ".join(text for entry in shown.entries for _, text in entry.recorded)


def test_nobody_is_asked_before_it_is_said_whether_the_person_knows(
    case: Case, carers: Organisation, desk: Client
) -> None:
    answer = asking(desk, case, carers)
    assert answer.status_code == 422
    assert "Choose whether they know, and agree" in answer.text
    assert 'href="#person_knows"' in answer.text, "the field is named, and led to"
    assert not Participation.objects.filter(role="partner").exists()


def test_what_was_chosen_is_kept_with_the_step_and_read_by_staff(
    place: SmallPlace, case: Case, carers: Organisation, desk: Client
) -> None:
    assert asking(desk, case, carers, person_knows="agrees").status_code == 302
    assert Entry.objects.get(step="refer").written["recorded"] == {"person_knows": "agrees"}
    own = viewer_of(place.county.id, place.care)
    assert KNOWS in recorded(own, case)
    assert "Mae'n gwybod, ac yn cytuno" in recorded(own, case, "cy")
    assert KNOWS in desk.get(f"/staff/case/{case.reference}").text


@pytest.mark.parametrize(
    ("chosen", "field", "named"),
    [
        ("not-asked", "why_not_asked", "Enter why they were not asked"),
        ("cannot-decide", "best_interests", "Enter why it is best for them"),
    ],
)
def test_without_the_reason_the_field_is_named_and_what_was_typed_is_kept(
    place: SmallPlace, case: Case, carers: Organisation, desk: Client, chosen: str, field: str, named: str
) -> None:
    answer = asking(desk, case, carers, person_knows=chosen)
    assert answer.status_code == 422
    assert named in answer.text
    assert f'href="#{field}"' in answer.text
    assert "Befriending" in answer.text
    assert f'value="{chosen}" checked' in answer.text
    assert asking(desk, case, carers, person_knows=chosen, **{field: ASLEEP}).status_code == 302
    assert ASLEEP in recorded(viewer_of(place.county.id, place.care), case)


def test_what_is_written_where_it_need_not_be_is_kept_too(
    place: SmallPlace, case: Case, carers: Organisation, desk: Client
) -> None:
    assert asking(desk, case, carers, person_knows="agrees", why_not_asked=ASLEEP).status_code == 302
    assert ASLEEP in recorded(viewer_of(place.county.id, place.care), case)


def test_neither_who_follows_the_case_nor_who_is_asked_reads_it(
    place: SmallPlace, case: Case, carers: Organisation, desk: Client
) -> None:
    person = Participation.objects.get(case=case, person=case.person)
    assert asking(desk, case, carers, person_knows="not-asked", why_not_asked=ASLEEP).status_code == 302
    theirs = reads.resident_case(Viewer(grants=frozenset({person.id})), case.reference, "en", now=clock.now())
    assert theirs is not None
    assert theirs.sees == "all", "nobody but staff sees more of the case"
    assert any(entry.sentence.endswith("asked Carers to help.") for entry in theirs.entries)
    assert ASLEEP not in str(theirs.entries)
    assert ASLEEP not in recorded(viewer_of(carers.id), case)
    assert ASLEEP not in " ".join(Message.objects.values_list("body", flat=True))


def test_where_the_other_sees_the_whole_case_it_is_still_not_theirs_to_read(
    place: SmallPlace, case: Case, carers: Organisation, desk: Client
) -> None:
    assert asking(desk, case, carers, person_knows="not-asked", why_not_asked=ASLEEP).status_code == 302
    Participation.objects.filter(role="partner").update(sees="all")
    assert ASLEEP not in recorded(viewer_of(carers.id), case)


def test_a_page_that_is_out_of_date_gives_the_words_back(case: Case, carers: Organisation, desk: Client) -> None:
    Case.objects.filter(id=case.id).update(state="closed", open=False)
    answer = asking(desk, case, carers, person_knows="not-asked", why_not_asked=ASLEEP)
    assert answer.status_code == 422
    for kept in (ASLEEP, "Befriending", "They were not asked"):
        assert kept in answer.text
    assert "Send it as a message instead" not in answer.text[answer.text.index(ASLEEP) :][:3000]


def test_an_advocate_is_not_waited_for_where_the_person_cannot_decide(
    place: SmallPlace, case: Case, carers: Organisation, desk: Client
) -> None:
    Case.objects.filter(id=case.id).update(state="assessing")
    assert asking(desk, case, carers, "arrange-advocate").status_code == 422
    assert asking(desk, case, carers, "arrange-advocate", advocate_known="cannot-decide").status_code == 302
    assert "They cannot decide this" in recorded(viewer_of(place.county.id, place.care), case)


def test_of_a_carers_case_the_carer_is_asked(place: SmallPlace, case: Case, carers: Organisation, desk: Client) -> None:
    own = Case.objects.get(case_type="carers-assessment")
    refer = {"reason-refer": "carers-charity"}
    assert "Choose whether they know, and agree" in asking(desk, own, carers, **refer).text
    assert asking(desk, own, carers, **refer, person_knows="told").status_code == 302
    assert Entry.objects.get(case=own, step="refer").written["recorded"] == {"person_knows": "told"}


def test_an_action_keeps_the_answers_beside_the_words_the_other_reads(
    place: SmallPlace, case: Case, carers: Organisation
) -> None:
    actions.hand_over(
        case.id,
        "refer",
        to_organisation_id=carers.id,
        to_team_id=None,
        reason="charity",
        why="Befriending",
        ends=clock.now() + timedelta(days=3),
        written=Written(recorded={"person_knows": "told"}, language="en"),
        viewer=viewer_of(place.county.id, place.care),
        now=clock.now(),
    )
    written = Entry.objects.get(step="refer").written
    assert (written["text"], written["recorded"]) == ("Befriending", {"person_knows": "told"})
