"""A node on which nothing is open yet: nobody is sent round in a circle, and everybody reads what comes next."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.test import Client

from placewide.identity import actions as identity
from placewide.identity.terms import Role
from placewide.kernel.terms import SYSTEM
from placewide.places import actions as places
from placewide.places.commands.authorities import init
from placewide.places.commands.files import organisations
from placewide.places.models import Organisation
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
    for needed in ('leeds,"Leeds City Council",council,England', "urgent_phone=", "PLACEWIDE_ADDRESS", "SMTP_URL"):
        assert needed in following


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
