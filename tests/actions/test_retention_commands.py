"""``placewide retention``: what is due, the run, and what the law holds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from click.testing import CliRunner, Result

from placewide.cases import actions
from placewide.cases.commands import retention
from placewide.cases.models import Case, LegalHold
from placewide.identity import actions as identity
from placewide.identity.terms import Role
from placewide.kernel import clock
from placewide.kernel.clock import legal_date
from placewide.kernel.terms import SYSTEM
from support.api import place_today, right_answers
from support.place import SmallPlace
from support.sending import sent

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(days=230)
MANAGER = "maria@staff.example"


@pytest.fixture
def place() -> SmallPlace:
    place = place_today()
    known = {"name": "Maria", "organisation_id": place.district.id, "role": Role.MANAGER}
    identity.add_staff(MANAGER, actor=SYSTEM, now=clock.now() - LONG_AGO, **known)
    return place


@pytest.fixture
def case(place: SmallPlace) -> Case:
    """Closed more than six months ago."""
    now = clock.now()
    done = sent(place.missed_bin, right_answers(contact_email="sam@example.org"), now)
    actions.take_step(done.case_ids[0], "note-collected", viewer=place.staff(), now=now - LONG_AGO)
    return Case.objects.get()


def said(*words: str) -> Result:
    return CliRunner().invoke(retention, words)


def test_due_says_how_many_of_whom_and_deletes_nothing(case: Case) -> None:
    assert said("due").output == f"calder-vale\t1\n1 case(s) by {legal_date(clock.now()).isoformat()}\n"
    assert said("due", "--on", "2020-01-01").output == "0 case(s) by 2020-01-01\n"
    assert Case.objects.get().disposed == []


def test_run_deletes_what_is_due_today(case: Case) -> None:
    assert said("run").output == "something of 1 case(s) was deleted\n"
    assert set(Case.objects.get().disposed) == {"messages", "files", "person"}
    assert said("run").output == "something of 0 case(s) was deleted\n"


def test_a_manager_holds_a_case_and_lets_it_go(case: Case) -> None:
    day = (legal_date(clock.now()) + timedelta(days=90)).isoformat()
    held = said("hold", case.reference.lower(), "--reason", "A claim by Sam", "--review", day, "--by", MANAGER)
    assert held.output == f"nothing of {case.reference} goes until the hold is ended; look at it on {day}\n"
    assert said("holds").output == f"{case.reference}\tcalder-vale\t{day}\t{MANAGER}\n"
    assert said("due").output.startswith("0 case(s)") and said("run").output.startswith("something of 0")
    assert said("release", case.reference, "--by", MANAGER).output == f"1 hold(s) on {case.reference} ended\n"
    assert said("holds").output == ""
    assert said("run").output.startswith("something of 1")


def test_a_hold_that_should_have_been_looked_at_still_holds_and_says_so(case: Case) -> None:
    day = legal_date(clock.now()).isoformat()
    said("hold", case.reference, "--reason", "A claim", "--review", day, "--by", MANAGER)
    assert said("holds").output.endswith("\tto be looked at\n")
    assert said("run").output.startswith("something of 0")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"reference": "AAAA-AAAA-A"}, "no case here has this reference"),
        ({"reference": "nonsense"}, "no case here has this reference"),
        ({"--by": "nobody@example.org"}, "nobody is known by this address"),
        ({"--by": "sam@example.org"}, "nobody is known by this address"),
        ({"--by": "resident@example.org"}, "only a manager of the organisation"),
        ({"--by": "other@staff.example"}, "only a manager of the organisation"),
        ({"--review": "2020-01-01"}, "--review takes a day that is still to come"),
        ({"--review": "soon"}, "does not match the format"),
        ({"--reason": "  "}, "--reason takes 1 to 2000 characters"),
        ({"--reason": "x" * 2001}, "--reason takes 1 to 2000 characters"),
    ],
)
def test_what_cannot_be_held_is_said_and_nothing_is(
    place: SmallPlace, case: Case, change: dict[str, str], says: str
) -> None:
    identity.join("resident@example.org", actor=SYSTEM, now=clock.now())
    known = {"name": "Olga", "organisation_id": place.county.id, "role": Role.MANAGER}
    identity.add_staff("other@staff.example", actor=SYSTEM, now=clock.now(), **known)
    day = (legal_date(clock.now()) + timedelta(days=90)).isoformat()
    given = {"reference": case.reference, "--reason": "A claim", "--review": day, "--by": MANAGER} | change
    reference = given.pop("reference")
    result = said("hold", reference, *(word for pair in given.items() for word in pair))
    assert result.exit_code != 0 and says in result.output
    assert not LegalHold.objects.exists()
