"""The page that explains a decision: for staff and for the resident, in both languages, for every case there is."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from placewide.cli import gathered
from placewide.sharing.explaining.command import telling_of
from placewide.sharing.explaining.explain import for_resident, for_residents, for_staff
from placewide.sharing.explaining.naming import as_name, as_words, listed, welsh_list
from placewide.sharing.explaining.page import WIDTH, Page, Section, as_text
from placewide.sharing.explaining.telling import fill
from placewide.sharing.format.case import Case
from placewide.sharing.format.told import as_line
from placewide.sharing.terms.wording import LANGUAGES
from support.decided import FILES, told
from support.requests_to_share import cases

ROOM = Path(__file__).resolve().parents[2] / "src" / "placewide" / "sharing"
CODE = re.compile(r"\b[A-Z0-9]{2,}_[A-Z0-9_]+\b")


def staff(name: str, language: str = "en") -> str:
    return " ".join(as_text(for_staff(told(name, language))).split())


def resident(name: str, language: str = "en") -> str:
    return " ".join(as_text(for_resident(told(name, language))).split())


@pytest.mark.parametrize("name", FILES)
def test_every_decision_makes_whole_pages(name: str) -> None:
    for language in LANGUAGES:
        for page in (for_staff(told(name, language)), *for_residents(told(name, language)).values()):
            text = as_text(page)
            assert not CODE.search(text), "a code is no word"
            assert not re.search(r"[{}\0]|\bp1\b", text)
            assert all(len(line) <= WIDTH or "https://" in line for line in text.splitlines())
            assert all(section.heading and section.lines and all(section.lines) for section in page.sections)


@pytest.mark.parametrize("name", FILES)
def test_staff_read_of_every_item_and_everything_owed(name: str) -> None:
    telling = told(name)
    text = staff(name).lower()
    decision = telling.decision
    for each in {each.item for each in decision.released} | {each.item for each in decision.withheld}:
        assert telling.items([each]).lower() in text
    for owed in decision.obligations:
        assert telling.obligation(owed).lower() in text
    for code in decision.cites:
        assert (telling.law_called(code) or code).lower() in text


@pytest.mark.parametrize("name", FILES)
def test_telling_a_decision_changes_nothing_of_it(name: str) -> None:
    telling = told(name)
    before = as_line(telling.decision)
    staff(name), for_residents(told(name, "cy"))
    assert as_line(telling.decision) == before


def test_nothing_that_decides_knows_of_sentences() -> None:
    for file in (*ROOM.glob("rules/*.py"), ROOM / "format" / "told.py", ROOM / "terms" / "decided.py"):
        imported = [
            node.module or ""
            for node in ast.walk(ast.parse(file.read_text("utf-8")))
            if isinstance(node, ast.ImportFrom)
        ]
        assert not [module for module in imported if "explaining" in module or "wording" in module]


# ---- what a page says ------------------------------------------------------------------------------------------------


def test_a_page_says_what_goes_what_not_what_instead_what_is_owed_and_why() -> None:
    headings = [section.heading for section in for_staff(told("our-discharge")).sections]
    assert headings == [
        "What you will get",
        "What you will not get, and why",
        "What you can do instead",
        "What you and Calderbrook NHS Trust owe",
        "What Calderbrook NHS Trust owes",
        "The law this rests on",
        "What the person will read",
    ]
    text = staff("our-discharge")
    assert text.startswith("Calderbrook NHS Trust must give a part of this to you ===")
    assert "Asked by a social worker on 1 June 2026, for Calderbrook Adult Care, to give care." in text
    assert "This is a duty under the Health and Social Care Act 2012, section 251B." in text
    assert "Calderbrook NHS Trust kept back the note about daughter, because it has facts about somebody else" in text


def test_a_period_is_said_with_the_item() -> None:
    assert "the time records from 1 May 2025 to 31 May 2025, because" in staff("ex01")
    assert "your time records from 1 May 2025 to 31 May 2025" in resident("ex01")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("agreement-00", "Delete what was given by 1 June 2027."),
        ("our-flood", "looks at the decision within 72 hours."),
        ("ex10-b", "Look at it again on 2 July 2026, and tell them then."),
        ("ex14-b", "A. Okafor decided about the medication for Calderbrook NHS Trust, this once"),
        ("ex03", "The law that allows it: the Data Protection Act 2018, schedule 2, paragraph 2."),
        ("our-flood-a", "A senior officer at Calderbrook Adult Care has to agree to it."),
        ("our-no-safeguards-a", "This is a duty under Children and Young People (Scotland) Act 2014 s.26"),
        ("our-self", "may give this to the person themselves"),
    ],
)
def test_dates_hours_names_and_law_are_filled_in(name: str, said: str) -> None:
    assert said in staff(name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_not_held_and_too_sensitive_read_the_same(language: str) -> None:
    held, not_held = "agreement-13-a", "agreement-13"
    assert staff(held, language) == staff(not_held, language)
    assert resident(held, language) == resident(not_held, language)


def test_what_cannot_be_confirmed_names_whom_to_phone() -> None:
    assert "Phone Calderbrook NHS Trust and ask for the information governance lead." in staff("agreement-13")


def test_nobody_is_promised_a_decision_that_will_not_come() -> None:
    assert "And if that were put right: What is on record does not settle this" in staff("ex23")
    assert "think it over and decide" not in resident("ex23")
    assert "think it over and decide" in resident("our-adult-a")


@pytest.mark.parametrize(
    ("name", "note"),
    [
        ("agreement-00", None),
        ("ex10-b", "Show this from 2 July 2026, not before."),
        ("ex03", "Show this only once telling can do no more harm."),
        ("our-adult-a", "Show this only after somebody checked that it is safe."),
        ("our-conflict", "Show this only after somebody checked that it is safe."),
        ("agreement-13", "Show this only after somebody checked that it is safe."),
    ],
)
def test_a_residents_page_says_when_it_may_be_shown(name: str, note: str | None) -> None:
    assert for_resident(told(name)).note == note


def test_a_resident_reads_no_name_of_staff_and_staff_no_name_of_a_person() -> None:
    assert "Okafor" not in resident("ex14-b")
    individuals = {n: [b.id for b in told(n).request.recipients if b.klass == "individual"] for n in FILES}
    for name, ids in individuals.items():
        if len(ids) == 1:
            assert as_name(ids[0]) not in staff(name)
            assert ids[0] not in staff(name)


def test_two_people_who_would_receive_it_are_told_apart() -> None:
    several = [n for n in FILES if sum(b.klass == "individual" for b in told(n).request.recipients) > 1]
    assert several
    assert all("(r1)" in staff(name) and "(r2)" in staff(name) for name in several)


def test_many_recipients_are_named_once() -> None:
    text = staff("ex23-b")
    assert "for Organisation 1, Organisation 2, Organisation 3," in text
    assert "So the conviction does not go to 9 of those named." in text
    assert "may give Organisation 3 your conviction" in resident("ex23-b")
    assert "did not give 9 of those named your conviction" in resident("ex23-b")


def test_a_resident_reads_each_reason_once() -> None:
    assert (
        resident("ex17-b").count("The link to you that this needs, such as a referral, is not on record or is too old.")
        == 1
    )


# ---- names -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("id_", "name"),
    [
        ("calderbrook-nhs-trust", "Calderbrook NHS Trust"),
        ("calderbrook-childrens-services", "Calderbrook Children's Services"),
        ("calderbrook-icb", "Calderbrook ICB"),
        ("calder-fire-and-rescue", "Calder Fire and Rescue"),
        ("dr-eames", "Dr Eames"),
        ("organisation-3", "Organisation 3"),
        ("the-hive", "The Hive"),
        ("X26", "X26"),
        ("r1", "r1"),
        ("018f3c2e-7a11-7cc0-8a7e-0f6f4ac1b2d3", "018f3c2e-7a11-7cc0-8a7e-0f6f4ac1b2d3"),
    ],
)
def test_an_organisation_is_called_by_its_id(id_: str, name: str) -> None:
    assert as_name(id_) == name


@pytest.mark.parametrize(
    ("id_", "words"),
    [("care-plan", "care plan"), ("childs-assessment", "child's assessment"), ("i1", None), ("", None)],
)
def test_an_item_is_called_by_its_id_where_that_holds_words(id_: str, words: str | None) -> None:
    assert as_words(id_) == words


@pytest.mark.parametrize(
    ("things", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_a_list_reads_as_one(things: list[str], said: str) -> None:
    assert listed(things, "and") == said


@pytest.mark.parametrize(
    ("things", "said"),
    [
        (["enw"], "enw"),
        (["cyfeiriad", "enw"], "cyfeiriad ac enw"),
        (["enw", "cyfeiriad"], "enw a chyfeiriad"),
        (["enw", "addysg", "troseddau"], "enw, addysg a throseddau"),
        (["Calder Police", "Calder Vale Homes"], "Calder Police a Calder Vale Homes"),
    ],
)
def test_a_welsh_list_reads_as_one(things: list[str], said: str) -> None:
    assert welsh_list(things) == said


def test_a_sentence_begins_with_a_capital_and_the_welsh_article_follows_a_vowel() -> None:
    assert fill("{who} decides. {who} writes.", {"who": "the lead"}) == "The lead decides. The lead writes."
    assert fill("Gofynnwch i {who} yn {who}.", {"who": "yr arweinydd"}) == "Gofynnwch i'r arweinydd yn yr arweinydd."
    assert fill("Mae {a} yn {a}.", {"a": "{b}"}) == "Mae {b} yn {b}."  # what is filled in is not filled again


def test_an_address_stays_whole_on_its_line() -> None:
    address = "https://example.org/" + "a-long-way/" * 10
    text = as_text(Page("A page", ("For you.",), (Section("Law", (f"An act\n{address}",)),), note="Not yet."))
    assert text.startswith("[Not yet.]\n\nA page\n======\nFor you.\n\nLaw\n---\n- An act\n")
    assert f"  {address}\n" in text


# ---- the command -----------------------------------------------------------------------------------------------------


def test_explain_prints_the_page(tmp_path: Path) -> None:
    file = str(FILES["our-discharge"])
    run = CliRunner().invoke(gathered(), ["sharing", "explain", file])
    assert (run.exit_code, run.output) == (0, as_text(for_staff(told("our-discharge"))))
    welsh = CliRunner().invoke(gathered(), ["sharing", "explain", file, "--language", "cy", "--for", "resident"])
    assert (welsh.exit_code, welsh.output) == (0, as_text(for_resident(told("our-discharge", "cy"))))
    broken = tmp_path / "broken.yaml"
    broken.write_text("format: placewide.decision-case/1\nid: [\n", "utf-8")
    refused = CliRunner().invoke(gathered(), ["sharing", "explain", str(broken)])
    assert refused.exit_code == 1
    assert "broken.yaml:3: This is not YAML" in refused.output or "broken.yaml:2: This is not YAML" in refused.output


# ---- whatever is asked ----------------------------------------------------------------------------------------------


@given(cases(), st.sampled_from(LANGUAGES))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_decision_can_be_explained(case: Case, language: str) -> None:
    telling = telling_of(case, language)
    for page in (for_staff(telling), *for_residents(telling).values()):
        text = as_text(page)
        assert not CODE.search(text) and not re.search(r"[{}\0]", text)
        assert all(section.lines for section in page.sections)
