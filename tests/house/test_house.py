"""The house is kept: every rule holds for all code, and every rule is seen to find what it is there to find."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from house import rules
from house.code import SOURCE, Module, everything, example, house, levels, rooms
from house.code import test_code as code_of_tests


@dataclass(frozen=True)
class Rule:
    check: Callable[[Module], rules.Faults]
    where: Callable[[], tuple[Module, ...]]
    bad: list[Module]
    good: list[Module] = field(default_factory=list)

    def __str__(self) -> str:
        return self.check.__name__


RULES = [
    Rule(
        rules.names_are_imported_plainly,
        house,
        [
            example("from importlib import import_module\nimport_module('placewide.cases')"),
            example("from django.apps import apps\napps.get_model('cases', 'Case')"),
            example("from django.utils import module_loading as m\nm.import_string('x')"),
        ],
        [example("from placewide.people import reads")],
    ),
    Rule(
        rules.foreign_keys_follow_the_layers,
        house,
        [
            example("models.ForeignKey('cases.Case', models.CASCADE)", room="people", door="models"),
            example("models.ForeignKey(to='cases.Case', on_delete=1)", room="people", door="models"),
            example(
                "from placewide.services.models import Adoption\nForeignKey(Adoption)", room="messages", door="models"
            ),
            example("OneToOneField(settings.AUTH_USER_MODEL)", room="places", door="models"),
        ],
        [
            example("models.ForeignKey('people.Person', models.CASCADE)", door="models"),
            example("models.ForeignKey('self', models.CASCADE)", door="models"),
            example("models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)", door="models"),
        ],
    ),
    Rule(
        rules.tables_are_touched_in_their_doors,
        house,
        [example("Case.objects.all()"), example("Case._default_manager.get()", door="handlers")],
        [example("Case.objects.all()", door="reads"), example("Event.objects.all()", room="kernel", door="worker")],
    ),
    Rule(
        rules.only_the_kernel_opens_transactions,
        house,
        [
            example("from django.db import transaction\nwith transaction.atomic(): pass", door="actions"),
            example("from django.db.transaction import atomic\n@atomic\ndef f(): pass", door="actions"),
        ],
        [example("from django.db import transaction\nwith transaction.atomic(): pass", room="kernel", door="change")],
    ),
    Rule(
        rules.clock_and_chance_come_in_at_the_door,
        house,
        [
            example("from datetime import datetime\ndatetime.now()", door="actions"),
            example("from django.utils import timezone\ntimezone.now()", door="rules"),
            example("import uuid\nid = UUIDField(default=uuid.uuid4)", door="models"),
            example("from uuid import uuid4\nuuid4()", door="actions"),
            example("import secrets\nsecrets.choice('ab')", door="reads"),
            example("from placewide.kernel import clock\nclock.now()", door="actions"),
            example("DateTimeField(auto_now=True)", door="models"),
        ],
        [
            example("from placewide.kernel import clock\nclock.now()", door="views"),
            example("def f(*, now): return now", door="actions"),
        ],
    ),
    Rule(
        rules.rules_make_no_ids,
        house,
        [
            example("from placewide.kernel import ids\nids.new_id()", door="rules"),
            example("from placewide.kernel.ids import new_reference\nnew_reference()", door="rules"),
            example("open('x')", door="terms"),
        ],
        [example("from placewide.kernel import ids\nids.new_id()", door="actions")],
    ),
    Rule(
        rules.our_own_code_is_never_replaced,
        code_of_tests,
        [
            example("from unittest import mock"),
            example("from unittest.mock import patch"),
            example("monkeypatch.setattr('placewide.kernel.clock.now', 1)"),
            example("from placewide.kernel import clock\nmonkeypatch.setattr(clock, 'now', 1)"),
        ],
        [example("monkeypatch.setenv('A', '1')"), example("import smtplib\nmonkeypatch.setattr(smtplib, 'SMTP', 1)")],
    ),
    Rule(
        rules.parameters_are_the_same_everywhere,
        code_of_tests,
        [
            example("from uuid import uuid4\n@pytest.mark.parametrize('a', [uuid4()])\ndef test_x(a): ..."),
            example(
                "from placewide.kernel.ids import new_id\n@pytest.mark.parametrize('a', [str(new_id())])\ndef f(): ..."
            ),
        ],
        [example("from uuid import UUID\n@pytest.mark.parametrize('a', [UUID(int=1)])\ndef test_x(a): ...")],
    ),
    Rule(
        rules.functions_are_short,
        everything,
        [example("def f():\n" + "    x = 1\n" * 50)],
        [example("def f():\n" + "    x = 1\n" * 49)],
    ),
    Rule(rules.files_are_short, everything, [example("x = 1\n" * 401)], [example("x = 1\n" * 400)]),
    Rule(rules.names_say_something, house, [example("class CaseHelper: pass")], [example("class Case: pass")]),
    Rule(
        rules.errors_are_not_swallowed,
        everything,
        [example("try:\n    f()\nexcept Exception:\n    pass"), example("try:\n    f()\nexcept:\n    pass")],
        [example("try:\n    f()\nexcept KeyError:\n    pass")],
    ),
]
BAD = [(rule, module) for rule in RULES for module in rule.bad]
GOOD = [(rule, module) for rule in RULES for module in rule.good]


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_the_code_keeps_the_rule(rule: Rule) -> None:
    modules = rule.where()
    assert modules
    faults = [fault for module in modules for fault in rule.check(module)]
    assert not faults, "\n" + "\n".join(faults)


@pytest.mark.parametrize(("rule", "module"), BAD, ids=lambda value: str(value) if isinstance(value, Rule) else "bad")
def test_a_bad_example_is_found(rule: Rule, module: Module) -> None:
    assert list(rule.check(module))


@pytest.mark.parametrize(("rule", "module"), GOOD, ids=lambda value: str(value) if isinstance(value, Rule) else "good")
def test_a_good_example_is_left_alone(rule: Rule, module: Module) -> None:
    assert not list(rule.check(module))


def test_every_room_has_its_layer_and_every_layer_its_room() -> None:
    assert set(rooms()) == set(levels())


def test_every_room_says_what_lives_in_it() -> None:
    without = [room for room in rooms() if not (SOURCE / room / "README.md").is_file()]
    assert not without, f"these rooms need a README.md (half a page, one diagram): {', '.join(without)}"


def lines_of(room: str) -> int:
    files = [
        path for kind in ("*.py", "*.html") for path in (SOURCE / room).rglob(kind) if "migrations" not in path.parts
    ]
    return sum(path.read_text(encoding="utf-8").count("\n") for path in files)


def test_web_stays_small() -> None:
    total = sum(lines_of(room) for room in rooms())
    share = lines_of("web") / total
    assert share <= 0.15, f"web/ holds {share:.0%} of all lines, more than 15 %: move pages into their rooms"
