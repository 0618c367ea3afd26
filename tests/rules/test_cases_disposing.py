"""What of a case goes when, and what of its answers stays."""

from datetime import date

import pytest

from placewide.cases.rules.disposing import Kept, goes_on, going, next_day, stripped, without_people
from placewide.services.terms import Package, Retention
from support.packages import shipped

CLOSED = date(2026, 11, 23)
NOBODY = frozenset[str]()


@pytest.fixture(scope="module")
def bin_package() -> Package:
    return shipped("missed-bin")


@pytest.fixture(scope="module")
def care() -> Package:
    return shipped("care-needs")


@pytest.mark.parametrize(
    ("closed", "months", "goes"),
    [
        (date(2026, 11, 23), 6, date(2027, 5, 24)),
        (date(2026, 11, 23), 0, date(2026, 11, 24)),
        (date(2026, 11, 23), 1, date(2026, 12, 24)),
        (date(2026, 12, 31), 12, date(2028, 1, 1)),
        (date(2026, 8, 31), 6, date(2027, 3, 1)),  # February has no 31st
        (date(2027, 8, 31), 6, date(2028, 3, 1)),
        (date(2028, 2, 29), 12, date(2029, 3, 1)),
        (date(2026, 10, 31), 1, date(2026, 12, 1)),
        (date(2026, 11, 23), 96, date(2034, 11, 24)),
    ],
)
def test_a_period_ends_with_the_day_of_the_same_number_and_what_was_kept_goes_the_day_after(
    closed: date, months: int, goes: date
) -> None:
    assert goes_on(closed, months) == goes


@pytest.mark.parametrize(
    ("case", "today", "goes"),
    [
        (Kept(None, NOBODY), date(2099, 1, 1), ()),
        (Kept(CLOSED, NOBODY, held=True), date(2099, 1, 1), ()),
        (Kept(CLOSED, NOBODY), date(2027, 5, 23), ()),
        (Kept(CLOSED, NOBODY), date(2027, 5, 24), ("messages", "files", "person")),
        (Kept(CLOSED, frozenset({"messages", "files"})), date(2027, 5, 24), ("person",)),
        (Kept(CLOSED, frozenset({"messages", "files", "person"})), date(2027, 11, 23), ()),
        (Kept(CLOSED, frozenset({"messages", "files", "person"})), date(2027, 11, 24), ("answers",)),
        (Kept(CLOSED, NOBODY), date(2028, 11, 24), ("messages", "files", "person", "answers", "timeline")),
    ],
)
def test_a_missed_bin_goes_category_by_category(
    bin_package: Package, case: Kept, today: date, goes: tuple[str, ...]
) -> None:
    assert tuple(row.category for row in going(bin_package.retention, case, today)) == goes


def test_the_next_day_is_that_of_what_is_left_and_none_once_all_has_gone(bin_package: Package, care: Package) -> None:
    assert next_day(bin_package.retention, CLOSED) == date(2027, 5, 24)
    assert next_day(bin_package.retention, CLOSED, ["messages", "files", "person"]) == date(2027, 11, 24)
    assert next_day(care.retention, CLOSED) == date(2034, 11, 24)
    assert next_day(care.retention, CLOSED, [row.category for row in care.retention]) is None
    assert next_day((), CLOSED) is None


def test_messages_name_the_person_and_go_with_them_at_the_latest() -> None:
    rows = (Retention("messages", 24, "delete", "a"), Retention("person", 6, "delete", "b"))
    assert [row.category for row in going(rows, Kept(CLOSED, NOBODY), date(2027, 5, 24))] == ["messages", "person"]
    alone = rows[:1]
    assert going(alone, Kept(CLOSED, NOBODY), date(2027, 5, 24)) == ()


ANSWERS = {
    "address": {"uprn": "10000000012", "text": "12 Mill Lane"},
    "bin": "refuse",
    "contact_email": "sam@example.org",
    "contact_phone": "01632 960 001",
}


def test_place_and_bin_stay_of_a_missed_bin_and_the_way_to_answer_goes(bin_package: Package) -> None:
    left = {"address": ANSWERS["address"], "bin": "refuse"}
    assert stripped(bin_package, ANSWERS) == left
    assert without_people(bin_package, ANSWERS) == left


def test_an_address_somebody_typed_goes_since_it_may_say_who_lives_there(bin_package: Package) -> None:
    typed = {"address": {"line_1": "Sam's caravan", "postcode": "ZZ1 2AB"}, "bin": "refuse"}
    assert stripped(bin_package, typed) == {"bin": "refuse"}


def test_nothing_written_sensitive_or_of_a_person_stays_of_a_request_for_care(care: Package) -> None:
    asked = [question for page in care.pages for question in page.questions]
    every = {question.id: {"uprn": "1"} if question.kind == "address" else "x" for question in asked}
    repeats = {page.id.replace("-", "_"): [{"a": "x"}] for page in care.pages if page.repeat}
    left = stripped(care, every | repeats | {"unheard_of": "x"})
    by_id = {question.id: question for question in asked}
    assert left, "or nothing is shown"
    assert not {name for name in left if by_id[name].sensitive}
    assert not {"home_address", "applicant_name", "language", "access", "carers_words", "letters"} & set(left)
    assert not set(repeats) & set(left)
