"""What is urgent needs somebody who hears of it: where nobody would, whoever adopts or runs a service is told so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.test import Client

from placewide.cli import gathered
from placewide.identity import actions as identity
from placewide.identity import reads as who
from placewide.identity.terms import Role
from placewide.kernel import clock
from placewide.kernel.clock import legal_date
from placewide.kernel.terms import SYSTEM
from placewide.messages.models import Message
from placewide.places import actions as places
from placewide.places import reads as where
from placewide.places.models import Organisation
from placewide.services import actions as services
from placewide.services import reads
from placewide.tasks.models import Task
from support.api import care_answers
from support.packages import PACKAGES
from support.place import small_place
from support.sending import sent

pytestmark = pytest.mark.django_db
NUMBERS = ("phone=0113 496 0123", "urgent_phone=0113 496 0124")
NOBODY = "Nobody would hear of what is urgent in care-needs"


@pytest.fixture
def leeds() -> Organisation:
    """With both teams, of whom nobody works there yet."""
    authority = where.authority("LDS")
    assert authority is not None
    body = places.add_organisation(places.new_organisation_of(authority), actor=SYSTEM, now=clock.now())
    for team in ("waste", "adult-care"):
        identity.add_team(body.id, team, team, actor=SYSTEM, now=clock.now())
    return body


def adopt(package: str, *settings: str) -> Result:
    asked = [word for setting in settings for word in ("--setting", setting)]
    folder: Path = PACKAGES / package
    return CliRunner().invoke(gathered(), ["service", "adopt", str(folder), "--organisation", "leeds", *asked])


def unheard() -> tuple[str, ...]:
    return reads.unheard(reads.live_services(), on=legal_date(clock.now()))


def test_adopting_says_that_nobody_would_hear_of_what_is_urgent(leeds: Organisation) -> None:
    told = adopt("care-needs", *NUMBERS)
    assert told.exit_code == 0
    assert NOBODY in told.output
    assert "team adult-care" in told.output and "placewide staff add" in told.output
    assert len(unheard()) == 1, "said at each start of the node too"


def test_nothing_is_said_of_a_service_without_urgent_rules(leeds: Organisation) -> None:
    assert "Nobody would hear" not in adopt("missed-bin", *NUMBERS[:1]).output
    assert unheard() == ()


@pytest.mark.parametrize("team", ["adult-care", ""], ids=["of the team", "of the whole organisation"])
def test_a_colleague_at_work_is_somebody_and_one_who_left_is_not(leeds: Organisation, team: str) -> None:
    assert adopt("care-needs", *NUMBERS).exit_code == 0
    found = who.team(leeds.id, team)
    known = {"role": Role.OFFICER, "team_id": found.id if found else None, "actor": SYSTEM, "now": clock.now()}
    user = identity.add_staff("a@leeds.example", name="A", organisation_id=leeds.id, **known)
    assert unheard() == ()
    identity.end_roles(user.id, leeds.id, on=legal_date(clock.now()), actor=SYSTEM, now=clock.now())
    assert unheard() == (), "today is the last day"
    assert len(reads.unheard(reads.live_services(), on=legal_date(clock.now()).replace(year=2100))) == 1


def test_an_address_of_the_team_is_somebody(leeds: Organisation) -> None:
    identity.add_team(leeds.id, "care", "Care", email="care@leeds.example", actor=SYSTEM, now=clock.now())
    on = legal_date(clock.now())
    assert who.hears(leeds.id, "care", on=on)
    assert not who.hears(leeds.id, "adult-care", on=on)


@pytest.mark.parametrize("number", ["<script>alert(1)</script>", "later", "0113", "0113 496 0124 or 5", "1" * 50])
@pytest.mark.parametrize("name", ["phone", "urgent_phone"])
def test_a_setting_that_is_no_number_is_refused(leeds: Organisation, name: str, number: str) -> None:
    right = [each for each in NUMBERS if not each.startswith(f"{name}=")]
    told = adopt("care-needs", *right, f"{name}={number}")
    assert (told.exit_code, f"{name} is no telephone number" in told.output) == (1, True), told.output
    assert reads.live_services() == ()


@pytest.mark.parametrize("number", ["0113 496 0124", "+44 113 496 0124", "0300 111 0124", "111", "0808 2000 247"])
def test_numbers_that_can_be_rung_are_taken(leeds: Organisation, number: str) -> None:
    assert adopt("care-needs", NUMBERS[0], f"urgent_phone={number}").exit_code == 0


@pytest.mark.parametrize(
    ("prefix", "unsure", "there"),
    [
        ("", "Nobody may read this soon. Ring 01632 960 199 now. In danger of life, ring 999", False),
        ("/cy", "Efallai na fydd neb yn darllen hwn yn fuan. Ffoniwch 01632 960 199 nawr.", False),
        ("", "Nobody may read this soon", True),
    ],
)
def test_who_says_what_is_urgent_reads_first_to_ring_where_nobody_hears_of_it(
    prefix: str, unsure: str, there: bool
) -> None:
    place, browser = small_place(clock.now()), Client()
    known = {"urgent_phone": "01632 960 199"}
    services.adopt(place.county.id, PACKAGES / "care-needs", known, actor=SYSTEM, now=clock.now())
    if there:
        role = {"role": Role.OFFICER, "team_id": place.care, "actor": SYSTEM, "now": clock.now()}
        identity.add_staff("a@county.example", name="A", organisation_id=place.county.id, **role)
    journey = browser.post(f"{prefix}/services/calderbrook/care-needs")["Location"]
    browser.post(f"{journey}/page/who-for", {"who_for": "me"})
    onward = browser.post(f"{journey}/page/safe-now", {"urgent_signs": "risk-tonight"})["Location"]
    assert Task.objects.filter(urgent=True).count() == 1, "it stands in the inbox, whoever comes to look"
    for page in (onward, f"{journey}/tasks"):
        shown = " ".join(re.sub("<[^>]+>", " ", browser.get(page).text).split())
        assert (unsure in shown) != there, shown
        assert there or shown.index(unsure) < shown.rindex("01632 960 199")
        assert there or not re.search("was told|is told at once|wrth berson", shown), shown


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("signs", ["risk-tonight", "alone-without-help"])
@pytest.mark.parametrize("there", [False, True], ids=["nobody there", "somebody there"])
def test_a_mail_and_a_page_say_that_a_person_was_told_only_where_one_was(
    there: bool, signs: str, language: str
) -> None:
    """The mails that it came, to both and of both cases, and the page after sending."""
    place = small_place(clock.now())
    known = {"urgent_phone": "01632 960 199"}
    services.adopt(place.county.id, PACKAGES / "care-needs", known, actor=SYSTEM, now=clock.now())
    if there:
        role = {"role": Role.OFFICER, "team_id": place.care, "actor": SYSTEM, "now": clock.now()}
        identity.add_staff("a@county.example", name="A", organisation_id=place.county.id, **role)
    sent(reads.live(place.county.id, "care-needs"), care_answers(agrees="yes", urgent_signs=[signs]), language=language)
    mails = [mail.body for mail in Message.objects.all() if "960 199" in mail.body]
    assert len(mails) == 3
    for body in mails:
        told = "was told at once" in body or "Dywedwyd wrth berson ar unwaith" in body
        told |= "dywedwyd wrth berson ar unwaith" in body
        unsure = "obody may read it soon" in body or "fallai na fydd neb yn ei ddarllen yn fuan" in body
        assert (told, unsure) == (there, not there), body
