"""The rules of the house that a machine can keep (DESIGN: "Kept by machine"). Each returns what breaks it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from house.code import Module, calls, dotted, full_name, imported, levels, nodes

Faults = Iterator[str]

_ENTRY_DOORS = {"views", "api", "commands", "middleware", "worker"}
_ENTRY_FILES = {
    "src/placewide/identity/access.py",  # reads who signed in from the request
    "src/placewide/identity/adapter.py",  # called by the sign-in library, which hands on no time
}
_CLOCKS = {
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.datetime.today",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
    "time.monotonic",
    "time.sleep",
    "django.utils.timezone.now",
    "django.utils.timezone.localdate",
    "django.utils.timezone.localtime",
    "placewide.kernel.clock.now",
}
_CHANCE = ("random.", "secrets.", "uuid.uuid", "uuid_utils.", "os.urandom")
_HARMLESS = {"secrets.compare_digest"}
_RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}
LONGEST_FUNCTION = 50
LONGEST_FILE = 400


def names_are_imported_plainly(module: Module) -> Faults:
    """No import by string: it hides which room stands on which."""
    for node in nodes(module):
        name = dotted(node) if isinstance(node, ast.Attribute | ast.Name) else ""
        if name.split(".")[-1] in {"import_module", "import_string", "__import__"} or name.endswith("apps.get_model"):
            yield module.at(node, f"{name} hides an import; import it by name")


def foreign_keys_follow_the_layers(module: Module) -> Faults:
    """A table points to its own room or to a lower one, also when the target is written as a string."""
    heights = levels()
    names = imported(module)
    for call, name in calls(module):
        if name.split(".")[-1] not in _RELATIONS:
            continue
        target = _target_room(call, names)
        if target and target != module.room and heights.get(target, 99) >= heights.get(module.room, 0):
            yield module.at(call, f"{module.room} may not point to {target}: it does not stand below")


def _target_room(call: ast.Call, names: dict[str, str]) -> str:
    """The room a relation points to; empty for its own or for a table that is not ours."""
    targets = [*call.args[:1], *(k.value for k in call.keywords if k.arg == "to")]
    for target in targets:
        if isinstance(target, ast.Constant) and isinstance(target.value, str):
            room = target.value.removeprefix("placewide.").split(".")[0] if "." in target.value else ""
        else:
            full = full_name(target, names)
            room = "identity" if full.endswith("AUTH_USER_MODEL") else _room_of(full)
        return room if room in levels() else ""
    return ""


def _room_of(full: str) -> str:
    return full.split(".")[1] if full.startswith("placewide.") else ""


def tables_are_touched_in_their_doors(module: Module) -> Faults:
    """Queries stand in reads, writes in actions, nowhere else (the kernel has its own ways)."""
    if module.room == "kernel" or module.door in {"models", "reads", "actions"}:
        return
    for node in nodes(module):
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager", "_base_manager"}:
            yield module.at(node, f".{node.attr} belongs in reads.py or actions.py")


def only_the_kernel_opens_transactions(module: Module) -> Faults:
    """Actions write inside ``kernel.change.changing``, so that events and ledger are saved with the rows."""
    if module.room == "kernel":
        return
    for node in nodes(module):
        if isinstance(node, ast.Attribute | ast.Name) and full_name(node, imported(module)).endswith(
            "transaction.atomic"
        ):
            yield module.at(node, "use kernel.change.changing instead of transaction.atomic")


def clock_and_chance_come_in_at_the_door(module: Module) -> Faults:
    """Only the kernel and entry points read the clock or throw dice; everybody else is handed ``now`` and ids."""
    if module.room == "kernel" or is_entry_point(module):
        return
    names = imported(module)
    for node in nodes(module):
        if isinstance(node, ast.Attribute | ast.Name) and isinstance(node.ctx, ast.Load):
            full = full_name(node, names)
            if full in _CLOCKS or (full.startswith(_CHANCE) and full not in _HARMLESS):
                yield module.at(node, f"{full}: take it as an argument")
        if isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"}:
            yield module.at(node.value, f"{node.arg} reads the clock in a model; the action knows now")


def is_entry_point(module: Module) -> bool:
    """Where something comes in from outside: pages, API, commands; all of ``web``, which holds nothing else."""
    kind = module.door.rpartition("_")[2]  # "save_views" are views too
    return module.room == "web" or kind in _ENTRY_DOORS or module.name in _ENTRY_FILES


def rules_make_no_ids(module: Module) -> Faults:
    """Terms and rules give the same answer to the same question: no new id, no reading of anything."""
    if module.door not in {"terms", "rules"} or module.room == "kernel":
        return
    names = imported(module)
    for call, name in calls(module):
        if full_name(call.func, names).startswith("placewide.kernel.ids.new_") or name in {"open", "print", "input"}:
            yield module.at(call, f"{name} in {module.door}: pure functions only")


def our_own_code_is_never_replaced(module: Module) -> Faults:
    """No mock and no monkeypatch of placewide: a test runs what a person would run."""
    names = imported(module)
    for local, full in names.items():
        if full.startswith(("unittest.mock", "mock.", "pytest_mock")) or full == "mock":
            yield f"{module.name}:1: {local} comes from {full}; test the real thing"
    for call, name in calls(module):
        if name in {"monkeypatch.setattr", "monkeypatch.delattr"} and call.args and _is_ours(call.args[0], names):
            yield module.at(call, "monkeypatch of our own code; give it an argument instead")


def _is_ours(node: ast.expr, names: dict[str, str]) -> bool:
    if isinstance(node, ast.Constant):
        return str(node.value).startswith("placewide.")
    return full_name(node, names).startswith("placewide")


def functions_are_short(module: Module) -> Faults:
    for node in nodes(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LONGEST_FUNCTION:
                yield module.at(node, f"{node.name} has {length} lines, more than {LONGEST_FUNCTION}")


def files_are_short(module: Module) -> Faults:
    length = module.text.count("\n")
    if length > LONGEST_FILE:
        yield f"{module.name}:1: {length} lines, more than {LONGEST_FILE}"


_VAGUE = ("Manager", "Helper", "Util", "Utils", "Base", "Data", "Info")


def names_say_something(module: Module) -> Faults:
    """No class called Manager, Helper, Util, Base, Data or Info: such a name says nothing about what it is."""
    for node in nodes(module):
        if isinstance(node, ast.ClassDef) and node.name.endswith(_VAGUE):
            yield module.at(node, f"{node.name} says nothing; use the field's word")


def errors_are_not_swallowed(module: Module) -> Faults:
    """No bare except, and none that passes over everything in silence."""
    for node in nodes(module):
        if isinstance(node, ast.ExceptHandler):
            everything = node.type is None or dotted(node.type) in {"Exception", "BaseException"}
            if everything and all(isinstance(line, ast.Pass | ast.Continue) for line in node.body):
                yield module.at(node, "an error is swallowed here; say what happened or let it rise")


def parameters_are_the_same_everywhere(module: Module) -> Faults:
    """A test's parameters are computed once in every process that runs tests; made by chance, they differ."""
    names = imported(module)
    for call, name in calls(module):
        if not name.endswith("parametrize"):
            continue
        for inner in (node for node in ast.walk(call) if isinstance(node, ast.Call) and node is not call):
            full = full_name(inner.func, names)
            if full in _CLOCKS or full.startswith(_CHANCE) or full.startswith("placewide.kernel.ids.new_"):
                yield module.at(inner, f"{full} in a parameter: write a fixed value")
