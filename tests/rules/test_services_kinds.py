"""Question kinds: the schema of each accepts exactly the raw answers in which its check finds no problem (A8)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from placewide.services.kinds import FORMATS, KINDS, own_texts
from placewide.services.terms import Asked, Choice, Option, Question

CHOICES = tuple(Choice(name, name.title()) for name in ("food", "garden", "none"))
SETTINGS: dict[str, list[dict[str, Any]]] = {
    "text": [{}, {"most": 5}],
    "long-text": [{"most": 9}],
    "number": [{}, {"least": -2, "most": 7}],
    "checkboxes": [{}, {"alone": "none"}],
    "files": [{"most": 2}],
}
FILE = "0192a3b4-c5d6-7e8f-9012-3456789abcde"
FORMAT_CHECKER = FormatChecker(formats=())
for format_name, is_right in FORMATS.items():
    FORMAT_CHECKER.checks(format_name)(is_right)


def asked(kind: str, required: bool, settings_: dict[str, Any]) -> Asked:
    options = tuple(Option(choice.id) for choice in CHOICES) if KINDS[kind].has_options else ()
    question = Question("it", kind, required=required, options=options, settings=settings_)
    return Asked(question, "en", "What is it?", date(2026, 11, 24), "", CHOICES, own_texts(kind, "en"))


CASES = [
    pytest.param(asked(kind, required, settings_), id=f"{kind}-{'must' if required else 'may'}-{n}")
    for kind in KINDS
    for required in (True, False)
    for n, settings_ in enumerate(SETTINGS.get(kind, [{}]))
]

# What people, programs and attackers send: near misses of every kind beside noise.
NEAR = [
    None, True, False, 0, 3, -1, 3.0, 3.5, 1e300, 10**400, "", " ", "\t\n", "x", "Ruth", "a" * 5000, "null", "\x00",
    "a\x00", "\ud800", "é" * 5, "日本", "🗑️", "<b>x</b>", "'; drop table --", "yes", "no", "Yes", "food",
    "garden", "none",
    "food ", "2026-11-24", "2026-02-30", "1899-12-31", "2026-11-24\n", "24/11/2026", "20261124", "2026-W48-2",
    "ruth@example.com", "ruth@example", "a b@example.com", "ruth@example.com\n", "@", "a@b.co", " ruth@example.com",
    "01632 960 001", "+44 7700 900982", "07700900982 ext 5", "999", "0", "+1 212 555 2368", "٠١٦٣٢٩٦٠٠٠١",
    "01632\u200b960001", FILE, FILE.upper(), FILE + "\n", [], [""], [None], [[]], [{}], ["food"],
    ["food", "food"], ["food", "garden"], ["none"], ["none", "food"], ["nothing"],
    [FILE], [FILE, FILE], [FILE, FILE[:-1] + "d", FILE[:-1] + "c"],
    {}, {"uprn": "1"}, {"uprn": 1}, {"uprn": ""}, {"uprn": "1" * 13}, {"uprn": "1", "text": "1 Mill Lane"},
    {"uprn": "1\n"}, {"uprn": "1", "x": 1}, {"uprn": "1", "text": None}, {"search": "LS1"},
    {"day": "1", "month": "", "year": "2026"}, {"line_1": "1 Mill Lane", "town": "Leeds", "postcode": "ls11ur"},
    {"line_1": "1 Mill Lane", "line_2": "", "town": "Leeds", "postcode": " LS1  1UR "},
    {"line_1": "1", "line_2": None, "town": "Leeds", "postcode": "LS1 1UR"},
    {"line_1": " ", "town": "Leeds", "postcode": "LS1 1UR"}, {"line_1": "1", "town": "L" * 101, "postcode": "LS1 1UR"},
    {"line_1": "1", "town": "Leeds", "postcode": "LS1"}, {"line_1": "", "line_2": "", "town": "", "postcode": ""},
]  # fmt: skip
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


def agree(question: Asked, raw: Any) -> None:
    kind = KINDS[question.question.kind]
    value, problems = kind.check(question, raw)
    schema_accepts = Draft202012Validator(kind.schema(question), format_checker=FORMAT_CHECKER).is_valid(raw)
    assert schema_accepts == (not problems), (raw, value, problems)
    if problems:
        assert value is None
        texts = own_texts(question.question.kind, "cy") | own_texts(question.question.kind, "en")
        assert all(problem.key in texts for problem in problems), problems
    else:
        assert kind.check(question, value) == (value, ()), "a value is a raw answer that is accepted as it is"


@pytest.mark.parametrize("question", CASES)
def test_the_schema_accepts_exactly_what_the_check_accepts(question: Asked) -> None:
    for raw in NEAR:
        agree(question, raw)


@pytest.mark.parametrize("question", CASES)
@settings(max_examples=25, deadline=None)
@given(raw=json_values)
def test_they_agree_on_any_json(question: Asked, raw: Any) -> None:
    agree(question, raw)


@pytest.mark.parametrize("question", [case for case in CASES if case.id and case.id.startswith("address-must")])
@settings(max_examples=60, deadline=None)
@given(
    raw=st.fixed_dictionaries(
        {},
        optional={
            "line_1": st.text(max_size=6) | st.none(),
            "line_2": st.text(max_size=6) | st.none(),
            "town": st.text(min_size=1, max_size=6),
            "postcode": st.sampled_from(["LS1 1UR", "ls11ur", "LS1", "", " SW1A 2AA\t", "LS1 1UR\n", None, 7]),
        },
    )
)
def test_they_agree_on_typed_addresses(question: Asked, raw: Any) -> None:
    agree(question, raw)


def spoilt(raw: Any, by: str) -> Iterator[Any]:
    """``raw`` with ``by`` put into each of its texts in turn, names of parts among them."""
    if isinstance(raw, str):
        yield from (by + raw, raw + by)
    elif isinstance(raw, list):
        yield from ([*raw[:n], one, *raw[n + 1 :]] for n, item in enumerate(raw) for one in spoilt(item, by))
    elif isinstance(raw, dict):
        yield from (raw | {name: one} for name, item in raw.items() for one in spoilt(item, by))
        yield from (raw | {name + by: item} for name, item in raw.items())


@pytest.mark.parametrize("by", ["\0", "\ud800", "\udfff", "\x1b"], ids=ascii)
@pytest.mark.parametrize("question", CASES)
def test_no_kind_takes_what_no_database_can_keep(question: Asked, by: str) -> None:
    right = [raw for raw in NEAR if raw and not KINDS[question.question.kind].check(question, raw)[1]]
    for raw in (one for each in right for one in spoilt(each, by)):
        value, problems = KINDS[question.question.kind].check(question, raw)
        assert value is None and {problem.question for problem in problems} == {question.id}, (raw, value)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_accepts_something_and_refuses_something(kind: str) -> None:
    verdicts = {not KINDS[kind].check(asked(kind, True, {}), raw)[1] for raw in NEAR}
    assert verdicts == {True, False}


FORMS = [
    ("text", {"it": ["  Mill   Lane "]}, "Mill Lane"),
    ("long-text", {"it": ["one\r\ntwo "]}, "one\ntwo"),
    ("yes-no", {"it": ["no"]}, "no"),
    ("radios", {"it": ["garden"]}, "garden"),
    ("checkboxes", {"it": ["garden", "food"]}, ["food", "garden"]),
    ("date", {"it-day": ["4"], "it-month": ["1"], "it-year": ["2026"]}, "2026-01-04"),
    ("number", {"it": ["1,200"]}, 1200),
    ("email", {"it": [" ruth@example.com "]}, "ruth@example.com"),
    ("telephone", {"it": ["(01632) 960 001"]}, "+441632960001"),
    ("name", {"it": ["Ruth Hale"]}, "Ruth Hale"),
    ("address", {"it-uprn": ["100"], "it-search": ["LS1"]}, {"uprn": "100"}),
    ("files", {"it": [FILE]}, [FILE]),
    ("declaration", {"it": ["agreed"]}, True),
]


def test_every_kind_has_a_form_here() -> None:
    assert {kind for kind, _, _ in FORMS} == set(KINDS)


@pytest.mark.parametrize(("kind", "form", "value"), FORMS, ids=[kind for kind, _, _ in FORMS])
def test_a_form_gives_the_same_value_as_the_api(kind: str, form: dict[str, list[str]], value: Any) -> None:
    question = asked(kind, True, {})
    raw = KINDS[kind].read(question.question, form)
    assert KINDS[kind].check(question, raw) == (value, ())
    json.dumps(raw)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["en", "cy"])
def test_whatever_was_sent_can_be_drawn_again(kind: str, language: str) -> None:
    question = asked(kind, True, {})
    for raw in NEAR:
        drawn = KINDS[kind].draw(question, raw, {"": "Enter it"}, True)
        json.dumps(drawn.parameters)
    assert KINDS[kind].show(question, None) == ""


@pytest.mark.parametrize("kind", KINDS)
def test_welsh_has_every_sentence_of_a_kind(kind: str) -> None:
    english, welsh = own_texts(kind, "en"), own_texts(kind, "cy")
    same = {key for key in english if english[key] == welsh[key]}
    assert set(english) == set(welsh)
    assert not same


def test_a_date_that_is_not_in_the_calendar_is_told_from_one_badly_written() -> None:
    question = asked("date", True, {})
    check = KINDS["date"].check
    assert check(question, "2026-02-30")[1][0].key == "not_a_date"
    assert [problem.key for problem in check(question, {"day": "1", "month": "", "year": ""})[1]] == [
        "month_missing",
        "year_missing",
    ]


def test_a_lookup_without_a_choice_asks_to_choose() -> None:
    question = asked("address", True, {})
    raw = KINDS["address"].read(question.question, {"it-search": ["LS1 1UR"]})
    assert KINDS["address"].check(question, raw)[1][0].key == "not_chosen"


def test_lines_left_empty_are_asked_for_one_by_one() -> None:
    question = asked("address", True, {})
    raw = KINDS["address"].read(question.question, {f"it-{part}": [""] for part in ("line_1", "town", "postcode")})
    assert [problem.part for problem in KINDS["address"].check(question, raw)[1]] == ["line_1", "town", "postcode"]


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_text_one_character_too_long_is_not_told_of_1_characters(language: str) -> None:
    _, (problem,) = KINDS["long-text"].check(asked("long-text", True, {"most": 9}), "x" * 10)
    said = own_texts("long-text", language)[problem.key].format(**problem.particulars)
    assert said.endswith((". Take out 1", ". Tynnwch 1"))
    assert "9 characters" in said or "9 nod" in said
