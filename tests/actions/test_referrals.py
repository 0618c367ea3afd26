"""A care case referred to another organisation: it learns what it needs in order to help, and not the rest."""

from __future__ import annotations

from datetime import timedelta

import pytest

from placewide.cases import actions, reads
from placewide.cases.models import Case, Entry, Participation
from placewide.cases.rules.words import to_staff
from placewide.cases.terms import TaskKind, Written
from placewide.identity import actions as identity
from placewide.kernel import ids
from placewide.kernel.terms import SYSTEM, Viewer
from placewide.messages.models import Message
from placewide.places import actions as places
from placewide.places.actions import NewOrganisation
from placewide.places.models import Organisation
from placewide.services import actions as services
from placewide.services.reads import live
from placewide.tasks.models import Task
from support.api import care_answers
from support.place import NOW, PACKAGES, SmallPlace, small_place
from support.sending import sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> SmallPlace:
    return small_place()


@pytest.fixture
def carers() -> Organisation:
    new = NewOrganisation(slug="carers", name="Calderbrook Carers", kind="charity", nation="England", tier="")
    return places.add_organisation(new, actor=SYSTEM, now=NOW)


def somebody(organisation_id: object, team_id: object = None) -> Viewer:
    user = identity.join(f"{ids.new_reference().lower()}@staff.example", actor=SYSTEM, now=NOW)
    return Viewer(user.id, organisation_id, frozenset({team_id} if team_id else ()), frozenset({"manager"}))


def referred(place: SmallPlace, carers: Organisation, case_type: str, reason: str, **changed: object) -> str:
    """All that the charity reads of the case after a referral."""
    services.adopt(place.county.id, PACKAGES / "care-needs", {}, actor=SYSTEM, now=NOW)
    said = {"carers_words": "I sleep four hours.", "normal_day": "Sits by the window.", "agrees": "yes"}
    answers = care_answers(**said | changed)
    sent(live(place.county.id, "care-needs"), answers)
    case = Case.objects.get(case_type=case_type)
    actions.hand_over(
        case.id,
        "refer",
        to_organisation_id=carers.id,
        to_team_id=None,
        reason=reason,
        why="Befriending",
        ends=NOW + timedelta(days=30),
        viewer=somebody(place.county.id, place.care),
        now=NOW,
    )
    shown = reads.staff_case(somebody(carers.id), case.reference, "en", now=NOW)
    assert shown is not None
    person = shown.person
    return " / ".join(
        [
            *(f"{line.question}: {line.text}" for line in shown.answers),
            person.name if person else "",
            *map(str, shown.held),
        ]
    )


def test_a_charity_reads_what_is_hard_and_how_to_reach_people(place: SmallPlace, carers: Organisation) -> None:
    read = referred(place, carers, "needs-assessment", "charity")
    for told in ("Edith Hale", "12 Mill Lane", "Sits by the window.", "ruth@example.com", "Washing"):
        assert told in read


def test_it_reads_nothing_of_danger_ability_to_decide_or_the_carers_own_words(
    place: SmallPlace, carers: Organisation
) -> None:
    read = referred(place, carers, "needs-assessment", "charity")
    for hidden in ("Urgent", "Can decide", "Agrees", "I sleep four hours.", "Mrs Lee"):
        assert hidden not in read


def test_of_a_carers_assessment_it_reads_nothing_about_the_person_cared_for(
    place: SmallPlace, carers: Organisation
) -> None:
    read = referred(place, carers, "carers-assessment", "carers-charity")
    assert "I sleep four hours." in read
    for hidden in ("Edith", "Sits by the window.", "Washing"):
        assert hidden not in read


def test_two_who_were_asked_read_what_they_were_asked_and_not_what_the_other_was(
    place: SmallPlace, carers: Organisation
) -> None:
    referred(place, carers, "needs-assessment", "charity")
    case = Case.objects.get(case_type="needs-assessment")
    new = NewOrganisation(slug="hebble", name="Hebble Homes", kind="charity", nation="England", tier="")
    homes = places.add_organisation(new, actor=SYSTEM, now=NOW)
    Participation.objects.create(
        id=ids.new_id(),
        case=case,
        organisation=homes,
        role="partner",
        step="refer",
        sees="shared",
        reason="A ramp",
        begins=NOW,
        ends=NOW + timedelta(days=30),
    )
    for theirs, reason in ((carers, "Befriending"), (homes, "A ramp")):
        shown = reads.staff_case(somebody(theirs.id), case.reference, "en", now=NOW)
        assert shown is not None
        assert [part.reason for part in shown.taking_part] == [reason]
    own = reads.staff_case(somebody(place.county.id, place.care), case.reference, "en", now=NOW)
    assert own is not None
    assert {"Befriending", "A ramp"} <= {part.reason for part in own.taking_part}


def taken(place: SmallPlace, case: Case, *steps: str, **written: object) -> Case:
    worker = somebody(place.county.id, place.care)
    for step in steps:
        actions.take_step(case.id, step, written=Written(recorded=written), viewer=worker, now=NOW)
    case.refresh_from_db()
    return case


