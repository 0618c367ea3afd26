"""A node on which nothing is open yet: nobody is sent round in a circle, and everybody reads what comes next."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client

from placewide.cli import gathered
from placewide.identity import actions as identity
from placewide.identity.terms import Role
from placewide.kernel.terms import SYSTEM
from placewide.kernel.unset import unset
from placewide.places import actions as places
from placewide.places.commands.files import organisations
from placewide.places.models import Organisation
from placewide.studio.commands import init
from support.place import NOW

pytestmark = pytest.mark.django_db


def _page(path: str) -> str:
    answer = Client().get(path, follow=True)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode().split("<main", 1)[1]).split())


def test_after_init_every_next_step_is_printed_with_the_organisation_in_it() -> None:
    told = CliRunner().invoke(init, ["--authority", "LDS"])
    assert told.exit_code == 0, told.output
    following = told.output[told.output.index("\nNext") :]
    for step in ("organisations load", "team add leeds ", "staff add ", "--organisation leeds", "service adopt", "run"):
        assert step in following
    assert "docs/how/put-a-service-live.md" in following
    for needed in ('leeds,"Leeds City Council",council,England', "urgent_phone="):
        assert needed in following


@pytest.mark.parametrize(
    ("code", "adopts", "teams"),
    [
        ("LDS", ["care-needs", "missed-bin"], ["adult-care", "waste"]),
        ("ADU", ["missed-bin"], ["waste"]),
        ("WSX", ["care-needs"], ["adult-care"]),
        ("CRF", [], ["TEAM"]),  # Wales has a law of its own
        ("GLA", [], ["TEAM"]),
    ],
)
def test_only_services_that_the_authority_provides_are_named_with_their_teams(
    code: str, adopts: list[str], teams: list[str]
) -> None:
    told = CliRunner().invoke(init, ["--authority", code]).output
    assert re.findall(r"service adopt \S*packages/(\S+)", told) == adopts
    assert re.findall(r"team add \S+ (\S+)", told) == teams
    assert ("No package that comes with Placewide" in told) == (not adopts)


def test_a_team_that_is_there_is_not_to_be_added_again() -> None:
    CliRunner().invoke(init, ["--authority", "ADU"])
    identity.add_team(Organisation.objects.get().id, "waste", "Bins and streets", actor=SYSTEM, now=NOW)
    told = CliRunner().invoke(init, ["--authority", "ADU"]).output
    assert "team add" not in told
    assert "there is a team waste already: Bins and streets" in told


def test_what_is_not_set_is_said_once_it_matters_and_no_longer(settings: Any) -> None:
    adding = ["staff", "add", "amira@adur.example", "--name", "Amira", "--organisation", "adur", "--role", "officer"]
    settings.UNSET = unset({"SMTP_URL": "smtp://mail"}, "http://127.0.0.1:8000")
    told = CliRunner().invoke(init, ["--authority", "ADU"]).output
    assert "PLACEWIDE_ADDRESS is not set" in told
    assert "SMTP_URL" not in told
    link = CliRunner().invoke(gathered(), adding)
    assert "note: PLACEWIDE_ADDRESS is not set: links begin with http://127.0.0.1:8000" in link.stderr
    settings.UNSET = {}
    assert "environment" not in CliRunner().invoke(init, ["--authority", "ADU"]).output
    again = CliRunner().invoke(gathered(), ["staff", "link", "amira@adur.example"])
    assert again.exit_code == 0
    assert "PLACEWIDE_ADDRESS" not in again.output


def test_a_file_without_some_columns_leaves_what_they_hold(tmp_path: Path) -> None:
    CliRunner().invoke(init, ["--authority", "LDS"])
    before = Organisation.objects.get()
    file = tmp_path / "organisations.csv"
    row = "leeds,Leeds City Council,council,England,0113 496 0100,help@leeds.example"
    file.write_text(f"slug,name,kind,nation,phone,email\n{row}\n", encoding="utf-8")
    loaded = CliRunner().invoke(organisations, ["load", str(file)])
    assert loaded.exit_code == 0, loaded.output
    after = Organisation.objects.get()
    assert (after.phone, after.email) == ("0113 496 0100", "help@leeds.example")
    assert before.tier
    kept = ("id", "tier", "authority_code", "begins")
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]
    assert after.authority_code == "LDS", "without it the front door knows no service of theirs"


def test_a_resident_is_not_asked_for_a_postcode_that_leads_nowhere() -> None:
    CliRunner().invoke(init, ["--authority", "LDS"])
    said = _page("/")
    assert "Your postcode" not in said
    assert "No services have been opened here yet" in said
    assert "Help says how" not in said, "Help knew nothing either"


@pytest.mark.parametrize("path", ["/", "/help", "/accessibility", "/information"])
def test_how_to_reach_the_council_stands_on_each_page_or_where_to_find_it(path: str) -> None:
    CliRunner().invoke(init, ["--authority", "LDS"])
    assert "has not been entered here yet. Look under their name" in _page(path)
    body = Organisation.objects.get()
    new = places.NewOrganisation(slug=body.slug, name=body.name, phone="0113 496 0100")
    places.add_organisation(new, actor=SYSTEM, now=NOW)
    said = _page(path)
    assert "0113 496 0100" in said
    assert "has not been entered" not in said


def test_staff_read_how_the_first_of_them_is_added_until_there_is_one() -> None:
    CliRunner().invoke(init, ["--authority", "LDS"])
    assert "Nobody works here yet" in _page("/staff/sign-in")
    assert "placewide staff add" in _page("/staff/sign-in")
    body = Organisation.objects.get()
    identity.add_staff(
        "amira@leeds.example",
        name="Amira",
        organisation_id=body.id,
        role=Role.MANAGER,
        team_id=None,
        actor=SYSTEM,
        now=NOW,
    )
    assert "Nobody works here yet" not in _page("/staff/sign-in")


def test_before_any_organisation_is_there_pages_say_what_makes_one() -> None:
    assert "placewide init --authority CODE" in _page("/help")
    assert "No services have been opened here yet" in _page("/")


def test_a_node_of_a_council_of_wales_knows_its_welsh_name_and_what_is_law_there() -> None:
    told = CliRunner().invoke(init, ["--authority", "CRF"]).output
    assert Organisation.objects.get(slug="cardiff").name_cy == "Cyngor Caerdydd"
    assert "209\t" in told
    assert "Care Act" not in told
