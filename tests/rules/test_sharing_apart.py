"""A decision about several people: each reads what is about them, and nothing about anybody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from placewide.cli import gathered
from placewide.sharing.explaining.command import telling_of
from placewide.sharing.explaining.explain import for_resident, for_residents, for_staff
from placewide.sharing.explaining.page import as_text
from placewide.sharing.format.case import Case
from placewide.sharing.format.files import read_case
from placewide.sharing.terms.asked import Item, Subject
from placewide.sharing.terms.observed import Relationship, Statement
from placewide.sharing.terms.wording import LANGUAGES
from support.decided import FILES, told

TWO = FILES["our-two-patients"]


def residents(language: str = "en") -> dict[str, str]:
    pages = for_residents(told("our-two-patients", language))
    return {subject: " ".join(as_text(page).split()) for subject, page in pages.items()}


def with_another(case: Case) -> Case:
    """The same request asking also about another person, who objects, of whom another thing is known."""
    another = Subject("another", born=date(1950, 1, 1), marks=frozenset({"address_protected"}))
    theirs = Item("blood-results", "another", ("health",), held=True, third_party=True)
    request, observed = case.request, case.circumstances
    to = request.recipients[0].id
    return replace(
        case,
        request=replace(request, subjects=(*request.subjects, another), items=(theirs, *request.items)),
        circumstances=replace(
            observed,
            relationships=(Relationship(to, "another", "ex_partner", case.on), *observed.relationships),
            statements=(*observed.statements, Statement("subject", "another", "objects_care", case.on)),
        ),
    )


def test_each_of_two_people_has_a_page_of_their_own() -> None:
    one, other = residents().values()
    assert "must give Calderbrook Adult Care your discharge summary" in one
    assert "wound" not in one and "object or" not in one and "patient-18" not in one
    assert "did not give your wound chart, because you object" in other
    assert "discharge" not in other and "must give" not in other and "patient-17" not in other
    assert "You are told now what was shared" in one and "You are told now what was shared" not in other


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "[For patient-18 and nobody else. Show this only after"),
        ("cy", "[Ar gyfer patient-18 a neb arall. Dangoswch"),
    ],
)
def test_a_page_says_whose_it_is(language: str, said: str) -> None:
    assert residents(language)["patient-18"].startswith(said)
    assert for_resident(told("our-discharge", language)).note is None


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_the_same_whoever_else_is_asked_about(name: str, language: str) -> None:
    case = read_case(FILES[name], name)
    alone, among = for_residents(telling_of(case, language)), for_residents(telling_of(with_another(case), language))
    assert set(among) == {*alone, "another"}
    for subject, page in alone.items():
        assert replace(among[subject], note=page.note) == page or len(case.request.subjects) > 1
        assert among[subject].sections == page.sections


def test_staff_read_what_each_person_will_read_apart() -> None:
    page = for_staff(told("our-two-patients"))
    *_, one, other = page.sections
    assert (one.heading, one.about) == ("What the person will read", "patient-17:")
    assert (other.heading, other.about) == (
        "What the person may read, after somebody checked that it is safe",
        "patient-18:",
    )
    assert "your discharge summary" in " ".join(one.lines) and "wound" not in " ".join(one.lines)
    assert "your wound chart" in " ".join(other.lines) and "discharge" not in " ".join(other.lines)


def test_a_page_for_one_person_is_not_made_of_several() -> None:
    with pytest.raises(ValueError, match="several people"):
        for_resident(told("our-two-patients"))


def explain(*words: str) -> Result:
    return CliRunner().invoke(gathered(), ["sharing", "explain", str(TWO), "--for", "resident", *words])


def test_explain_prints_every_page_or_the_one_asked_for() -> None:
    pages = for_residents(told("our-two-patients"))
    assert explain().output == "\n\n".join(map(as_text, pages.values()))
    assert explain("--subject", "patient-18").output == as_text(pages["patient-18"])
    unknown = explain("--subject", "patient-19")
    assert unknown.exit_code == 2
    assert "Nothing is asked about “patient-19”. There are: patient-17, patient-18." in unknown.output


def test_somebody_about_whom_nothing_is_asked_has_no_page(tmp_path: Path) -> None:
    file = tmp_path / "three.yaml"
    text = TWO.read_text("utf-8")
    line = "  - {id: patient-18, born: 1946-02-11}\n"
    file.write_text(text.replace(line, line + "  - {id: patient-19, born: 1950-01-01}\n"), "utf-8")
    assert list(for_residents(telling_of(read_case(file, "three"), "en"))) == ["patient-17", "patient-18"]
