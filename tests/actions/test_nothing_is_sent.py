"""Whoever may be in danger from somebody near them is sent nothing, until staff say that it is safe (A10, A14)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import yaml
from django.test import Client

from placewide.cases import actions, reads
from placewide.cases.models import Case, Entry, Participation
from placewide.cases.reads import ResidentCase
from placewide.cases.terms import NotFound, Written
from placewide.identity import actions as identity
from placewide.identity.models import User
from placewide.identity.terms import Role
from placewide.kernel import clock, ids
from placewide.kernel.models import LedgerEntry
from placewide.kernel.outbox import work_until_quiet
from placewide.kernel.terms import SYSTEM, Viewer
from placewide.messages.models import Message
from placewide.messages.terms import State
from placewide.people.models import Person
from placewide.places import actions as places
from placewide.places.actions import NewOrganisation
from placewide.services.reads import live
from placewide.tasks.models import Task
from placewide.ui.wording import plain_date
from support.api import care_answers, caring_place
from support.desk import working
from support.place import MILL_LANE_12, PACKAGES, SmallPlace
from support.sending import sent

pytestmark = pytest.mark.django_db
DANGER = {"urgent_signs": ["hurt"], "safe_contact": "Ring me at work"}
# What nobody but staff may read of a case in which somebody may be in danger.
TELLTALE = ("danger", "hurt", "abuse", "neglect", "is safe", "made safe", "cannot wait", "urgent", "at once")


@pytest.fixture
def place(settings: Any) -> SmallPlace:
    settings.SMTP_URL = "smtp://127.0.0.1:9"  # nobody there: what is sent stays queued
    return caring_place()


def asked(place: SmallPlace, **others: object) -> Case:
    """Ruth asks for Edith, who may be in danger."""
    sent(live(place.county.id, "care-needs"), care_answers(**(DANGER | others)), clock.now())
    return Case.objects.get(case_type="needs-assessment")


def worker(place: SmallPlace, *roles: str) -> Viewer:
    user = identity.join(f"{ids.new_reference().lower()}@staff.example", actor=SYSTEM, now=clock.now())
    return Viewer(user.id, place.county.id, frozenset({place.care}), frozenset(roles or {"officer"}))


def desk(place: SmallPlace, other_body: object = None) -> Client:
    address = f"{ids.new_reference().lower()}@staff.example"
    known = {"name": "Moira", "organisation_id": place.county.id, "role": Role.OFFICER, "team_id": place.care}
    known |= {"organisation_id": other_body, "team_id": None} if other_body else {}
    user = identity.add_staff(address, actor=SYSTEM, now=clock.now(), **known)
    return working(user)


def account_of(name: str) -> tuple[Viewer, Client]:
    """Somebody the case speaks of, signed in to an account of their own."""
    user: User = identity.join(f"{name.split(maxsplit=1)[0].lower()}@home.example", actor=SYSTEM, now=clock.now())
    Person.objects.filter(name=name).update(user=user)
    browser = Client()
    browser.force_login(user)
    return Viewer(user.id), browser


def part_of(case: Case, name: str) -> Participation:
    return Participation.objects.get(case=case, person__name=name)


def told(name: str) -> list[str]:
    rows = Message.objects.filter(person__name=name, about_id=Case.objects.get(case_type="needs-assessment").id)
    return list(rows.order_by("queued_at", "id").values_list("state", flat=True))


SAFE_FIRST: list[tuple[str, str, dict[str, str]]] = [
    ("make-safe", "", {}),
    ("safe-now", "", {"what_was_done": "With her sister tonight."}),
]


def everything_staff_can_do(case: Case, place: SmallPlace, *, danger: bool = True) -> None:
    """Every step of the process that tells somebody something, and a message by hand."""
    officer, now = worker(place), clock.now()
    for n, (step, reason, recorded) in enumerate(
        [
            *(SAFE_FIRST if danger else []),
            ("assign-assessor", "", {"assessor_name": "Nia Price"}),
            ("ask-for-more", "", {"what_is_needed": "Who has a key?"}),
            ("answer", "", {"more_told": "Her sister."}),
            ("assign-assessor", "", {"assessor_name": "Nia Price"}),
            ("write-decision", "eligible", {"decision_record": "Looked at.", "decision_reasons": "Two outcomes."}),
            ("close", "plan-agreed", {}),
            ("ask-again", "", {}),
        ]
    ):
        written, at = Written(recorded=recorded), now + timedelta(minutes=n + 1)
        actions.take_step(case.id, step, reason=reason, written=written, viewer=officer, now=at)
    later = now + timedelta(hours=1)
    actions.write(case.id, Written(text="We come on Monday at ten."), viewer=officer, now=later)
    work_until_quiet(later)


def test_whatever_staff_do_nothing_is_sent_to_her_and_to_who_asked_only_what_staff_write(place: SmallPlace) -> None:
    case = asked(place)
    everything_staff_can_do(case, place)
    assert len(told("Edith Hale")) >= 8
    assert set(told("Edith Hale")) == {State.HELD}
    keys = Message.objects.filter(person__name="Ruth Hale", about_id=case.id).order_by("queued_at")
    assert [key.partition(":")[0] for key in keys.values_list("key", flat=True)] == ["case.opened", "case.written"]
    assert not Task.objects.filter(kind="letter.post").exists()
    assert Task.objects.filter(about_id=case.id, kind="case.tell").count() == 1, "one is enough"


def test_without_danger_the_same_is_sent_to_both(place: SmallPlace) -> None:
    case = asked(place, urgent_signs=["none"], safe_contact=None)
    everything_staff_can_do(case, place, danger=False)
    assert State.HELD not in told("Edith Hale")
    assert State.TO_POST in told("Edith Hale"), "or the test above shows nothing"
    assert not Task.objects.filter(kind="case.tell").exists()


def test_before_and_after_staff_write_they_read_who_reads_it(place: SmallPlace) -> None:
    case, browser = asked(place), desk(place)
    page, named = f"/staff/case/{case.reference}", "Who reads this: Ruth Hale. Who does not: Edith Hale."
    assert browser.get(page).text.count(named) == 1
    after = browser.post(f"{page}/write", {"message": "We come on Monday.", "_form": str(ids.new_id())}, follow=True)
    assert f"Your message was sent. {named}" in after.text
    assert "Your message was sent" not in browser.get(page).text


def test_staff_read_who_is_sent_nothing_and_what_to_say_and_say_that_they_have(place: SmallPlace) -> None:
    case, browser = asked(place), desk(place)
    actions.write(case.id, Written(text="We come on Monday at ten."), viewer=worker(place), now=clock.now())
    page = f"/staff/case/{case.reference}"
    shown = browser.get(page).text
    assert shown.index("Nothing is sent to Edith Hale. Find a safe way to tell them.") < shown.index("pw-decide")
    assert "Say this to Edith Hale" in shown
    assert "Ruth Hale asked Calderbrook County Council for help with care for you" in shown, "the letter"
    assert shown.count("We come on Monday at ten.") == 2, "the message itself, in the thread and to be said"
    naming = shown[shown.index('value="assign-assessor"') :]
    assert "Nothing is sent to Edith Hale" in naming[: naming.index("</form>")]
    task = Task.objects.get(about_id=case.id, kind="case.tell")
    assert "Edith" not in str(task.title)
    browser.post(f"{page}/settle", {"task": str(task.id)})
    assert set(told("Edith Hale")) == {State.TOLD}
    shown = browser.get(page).text
    assert "Say this to Edith Hale" not in shown
    assert "Nothing is sent to Edith Hale" in shown, "it is not safe yet"
    assert "The person was told in a safe way" in shown


def test_her_own_account_shows_no_case_until_it_is_safe(place: SmallPlace) -> None:
    case, (edith, browser) = asked(place), account_of("Edith Hale")
    assert reads.cases_of_resident(edith, "en", now=clock.now(), open=True).items == ()
    assert browser.get(f"/case/{case.reference}").status_code == 404
    browser.post(f"/case/{case.reference}/link")
    assert not Message.objects.filter(person__name="Edith Hale", key__startswith="case.follow").exists()
    part, now = part_of(case, "Edith Hale"), clock.now()
    assert actions.send_again(part.id, "She lives with her sister now.", viewer=worker(place), now=now)
    assert reads.resident_case(edith, case.reference, "en", now=now) is not None
    before = told("Edith Hale")
    actions.take_step(
        case.id,
        "assign-assessor",
        written=Written(recorded={"assessor_name": "Nia Price"}),
        viewer=worker(place),
        now=now,
    )
    assert told("Edith Hale") == [*before, State.QUEUED], "from that instant on, and nothing of before"


def test_stopping_and_starting_stand_on_the_ledger_without_name_or_reason_and_are_read_by_staff_only(
    place: SmallPlace,
) -> None:
    case, officer = asked(place), worker(place)
    ruth, now = account_of("Ruth Hale")[0], clock.now()
    part = part_of(case, "Edith Hale")
    actions.send_again(part.id, "Her sister opens the door.", viewer=officer, now=now)
    actions.hold_back(part.id, "He is back.", viewer=officer, now=now)
    assert not actions.hold_back(part.id, "He is back.", viewer=officer, now=now), "pressed twice, done once"
    kept = [entry.record for entry in LedgerEntry.objects.filter(act__startswith="case.sending").order_by("id")]
    assert [record["act"] for record in kept] == ["case.sending_released", "case.sending_held"]
    for secret in ("Edith", "sister", "He is back"):
        assert secret not in str(kept)
    shown = reads.staff_case(officer, case.reference, "en", now=now)
    assert shown is not None
    assert any(entry.text == "Edith Hale: He is back." for entry in shown.entries)
    theirs = reads.resident_case(ruth, case.reference, "en", now=now)
    assert theirs is not None
    assert not any("back" in entry.text or "sent to them" in entry.sentence for entry in theirs.entries)


def test_danger_that_turns_up_later_stops_what_waits_and_what_they_see(place: SmallPlace) -> None:
    case = asked(place, urgent_signs=["none"], safe_contact=None)
    (ruth, browser), officer, now = account_of("Ruth Hale"), worker(place), clock.now()
    work_until_quiet(now)
    assert Task.objects.filter(kind="letter.post").count() == 1
    for name in ("Edith Hale", "Ruth Hale"):
        actions.hold_back(part_of(case, name).id, "Ruth hurts her.", viewer=officer, now=now)
    assert set(told("Edith Hale")) == set(told("Ruth Hale")) == {State.HELD}
    assert not Task.objects.filter(kind="letter.post", state="open").exists(), "nobody prints it"
    carers = Case.objects.get(case_type="carers-assessment")
    assert part_of(carers, "Ruth Hale").held_at == now, "the same person, in the case sent together with it"
    assert Task.objects.filter(about_id=case.id, kind="case.tell").count() == 1
    before = browser.get(f"/case/{case.reference}").text
    assert "What has happened" in before
    everything_staff_can_do(case, place)
    assert _said(browser.get(f"/case/{case.reference}").text) == _said(before)
    line = next(
        each
        for each in reads.cases_of_resident(ruth, "en", now=now, open=True).items
        if each.reference == case.reference
    )
    assert line.sentence in before
    assert set(told("Ruth Hale")) == {State.HELD}


def test_what_they_write_themselves_still_arrives(place: SmallPlace) -> None:
    case = asked(place)
    (_, browser), now = account_of("Ruth Hale"), clock.now()
    actions.hold_back(part_of(case, "Ruth Hale").id, "Ruth hurts her.", viewer=worker(place), now=now)
    browser.post(f"/case/{case.reference}/write", {"message": "When do you come?"})
    assert "When do you come?" in browser.get(f"/case/{case.reference}").text
    assert "When do you come?" in desk(place).get(f"/staff/case/{case.reference}").text


def test_who_asked_learns_nothing_of_danger_from_a_page_or_a_message(place: SmallPlace) -> None:
    """They may be the danger themselves; or whoever is may read their mail."""
    case, (_, browser) = asked(place), account_of("Ruth Hale")
    everything_staff_can_do(case, place)
    answer = browser.get(f"/case/{case.reference}")
    assert answer.status_code == 200
    read = [_said(answer.text)]
    read += [f"{mail.subject} {mail.body}" for mail in Message.objects.filter(person__name="Ruth Hale")]
    assert len(read) > 3
    for text in read:
        assert [word for word in TELLTALE if word in text.casefold()] == [], text


def test_without_the_persons_word_who_asked_sees_that_it_came_and_what_staff_write_and_nothing_that_was_done(
    place: SmallPlace,
) -> None:
    case, (viewer, browser) = asked(place), account_of("Ruth Hale")
    before = browser.get(f"/case/{case.reference}").text
    everything_staff_can_do(case, place)
    case.refresh_from_db()
    shown = reads.resident_case(viewer, case.reference, "en", now=clock.now() + timedelta(hours=2))
    assert shown is not None
    assert [entry.text for entry in shown.entries] == ["We come on Monday at ten."]
    assert (shown.steps, shown.answers) == ((), ())
    assert (shown.line.sentence, shown.next) == _came(shown)
    assert "We have what you sent" in before
    page = browser.get(f"/case/{case.reference}").text
    for word in ("assessor", "Nia Price", "decided", "plan", "began"):
        assert word not in page.partition("<main")[2].partition("</main>")[0], word
    lists = reads.cases_of_resident(viewer, "en", now=clock.now() + timedelta(hours=2), open=True).items
    assert case.reference in {line.reference for line in lists}, "whether it is closed is not theirs to know either"


def _came(shown: ResidentCase) -> tuple[str, str]:
    """What was said on the day it came."""
    due = plain_date(shown.line.due_at, "en")
    return "We have what you sent, and a person is going to read it.", f"We will get in touch by {due}."


def test_who_is_hurt_and_asks_for_themselves_is_told_on_the_page_that_nothing_is_sent(place: SmallPlace) -> None:
    example = yaml.safe_load((PACKAGES / "care-needs/examples/for-myself.yaml").read_text(encoding="utf-8"))
    answers = example["answers"] | DANGER | {"home_address": {"uprn": str(MILL_LANE_12)}, "letters": []}
    done = sent(live(place.county.id, "care-needs"), answers, clock.now())
    case = Case.objects.get()
    assert told("Edith Hale") == [State.HELD]
    mine = Viewer(grants=frozenset(done.grants))
    lines = reads.sent_cases(mine, done.journey_id, "en", now=clock.now())
    assert [line.held for line in lines] == [True]
    everything_staff_can_do(case, place)
    shown = reads.resident_case(mine, case.reference, "en", now=clock.now() + timedelta(hours=2))
    assert shown is not None
    assert (shown.state, shown.answers, len(shown.entries)) == ("triage", (), 1), "as it was sent, without the answers"


def test_once_it_is_safe_the_page_says_so_and_warns_no_more_and_says_what_to_tell(place: SmallPlace) -> None:
    case, browser, page = asked(place), desk(place), ""
    page = browser.get(f"/staff/case/{case.reference}").text
    assert "Send no letter" in page
    actions.send_again(part_of(case, "Edith Hale").id, "With her sister.", viewer=worker(place), now=clock.now())
    page = browser.get(f"/staff/case/{case.reference}").text
    assert "Staff have said that it is safe to write to them" in page
    assert "Send no letter" not in page and "Do not ring" not in page
    assert "Tell the person in a safe way what was not sent to them" in page
    actions.hold_back(part_of(case, "Edith Hale").id, "He is back.", viewer=worker(place), now=clock.now())
    assert "Send no letter" in browser.get(f"/staff/case/{case.reference}").text


def test_only_officers_and_managers_of_the_organisation_say_what_is_safe(place: SmallPlace) -> None:
    case, now = asked(place), clock.now()
    part = part_of(case, "Edith Hale")
    crew, elsewhere = worker(place, "crew"), place.staff("manager")
    for viewer in (crew, elsewhere, account_of("Edith Hale")[0], account_of("Ruth Hale")[0], Viewer()):
        for act in (actions.send_again, actions.hold_back):
            with pytest.raises(NotFound):
                act(part.id, "Trust me.", viewer=viewer, now=now)
    assert part_of(case, "Edith Hale").held_at is not None


def test_the_page_asks_for_a_reason_and_keeps_what_was_written(place: SmallPlace) -> None:
    case, browser = asked(place), desk(place)
    part = part_of(case, "Edith Hale")
    page = f"/staff/case/{case.reference}"
    again, field = f"{page}/participation/{part.id}/send-again", f"why-{part.id}"
    refused = browser.post(again, {field: " "})
    assert refused.status_code == 422
    assert f'href="#{field}"' in refused.text
    long = browser.post(again, {field: "y" * 2001})
    assert long.status_code == 422
    assert "y" * 2001 in long.text
    assert part_of(case, "Edith Hale").held_at is not None
    done = browser.post(again, {field: "She lives with her sister now."}, follow=True)
    assert "From now on they are sent messages again." in done.text
    assert part_of(case, "Edith Hale").held_at is None
    assert "This was held back and is still to be said" in done.text
    stop = browser.post(f"{page}/participation/{part.id}/hold", {field: "He is back."}, follow=True)
    assert "From now on nothing is sent to them." in stop.text
    assert Entry.objects.filter(case=case, kind__in=("held", "released")).count() == 2
    nobodys = browser.post(f"{page}/participation/{ids.new_id()}/hold", {field: "x"})
    assert nobodys.status_code == 404


@pytest.mark.parametrize(("reported", "held"), [(True, True), (False, True), (False, False)])
def test_a_charity_that_is_handed_the_case_reads_that_care_is_needed_and_not_why(
    place: SmallPlace, reported: bool, held: bool
) -> None:
    case = asked(place) if reported else asked(place, urgent_signs=["none"], safe_contact=None)
    officer, now = worker(place), clock.now()
    if held:
        actions.hold_back(part_of(case, "Edith Hale").id, "He is back.", viewer=officer, now=now)
    new = NewOrganisation(slug="carers", name="Calderbrook Carers", kind="charity", nation="England", tier="")
    carers = places.add_organisation(new, actor=SYSTEM, now=now)
    given = {"to_organisation_id": carers.id, "to_team_id": None, "why": "Befriending", "ends": now + timedelta(days=9)}
    actions.hand_over(case.id, "refer", reason="charity", viewer=officer, now=now, **given)
    shown = desk(place, carers.id).get(f"/staff/case/{case.reference}").text
    assert "Befriending" in shown
    assert ("Be careful how you reach them" in shown) == reported
    assert ("Calderbrook County Council sends nothing to them" in shown) == (held and not reported)
    for hidden in ("Ring me at work", "He is back", "Say this to", "Send nothing more to"):
        assert hidden not in shown


@pytest.mark.parametrize(("said", "kept"), [(("Hello", "Hello"), 1), (("Hello", "Hello again"), 2)])
def test_the_same_words_of_one_form_are_one_message(place: SmallPlace, said: tuple[str, str], kept: int) -> None:
    case, browser = asked(place), account_of("Ruth Hale")[1]
    page = browser.get(f"/case/{case.reference}").text
    form = page.split('name="_form" value="')[1].split('"')[0]
    for text in said:
        answer = browser.post(f"/case/{case.reference}/write", {"message": text, "_form": form})
        assert answer.status_code == 302
    assert Entry.objects.filter(case=case, kind="message").count() == kept
    browser.post(f"/case/{case.reference}/write", {"message": said[0], "_form": str(ids.new_id())})
    assert Entry.objects.filter(case=case, kind="message").count() == kept + 1, "said again later, it is said again"


def test_staff_pressing_twice_write_once_and_send_once(place: SmallPlace) -> None:
    case, browser = asked(place), desk(place)
    page = f"/staff/case/{case.reference}"
    form = browser.get(page).text.split('name="_form" value="')[1].split('"')[0]
    before = len(told("Ruth Hale"))
    for _ in range(2):
        browser.post(f"{page}/write", {"message": "We come on Monday.", "_form": form})
    assert Entry.objects.filter(case=case, kind="message").count() == 1
    assert len(told("Ruth Hale")) == before + 1


def _said(page: str) -> str:
    """What a page says of its case: without what changes at every drawing, and what stands on every page."""
    main = page[page.index("<h1") : page.index("</main>")]
    lines = [line for line in main.splitlines() if 'name="_form"' not in line and "csrfmiddlewaretoken" not in line]
    return "\n".join(lines)
