"""Sentences: each reason and obligation has them, a case reaches it, they can be filled in, and they are plain."""

from __future__ import annotations

import re
import warnings
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from placewide.sharing.explaining.explain import for_residents
from placewide.sharing.explaining.telling import Telling, of_the_day
from placewide.sharing.format.lawfiles import standard_law, wording
from placewide.sharing.format.schemas import LAW, closed_list
from placewide.sharing.terms.decided import Owed
from placewide.sharing.terms.wording import LANGUAGES
from support.decided import FILES, told

REASONS, OBLIGATIONS = closed_list("reason"), closed_list("obligation")
HARDEST = 9  # reading grade, for residents
LEGALESE = re.compile(
    r"\b(pursuant|here(by|in)|thereof|notwithstanding|data subject|disclos\w+|processing|please|submit)\b",
    re.IGNORECASE,
)
ACCUSING = re.compile(
    r"\b(guilty|offender|culprit|suspect\w*|you failed|your fault|criminal|illegal\w*)\b", re.IGNORECASE
)


@pytest.mark.parametrize("code", REASONS)
def test_a_case_reaches_every_reason(code: str) -> None:
    assert [name for name in FILES if code in told(name).decision.reasons], f"no case in tests/decisions reaches {code}"


@pytest.mark.parametrize("code", OBLIGATIONS)
def test_a_case_reaches_every_obligation(code: str) -> None:
    found = [name for name in FILES if code in {each.code for each in told(name).decision.obligations}]
    assert found, f"no case in tests/decisions reaches {code}"


@pytest.mark.parametrize("code", REASONS)
def test_a_reason_has_its_sentences_in_both_languages(code: str) -> None:
    for said in wording().reasons[code]:
        sentences = [phrase[language] for phrase in (said.staff, said.resident) for language in LANGUAGES]
        assert len({each for each in sentences if each.endswith(".")}) == 4


@pytest.mark.parametrize("code", OBLIGATIONS)
def test_an_obligation_has_its_sentences_in_both_languages(code: str) -> None:
    for said in wording().obligations[code]:
        sentences = [phrase[language] for phrase in (said.staff, said.resident) for language in LANGUAGES]
        assert len({each for each in sentences if each.endswith(".")}) == 4


@pytest.mark.parametrize("code", [code for code in REASONS if wording().reasons[code][0].says != "share"])
def test_what_keeps_something_back_says_what_can_be_done(code: str) -> None:
    for said in wording().reasons[code]:
        assert said.instead is not None and all(said.instead[language].endswith(".") for language in LANGUAGES)


@pytest.mark.parametrize("code", REASONS)
def test_a_question_goes_to_whom_the_rules_ask(code: str) -> None:
    for said in wording().reasons[code]:
        asked = standard_law().question(code, date(2026, 6, 1)).asked
        assert said.asks == asked if said.says == "ask" else said.asks is None


@pytest.mark.parametrize("code", REASONS)
def test_cases_meet_a_reason_as_it_says(code: str) -> None:
    """What shares stands at releases; what asks or refuses at what is kept back. A named person does either."""
    says = wording().reasons[code][0].says
    kept = [name for name in FILES if code in {each.reason for each in told(name).decision.withheld}]
    released = [name for name in FILES if code in {each.reason for each in told(name).decision.released}]
    assert not (kept if says == "share" and code != "NAMED_PERSON_DECIDED" else released if says != "share" else [])


def test_the_law_asks_and_refuses_as_the_sentences_say() -> None:
    law = standard_law()
    gateways = {each.code: each for several in (*law.by_purpose.values(), law.for_any) for each in several}
    says = {code: several[0].says for code, several in wording().reasons.items()}
    for gateway in gateways.values():
        assert says[gateway.reason] == "share"
        faults = [*(need.otherwise for need in gateway.needs), *(bar.then for bar in gateway.bars)]
        assert all(says[fault.reason] == ("ask" if fault.asks else "refuse") for fault in faults if fault is not None)
    assert all(says[rule.reason] == "refuse" for rule in law.prohibitions)


# ---- particulars ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FILES)
def test_every_sentence_can_be_filled_in_for_every_decision(name: str) -> None:
    for language in LANGUAGES:
        for telling in (told(name, language), replace(told(name, language), resident=True)):
            said = [telling.reason(code) for code in REASONS]
            said += [telling.instead(code) or "" for code in REASONS]
            said += [telling.obligation(Owed(code)) for code in OBLIGATIONS]
            assert not [each for each in said if re.search(r"[{}\0]|  | [,.]", each)]


