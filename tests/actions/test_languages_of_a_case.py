"""People of one case read different languages: fixed words in each one's own, what was written marked as what it is."""

from __future__ import annotations

import pytest
from django.test import Client

from placewide.cases import actions
from placewide.cases.models import Case, Participation
from placewide.cases.terms import Written
from placewide.identity import actions as identity
from placewide.identity.terms import Role
from placewide.kernel import clock
from placewide.kernel.terms import SYSTEM
from placewide.messages.models import Message
from placewide.people import actions as people
from placewide.people.models import Person
from placewide.places.models import Organisation
from placewide.services import actions as services
from placewide.services.reads import live
from support.api import care_answers, place_today, right_answers, send
from support.desk import working
from support.place import PACKAGES, SmallPlace

pytestmark = pytest.mark.django_db
SAM = "sam@example.org"


@pytest.fixture
def place() -> SmallPlace:
    place = place_today()
    assert send(place.missed_bin, right_answers(contact_email=SAM), language="cy").status_code == 201
    Person.objects.update(name="Sam Prys", access_needs=["large-print", "easy-read"])
    assert Participation.objects.get().person is not None
    return place


def sam() -> Client:
    user = identity.join(SAM, actor=SYSTEM, now=clock.now())
    people.join_to_account(user.pk, SAM, actor=SYSTEM, now=clock.now())
    browser = Client()
    browser.force_login(user)
    return browser


def desk(place: SmallPlace, *, of_the_county: bool = False) -> Client:
    works_for = (place.county.id, place.care) if of_the_county else (place.district.id, place.waste)
    user = identity.add_staff(
        "priya@calder-vale.example",
        name="Priya",
        organisation_id=works_for[0],
        role=Role.OFFICER,
        team_id=works_for[1],
        actor=SYSTEM,
        now=clock.now(),
    )
    return working(user)


def test_staff_are_told_who_reads_what_before_they_write(place: SmallPlace) -> None:
    where = f"/staff/case/{Case.objects.get().reference}"
    officer = desk(place)
    page = officer.get(where).text
    hint = page.split('id="message-hint"')[1].split("</div>")[0]
    assert "Sam Prys reads Welsh" in hint
    assert "Large print" in hint
    assert "Easy Read" in hint
    Person.objects.update(language="en", access_needs=[])
    plain = officer.get(where).text.split('id="message-hint"')[1].split("</div>")[0]
    assert "Who reads this: Sam Prys." in plain
    assert "Welsh" not in plain and "Easy Read" not in plain


def test_what_staff_wrote_is_marked_as_english_on_a_welsh_page_and_the_other_way(place: SmallPlace) -> None:
    case, staff, resident = Case.objects.get(), desk(place), sam()
    staff.post(f"/staff/case/{case.reference}/write", {"message": "The crew comes on Tuesday."})
    welsh = resident.get(f"/cy/case/{case.reference}").text
    assert 'lang="en">The crew comes on Tuesday.' in welsh
    assert "Ysgrifennwyd yn Saesneg" in welsh
    assert "Ysgrifennwyd yn" not in resident.get(f"/case/{case.reference}").text
    resident.post(f"/cy/case/{case.reference}/write", {"message": "Diolch yn fawr."})
    english = staff.get(f"/staff/case/{case.reference}").text
    assert 'lang="cy">Diolch yn fawr.' in english
    assert "Written in Welsh" in english


def test_a_welsh_reader_gets_welsh_words_around_what_was_asked_as_it_was_written(place: SmallPlace) -> None:
    case = Case.objects.get()
    asked = Written(recorded={"what_is_needed": "Which gate?"}, language="en")
    actions.take_step(case.id, "ask-for-more", written=asked, viewer=place.staff("officer"), now=clock.now())
    mail = Message.objects.latest("queued_at", "id")
    assert (mail.language, mail.large_print) == ("cy", True)
    assert "Which gate?" in mail.body
    assert "Atebwch yma" in mail.body
    assert f"/cy/case/{case.reference}" in mail.body
    page = sam().get(f"/cy/case/{case.reference}").text
    assert 'lang="en"' in page.split('class="pw-need"')[1].split("</form>")[0]


def test_what_was_asked_in_a_language_nobody_noted_is_not_passed_off_as_the_pages(place: SmallPlace) -> None:
    case = Case.objects.get()
    asked = Written(recorded={"what_is_needed": "Which gate?"}, language="")
    actions.take_step(case.id, "ask-for-more", written=asked, viewer=place.staff("officer"), now=clock.now())
    page = sam().get(f"/cy/case/{case.reference}").text
    assert 'lang=""' in page.split('class="pw-need"')[1].split("</form>")[0]


@pytest.fixture
def care(place: SmallPlace) -> Case:
    services.adopt(place.county.id, PACKAGES / "care-needs", {}, actor=SYSTEM, now=clock.now())
    answers = care_answers(normal_day="She sits by the window.")
    assert send(live(place.county.id, "care-needs"), answers, language="en").status_code == 201
    return Case.objects.get(case_type="needs-assessment")


def test_an_answer_in_somebodys_own_words_says_in_which_language_it_is(place: SmallPlace, care: Case) -> None:
    officer = desk(place, of_the_county=True)
    welsh, english = (officer.get(f"{path}/staff/case/{care.reference}").text for path in ("/cy", ""))
    assert '<span class="pw-line" lang="en">She sits by the window.</span>' in welsh
    assert '<span class="pw-line">She sits by the window.</span>' in english
    chosen = welsh.split('id="answers"')[1].split('id="timeline"')[0]
    assert chosen.count('lang="en"') < chosen.count('class="pw-line"'), "what was chosen stands in Welsh"


def test_a_number_to_ring_is_written_as_people_write_it_and_can_be_pressed(place: SmallPlace, care: Case) -> None:
    Person.objects.filter(id=care.person_id).update(phone="+441632960001")
    page = desk(place, of_the_county=True).get(f"/staff/case/{care.reference}").text
    assert '<a class="govuk-link" href="tel:+441632960001">01632 960001</a>' in page


def test_a_welsh_page_calls_those_who_acted_by_their_welsh_name(place: SmallPlace) -> None:
    case, staff, resident = Case.objects.get(), desk(place), sam()
    Organisation.objects.filter(id=place.district.id).update(name="Dale Council", name_cy="Cyngor y Dyffryn")
    staff.post(f"/staff/case/{case.reference}/write", {"message": "The crew comes on Tuesday."})
    assert "Dale Council" not in resident.get(f"/cy/case/{case.reference}").text.split("<main")[1].split("</main>")[0]
    assert "Cyngor y Dyffryn" not in resident.get(f"/case/{case.reference}").text