@pytest.mark.parametrize("state", ["triage", "assessing", "advocate-wanted", "more-asked", "with-others", "decided"])
def test_danger_is_acted_on_at_once_wherever_the_case_stands(
    place: SmallPlace, carers: Organisation, state: str
) -> None:
    referred(place, carers, "needs-assessment", "charity")
    case = Case.objects.get(case_type="needs-assessment")
    Case.objects.filter(id=case.id).update(state=state)
    assert taken(place, case, "make-safe").state == "making-safe"
    own = Task.objects.filter(about_id=case.id, organisation_id=place.county.id, done_at=None, kind=TaskKind.STATE)
    assert own.get().due_at == case.due_at


def test_after_danger_the_case_is_read_anew_and_who_was_asked_still_sees_what_was_shared(
    place: SmallPlace, carers: Organisation
) -> None:
    """Help that was asked for does not end because of danger; staff can end it, or ask again."""
    referred(place, carers, "needs-assessment", "charity")
    case = Case.objects.get(case_type="needs-assessment")
    assert taken(place, case, "make-safe", "safe-now").state == "triage"
    partner = somebody(carers.id)
    shown = reads.staff_case(partner, case.reference, "en", now=NOW)
    assert shown is not None
    assert shown.steps == ()
    part = Participation.objects.get(case=case, organisation=carers)
    actions.end_participation(part.id, viewer=somebody(place.county.id, place.care), now=NOW)
    assert reads.staff_case(partner, case.reference, "en", now=NOW) is None


def test_who_was_asked_reads_neutral_words_of_what_was_done_since_and_nothing_of_danger(
    place: SmallPlace, carers: Organisation
) -> None:
    """A partner reads the hand-over and what came after it, in the words that residents read."""
    services.adopt(place.county.id, PACKAGES / "care-needs", {}, actor=SYSTEM, now=NOW)
    sent(live(place.county.id, "care-needs"), care_answers(agrees="yes"))
    case = Case.objects.get(case_type="needs-assessment")
    taken(place, case, "make-safe", "safe-now")
    later, worker = NOW + timedelta(hours=1), somebody(place.county.id, place.care)
    asking = {"to_organisation_id": carers.id, "to_team_id": None, "reason": "charity", "why": "Befriending"}
    actions.hand_over(case.id, "refer", **asking, ends=NOW + timedelta(days=30), viewer=worker, now=later)
    actions.take_step(case.id, "make-safe", viewer=worker, now=later + timedelta(hours=1))
    theirs = reads.staff_case(somebody(carers.id), case.reference, "en", now=later + timedelta(hours=2))
    assert theirs is not None
    assert [entry.sentence for entry in theirs.entries] == [
        "A person began to work on it.",
        "Calderbrook County Council asked another organisation to help.",
    ]
    assert (theirs.sentence, theirs.next) == ("A person is working on it.", "")
    ours = reads.staff_case(worker, case.reference, "en", now=later + timedelta(hours=2))
    assert ours is not None
    assert {"The person is safe for now.", "Began to find help that cannot wait."} <= {e.sentence for e in ours.entries}
    assert ours.next == "Make the person safe"


def told_of_it(case_type: str) -> tuple[str, list[str]]:
    """What who follows the case reads of the referral: the line of the timeline, and the mails."""
    case = Case.objects.get(case_type=case_type)
    line = Entry.objects.get(case=case, step="refer").sentence["en"]
    mails = Message.objects.filter(about_id=case.id, subject__contains="asked to help")
    return line, list(mails.values_list("body", flat=True))


@pytest.mark.parametrize(
    ("case_type", "reason"), [("needs-assessment", "charity"), ("carers-assessment", "carers-charity")]
)
def test_who_follows_the_case_reads_by_name_who_was_asked(
    place: SmallPlace, carers: Organisation, case_type: str, reason: str
) -> None:
    referred(place, carers, case_type, reason)
    line, mails = told_of_it(case_type)
    assert line == "Calderbrook County Council asked Calderbrook Carers to help."
    assert mails
    assert all("Calderbrook County Council asked Calderbrook Carers to help." in mail for mail in mails)
    own = Entry.objects.get(case__case_type=case_type, step="refer").sentence
    assert to_staff(own, "en").count("Calderbrook Carers") == 1, "named once to staff, too"


@pytest.mark.parametrize(
    ("case_type", "reason"), [("needs-assessment", "charity"), ("carers-assessment", "carers-charity")]
)
def test_while_anybody_of_the_report_is_held_nobody_but_staff_reads_the_name(
    place: SmallPlace, carers: Organisation, case_type: str, reason: str
) -> None:
    """Where help comes from may say what is feared, and whoever asks may be the danger (decision 0053)."""
    referred(place, carers, case_type, reason, urgent_signs=["hurt"])
    line, mails = told_of_it(case_type)
    assert line == "Calderbrook County Council asked another organisation to help."
    assert mails
    assert not any("Calderbrook Carers" in mail for mail in mails)
    own = Entry.objects.get(case__case_type=case_type, step="refer").sentence
    assert to_staff(own, "en").endswith(": Calderbrook Carers.")
    assert own["cy"] == "Gofynnodd Calderbrook County Council i sefydliad arall helpu."
