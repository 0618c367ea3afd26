"""Conditions: what may stand in a package, what they come to, and what happens when they cannot be worked out."""

from __future__ import annotations

import subprocess
import sys

import pytest

from placewide.services.conditions import Known, evaluate, holds
from placewide.services.conditions.parse import ConditionFault, parse
from placewide.services.conditions.types import kind_of
from placewide.services.conditions.values import BOOL, DATE, INT, TEXT, list_of, one_of, record

NAMES = {
    "bin": one_of("food", "garden"),
    "signs": list_of(one_of("hurt", "none")),
    "born": DATE,
    "today": DATE,
    "number": INT,
    "name": TEXT,
    "assisted": BOOL,
    "collection": record(status=one_of("finished", "delayed"), last=DATE, too_late=BOOL),
}
VALUES = {
    "bin": "food",
    "signs": ["hurt"],
    "born": "1944-02-29",
    "today": "2026-02-28",
    "number": 3,
    "name": "Ruth",
    "assisted": True,
    "collection": {"status": "delayed", "last": "2026-11-24", "too_late": False},
}

RIGHT = [
    ("bin == 'food'", True),
    ("bin != 'food' || assisted", True),
    ("!assisted && true", False),
    ("number > 2 && number <= 3", True),
    ("number + 1 - 2 == 2", True),
    ("-number < 0", True),
    ("bin in ['food', 'garden']", True),
    ("includes(signs, 'hurt')", True),
    ("includes_any(signs, ['none'])", False),
    ("count(signs) == 1", True),
    ("collection.status == 'delayed' && !collection.too_late", True),
    ("age_on(born, today) == 81", True),
    ("days_between('2026-02-01', today) == 27", True),
    ("born < '1950-01-01'", True),
    ("(assisted ? 1 : 2) == 1", True),
    ("name + ' ' + bin == 'Ruth food'", True),
    ("bin == null", False),
    ("answered(name)", True),
    ('name == "Ruth"', True),
]
WRONG: list[tuple[str, str, str | None]] = [
    ("bnn == 'food'", "Nothing is known as “bnn”", "Did you mean “bin”"),
    ("bin == 'foood'", "“foood” is never an answer", "food, garden"),
    ("bin == 3", "A text is compared with a number", "like with like"),
    ("bin > 'a'", "needs numbers or dates", "=="),
    ("bin", "This gives a text", None),
    ("bin && assisted", "“&&” needs a yes or no", "Compare"),
    ("collection.state == 'delayed'", "There is no “.state”", "last, status, too_late"),
    ("collection.status == 'late'", "“late” is never an answer", "delayed, finished"),
    ("includes(bin, 'food')", "“includes” takes a list", None),
    ("includes(signs, 'hurts')", "“hurts” is never an answer", "hurt, none"),
    ("includes_any(signs, ['hurt', 'harm'])", "“harm” is never an answer", None),
    ("shout(bin)", "There is no function “shout”", "age_on"),
    ("includes(signs)", "takes 2 values, not 1", None),
    ("born < '1950'", "A date is compared with a text", "2026-04-01"),
    ("bin = 'food'", "“=” cannot stand there", "“==”"),
    ("bin == 'food' & assisted", "“&” cannot stand there", "“&&”"),
    ("bin == 'food", "cannot stand there", None),
    ("(bin == 'food'", "“)” is missing", "bracket"),
    ("bin ==", "ends too early", "Finish"),
    ("signs.exists(x, x == 'hurt')", "“.exists(…)” is not known", "our own functions"),
    ("name.matches('^R')", "“.matches(…)” is not known", "our own functions"),
    ("number * 2 == 4", "“*” cannot stand there", "Only + and -"),
    ("bin == 'food' " * 60, "longer than 500", "several rules"),
    ("(" * 60 + "assisted" + ")" * 60, "nested too deeply", "several rules"),
    ("!" * 60 + "assisted", "nested too deeply", "several rules"),
    ("bin in ['food', 3]", "not of one kind", None),
]


@pytest.mark.parametrize(("text", "comes_to"), RIGHT, ids=[text for text, _ in RIGHT])
def test_a_right_condition_is_accepted_and_comes_to_what_it_says(text: str, comes_to: bool) -> None:
    assert kind_of(parse(text), NAMES).fits(BOOL)
    assert evaluate(text, Known(VALUES)) is comes_to


@pytest.mark.parametrize(("text", "what", "remedy"), WRONG, ids=lambda value: str(value)[:30])
def test_a_wrong_condition_is_named_with_its_remedy(text: str, what: str, remedy: str | None) -> None:
    with pytest.raises(ConditionFault) as raised:
        kind = kind_of(parse(text), NAMES)
        if not kind.fits(BOOL):
            raise ConditionFault(f"This gives a {kind.name}, not a yes or no.", "Compare it with something.")
    assert what in raised.value.what
    assert (remedy or "") in raised.value.remedy


@pytest.mark.parametrize("text", [text for text, _ in RIGHT if "answered" not in text and "null" not in text])
def test_what_nobody_has_said_never_breaks_a_condition(text: str) -> None:
    unanswered = Known(dict.fromkeys(VALUES))
    assert holds(text, unanswered, in_doubt=True) in (True, False)


def test_a_condition_over_something_unanswered_does_not_hold() -> None:
    assert not holds("number > 2", Known({"number": None}), in_doubt=True)
    assert not holds("collection.too_late", Known({"collection": None}), in_doubt=True)


def test_a_broken_condition_comes_to_what_is_safe() -> None:
    known = Known({"number": "three"})
    assert holds("number > 2", known, in_doubt=True)
    assert not holds("number > 2", known, in_doubt=False)
    assert not holds("number >", known, in_doubt=False)


def test_somebody_born_on_29_february_is_older_on_1_march() -> None:
    ages = [evaluate(f"age_on('1944-02-29', '{day}')", Known({})) for day in ("2026-02-28", "2026-03-01")]
    assert ages == [81, 82]


def test_the_engine_comes_without_its_command_line() -> None:
    """It would cost every process of a node a second and 27 MB."""
    told = (
        "import sys, placewide.services.conditions; print(sorted({'prompt_toolkit', 'rich', 'cel'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["['cel']"]
