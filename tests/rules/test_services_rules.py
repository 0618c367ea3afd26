"""The pure rules of services: ways, outcomes, steps, sentences; and the examples that packages bring."""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from placewide.journeys.rules import CHECK, STOP, where_next
from placewide.services import rules
from placewide.services.check.trying import differences
from placewide.services.format import Place, content_of, digest_of, package_of, read_folder
from placewide.services.terms import Fee, Package
from support.packages import PACKAGES, broken, shipped

ON = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
BIN = {
    "id": "food",
    "text": {"en": "Food waste", "cy": "Gwastraff bwyd"},
    "round_id": "r1",
    "status": "finished",
    "last": "2026-11-24",
    "next": "2026-12-01",
    "too_early": False,
    "too_late": False,
}
FACTS: dict[str, Any] = {"collections": [BIN], "assisted": False, "missed_before": 0, "reported": None}
ANSWERS = {"address": {"uprn": "100"}, "bin": "food", "contact_email": None, "contact_phone": None}


@pytest.fixture(scope="module")
def bins() -> Package:
    return shipped("missed-bin")


@pytest.fixture(scope="module")
def care() -> Package:
    return shipped("care-needs")


@pytest.mark.parametrize("package_id", ["missed-bin", "care-needs"])
def test_every_example_of_a_shipped_package_comes_out_as_expected(package_id: str) -> None:
    source = read_folder(PACKAGES / package_id)
    assert len(source.examples) >= 12
    assert [d for file, example in source.examples.items() for d in differences(source, file, example)] == []


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        ("path: [address, which-bin, contact]", "path: [address, contact]", "path"),
        ("cases: [missed-bin]", "cases: []", "cases"),
        ("messages: [received]", "messages: []", "messages"),
        ("missed-bin: {reporter: all}", "missed-bin: {reporter: nothing}", "followers.missed-bin.reporter"),
        ("state: collected, message: collected", "state: crew-sent, message: collected", "state after note-collected"),
        ("message: crew-sent", "message: null", "message of send-crew"),
        ("cases: [missed-bin]", "cases: [missed-bin]\n  fee: 100", "fee"),
        ("cases: [missed-bin]", "cases: [missed-bin]\n  notes: [missed-again]", "notes"),
        ("contact_email: ruth@example.com", "contact_email: ruth", "problems"),
    ],
)
def test_an_example_that_expects_otherwise_fails(tmp_path: Path, before: str, after: str, what: str) -> None:
    file = "examples/crew-comes-back.yaml"
    source = broken("missed-bin", tmp_path, file, before, after)
    found = differences(source, file, source.examples[file])
    assert [difference.what for difference in found] == [what]
    assert found[0].place != Place(file, 1)
    assert found[0].expected != found[0].actual


def test_a_page_left_empty_on_purpose_is_answered_and_one_never_seen_is_not(bins: Package) -> None:
    unseen = {name: value for name, value in ANSWERS.items() if not name.startswith("contact")}
    assert rules.outcome(bins, unseen, FACTS, ON).unanswered == ("contact",)
    assert rules.outcome(bins, ANSWERS, FACTS, ON).may_be_sent


def test_next_comes_what_is_unanswered_then_what_stops_or_the_check(bins: Package) -> None:
    late = {**FACTS, "collections": [{**BIN, "status": "delayed"}]}

    def after(page: str, answers: Mapping[str, Any], facts: Mapping[str, Any] = FACTS) -> str:
        return where_next(bins, page, rules.outcome(bins, answers, facts, ON))

    assert after("address", {"address": ANSWERS["address"]}) == "which-bin"
    assert after("address", ANSWERS) == CHECK, "who came back to change one thing is not led through the rest"
    assert after("contact", ANSWERS) == CHECK
    assert after("which-bin", ANSWERS, late) == STOP


def test_an_answer_on_a_page_no_longer_asked_does_not_count(care: Package) -> None:
    answers = {"who_for": "me", "cared_for_name": "Edith", "own_assessment": "yes", "i_help": "yes"}
    way = rules.walk(care, answers, {}, ON)
    assert dict(way.answers) == {"who_for": "me"}
    assert rules.outcome(care, answers, {}, ON).cases == ("needs-assessment",)


