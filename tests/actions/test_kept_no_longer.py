"""What a package promises to delete is deleted, from every table, at its time, and nothing else with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client

from placewide.cases import actions, reads
from placewide.cases.handlers import dispose_due
from placewide.cases.models import Case, Entry, LegalHold, Participation
from placewide.cases.reads.keeping import due_to_go
from placewide.cases.terms import NotFound, StepRefused, Written
from placewide.identity import actions as identity
from placewide.identity.terms import Role
from placewide.journeys.models import Journey
from placewide.kernel import ledger
from placewide.kernel.files import actions as files
from placewide.kernel.models import LedgerEntry, StoredFile
from placewide.kernel.outbox import work_until_quiet
from placewide.kernel.terms import GUEST, SYSTEM, Viewer
from placewide.messages.models import Message
from placewide.people import actions as people
from placewide.people.models import Person, Warning
from placewide.services import actions as services
from placewide.services import reads as live
from placewide.tasks.models import Task
from support.api import care_answers, right_answers
from support.desk import working
from support.kept import readable
from support.packages import copied, raised
from support.place import NOW, PACKAGES, SmallPlace, small_place
from support.sending import sent

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
ALL = {"messages", "files", "person", "answers", "timeline"}
# Sam wrote these, or they were written of Sam.
SAM = ("quillberry@example.org", "Quillberry", "Thistlewick", "Fennelcote", "Marrowby.pdf")
EDITH = ("Edith", "Hale", "Dandlefoot", "Bramblecombe", "ruth.hale")


@dataclass(frozen=True)
class Closed:
    """A case that was worked on and is closed."""

    case: Case
    officer: Viewer
    resident: Viewer


@pytest.fixture
def place() -> SmallPlace:
    place = small_place()
    services.adopt(place.county.id, PACKAGES / "care-needs", {}, actor=SYSTEM, now=NOW)
    return place


def at(day: date, hour: int = 12) -> datetime:
    return NOW.replace(year=day.year, month=day.month, day=day.day, hour=hour)


def a_missed_bin(place: SmallPlace) -> Closed:
    """Reported by Sam, who writes, sends a file, and is written to; closed on 23 November 2026."""
    done = sent(place.missed_bin, right_answers(contact_email=SAM[0]))
    case, officer = Case.objects.get(id=done.case_ids[0]), place.staff()
    resident = Viewer(grants=frozenset(done.grants))
    work_until_quiet(NOW)
    actions.write(case.id, Written(text="It is Quillberry's bin"), viewer=resident, now=NOW)
    actions.note(case.id, "Thistlewick rang", viewer=officer, now=NOW)
    photo = files.keep(b"%PDF-1.4\n%%EOF\n", name=SAM[-1], organisation_id=place.district.id, actor=GUEST, now=NOW)
    seen = Written(text="Fennelcote was out", recorded={"seen": "Fennelcote", "seen_photos": []}, files=(photo.id,))
    actions.take_step(case.id, "look", written=seen, viewer=officer, now=NOW)
    actions.take_step(case.id, "note-collected", viewer=officer, now=NOW)
    work_until_quiet(NOW)
    assert readable(SAM) == set(SAM), "or nothing would be shown to go"
    return Closed(Case.objects.get(id=case.id), officer, resident)


def found(viewer: Viewer, words: str) -> list[str]:
    return [line.reference for line in reads.found(viewer, words, "en", now=NOW).items]


def certificates(case: Case) -> list[dict[str, object]]:
    from placewide.kernel import keys

    subject = keys.pseudonym(str(case.id), purpose="ledger")
    rows = LedgerEntry.objects.filter(act="case.disposed").order_by("id")
    return [row.record["particulars"] for row in rows if row.record["subject"] == subject]


def test_of_a_missed_bin_nothing_names_anybody_after_six_months_and_a_stripped_row_is_left_after_two_years(
    place: SmallPlace,
) -> None:
    bin_ = a_missed_bin(place)
    assert dispose_due(at(date(2027, 5, 23), 22)) == 0, "six months are not over until the day is"
    assert readable(SAM) == set(SAM)

    assert dispose_due(at(date(2027, 5, 24), 1)) == 1
    assert readable(SAM) == set()
    case = Case.objects.get(id=bin_.case.id)
    assert set(case.disposed) == {"messages", "files", "person"}
    assert not Message.objects.exists() and not Person.objects.exists() and not StoredFile.objects.exists()
    assert not Participation.objects.exists() and not Task.objects.filter(state="open").exists()
    assert case.journey.answers == {"address": case.journey.answers["address"], "bin": "refuse"}
    assert found(bin_.officer, "quillberry") == []

    assert dispose_due(at(date(2027, 11, 24))) == 1
    assert dispose_due(at(date(2028, 11, 24))) == 1
    case.refresh_from_db()
    assert set(case.disposed) == ALL and case.dispose_on is None
    assert case.place == "12 Mill Lane, Calderford, ZZ1 2AB" and case.journey.uprn, "where it was stays, and the day"
    steps = list(Entry.objects.order_by("id").values_list("step", flat=True))
    assert [step for step in steps if step] == ["look", "note-collected"], "which steps were taken stays"
    assert not any(row.user_id or row.sentence or row.written for row in Entry.objects.all())
    assert found(bin_.officer, case.reference) == [] and found(bin_.officer, "mill lane") == []
    assert dispose_due(at(date(2040, 1, 1))) == 0, "it is never looked at again"


def test_the_ledger_certifies_what_went_how_much_and_why_and_names_nobody(place: SmallPlace) -> None:
    bin_ = a_missed_bin(place)
    dispose_due(at(date(2027, 5, 24)))
    kept = {row["category"]: row for row in certificates(bin_.case)}
    assert set(kept) == {"messages", "files", "person"}
    assert kept["person"] == {
        "category": "person",
        "disposal": "delete",
        "rows": 1,
        "closed": "2026-11-23",
        "months": 6,
        "source": "Needed only to answer, and for a complaint about the answer",
        "package": "missed-bin 1.0.0",
    }
    assert kept["files"]["rows"] == 1
    assert ledger.seal(NOW) and ledger.verify().stands, "what was recorded about it before still stands"


def two_cases(place: SmallPlace) -> tuple[Case, Case]:
    """Edith's and Ruth's, of one journey."""
    care = live.live(place.county.id, "care-needs")
    answers = care_answers(carers_words="Dandlefoot", wishes="Bramblecombe", applicant_email="ruth.hale@example.org")
    done = sent(care, answers)
    work_until_quiet(NOW)
    rows = {row.case_type: row for row in Case.objects.filter(id__in=done.case_ids)}
    return rows["needs-assessment"], rows["carers-assessment"]


def care_officer(place: SmallPlace, *roles: str) -> Viewer:
    user = identity.join(f"tom{len(roles)}@county.example", actor=SYSTEM, now=NOW)
    return Viewer(user.id, place.county.id, frozenset({place.care}), frozenset(roles or ("officer",)))


def close(case: Case, officer: Viewer, now: datetime) -> None:
    actions.take_step(
        case.id, "assign-assessor", written=Written(recorded={"assessor_name": "Nia"}), viewer=officer, now=now
    )
    decided = Written(recorded={"decision_record": "Looked at Dandlefoot", "decision_reasons": "Bramblecombe"})
    actions.take_step(case.id, "write-decision", reason="eligible", written=decided, viewer=officer, now=now)
    actions.take_step(case.id, "close", reason="advice-given", viewer=officer, now=now)
    work_until_quiet(now)


def test_of_a_request_for_care_dates_and_kinds_of_steps_are_left_after_eight_years(place: SmallPlace) -> None:
    hers, ruths = two_cases(place)
    officer = care_officer(place)
    letter = files.keep(
        b"%PDF-1.4\n%%EOF\n",
        name="Bramblecombe.pdf",
        organisation_id=place.county.id,
        about_id=hers.journey_id,
        actor=GUEST,
        now=NOW,
    )
    people.warn(hers.person_id, "Dandlefoot bites", date(2027, 1, 1), viewer=officer, now=NOW)  # type: ignore[arg-type]
    for case in (hers, ruths):
        close(case, officer, NOW)
    assert readable(EDITH) == set(EDITH)
    assert dispose_due(at(date(2034, 11, 23))) == 0
    assert readable(EDITH) == set(EDITH) and StoredFile.objects.filter(id=letter.id).exists()

    assert dispose_due(at(date(2034, 11, 24))) == 2
    assert readable(EDITH) == set()
    assert not StoredFile.objects.exists() and not Warning.objects.exists() and not Task.objects.exists()
    journey = Journey.objects.get(id=hers.journey_id)
    assert (journey.answers, journey.facts, journey.uprn, journey.user_id) == ({}, {}, "", None)
    for case in Case.objects.all():
        assert (case.place, case.notes, case.person_id, case.dispose_on) == ("", [], None, None)
        steps = Entry.objects.filter(case=case).exclude(step="").order_by("id").values_list("step", flat=True)
        assert list(steps) == ["assign-assessor", "write-decision", "close"]


def test_where_the_timeline_is_deleted_too_nothing_is_left_but_certificates(place: SmallPlace, tmp_path: Path) -> None:
    folder = copied(tmp_path, "care-needs")
    text = (folder / "retention.yaml").read_text(encoding="utf-8")
    (folder / "retention.yaml").write_text(text.replace("disposal: strip", "disposal: delete"), encoding="utf-8")
    services.adopt(place.county.id, raised(folder), {}, actor=SYSTEM, now=NOW)
    hers, ruths = two_cases(place)
    officer = care_officer(place)
    close(hers, officer, NOW)
    close(ruths, officer, NOW + 40 * DAY)
    assert dispose_due(at(date(2034, 11, 24))) == 1
    assert list(Case.objects.values_list("id", flat=True)) == [ruths.id], "Ruth's own is kept for forty days more"
    assert Journey.objects.filter(id=hers.journey_id).exists(), "for it still needs the answers"
    assert dispose_due(at(date(2035, 1, 3))) == 1
    for table in (Case, Journey, Entry, Participation, Person, Message, Task, StoredFile):
        assert not table.objects.exists(), table.__name__
    assert readable(EDITH) == set()
    assert {row["category"] for row in certificates(hers)} == ALL == {row["category"] for row in certificates(ruths)}


def test_a_case_sent_together_that_is_not_due_stays_whole(place: SmallPlace) -> None:
    hers, ruths = two_cases(place)
    officer, later = care_officer(place), NOW + 40 * DAY
    close(ruths, officer, NOW)
    before = _whole(hers)
    assert dispose_due(at(date(2034, 11, 24))) == 1
    assert set(Case.objects.get(id=ruths.id).disposed) == ALL
    assert _whole(hers) == before, "it was never closed"
    assert Person.objects.filter(name="Edith Hale").exists()
    shown = reads.staff_case(officer, ruths.reference, "en", now=later)
    assert shown is not None and shown.answers == () and shown.person is None
    still = reads.staff_case(officer, hers.reference, "en", now=later)
    assert still is not None and "Bramblecombe" in str(still.answers)

    close(hers, officer, later)
    assert dispose_due(at(date(2035, 1, 2))) == 0
    assert dispose_due(at(date(2035, 1, 3))) == 1
    assert readable(EDITH) == set()


def _whole(case: Case) -> tuple[object, ...]:
    row = Case.objects.select_related("journey", "person").get(id=case.id)
    follows = Participation.objects.filter(case=case).order_by("id").values_list("person__name", "sees", "role")
    told = [(one.to, one.body) for one in Message.objects.filter(about_id=case.id).order_by("id")]
    said = [(one.sentence, one.written, one.user_id) for one in Entry.objects.filter(case=case).order_by("id")]
    person = row.person.name if row.person else None
    return row.journey.answers, row.journey.facts, person, row.place, row.notes, list(follows), told, said


def test_a_case_that_was_opened_again_is_kept_and_its_period_begins_anew(place: SmallPlace) -> None:
    bin_ = a_missed_bin(place)
    actions.take_step(bin_.case.id, "not-fixed", viewer=bin_.officer, now=NOW + DAY)
    assert Case.objects.get().dispose_on is None
    assert dispose_due(at(date(2030, 1, 1))) == 0
    actions.take_step(bin_.case.id, "note-collected", viewer=bin_.officer, now=NOW + 10 * DAY)
    assert Case.objects.get().dispose_on == date(2027, 6, 4)
    assert dispose_due(at(date(2027, 6, 3))) == 0
    assert dispose_due(at(date(2027, 6, 4))) == 1


def test_a_case_of_which_something_has_gone_is_not_opened_again(place: SmallPlace) -> None:
    hers, _ = two_cases(place)
    officer = care_officer(place)
    close(hers, officer, NOW)
    dispose_due(at(date(2034, 11, 24)))
    with pytest.raises(StepRefused):
        actions.take_step(hers.id, "ask-again", viewer=officer, now=at(date(2034, 11, 25)))


def test_nothing_is_written_on_a_case_of_which_something_has_gone_since_it_would_stay(place: SmallPlace) -> None:
    bin_ = a_missed_bin(place)
    dispose_due(at(date(2027, 5, 24)))
    with pytest.raises(NotFound):
        actions.note(bin_.case.id, "Quillberry again", viewer=bin_.officer, now=at(date(2027, 5, 25)))
    with pytest.raises(NotFound):
        actions.write(bin_.case.id, Written(text="Quillberry"), viewer=bin_.officer, now=at(date(2027, 5, 25)))
    browser, address = staff_browser(place), f"/staff/case/{bin_.case.reference}"
    assert f"{address}/note" not in browser.get(address).text
    assert browser.post(f"{address}/note", {"note": "Quillberry"}).status_code == 404
    assert readable(SAM) == set()


def test_what_the_law_holds_is_kept_until_it_is_released_and_the_ledger_has_both(place: SmallPlace) -> None:
    bin_, manager = a_missed_bin(place), place.staff("manager")
    actions.place_legal_hold(bin_.case.id, "A claim by Quillberry", date(2027, 3, 1), viewer=manager, now=NOW)
    late = at(date(2028, 11, 24))
    assert dispose_due(late) == 0 and actions.dispose(bin_.case.id, actor=SYSTEM, now=late) == ()
    assert readable(SAM) == set(SAM)
    assert actions.end_legal_hold(bin_.case.id, viewer=manager, now=late) == 1
    assert dispose_due(late) == 1
    assert LegalHold.objects.get().ended_at == late
    acts = list(LedgerEntry.objects.filter(act__startswith="case.legal").order_by("id").values_list("act", flat=True))
    assert acts == ["case.legal_hold_placed", "case.legal_hold_ended"]
    assert not any("Quillberry" in str(row.record) for row in LedgerEntry.objects.all())


@pytest.mark.parametrize("who", ["an officer", "another organisation's manager", "the resident"])
def test_only_a_manager_of_the_organisation_holds_a_case(place: SmallPlace, who: str) -> None:
    bin_ = a_missed_bin(place)
    viewer = {
        "an officer": bin_.officer,
        "another organisation's manager": care_officer(place, "manager"),
        "the resident": bin_.resident,
    }[who]
    with pytest.raises(NotFound):
        actions.place_legal_hold(bin_.case.id, "A claim", date(2027, 3, 1), viewer=viewer, now=NOW)
    assert not LegalHold.objects.exists()


def test_done_again_it_changes_nothing_and_certifies_nothing_twice(place: SmallPlace) -> None:
    bin_, due = a_missed_bin(place), at(date(2027, 5, 24))
    assert actions.dispose(bin_.case.id, actor=SYSTEM, now=due) == ("messages", "files", "person")
    assert actions.dispose(bin_.case.id, actor=SYSTEM, now=due) == ()
    assert actions.dispose(UUID(int=1), actor=SYSTEM, now=due) == ()
    assert len(certificates(bin_.case)) == 3


def test_one_run_lets_go_of_so_many_cases_and_no_more_the_longest_due_first(place: SmallPlace) -> None:
    first, second = a_missed_bin(place), a_missed_bin(place)
    Case.objects.filter(id=second.case.id).update(dispose_on=date(2027, 5, 1))
    due = at(date(2027, 5, 24))
    assert due_to_go(date(2027, 5, 24), 10) == [second.case.id, first.case.id]
    assert dispose_due(due, 1) == 1
    assert due_to_go(date(2027, 5, 24), 10) == [first.case.id]


def test_what_has_gone_shows_nobody_that_it_was_there_and_staff_what_was_deleted(place: SmallPlace) -> None:
    bin_ = a_missed_bin(place)
    address = f"/case/{bin_.case.reference}"
    dispose_due(at(date(2027, 5, 24)))
    gone, never = Client().get(address), Client().get("/case/AAAA-AAAA-A")
    assert gone.status_code == never.status_code == 404
    assert reads.resident_case(bin_.resident, bin_.case.reference, "en", now=NOW) is None
    for day in (date(2027, 5, 24), date(2027, 11, 24), date(2028, 11, 24)):
        dispose_due(at(day))
        page = staff_browser(place).get(f"/staff/case/{bin_.case.reference}")
        assert page.status_code == 200 and "Deleted, as promised" in page.text
        assert "Messages and notes. Photos and files. Who it was about and how to reach them." in page.text
        assert not [word for word in SAM if word in page.text]
        welsh = staff_browser(place).get(f"/cy/staff/case/{bin_.case.reference}")
        assert welsh.status_code == 200 and "Deleted, as promised" not in welsh.text


def staff_browser(place: SmallPlace) -> Client:

    known = {"name": "Priya", "organisation_id": place.district.id, "role": Role.OFFICER, "team_id": place.waste}
    user = identity.add_staff("priya@staff.example", actor=SYSTEM, now=NOW - DAY, **known)
    return working(user)
