"""Welsh and English as they are written: small words, mutations, possessives; and nobody accused."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from placewide.sharing.explaining.explain import for_residents, for_staff
from placewide.sharing.explaining.naming import as_name, as_thing, softened, welsh_list
from placewide.sharing.explaining.page import as_text
from placewide.sharing.explaining.telling import fill
from placewide.sharing.format.lawfiles import wording
from placewide.sharing.terms.decided import Owed
from support.decided import FILES, told

RELATIONS = {
    "a person": "berson",
    "a relative": "berthynas",
    "a parent or guardian": "riant neu warcheidwad",
    "a birth parent": "riant geni",
    "a neighbour": "gymydog",
    "a former partner": "gyn-bartner",
    "a person in the same home": "berson yn yr un cartref",
}


@pytest.mark.parametrize("english", RELATIONS)
def test_what_stands_after_i_is_softened(english: str) -> None:
    phrases = [*wording().relationships.values(), wording().page["a_person"]]
    welsh = next(each["cy"] for each in phrases if each["en"] == english)
    assert fill("Rhoddodd hyn i {recipient}.", {"recipient": welsh}) == f"Rhoddodd hyn i {RELATIONS[english]}."


@pytest.mark.parametrize(
    ("word", "soft"),
    [
        ("gweithiwr", "weithiwr"),
        ("dadansoddwr", "ddadansoddwr"),
        ("rheolwr", "reolwr"),
        ("llys", "lys"),
        ("mam", "fam"),
        ("tad", "dad"),
        ("brawd", "frawd"),
        ("aelod", "aelod"),
        ("swyddog", "swyddog"),
        ("chwaer", "chwaer"),
        ("ffrind", "ffrind"),
        ("Calder", "Calder"),
        ("r1", "r1"),
    ],
)
def test_a_word_is_softened_by_its_first_letters(word: str, soft: str) -> None:
    assert softened(word) == soft


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Mae hyn i {items}.", "Mae hyn i'ch nodiadau."),
        ("Mae'n rhan o {items}.", "Mae'n rhan o'ch nodiadau."),
        ("Rhoddodd {items}.", "Rhoddodd eich nodiadau."),
    ],
)
def test_yours_joins_a_small_word(sentence: str, said: str) -> None:
    assert fill(sentence, {"items": "eich nodiadau"}) == said


@pytest.mark.parametrize("id_", ["b1", "p26", "c3f0a1b2-77aa"])
def test_an_id_stays_as_it_is(id_: str) -> None:
    assert fill("Rhoddodd hyn i {recipient}.", {"recipient": id_}) == f"Rhoddodd hyn i {id_}."


def test_yours_joins_a_list() -> None:
    assert welsh_list(["eich enw", "eich cyfeiriad", "eich addysg"]) == "eich enw, eich cyfeiriad a'ch addysg"


@pytest.mark.parametrize(
    ("id_", "said"),
    [
        ("mothers-history", "mother's history"),
        ("childs-fathers-address", "child's father's address"),
        ("expectant-mothers", "expectant mothers"),
        ("brother", "brother"),
    ],
)
def test_what_is_somebodys_has_its_apostrophe(id_: str, said: str) -> None:
    assert as_thing(id_) == said


def test_an_organisation_keeps_its_plural() -> None:
    assert as_name("calder-mothers-group") == "Calder Mothers Group"


@pytest.mark.parametrize("name", FILES)
def test_no_page_holds_what_welsh_does_not_write(name: str) -> None:
    telling = told(name, "cy")
    for page in (for_staff(telling), *for_residents(telling).values()):
        text = " ".join(as_text(page).split())
        assert not re.search(r"\b(ac|a|i|o|gyda|na) eich\b|\bi (perthynas|person|rhiant|cymydog|cyn-)", text)


@pytest.mark.parametrize("language", ["en", "cy"])
def test_nobody_is_said_to_have_committed_a_crime(language: str) -> None:
    said = wording().categories["criminal_offence"][language]
    assert said == {"en": "records about offences", "cy": "cofnodion am droseddau"}[language]


@pytest.mark.parametrize("name", FILES)
def test_who_is_heard_first_does_not_read_that_something_went(name: str) -> None:
    telling = told(name)
    if Owed("HEAR_PERSON_FIRST") in telling.decision.obligations and not telling.apart:
        (page,) = for_residents(telling).values()
        lines = [line for section in page.sections for line in section.lines]
        theirs = replace(telling, resident=True)
        assert theirs.obligation(Owed("HEAR_PERSON_FIRST")) in lines
        assert theirs.obligation(Owed("TELL_PERSON_NOW")) not in lines