def test_a_sentence_names_who_gives_what_to_whom_for_what() -> None:
    telling = told("our-discharge")
    assert telling.reason("DUTY_251B_CARE", items="the discharge summary", law="the Act") == (
        "Calderbrook NHS Trust must give you the discharge summary, because it helps with the care of this person. "
        "This is a duty under the Act."
    )
    theirs = replace(telling, resident=True)
    assert theirs.reason("DUTY_251B_CARE", items="your discharge summary") == (
        "Calderbrook NHS Trust must give Calderbrook Adult Care your discharge summary, because it helps them care "
        "for you. You can object to this."
    )


def test_the_words_of_the_day_are_used() -> None:
    first = wording().reasons["DUTY_251B_CARE"][0]
    later = replace(first, dates=replace(first.dates, first=told("ex17").on))
    day = told("ex17").on
    assert of_the_day((first, later), day) is later
    assert of_the_day((first, later), day.replace(year=day.year - 1)) is first
    assert of_the_day((first, later), day.replace(year=1990)) is first  # words are never missing


@pytest.mark.parametrize(("language", "lacks"), [("en", "No such notice is on record"), ("cy", "Nid oes hysbysiad")])
def test_a_resident_reads_that_a_notice_is_lacking_where_it_is_owed(language: str, lacks: str) -> None:
    for name in FILES:
        telling = told(name, language)
        for owed in (each for each in telling.decision.obligations if each.code == "NOTICE_IN_PLACE"):
            assert not [n for n in telling.circumstances.notices if telling.request.purpose in n.purposes]
            assert lacks in replace(telling, resident=True).obligation(owed)


# ---- plain words -----------------------------------------------------------------------------------------------------


@cache
def grade(text: str) -> float:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # textstat imports setuptools' pkg_resources
        import textstat
    return float(textstat.flesch_kincaid_grade(text))


def filled(telling: Telling, code: str) -> str:
    """With short particulars: a long name of an organisation makes no sentence harder."""
    short = {"provider": "Calder Trust", "recipient": "the council", "items": "your address", "purpose": "give care"}
    return telling.reason(code, **short)


@pytest.mark.parametrize("code", REASONS)
def test_a_resident_can_read_why_at_grade_nine(code: str) -> None:
    assert grade(filled(replace(told("ex01"), resident=True), code)) <= HARDEST


@pytest.mark.parametrize("code", OBLIGATIONS)
def test_a_resident_can_read_what_is_owed_at_grade_nine(code: str) -> None:
    assert grade(replace(told("agreement-00"), resident=True).obligation(Owed(code))) <= HARDEST


@pytest.mark.parametrize("name", FILES)
def test_the_whole_of_a_residents_page_reads_at_grade_nine(name: str) -> None:
    for page in for_residents(told(name)).values():
        assert grade(" ".join(line for section in page.sections for line in section.lines)) <= HARDEST


def test_staff_read_plain_words_too() -> None:
    telling = told("agreement-00")
    said = [filled(telling, code) for code in REASONS] + [telling.instead(code) or "" for code in REASONS]
    assert grade(" ".join(said)) <= HARDEST


@pytest.mark.parametrize("code", [*REASONS, *OBLIGATIONS])
def test_no_sentence_is_legalese_or_accuses(code: str) -> None:
    for said in wording().reasons.get(code) or wording().obligations[code]:
        for phrase in (said.staff, said.resident, getattr(said, "instead", None) or said.staff):
            assert not LEGALESE.search(phrase["en"])
            assert not ACCUSING.search(phrase["en"])


# ---- names ---------------------------------------------------------------------------------------------------------


def test_every_law_has_its_name_in_both_languages() -> None:
    law = standard_law()
    gateways = {each.code for several in law.by_purpose.values() for each in several}
    questions = {each.value.code for several in law.questions.values() for each in several}
    codes = {
        *gateways,
        *questions,
        *law.bases,
        *law.conditions,
        *(each.code for each in (*law.prohibitions, *law.exemptions)),
    }
    assert codes == set(wording().laws)
    assert all(name.words["en"] and name.words["cy"] for name in wording().laws.values())


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("category", wording().categories),
        ("purpose", wording().purposes),
        ("role", wording().roles),
        ("relationship", wording().relationships),
    ],
)
def test_every_word_of_a_closed_list_has_a_name(kind: str, names: dict[str, dict[str, str]]) -> None:
    assert set(names) == set(closed_list(kind))


@pytest.mark.parametrize("name", ["gateways", "reasons", "obligations", "names"])
def test_a_file_says_that_its_welsh_awaits_a_native_reader(name: str) -> None:
    assert "awaits a native reader" in (LAW / f"{name}.yaml").read_text(encoding="utf-8")[:1800]
