"""Change the rules of sharing in one small place after another, and see whether a test notices.

    python scripts/mutants.py [--module guards] [--sample 200] [--least 0.9] [--jobs 2]

Every change is made in a process of its own, forked from one that has read all decision cases and everything the tests
import, so that a thousand take minutes: tools that start Python for each would take hours. First the cases are decided;
what they do not notice is put to the tests of the room, the quick ones first. What nobody notices is printed with its
line, then the share of each file. Ends with 1 below the share asked for.
"""

from __future__ import annotations

import argparse
import ast
import copy
import os
import random
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import hypothesis.strategies  # noqa: F401 – loaded once, for the tests of every change
import pytest
from hypothesis import Phase, settings

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))
import support.requests_to_share  # noqa: E402, F401 – read once, for the tests of every change
from support.sharing_cases import all_as_expected, module_named  # noqa: E402

RULES = ROOT / "src" / "placewide" / "sharing" / "rules"
# Which tests a change is put to, by the folder it is made in. The cases are decided before, without pytest.
TESTS = {
    "rules": (
        "test_sharing_conditions",
        "test_sharing_confidence",
        "test_sharing_grounds",
        "test_sharing_guards",
        "test_sharing_language",
        "test_sharing_minimum",
        "test_sharing_telling",
        "test_sharing_whole",
        "test_sharing_named_person",
        "test_sharing_properties",
    ),
    "checking": ("test_agreement_checks",),
    "simulating": ("test_simulated_days", "test_simulating"),
}
# Rules need neither Django nor a database, nor what tests/conftest.py makes ready for those who do.
_PLAINLY = (
    "-q",
    "-x",
    "-Wignore",
    "--noconftest",
    *(f"-pno:{plugin}" for plugin in ("cacheprovider", "xdist", "django")),
)
PATIENCE = 120  # seconds of the processor for one change; a change that never ends is noticed, too

_COMPARED = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_NAMES = {"any": "all", "all": "any", "min": "max", "max": "min"}
_SUMS = {ast.Add: ast.Sub, ast.Sub: ast.Add}


@dataclass(frozen=True, slots=True)
class Change:
    """One small change: its line, what it is, and what makes the module with it."""

    file: Path
    line: int
    what: str
    tree: Callable[[], ast.Module]

    def __str__(self) -> str:
        return f"{self.file.name}:{self.line}: {self.what}"


def changes(file: Path, source: str) -> Iterator[Change]:
    """Every small change to one file."""
    tree = ast.parse(source)
    for place, node in enumerate(_code(tree)):
        for what, change in _of(node):
            yield Change(file, _line(node), what, partial(_changed, tree, place, change))


def _changed(tree: ast.Module, place: int, change: Callable[[Any], None]) -> ast.Module:
    mutant = copy.deepcopy(tree)
    change(list(_code(mutant))[place])
    return ast.fix_missing_locations(mutant)


def _line(node: ast.AST) -> int:
    """Where it stands; a comprehension's own line is that of its target."""
    return int(getattr(node.target if isinstance(node, ast.comprehension) else node, "lineno", 0))


