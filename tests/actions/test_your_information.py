"""“Your information”: what is kept, why, for how long, by whom; the rights; and whom to ask, or honestly nobody yet."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from placewide.identity import actions as identity
from placewide.kernel.terms import SYSTEM
from placewide.places import actions as places
from placewide.services import actions as services
from placewide.services.format import read_folder
from support.packages import PACKAGES, broken, raised
from support.place import NOW, SmallPlace, small_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> SmallPlace:
    return small_place()


def _page(language: str = "") -> str:
    answer = Client().get(f"{language}/information")
    assert answer.status_code == 200
    return answer.content.decode()


def test_each_service_says_what_is_kept_how_long_why_and_by_what_law(place: SmallPlace) -> None:
    services.adopt(place.county.id, PACKAGES / "care-needs", {"urgent_phone": "1"}, actor=SYSTEM, now=NOW)
    said = _page()
    for package in ("missed-bin", "care-needs"):
        read = read_folder(PACKAGES / package).package
        assert read is not None
        for key in ("service.name", "information.right", "information.sees"):
            assert _plain(read.text(key, "en")) in _plain(said)
        for row in read.retention:
            years, rest = divmod(row.months, 12)
            assert (f"{row.months} months" if rest else f"{years} year") in said
            assert _plain(read.text(f"information.kept.{row.category}", "en")) in _plain(said)
        for law in read.law:
            assert law in said


@pytest.mark.parametrize(
    "right",
    [
        "A copy of what is held about you",
        "what is wrong is put right",
        "That it is deleted",
        "you object",
        'href="https://ico.org.uk/make-a-complaint"',
        'href="tel:03031231113"',
    ],
)
def test_the_rights_and_whom_to_complain_to_are_there_even_where_nothing_is_open(db: None, right: str) -> None:
    assert right in _page()


def test_who_decides_is_named_with_its_officer_or_honestly_without(place: SmallPlace) -> None:
    assert "Calder Vale District Council" in _page()
    assert "How to reach them has not been entered here yet" in _page()
    body = places.NewOrganisation(slug="calder-vale", name="Calder Vale District Council", phone="01632 960200")
    places.add_organisation(body, actor=SYSTEM, now=NOW)
    assert "Nobody has been named here for data protection. Ask the organisation itself." in _page()
    body = places.NewOrganisation(
        slug="calder-vale", name="Calder Vale District Council", data_protection="dpo@calder-vale.example"
    )
    places.add_organisation(body, actor=SYSTEM, now=NOW)
    assert 'href="mailto:dpo@calder-vale.example"' in _page()
    assert "Calderbrook County Council" not in _page(), "it keeps nothing here"


def test_one_package_of_several_bodies_is_told_once(place: SmallPlace) -> None:
    identity.add_team(place.county.id, "waste", "Waste", actor=SYSTEM, now=NOW)
    services.adopt(place.county.id, PACKAGES / "missed-bin", {}, actor=SYSTEM, now=NOW)
    said = _page()
    assert said.count("Photos that the crew took") == 1
    assert "None sees what another was sent" in said


def test_a_package_without_these_words_falls_back_on_its_own_data(place: SmallPlace, tmp_path: Path) -> None:
    text = (PACKAGES / "missed-bin" / "words" / "en.yaml").read_text(encoding="utf-8")
    without = text[text.index("\ninformation:") : text.index("\npages:")]
    broken("missed-bin", tmp_path, "words/en.yaml", without, "\n")
    folder = tmp_path / "missed-bin"
    welsh = (folder / "words" / "cy.yaml").read_text(encoding="utf-8")
    cut = welsh[: welsh.index("\ninformation:")] + welsh[welsh.index("\npages:") :]
    (folder / "words" / "cy.yaml").write_text(cut, encoding="utf-8")
    services.adopt(place.district.id, raised(folder), {}, actor=SYSTEM, now=NOW)
    said = _page()
    assert "UK GDPR article 6(1)(e), a task in the public interest" in said
    assert "Photos taken by the crew to show why a bin was not emptied" in said


def test_in_welsh_everything_plain_is_welsh(place: SmallPlace) -> None:
    said = _page("/cy")
    assert "Mae lluniau a dynnodd y criw" in said
    assert "Am beth y gallwch ofyn" in said
    assert "Photos that" not in said


def _plain(text: str) -> str:
    return " ".join(text.replace("&#39;", "'").replace("’", "'").split())
