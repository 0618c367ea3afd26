"""What make bench and make mutants rest on: Cedar decides the same, and each small change is really made."""

from __future__ import annotations

import ast
import json
from pathlib import Path

from benchmarks import sharing

from house.code import script
from placewide.sharing.format.lawfiles import standard_law

mutants = script("mutants")

SOURCE = '''
def rule(items, day: int, last=None) -> bool:
    """Not changed: what says, not what runs."""
    if not items or day >= 3:
        return any(each in ("a", "b") for each in items if each)
    return last is None and day + 1 < 5
'''


def test_cedar_gives_the_same_answer_to_the_same_requests() -> None:
    made, _ = sharing.load([json.dumps(sharing.agreement_values(number)) for number in range(50)])
    found = sharing.answers(sharing.matters(made, standard_law()))
    assert {ours for ours, _ in found} == {True, False}
    assert [ours for ours, _ in found] == [cedar for _, cedar in found]


def test_every_kind_of_small_change_is_made() -> None:
    made = {change.what for change in mutants.changes(Path(), SOURCE)}
    assert {
        "Or → And",
        "And → Or",
        "not dropped",
        "GtE → Gt",
        "Lt → LtE",
        "In → NotIn",
        "Is → IsNot",
        "3 → 4",
        "sum turned",
        "any → all",
        "'a' changed",
        "element 1 dropped",
        "condition dropped",
        "condition true",
        "condition false",
        "returns nothing",
    } <= made


def test_a_change_changes_one_place_and_leaves_words_alone() -> None:
    whole = ast.unparse(ast.parse(SOURCE))
    for change in mutants.changes(Path(), SOURCE):
        changed = ast.unparse(change.tree())
        assert changed != whole, change
        assert "Not changed: what says, not what runs." in changed
