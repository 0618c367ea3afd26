"""Keep docs/reference/promises.toml honest.

python scripts/promises.py check        every promise of a finished issue has tests, and they exist and run
python scripts/promises.py show A7      run the tests of one promise
"""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "docs" / "reference" / "promises.toml"
STATES = {"open", "kept"}
LEFT_OUT = {"skip", "soak", "xfail"}  # marks under which a test does not count: no run shows it


def faults(promises: Mapping[str, Any], root: Path) -> Iterator[str]:
    """What is wrong with the list, one sentence each."""
    issues = promises.get("issues", {})
    for name, promise in promises.get("promises", {}).items():
        issue = issues.get(str(promise.get("issue")))
        if (
            issue is None
            or promise.get("state") not in STATES
            or not promise.get("promise")
            or not promise.get("shown")
        ):
            yield f"{name}: needs issue (listed above), promise, shown, and a state of {' or '.join(sorted(STATES))}"
            continue
        if issue["finished"] and promise["state"] != "kept":
            yield f"{name}: its issue is finished and it is not kept"
        if promise["state"] == "kept" and not promise["tests"]:
            yield f"{name}: kept, but no test shows it"
        for test in promise["tests"]:
            yield from (f"{name}: {fault}" for fault in faults_of_test(test, root))


def faults_of_test(test: str, root: Path) -> Iterator[str]:
    """Whether a test exists and is run by ``.ci/run``; judged by its source, without running anything."""
    name, *parts = test.split("::")
    path = root / name
    if not path.is_file():
        yield f"{test}: there is no file {name}"
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    marks = _marks_of_module(tree)
    body = tree.body
    for part in parts:
        found = _named(body, part.partition("[")[0])
        if found is None:
            yield f"{test}: {name} has no {part}"
            return
        marks |= {_mark(mark) for mark in found.decorator_list}
        body = found.body
    if not parts and not any(getattr(node, "name", "").startswith(("test_", "Test")) for node in tree.body):
        yield f"{test}: {name} holds no test"
    for mark in sorted(marks & LEFT_OUT):
        yield f"{test}: is marked {mark}, so nothing shows it"


def _named(body: list[ast.stmt], name: str) -> ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | None:
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and node.name == name:
            return node
    return None


def _marks_of_module(tree: ast.Module) -> set[str]:
    """Names in ``pytestmark = …``."""
    marks: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "pytestmark" for t in node.targets):
            values = node.value.elts if isinstance(node.value, ast.List | ast.Tuple) else [node.value]
            marks |= {_mark(value) for value in values}
    return marks


def _mark(node: ast.expr) -> str:
    """``skip`` for ``pytest.mark.skip`` and ``pytest.mark.skip(reason=…)``."""
    if isinstance(node, ast.Call):
        node = node.func
    return node.attr if isinstance(node, ast.Attribute) else ""


def check(promises: Mapping[str, Any]) -> int:
    found = list(faults(promises, ROOT))
    listed = promises["promises"].values()
    kept = sum(promise["state"] == "kept" for promise in listed)
    print(f"promises: {kept} of {len(listed)} kept" + "".join(f"\n  {fault}" for fault in found))
    return 1 if found else 0


def show(promises: Mapping[str, Any], name: str) -> int:
    promise = promises["promises"].get(name)
    if promise is None:
        print(f"There is no promise {name!r}. Promises: {', '.join(promises['promises'])}", file=sys.stderr)
        return 2
    print(f"{name}: {promise['promise']}\nShown by: {promise['shown']}\n")
    if not promise["tests"]:
        print("No test shows it yet.", file=sys.stderr)
        return 1
    return subprocess.run([sys.executable, "-m", "pytest", "-v", *promise["tests"]], cwd=ROOT, check=False).returncode


def main() -> int:
    promises = tomllib.loads(LIST.read_text(encoding="utf-8"))
    match sys.argv[1:]:
        case ["check"]:
            return check(promises)
        case ["show", name]:
            return show(promises, name)
        case _:
            print(__doc__, file=sys.stderr)
            return 2


if __name__ == "__main__":
    sys.exit(main())