def test_facts_that_are_missing_stop_nobody(bins: Package) -> None:
    assert rules.outcome(bins, ANSWERS, {}, ON).stop is None
    assert rules.outcome(bins, ANSWERS, {"collections": None, "reported": None}, ON).matter == ""


def test_what_was_not_asked_is_refused_by_name(bins: Package) -> None:
    _, problems = rules.check_all(bins, {**ANSWERS, "vehicle": "X"}, FACTS, "en", ON)
    assert [(problem.question, problem.key) for problem in problems] == [("vehicle", "unknown_question")]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=40, deadline=None)
@given(raw=st.dictionaries(st.sampled_from([*ANSWERS, "x", "collections"]), json_values, max_size=6))
def test_whatever_is_sent_comes_to_values_or_problems(raw: dict[str, Any]) -> None:
    package = shipped("missed-bin")
    _, problems = rules.check_all(package, raw, FACTS, "cy", ON)
    for problem in problems:
        assert rules.problem_sentence(package, problem, "cy")


@settings(max_examples=15, deadline=None)
@given(items=json_values)
def test_whatever_is_sent_as_a_list_of_helpers_comes_to_values_or_problems(items: Any) -> None:
    values, _ = rules.check_all(shipped("care-needs"), {"who_for": "me", "who_helps": items}, {}, "en", ON)
    assert values["who_helps"] is None or isinstance(values["who_helps"], list)


@pytest.mark.parametrize("package_id", ["missed-bin", "care-needs"])
def test_the_schema_of_a_submission_accepts_the_answers_of_every_sendable_example(package_id: str) -> None:
    source = read_folder(PACKAGES / package_id)
    assert source.package is not None
    for example in source.examples.values():
        sendable = not example.expect.unanswered and not example.expect.stop and not example.expect.problems
        schema = rules.submission_schema(source.package, example.facts, "en", example.on)
        Draft202012Validator.check_schema(schema)
        if sendable:
            assert [e.message for e in Draft202012Validator(schema).iter_errors(example.answers)] == []


def test_a_fee_holds_from_its_first_to_its_last_day(bins: Package) -> None:
    old = Fee("old", 100, date(2025, 4, 1), date(2026, 3, 31))
    new = Fee("new", 120, date(2026, 4, 1))
    package = replace(bins, fees=(Fee("less", 50, date(2026, 4, 1), when="assisted"), old, new))
    paid = [rules.fee(package, {"assisted": assisted}, day).fee for assisted, day in (
        (False, date(2026, 3, 31)), (False, date(2026, 4, 1)), (True, date(2026, 4, 1)), (None, date(2026, 4, 1)),
        (False, date(2025, 3, 31)),
    )]  # fmt: skip
    assert paid == ["old", "new", "less", "new", ""]


def test_a_step_is_refused_with_every_reason(bins: Package) -> None:
    case = bins.case_type("missed-bin")
    late = NOW + timedelta(days=30)
    refused = rules.take_step(case, "collected", NOW, "not-fixed", role="crew", now=late, nation="England")
    assert refused.refusals == ("not-by-you", "too-late")
    assert not refused.allowed and refused.state == "collected"


def test_not_fixed_is_open_to_the_resident_for_ten_days(bins: Package) -> None:
    case = bins.case_type("missed-bin")
    open_to = [
        [
            s.id
            for s in rules.steps_open(
                case, "collected", NOW, role="resident", now=NOW + timedelta(days=n), nation="England"
            )
        ]
        for n in (0, 10, 11)
    ]
    assert open_to == [["not-fixed"], ["not-fixed"], []]


def test_a_sentence_is_said_in_the_language_with_its_particulars(bins: Package) -> None:
    way = rules.walk(bins, ANSWERS, FACTS, ON)
    welsh = rules.speaker(bins, "cy", way.known, {"organisation": "Cyngor", "phone": "01632 960 001"})
    assert "dydd Mawrth 1 Rhagfyr" in welsh.say("rules.too-heavy.body")
    assert welsh.say("start.phone").startswith("Ffoniwch Cyngor ar 01632 960 001")


