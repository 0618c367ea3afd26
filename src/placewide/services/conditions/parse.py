"""Reading a condition into a tree, for the checks. What is not read here may not stand in a package.

The part of CEL (https://cel.dev) that packages may use: texts, whole numbers, true, false, null, names, fields, lists,
calls of our own functions, ``! - + == != < <= > >= in && || ?:`` and brackets. No macros, no regular expressions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NoReturn

LONGEST = 500  # characters
DEEPEST = 40  # brackets within brackets


class ConditionFault(ValueError):
    """A condition cannot stand in a package: what is wrong, and what to do."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(f"{what} {remedy}")
        self.what, self.remedy = what, remedy


@dataclass(frozen=True, slots=True)
class Node:
    """One part of a condition. ``sort``: literal, name, field, call, list, or an operator itself."""

    sort: str
    value: str | int | bool | None = None  # of a literal; the name of a name, field or function
    parts: tuple[Node, ...] = ()


_TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+(?![\w.]))|(?P<text>'[^'\\\n]*'|"[^"\\\n]*")|(?P<name>[A-Za-z_][A-Za-z0-9_]*)
    |(?P<sign>&&|\|\||[=!<>]=|[-+!<>?:().,\[\]]))""",
    re.VERBOSE,
)
_LEVELS = {"||": 1, "&&": 2, "==": 3, "!=": 3, "<": 3, "<=": 3, ">": 3, ">=": 3, "in": 3, "+": 4, "-": 4}
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}
_SPELT = {"and": "Write “&&” for “and”.", "or": "Write “||” for “or”.", "not": "Write “!” for “not”."}
_SLIPS = {
    "=": "Write “==” to compare.",
    "&": "Write “&&” for “and”.",
    "|": "Write “||” for “or”.",
    "*": "Only + and - are worked out here.",
    "/": "Only + and - are worked out here.",
    "\\": "Texts cannot hold a backslash.",
}


def parse(expression: str) -> Node:
    """The tree of an expression. Raises ConditionFault."""
    if len(expression) > LONGEST:
        raise ConditionFault(f"This condition is longer than {LONGEST} characters.", "Split it into several rules.")
    return _Reader(expression).whole()


class _Reader:
    """Goes once through the signs of an expression, by the strength with which they bind."""

    def __init__(self, expression: str) -> None:
        self._tokens = _tokens(expression)
        self._at = self._depth = 0

    def whole(self) -> Node:
        node = self._choice()
        if self._at < len(self._tokens):
            self._refuse(self._tokens[self._at][1])
        return node

    def _choice(self) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            raise ConditionFault("This condition is nested too deeply.", "Split it into several rules.")
        node = self._joined(1)
        if self._take("?"):
            yes = self._choice()
            self._need(":")
            node = Node("?:", parts=(node, yes, self._choice()))
        self._depth -= 1
        return node

    def _joined(self, level: int) -> Node:
        left = self._single()
        while (sign := self._peek()) and _LEVELS.get(sign, 0) >= level:
            self._at += 1
            left = Node(sign, parts=(left, self._joined(_LEVELS[sign] + 1)))
        return left

    def _single(self) -> Node:
        for sign in ("!", "-"):
            if self._take(sign):
                self._depth += 1
                if self._depth > DEEPEST:
                    raise ConditionFault("This condition is nested too deeply.", "Split it into several rules.")
                node = Node(f"{sign}x", parts=(self._single(),))
                self._depth -= 1
                return node
        node = self._first()
        while self._take("."):
            sort, word = self._next()
            if sort != "name":
                self._refuse(word)
            if self._peek() == "(":
                raise ConditionFault(f"“.{word}(…)” is not known here.", "Use our own functions, such as includes().")
            node = Node("field", word, (node,))
        return node

    def _first(self) -> Node:
        sort, word = self._next()
        if sort == "number":
            return Node("literal", int(word))
        if sort == "text":
            return Node("literal", word[1:-1])
        if sort == "name" and word != "in":
            return self._named(word)
        if word == "(":
            node = self._choice()
            self._need(")")
            return node
        if word == "[":
            return Node("list", parts=self._several("]"))
        return self._refuse(word)

    def _named(self, word: str) -> Node:
        if word in _WORDS:
            return Node("literal", _WORDS[word])
        if self._take("("):
            return Node("call", word, self._several(")"))
        return Node("name", word)

    def _several(self, end: str) -> tuple[Node, ...]:
        items: list[Node] = []
        while not self._take(end):
            if items:
                self._need(",")
            items.append(self._choice())
        return tuple(items)

    def _peek(self) -> str:
        if self._at == len(self._tokens) or self._tokens[self._at][0] == "text":
            return ""
        return self._tokens[self._at][1]

    def _take(self, sign: str) -> bool:
        found = self._peek() == sign
        self._at += found
        return found

    def _need(self, sign: str) -> None:
        if not self._take(sign):
            raise ConditionFault(f"“{sign}” is missing.", "See that every bracket is closed.")

    def _next(self) -> tuple[str, str]:
        if self._at == len(self._tokens):
            raise ConditionFault("This condition ends too early.", "Finish it.")
        self._at += 1
        return self._tokens[self._at - 1]

    def _refuse(self, word: str) -> NoReturn:
        raise ConditionFault(f"“{word}” cannot stand there.", _SPELT.get(word, "Look at what comes before it."))


def _tokens(expression: str) -> list[tuple[str, str]]:
    found, at, text = [], 0, expression.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            sign = text[at:].lstrip()[:1]
            raise ConditionFault(f"“{sign}” cannot stand there.", _SLIPS.get(sign, "Look at quotation marks."))
        found.append((match.lastgroup, match[match.lastgroup]))
        at = match.end()
    return found


def names(node: Node) -> frozenset[str]:
    """The names of answers and facts in a tree."""
    own = frozenset([str(node.value)]) if node.sort == "name" else frozenset()
    return own.union(*(names(part) for part in node.parts))
