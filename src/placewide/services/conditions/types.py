"""Whether a condition compares like with like. The engine checks neither names nor kinds, so this does."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping

from placewide.services.conditions.functions import FUNCTIONS
from placewide.services.conditions.parse import ConditionFault, Node
from placewide.services.conditions.values import ANY, BOOL, INT, NOTHING, TEXT, ValueKind, list_of, one_of
from placewide.services.kinds.date import is_date

Names = Mapping[str, ValueKind]


def kind_of(node: Node, names: Names) -> ValueKind:
    """The kind of value a tree comes to. Raises ConditionFault for what cannot be worked out."""
    if node.sort == "literal":
        return _literal(node.value)
    if node.sort == "name":
        return _named(str(node.value), names)
    return _WAYS.get(node.sort, _operated)(node, names)


def _literal(value: str | int | bool | None) -> ValueKind:
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return BOOL
    return INT if isinstance(value, int) else one_of(value)


def _named(name: str, names: Names) -> ValueKind:
    if name in names:
        return names[name]
    near = difflib.get_close_matches(name, names, 1)
    hint = "Use the id of an earlier question, or a fact of service.yaml."
    answer = f"An answer stands between quotation marks: '{name}'."
    hint = f"Did you mean “{near[0]}”?" if near else f"{hint} {answer}"
    raise ConditionFault(f"Nothing is known as “{name}” here.", hint)


def _field(node: Node, names: Names) -> ValueKind:
    whole = kind_of(node.parts[0], names)
    if whole.name == "anything":
        return ANY
    if node.value in whole.fields:
        return whole.fields[str(node.value)]
    known = ", ".join(sorted(whole.fields)) or "none"
    raise ConditionFault(f"There is no “.{node.value}” there.", f"{_meant(node, whole.fields)}It has: {known}.")


def _meant(node: Node, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(str(node.value), known, 1)
    return f"Did you mean “{near[0]}”? " if near else ""


def _called(node: Node, names: Names) -> ValueKind:
    function = FUNCTIONS.get(str(node.value))
    if function is None:
        there = f"There are: {', '.join(sorted(FUNCTIONS))}."
        raise ConditionFault(f"There is no function “{node.value}”.", _meant(node, FUNCTIONS) + there)
    given = [kind_of(part, names) for part in node.parts]
    if len(given) != len(function.takes):
        raise ConditionFault(
            f"“{node.value}” takes {len(function.takes)} values, not {len(given)}.", "See its meaning."
        )
    for kind, wanted, part in zip(given, function.takes, node.parts, strict=True):
        if not (kind.fits(wanted) or (wanted.name == "date" and _is_date_text(part))):
            raise ConditionFault(f"“{node.value}” takes a {wanted.name}, not a {kind.name}.", "Give it another value.")
    if node.value == "includes":
        _same_words(given[0].item or ANY, given[1])
    if node.value == "includes_any":
        _same_words(given[0].item or ANY, given[1].item or ANY)
    return function.gives


def _listed(node: Node, names: Names) -> ValueKind:
    kinds = [kind_of(part, names) for part in node.parts]
    if len({kind.name for kind in kinds}) > 1:
        raise ConditionFault("The things in “[…]” are not of one kind.", "List texts or numbers, not both.")
    words = frozenset().union(*(kind.words for kind in kinds)) if kinds else frozenset()
    return list_of(ValueKind(kinds[0].name, words) if kinds else ANY)


def _chosen(node: Node, names: Names) -> ValueKind:
    condition, yes, no = (kind_of(part, names) for part in node.parts)
    _need(condition, BOOL, "?")
    if yes.name != no.name:
        raise ConditionFault("The two ways of “? :” give different kinds.", "Let both give the same kind.")
    return yes if yes.words == no.words else ValueKind(yes.name)


def _operated(node: Node, names: Names) -> ValueKind:
    kinds = [kind_of(part, names) for part in node.parts]
    if node.sort in ("&&", "||", "!x"):
        for kind in kinds:
            _need(kind, BOOL, node.sort[0] if node.sort == "!x" else node.sort)
        return BOOL
    if node.sort == "-x":
        _need(kinds[0], INT, "-")
        return INT
    left, right = kinds
    if node.sort == "in":
        _need(right, list_of(ANY), "in")
        _same_words(left, right.item or ANY)
        return BOOL
    if node.sort in ("+", "-"):
        return _sum(node, left, right)
    _comparable(node, left, right)
    return BOOL


def _sum(node: Node, left: ValueKind, right: ValueKind) -> ValueKind:
    texts, kinds = {"text", "date", "instant"}, {left.name, right.name}
    if node.sort == "+" and kinds & texts and kinds <= {*texts, "anything"}:
        return TEXT
    _need(left, INT, node.sort)
    _need(right, INT, node.sort)
    return INT


def _comparable(node: Node, left: ValueKind, right: ValueKind) -> None:
    in_order = node.sort not in ("==", "!=")
    first, second = node.parts
    dates = {left.name, right.name} == {"date", "text"}
    if dates:
        if not (_is_date_text(first) or _is_date_text(second)):
            raise ConditionFault("A date is compared with a text.", "Write the date as '2026-04-01'.")
        return
    if not (left.fits(right) or right.fits(left)):
        raise ConditionFault(f"A {left.name} is compared with a {right.name}.", "Compare like with like.")
    if in_order and not {left.name, right.name} <= {"number", "date", "instant", "anything"}:
        raise ConditionFault(f"“{node.sort}” needs numbers or dates.", "Use “==” or “!=” for texts.")
    if first.sort == "literal":
        left, right = right, left
    if "literal" in (first.sort, second.sort):
        _same_words(left, right)


def _same_words(known: ValueKind, said: ValueKind) -> None:
    """A text that a question can never answer is a slip of the pen."""
    if not known.fits(said) and not said.fits(known):
        raise ConditionFault(f"A {known.name} is compared with a {said.name}.", "Compare like with like.")
    if known.words and said.words - known.words:
        slips = ", ".join(f"“{word}”" for word in sorted(said.words - known.words))
        raise ConditionFault(
            f"{slips} is never an answer there.", f"The answers are: {', '.join(sorted(known.words))}."
        )


def _need(kind: ValueKind, wanted: ValueKind, sign: str) -> None:
    if not kind.fits(wanted):
        raise ConditionFault(f"“{sign}” needs a {wanted.name}, not a {kind.name}.", "Compare it with something first.")


def _is_date_text(node: Node) -> bool:
    return node.sort == "literal" and isinstance(node.value, str) and is_date(node.value)


_WAYS: Mapping[str, Callable[[Node, Names], ValueKind]] = {
    "field": _field,
    "call": _called,
    "list": _listed,
    "?:": _chosen,
}
