"""Files of a case: given when asked for, seen by those who see the case, at the moment they ask, and by nobody else."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from placewide.cases import actions
from placewide.cases.models import Case, Entry, Participation
from placewide.cases.terms import Written
from placewide.identity import actions as identity
from placewide.identity.terms import Role
from placewide.kernel import clock
from placewide.kernel.models import StoredFile
from placewide.kernel.terms import SYSTEM, Viewer
from placewide.people import actions as people
from placewide.people.models import Person
from placewide.services import actions as services
from placewide.services import reads as live
from support.api import care_answers, place_today, send
from support.desk import working
from support.place import PACKAGES, SmallPlace

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> SmallPlace:
    place = place_today()
    services.adopt(place.county.id, PACKAGES / "care-needs", {}, actor=SYSTEM, now=clock.now())
    assert send(live.live(place.county.id, "care-needs"), care_answers()).status_code == 201
    return place


@pytest.fixture
def case(place: SmallPlace) -> Case:
    """Ruth's own case, of which more was asked."""
    case = Case.objects.get(case_type="carers-assessment")
    officer = Viewer(place.staff("officer").user_id, place.county.id, frozenset({place.care}), frozenset({"officer"}))
    asked = Written(recorded={"what_is_needed": "The hospital’s letter"})
    actions.take_step(case.id, "ask-for-more", written=asked, viewer=officer, now=clock.now())
    return case


def resident(email: str) -> Client:
    """Somebody signed in who proved this address."""
    user = identity.join(email, actor=SYSTEM, now=clock.now())
    people.join_to_account(user.pk, email, actor=SYSTEM, now=clock.now())
    browser = Client()
    browser.force_login(user)
    return browser


def ruth() -> Client:
    return resident(Person.objects.exclude(email="").earliest("known_since").email)


def staff_of(organisation_id: UUID, team_id: UUID | None = None) -> Client:
    known = {"name": "T", "organisation_id": organisation_id, "role": Role.OFFICER, "team_id": team_id}
    user = identity.add_staff(f"{organisation_id}@staff.example", actor=SYSTEM, now=clock.now(), **known)
    return working(user)


def photo(name: str = "letter from Dr Rao.jpg") -> SimpleUploadedFile:
    buffer = BytesIO()
    Image.new("RGB", (32, 24), "white").save(buffer, "JPEG")
    return SimpleUploadedFile(name, buffer.getvalue(), "image/jpeg")


def give(browser: Client, case: Case, *files: SimpleUploadedFile, told: str = "Here it is") -> object:
    sent = {"more_told": told, "more_files-upload": list(files)}
    return browser.post(f"/case/{case.reference}/step/answer", sent)


def given(case: Case) -> UUID:
    return UUID(Entry.objects.get(case=case, step="answer").written["files"][0])


def test_a_file_that_was_asked_for_is_received_and_seen_on_both_sides(place: SmallPlace, case: Case) -> None:
    hers = ruth()
    page = hers.get(f"/case/{case.reference}").text
    assert "The hospital’s letter" in page
    assert 'type="file"' in page
    assert give(hers, case, photo()).status_code == 302
    file_id = given(case)
    page = hers.get(f"/case/{case.reference}").text
    assert "letter from Dr Rao.jpg" in page, "received, and named as she named it"
    assert hers.get(f"/case/{case.reference}/file/{file_id}").content[:2] == b"\xff\xd8"
    desk = staff_of(place.county.id, place.care)
    assert "letter from Dr Rao.jpg" in desk.get(f"/staff/case/{case.reference}").text
    assert desk.get(f"/staff/case/{case.reference}/file/{file_id}").content[:2] == b"\xff\xd8"
    assert "Rao" not in desk.get(f"/staff/case/{case.reference}/file/{file_id}").request["PATH_INFO"]


@pytest.mark.parametrize(
    ("upload", "says"),
    [
        (SimpleUploadedFile("photo.jpg", b"\xff\xd8\xff" + b"0" * 10_000_001, "image/jpeg"), "10"),
        (SimpleUploadedFile("letter.docx", b"PK\x03\x04nothing", "application/msword"), "PDF"),
        (SimpleUploadedFile("empty.pdf", b"", "application/pdf"), "empty"),
    ],
    ids=["too large", "of another kind", "empty"],
)
def test_a_file_that_cannot_be_taken_loses_nothing_that_was_typed(
    place: SmallPlace, case: Case, upload: SimpleUploadedFile, says: str
) -> None:
    hers = ruth()
    answer = give(hers, case, upload, told="It came on Friday, two pages.")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "It came on Friday, two pages." in page
    assert "govuk-error-summary" in page
    summary = page.split("govuk-error-summary__list")[1].split("</ul>")[0]
    assert says in summary
    assert Case.objects.get(id=case.id).state == "more-asked"
    upload.seek(0)
    assert give(hers, case, photo(), told="It came on Friday, two pages.").status_code == 302