def _code(tree: ast.Module) -> Iterator[ast.AST]:
    """Nodes that run: no docstrings, annotations, imports or types."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        for name, value in ast.iter_fields(node):
            if name in {"annotation", "returns", "decorator_list"} or isinstance(value, ast.Import | ast.ImportFrom):
                continue
            children = value if isinstance(value, list) else [value]
            waiting += [child for child in reversed(children) if isinstance(child, ast.AST) and not _is_text(child)]


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _of(node: ast.AST) -> Iterator[tuple[str, Callable[[Any], None]]]:
    yield from _of_expression(node)
    match node:
        case ast.comprehension(ifs=[_, *_]):
            yield "condition dropped", lambda n: setattr(n, "ifs", n.ifs[1:])
        case ast.Return(value=value) if value is not None and not _is_nothing(value):
            yield "returns nothing", lambda n: setattr(n, "value", ast.Tuple(elts=[], ctx=ast.Load()))
        case ast.Tuple(elts=[_, *_], ctx=ast.Load()) | ast.Set(elts=[_, *_]):
            for number in range(len(node.elts)):
                yield f"element {number + 1} dropped", lambda n, number=number: n.elts.pop(number)
        case ast.If():
            yield "condition true", lambda n: setattr(n, "test", ast.Constant(value=True))
            yield "condition false", lambda n: setattr(n, "test", ast.Constant(value=False))
        case ast.Expr(value=ast.Yield() | ast.YieldFrom()):
            yield "yield dropped", lambda n: setattr(n, "value", _yields_nothing())


def _of_expression(node: ast.AST) -> Iterator[tuple[str, Callable[[Any], None]]]:
    match node:
        case ast.Compare(ops=[op, *_]) if type(op) in _COMPARED:
            other = _COMPARED[type(op)]
            yield f"{type(op).__name__} → {other.__name__}", lambda n: n.ops.__setitem__(0, other())
        case ast.BoolOp(op=op):
            swapped = ast.Or if isinstance(op, ast.And) else ast.And
            yield f"{type(op).__name__} → {swapped.__name__}", lambda n: setattr(n, "op", swapped())
        case ast.UnaryOp(op=ast.Not()):
            yield "not dropped", lambda n: setattr(n, "operand", ast.UnaryOp(op=ast.Not(), operand=n.operand))
        case ast.BinOp(op=op) if type(op) in _SUMS:
            yield "sum turned", lambda n: setattr(n, "op", _SUMS[type(op)]())
        case ast.Constant(value=value):
            yield from _of_constant(value)
        case ast.Call(func=ast.Name(id=name)) if name in _NAMES:
            yield f"{name} → {_NAMES[name]}", lambda n: setattr(n.func, "id", _NAMES[name])
        case ast.IfExp():
            yield "branches swapped", _swap


def _of_constant(value: object) -> Iterator[tuple[str, Callable[[Any], None]]]:
    if isinstance(value, bool):
        yield f"{value} → {not value}", lambda n: setattr(n, "value", not value)
    elif isinstance(value, int):
        yield f"{value} → {value + 1}", lambda n: setattr(n, "value", value + 1)
    elif isinstance(value, str) and value:
        yield f"{value!r} changed", lambda n: setattr(n, "value", value + "_")


def _swap(node: ast.AST) -> None:
    assert isinstance(node, ast.IfExp)
    node.body, node.orelse = node.orelse, node.body


def _is_nothing(node: ast.AST) -> bool:
    """True of None and False, and of an empty tuple: who asks whether there is something cannot tell them apart."""
    return (isinstance(node, ast.Constant) and node.value in (None, False)) or (
        isinstance(node, ast.Tuple) and not node.elts
    )


def _yields_nothing() -> ast.YieldFrom:
    return ast.YieldFrom(value=ast.Tuple(elts=[], ctx=ast.Load()))


def unnoticed(chosen: Iterable[Change], cases: Callable[[], bool], jobs: int) -> Iterator[Change]:
    """Make each change in a child process, ``jobs`` at a time; yields those that neither cases nor tests notice."""
    running: dict[int, Change] = {}
    for change in chosen:
        if len(running) == jobs:
            yield from _ended(running)
        running[_child(change, cases)] = change
    while running:
        yield from _ended(running)


def _child(change: Change, cases: Callable[[], bool]) -> int:
    child = os.fork()
    if child == 0:
        signal.setitimer(signal.ITIMER_PROF, PATIENCE)
        os._exit(0 if _unnoticed(module_named(change.file), change, cases) else 1)
    return child


def _ended(running: dict[int, Change]) -> Iterator[Change]:
    child, status = os.wait()
    change = running.pop(child)
    if status == 0:
        yield change


def _unnoticed(module: ModuleType, change: Change, cases: Callable[[], bool]) -> bool:
    try:
        _put(module, change.tree())
        if not cases():
            return False
    except BaseException:
        return False
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
        names = TESTS[Path(module.__file__ or "").parent.name]
        tests = [str(ROOT / "tests" / "rules" / f"{name}.py") for name in names]
        return pytest.main([*_PLAINLY, *tests]) == 0


def _put(module: ModuleType, tree: ast.Module) -> None:
    """Run the changed source in the module's place, and hand its new functions to whoever imported the old ones."""
    before = dict(vars(module))
    exec(compile(tree, module.__file__ or "", "exec"), vars(module))
    new = {id(before[name]): vars(module)[name] for name in before if before[name] is not vars(module)[name]}
    for other in [m for name, m in sys.modules.items() if name.startswith(("placewide.sharing", "support."))]:
        for name, value in list(vars(other).items()):
            if id(value) in new and not name.startswith("__"):
                setattr(other, name, new[id(value)])


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--module", default="", help="only this file of the rules")
    parser.add_argument("--least", type=float, default=0.9, help="share of changes to be noticed (default: 0.9)")
    parser.add_argument("--sample", type=int, default=0, help="only so many changes, drawn at random")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="changes tried at once")
    given = parser.parse_args()
    # That a test fails is enough: the smallest example that fails is not looked for, and fewer are tried than in tests.
    settings.register_profile("mutants", max_examples=40, phases=[Phase.explicit, Phase.generate], database=None)
    settings.load_profile("mutants")
    assert all_as_expected(), "the cases must hold before anything is changed"
    files = sorted(RULES.rglob(f"{given.module or '*'}.py"))
    every = [change for file in files for change in changes(file, file.read_text(encoding="utf-8"))]
    chosen = random.sample(every, given.sample) if given.sample else every
    left = []
    for change in unnoticed(chosen, all_as_expected, given.jobs):
        left.append(change.file)
        print(change, flush=True)
    return 0 if _told(Counter(change.file for change in chosen), Counter(left)) >= given.least else 1


def _told(tried: Counter[Path], left: Counter[Path]) -> float:
    for file, count in tried.items():
        print(f"{file.relative_to(RULES)}: {count - left[file]} of {count} noticed")
    share = 1 - left.total() / max(tried.total(), 1)
    print(f"{tried.total()} changes, {left.total()} not noticed: {share:.1%} noticed")
    return share


if __name__ == "__main__":
    sys.exit(main())