def test_somebody_who_asks_for_another_is_asked_in_other_words(care: Package) -> None:
    known = {"who_for": "somebody-else", "cared_for_name": "Edith", "today": "2026-11-24"}
    assert rules.speaker(care, "en", known).say("questions.hard_things.label") == "What does Edith find hard?"
    alone = rules.speaker(care, "en", {**known, "who_for": "me"})
    assert alone.say("questions.hard_things.label") == "What do you find hard?"


def test_what_people_typed_cannot_make_links_of_itself(care: Package) -> None:
    known = {"who_for": "somebody-else", "cared_for_name": "[x](https://evil.example) **!**", "today": "2026-11-24"}
    told = rules.speaker(care, "en", known).tell("pages.way-agreed.body")
    assert "[x](" not in told and "**!**" not in told


def test_who_asks_for_another_sees_only_what_that_person_lets_them(care: Package) -> None:
    case = care.case_type("needs-assessment")
    known = {"who_for": "somebody-else", "cared_for_name": "Edith", "applicant_name": "Ruth"}
    sees = {
        agrees: {row.person: row.sees for row in rules.followers(care, case, {**known, "agrees": agrees})}["applicant"]
        for agrees in ("yes", "not-asked", "no", None)
    }
    assert sees == {"yes": "progress", "not-asked": "messages", "no": "messages", None: "messages"}


@pytest.mark.parametrize("package_id", ["missed-bin", "care-needs"])
def test_a_package_is_the_same_after_it_was_stored(package_id: str) -> None:
    package = shipped(package_id)
    content = content_of(package)
    stored = json.loads(json.dumps(content))
    assert package_of(stored) == package
    assert digest_of(stored) == digest_of(content)
    assert digest_of(content_of(replace(package, version="9.9.9"))) != digest_of(content)


@pytest.mark.parametrize("package_id", ["missed-bin", "care-needs"])
def test_the_english_words_can_be_read_at_twelve(package_id: str) -> None:
    texts = shipped(package_id).words["en"].texts
    spoken = [text for key, text in texts.items() if key.startswith(("pages.", "rules.", "start.", "messages."))]
    plain = " ".join(text.replace("- ", ". ") for text in spoken if ".staff" not in text)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # textstat imports setuptools' pkg_resources
        import textstat
    assert textstat.flesch_kincaid_grade(plain) <= 7


@pytest.mark.parametrize("package_id", ["missed-bin", "care-needs"])
def test_no_sentence_pleads_or_submits(package_id: str) -> None:
    texts = shipped(package_id).words["en"].texts.items()
    said = [key for key, text in texts if any(word in text.lower().split() for word in ("please", "submit", "invalid"))]
    assert said == []


def test_a_journey_that_a_rule_stops_costs_nothing(bins: Package) -> None:
    package = replace(bins, fees=(Fee("visit", 4200, date(2026, 4, 1)),))
    late = FACTS | {"collections": [BIN | {"status": "finished", "too_late": True}]}
    assert rules.outcome(package, ANSWERS, FACTS, ON).fee.pence == 4200
    stopped = rules.outcome(package, ANSWERS, late, ON)
    assert (stopped.stop and stopped.stop.id, stopped.fee.pence) == ("too-late", 0)


def test_what_a_service_can_cost_on_a_day_follows_from_its_fees(bins: Package) -> None:
    first = Fee("first", 2100, date(2026, 4, 1), when="assisted")
    last = Fee("last", 4200, date(2026, 4, 1), ends=date(2026, 12, 31))
    assert rules.costs_on(bins, ON) == (0,)
    assert rules.costs_on(replace(bins, fees=(first,)), ON) == (0, 2100)
    assert rules.costs_on(replace(bins, fees=(first, last)), ON) == (2100, 4200)
    assert rules.costs_on(replace(bins, fees=(last, first)), ON) == (4200,)
    assert rules.costs_on(replace(bins, fees=(last,)), date(2027, 1, 1)) == (0,)
