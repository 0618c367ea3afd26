"""Persons as organisations know them; two organisations on one node stay apart."""

from datetime import date

import pytest
from django.db import connection

from messages_place import NOW, council
from placewide.identity.actions import join
from placewide.kernel.ids import new_id
from placewide.kernel.models import LedgerEntry
from placewide.kernel.terms import GUEST, SYSTEM, Viewer
from placewide.people import reads
from placewide.people.actions import end_warning, join_by_link, join_to_account, know, warn
from placewide.people.models import Person, Warning
from placewide.people.terms import AccessNeed, NewPerson, NotFound

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return council("county", name="Calderbrook County Council")


@pytest.fixture
def district():
    return council("district")


def known(organisation, email="ruth@example.org", **more):
    return know([NewPerson(new_id(), organisation.id, email=email, **more)], actor=GUEST, now=NOW)[0]


def staff_of(organisation):
    return Viewer(user_id=new_id(), organisation_id=organisation.id, roles=frozenset({"admin"}))


def worker(organisation):
    user = join(f"{new_id().hex}@{organisation.slug}.example", actor=SYSTEM, now=NOW)
    return Viewer(user_id=user.id, organisation_id=organisation.id, roles=frozenset({"officer"}))


def test_many_people_are_written_in_one_statement(county, django_assert_num_queries):
    new = [
        NewPerson(new_id(), county.id, name=name, access_needs=(AccessNeed.LARGE_PRINT,)) for name in ("Ruth", "Edith")
    ]
    with django_assert_num_queries(3):  # savepoint, insert, release
        people = know(new, actor=GUEST, now=NOW)
    assert [person.name for person in people] == ["Ruth", "Edith"]
    assert Person.objects.get(name="Edith").access_needs == ["large-print"]


def test_one_organisation_does_not_see_the_others_people(county, district):
    at_county, at_district = known(county), known(district)
    assert reads.person(staff_of(county), at_county.id) == at_county
    assert reads.person(staff_of(county), at_district.id) is None
    assert reads.people(staff_of(district), {at_county.id, at_district.id}) == {at_district.id: at_district}


def test_a_guest_sees_nobody(county):
    assert reads.person(Viewer(), known(county).id) is None
    assert reads.people(Viewer(), {known(county).id}) == {}


def test_the_residents_own_account_joins_what_organisations_know(county, district):
    user = join("ruth@example.org", actor=GUEST, now=NOW)
    mine = {known(county).id, known(district, "RUTH@example.org ").id}
    known(county, "edith@example.org")
    assert join_to_account(user.id, "ruth@example.org", actor=GUEST, now=NOW) == 2
    viewer = Viewer(user_id=user.id)
    assert all(reads.person(viewer, person_id) for person_id in mine)


def test_joining_again_or_by_another_account_changes_nothing(county):
    ruth, other = join("ruth@example.org", actor=GUEST, now=NOW), join("other@example.org", actor=GUEST, now=NOW)
    person = known(county)
    join_to_account(ruth.id, "ruth@example.org", actor=GUEST, now=NOW)
    assert join_to_account(ruth.id, "ruth@example.org", actor=GUEST, now=NOW) == 0
    assert join_to_account(other.id, "ruth@example.org", actor=GUEST, now=NOW) == 0
    assert reads.person(Viewer(user_id=other.id), person.id) is None


def test_somebody_without_an_address_is_joined_to_nobody(county):
    user = join("ruth@example.org", actor=GUEST, now=NOW)
    known(county, "")
    assert join_to_account(user.id, "", actor=GUEST, now=NOW) == 0
    assert not Person.objects.filter(user_id=user.id).exists()


def test_an_opened_link_joins_one_person(county, district):
    user = join("ruth@example.org", actor=GUEST, now=NOW)
    person, other = known(county, ""), known(district, "")
    assert join_person(user, person)
    assert reads.person(Viewer(user_id=user.id), person.id)
    assert reads.person(Viewer(user_id=user.id), other.id) is None


def test_a_link_takes_nobody_away_from_another_account(county):
    ruth, other = join("ruth@example.org", actor=GUEST, now=NOW), join("other@example.org", actor=GUEST, now=NOW)
    person = known(county, "")
    assert join_person(ruth, person)
    assert not join_person(other, person)


def join_person(user, person):
    return join_by_link(user.id, person.id, actor=GUEST, now=NOW)


def test_staff_in_their_work_do_not_look_through_their_own_account(county, district):
    user = join("amina@calder.example", actor=GUEST, now=NOW)
    own = known(district, "amina@calder.example")
    join_to_account(user.id, "amina@calder.example", actor=GUEST, now=NOW)
    at_work = Viewer(user_id=user.id, organisation_id=county.id)
    assert reads.person(at_work, own.id) is None


def test_a_warning_is_read_by_staff_of_its_organisation_until_it_is_taken_away(county, district):
    edith, officer = known(county), worker(county)
    warning_id = warn(edith.id, "Dog in the garden: ring first.", date(2027, 1, 15), viewer=officer, now=NOW)
    (shown,) = reads.warnings_about(officer, edith.id)
    assert (shown.id, shown.text, shown.review_on) == (warning_id, "Dog in the garden: ring first.", date(2027, 1, 15))
    assert reads.warnings_about(worker(district), edith.id) == ()
    assert reads.warnings_about(Viewer(user_id=officer.user_id), edith.id) == ()
    with pytest.raises(NotFound):
        end_warning(warning_id, viewer=worker(district), now=NOW)
    end_warning(warning_id, viewer=officer, now=NOW)
    assert reads.warnings_about(officer, edith.id) == ()
    with pytest.raises(NotFound):
        end_warning(warning_id, viewer=officer, now=NOW)
    assert Warning.objects.get().ended_at == NOW, "it stays on record"


def test_nobody_warns_of_a_person_of_another_organisation(county, district):
    edith = known(county)
    for viewer in (worker(district), Viewer(user_id=worker(county).user_id)):
        with pytest.raises(NotFound):
            warn(edith.id, "Beware", date(2027, 1, 15), viewer=viewer, now=NOW)
    assert not Warning.objects.exists()


def test_a_warning_is_sealed_and_the_ledger_has_no_word_of_it(county):
    edith, officer = known(county), worker(county)
    warn(edith.id, "Dog in the garden", date(2027, 1, 15), viewer=officer, now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM people_warning")
        assert b"Dog" not in bytes(cursor.fetchone()[0])
    assert "Dog" not in str(LedgerEntry.objects.get(act="person.warned").record)