def test_a_good_file_beside_a_bad_one_is_not_asked_for_again(place: SmallPlace, case: Case) -> None:
    hers = ruth()
    bad = SimpleUploadedFile("notes.txt", b"plain words", "text/plain")
    page = give(hers, case, photo("page 1.jpg"), bad).content.decode()
    assert "page 1.jpg" in page
    kept = StoredFile.objects.get()
    sent = {"more_told": "Here it is", "more_files": [str(kept.id)]}
    assert hers.post(f"/case/{case.reference}/step/answer", sent).status_code == 302
    assert given(case) == kept.id


def test_a_file_given_beside_an_empty_field_is_kept_until_it_is_taken_out(place: SmallPlace, case: Case) -> None:
    hers = ruth()
    page = give(hers, case, photo("page 1.jpg"), told="").content.decode()
    assert "page 1.jpg" in page
    kept = StoredFile.objects.get()
    sent = {"more_told": "Wait", "more_files": [str(kept.id)], "remove": str(kept.id)}
    again = hers.post(f"/case/{case.reference}/step/answer", sent)
    assert again.status_code == 200
    assert "page 1.jpg" not in again.text
    assert "Wait" in again.text
    assert Case.objects.get(id=case.id).state == "more-asked"


def test_a_file_of_somebody_else_cannot_be_given_as_ones_own(place: SmallPlace, case: Case) -> None:
    hers = ruth()
    give(hers, case, photo())
    theirs = given(case)
    other = Case.objects.exclude(id=case.id).get()
    Entry.objects.filter(case=case).update(case=other)
    Case.objects.filter(id=case.id).update(state="more-asked")
    StoredFile.objects.update(about_id=other.id, kept_by_id=None)
    sent = {"more_told": "Here", "more_files": [str(theirs)]}
    assert hers.post(f"/case/{case.reference}/step/answer", sent).status_code == 302
    assert Entry.objects.get(case=case, step="answer").written["files"] == []


def test_a_copied_address_of_a_file_opens_nothing_to_anybody_else(place: SmallPlace, case: Case) -> None:
    give(ruth(), case, photo())
    for where in (f"/case/{case.reference}", f"/staff/case/{case.reference}"):
        address = f"{where}/file/{given(case)}"
        for stranger in (Client(), resident("mallory@example.org"), staff_of(place.district.id)):
            assert stranger.get(address).status_code in (302, 404)
            assert b"\xff\xd8" not in stranger.get(address).content[:2]
        Person.objects.filter(email="mallory@example.org").delete()
        identity.end_roles(
            identity.join(f"{place.district.id}@staff.example", actor=SYSTEM, now=clock.now()).id,
            place.district.id,
            on=clock.legal_date(clock.now()) - timedelta(days=1),
            actor=SYSTEM,
            now=clock.now(),
        )


def test_a_file_of_another_case_does_not_open_under_ones_own(place: SmallPlace, case: Case) -> None:
    hers = ruth()
    give(hers, case, photo())
    other = Case.objects.exclude(id=case.id).get()
    assert hers.get(f"/case/{other.reference}/file/{given(case)}").status_code == 404
    StoredFile.objects.all().delete()
    assert hers.get(f"/case/{case.reference}").status_code == 200
    assert hers.get(f"/case/{case.reference}/file/{given(case)}").status_code == 404


def test_who_may_no_longer_see_a_case_opens_none_of_its_files(place: SmallPlace, case: Case) -> None:
    hers = ruth()
    give(hers, case, photo())
    address = f"/case/{case.reference}/file/{given(case)}"
    assert hers.get(address).status_code == 200
    Participation.objects.filter(case=case).update(ends=clock.now() - timedelta(seconds=1))
    assert hers.get(address).status_code == 404


def test_who_sees_less_than_a_form_needs_meets_a_page_that_is_not_there(case: Case) -> None:
    Participation.objects.update(sees="progress")
    assert ruth().get(f"/case/{case.reference}").status_code == 200
    answer = ruth().post(f"/case/{case.reference}/write", {"message": "Is somebody coming?"})
    assert answer.status_code == 404
    assert not Entry.objects.filter(case=case, kind="message").exists()


def test_nobody_floods_a_case_with_messages_and_what_was_written_is_kept(case: Case) -> None:
    hers, address = ruth(), f"/case/{case.reference}/write"
    for number in range(20):
        assert hers.post(address, {"message": f"Is somebody coming? {number}"}).status_code == 302
    answer = hers.post(address, {"message": "Still nobody came"})
    assert answer.status_code == 422
    assert "many messages" in answer.text
    assert "Still nobody came" in answer.text
    assert Entry.objects.filter(case=case, kind="message").count() == 20
