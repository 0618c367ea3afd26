"""The small language in which the law's data says what must hold: every word of it by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from placewide.sharing.format.files import law_of
from placewide.sharing.rules.holding import holds, is_reached, papers
from placewide.sharing.rules.matter import Matter
from placewide.sharing.terms.asked import NONE, Body
from placewide.sharing.terms.law import Always, Capacity, FewerThan, Marked, OfRequest, Some, Test, Whom, Worse
from placewide.sharing.terms.observed import Circumstances, Document, Risk, Statement
from support.requests_to_share import CASES

BY_ID = {case.id: case for case in CASES}
CASE = BY_ID["ex17"]  # a trust, a council's adult care, one person, three things; for direct care
ON = CASE.on
DANGER = Risk("subject", "abuse_or_neglect", "high", "imminent", "if_not_shared", "social_worker", ON)
SAID = Statement("subject", "p1", "declines", ON)
RECIPIENT = CASE.request.recipients[0]


def matter(*, child: bool = False, said: tuple[Statement, ...] = (), item: int = 0, **seen: Any) -> Matter:
    request = CASE.request
    circumstances = replace(Circumstances(), **seen)
    about = request.items[item], request.subjects[0], RECIPIENT
    return Matter(law_of(CASE), request, circumstances, ON, *about, child=child, kinds=NONE, said=said)


def some(of: str, **where: str | tuple[str, ...]) -> Some:
    """``some("risks", to="child")`` as the law's files write it."""
    return Some(of, tuple((name, frozenset([v] if isinstance(v, str) else v)) for name, v in where.items()))


@pytest.mark.parametrize(
    ("test", "holding"),
    [
        (some("risks", to="subject"), True),
        (some("risks", to=("child", "subject")), True),
        (some("risks", to="child"), False),
        (some("risks", to="subject", level=("moderate", "high")), True),
        (some("risks", to="subject", level="low"), False),
        (some("risks", to="public", level="high"), False),
        (some("risks"), True),
        (some("proceedings"), False),
    ],
)
def test_some_entry_has_in_every_field_one_of_the_words(test: Test, holding: bool) -> None:
    assert holds(test, matter(risks=(DANGER,))) == holding


def test_every_word_must_fit_one_and_the_same_entry() -> None:
    risks = (replace(DANGER, level="low"), replace(DANGER, to="public"))
    assert not holds(some("risks", to="subject", level="high"), matter(risks=risks))
    assert holds(some("risks", to="subject", level="high"), matter(risks=(*risks, DANGER)))


@pytest.mark.parametrize(
    ("of", "child", "wanted", "holding"),
    [
        ("subject", True, ("child",), True),
        ("subject", True, ("child", "public"), True),
        ("subject", True, ("public",), False),
        ("subject", False, ("child",), False),
        ("other_adult", True, ("child",), False),
        ("child", True, ("subject",), False),
    ],
)
def test_a_danger_to_the_subject_is_one_to_a_child_where_the_subject_is_one(
    of: str, child: bool, wanted: tuple[str, ...], holding: bool
) -> None:
    assert holds(some("risks", to=wanted), matter(child=child, risks=(replace(DANGER, to=of),))) == holding


def test_a_danger_to_the_child_itself_is_none_to_the_children_a_body_works_with() -> None:
    there = matter(child=True, risks=(DANGER,))
    works = replace(there, recipient=replace(RECIPIENT, works_with=frozenset({"child"})))
    assert not holds(some("risks", to="$works_with"), works)
    with_children = replace(DANGER, to="child")
    assert holds(some("risks", to="$works_with"), replace(works, circumstances=Circumstances(risks=(with_children,))))


def test_only_of_dangers_does_the_subject_stand_for_a_child() -> None:
    said = (Statement("subject", "p1", "declines", ON),)
    assert not holds(some("statements", by="child"), matter(child=True, said=said))


@pytest.mark.parametrize(
    ("changed", "where", "holding"),
    [
        ({}, {"subject": "$subject"}, True),
        ({"subject": "p2"}, {"subject": "$subject"}, False),
        ({}, {"says": "declines", "purposes": "$purpose", "to": "$recipient"}, True),  # it names neither: all
        ({"purposes": ("research",)}, {"purposes": "$purpose"}, False),
        ({"purposes": ("research", "direct_care")}, {"purposes": "$purpose"}, True),
        ({"to": "somebody-else"}, {"to": "$recipient"}, False),
        ({"to": RECIPIENT.id}, {"to": "$recipient"}, True),
        ({"to": CASE.request.provider.id}, {"to": "$provider"}, True),
        ({"kind": None}, {"kind": "uk_gdpr"}, False),  # what kind of agreement it is must be said
        ({"says": "objects_care"}, {"says": ("declines", "objects_care")}, True),
    ],
)
def test_words_of_a_statement(changed: dict[str, Any], where: dict[str, Any], holding: bool) -> None:
    assert holds(some("statements", **where), matter(said=(replace(SAID, **changed),))) == holding


def test_only_statements_that_stand_are_heard() -> None:
    assert not holds(some("statements", says="declines"), matter(statements=(SAID,)))


def test_whom_a_body_works_with_is_filled_in() -> None:
    there = matter(risks=(replace(DANGER, to="patients"),))
    works = replace(there, recipient=replace(RECIPIENT, works_with=frozenset({"patients"})))
    assert not holds(some("risks", to="$works_with"), there)
    assert holds(some("risks", to="$works_with"), works)
    assert holds(some("risks", to=("$works_with", "patients")), there)


@pytest.mark.parametrize(
    ("test", "holding"),
    [
        (OfRequest((("purpose", frozenset({"direct_care"})), ("urgency", frozenset({"routine"})))), True),
        (OfRequest((("purpose", frozenset({"direct_care"})), ("urgency", frozenset({"emergency"})))), False),
        (Capacity(frozenset({"presumed"})), True),
        (Capacity(frozenset({"assessed_lacks"})), False),
        (Marked("adoption_record"), False),
        (Worse(), False),
        (Always(), True),
        (FewerThan(2, frozenset({"health"})), True),
        (FewerThan(1, frozenset({"health"})), False),
        (FewerThan(2, frozenset({"health", "social_care"})), False),
        (FewerThan(3, frozenset({"health", "social_care"})), True),
    ],
)
def test_words_about_the_request(test: Test, holding: bool) -> None:
    assert holds(test, matter()) == holding


def test_only_what_may_be_confirmed_is_counted() -> None:
    first, *others = CASE.request.items
    hidden = replace(CASE.request, items=(replace(first, held=False), *others))
    assert holds(FewerThan(1, frozenset({"health"})), replace(matter(), request=hidden))


def test_only_what_is_about_the_same_person_is_counted() -> None:
    first, *others = CASE.request.items
    anothers = replace(CASE.request, items=(replace(first, subject="p2"), *others))
    assert holds(FewerThan(1, frozenset({"health"})), replace(matter(item=1), request=anothers))


@pytest.mark.parametrize(
    ("of_sharing", "of_silence", "worse"),
    [
        (("low", "continuing"), None, True),
        (("low", "past"), None, False),
        (("none", "imminent"), None, False),
        (None, None, False),
        (("high", "continuing"), ("moderate", "imminent"), True),
        (("high", "continuing"), ("high", "imminent"), False),
        (("high", "imminent"), ("high", "continuing"), True),
        (("high", "imminent"), ("high", "imminent"), False),
        (("low", "continuing"), ("high", "past"), True),
        (("low", "imminent"), ("moderate", "continuing"), False),
    ],
)
def test_danger_is_weighed_by_level_then_by_time(
    of_sharing: tuple[str, str] | None, of_silence: tuple[str, str] | None, worse: bool
) -> None:
    found = [("if_shared", of_sharing), ("if_not_shared", of_silence)]
    risks = [replace(DANGER, arises=a, level=what[0], timing=what[1]) for a, what in found if what is not None]
    assert holds(Worse(), matter(risks=tuple(risks))) == worse


@pytest.mark.parametrize(("changed", "worse"), [({"to": "public"}, False), ({"assessed_by": "other"}, False)])
def test_only_a_professional_finds_sharing_worse_and_only_for_the_child(changed: dict[str, str], worse: bool) -> None:
    assert holds(Worse(), matter(risks=(replace(DANGER, arises="if_shared", **changed),))) == worse


PAPER = Document("court_order", date(2026, 5, 1), under="COURT.ORDER")


@pytest.mark.parametrize(
    ("tests", "found"),
    [
        ([some("documents", kind="court_order")], True),
        ([some("documents", kind="court_order", under="CJA2009.Sch5")], False),
        ([some("risks", kind="court_order")], False),
        ([Always(), some("documents", kind="written_request"), some("documents", kind="court_order")], True),
        ([], False),
    ],
)
def test_the_papers_that_tests_ask_for(tests: list[Test], found: bool) -> None:
    assert papers(tests, matter(documents=(PAPER,))) == ((PAPER,) if found else ())


BODY = Body("b", "public_authority", frozenset({"policing", "justice"}), "england", publicly_commissioned=True)


@pytest.mark.parametrize(
    ("whom", "reached"),
    [
        (Whom(), True),
        (Whom(classes=frozenset({"public_authority", "charity"})), True),
        (Whom(classes=frozenset({"charity"})), False),
        (Whom(functions=frozenset({"justice", "housing"})), True),
        (Whom(functions=frozenset({"housing"})), False),
        (Whom(functions=frozenset({"housing"}), relationships=frozenset({"self"})), True),
        (Whom(relationships=frozenset({"case"})), False),
        (Whom(functions=frozenset({"justice"}), relationships=frozenset({"case"})), True),
        (Whom(not_functions=frozenset({"justice"})), False),
        (Whom(not_functions=frozenset({"housing"})), True),
        (Whom(publicly_commissioned=True), True),
        (Whom(publicly_commissioned=False), False),
    ],
)
def test_whom_a_law_reaches(whom: Whom, reached: bool) -> None:
    assert is_reached(whom, BODY, frozenset({"self"})) == reached
