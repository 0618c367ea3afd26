"""The files of law that come with Placewide: read once, checked, indexed, kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

from placewide.services.format import Fault
from placewide.services.format.reading import Read, read_file, read_text
from placewide.services.format.schema import faults_against
from placewide.sharing.format.checking import law_faults
from placewide.sharing.format.checking_wording import names_faults, obligations_faults, reasons_faults
from placewide.sharing.format.law import law_from
from placewide.sharing.format.schemas import LAW, law_validator
from placewide.sharing.format.values import Values
from placewide.sharing.format.wording import wording_from
from placewide.sharing.terms.law import Law
from placewide.sharing.terms.wording import Wording

_CHECKS: Mapping[str, Callable[[Read], Iterator[Fault]]] = MappingProxyType(
    {"gateways": law_faults, "reasons": reasons_faults, "obligations": obligations_faults, "names": names_faults}
)
SEE = "See docs/reference/sharing.md."
_KEPT = 64  # laws with gateways of their own, as decision cases add them


class Unreadable(Exception):
    """A file is not as it must be. ``faults``: where, what, and what mends it."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


def faults_of(kind: str, read: Read) -> tuple[Fault, ...]:
    """What is wrong with a file of law of that kind: gateways, reasons, obligations, names."""
    if read.faults:
        return read.faults
    if not isinstance(read.content, dict):
        return (Fault(read.place(()), "The file holds no law.", f"Begin with “format:”, as law/{kind}.yaml does."),)
    return tuple(faults_against(law_validator(kind), read, SEE)) or tuple(_CHECKS[kind](read))


def checked(kind: str, text: str, name: str) -> Values:
    """The content of a file of law, called ``name`` in messages. Raises Unreadable."""
    return _sound(kind, read_text(text, name))


def read_law(kind: str) -> Read:
    """A file of law as it stands in its folder, by which it is called in messages."""
    file = Path(str(LAW / f"{kind}.yaml"))
    return read_file(file, str(file))


def _sound(kind: str, read: Read) -> Values:
    faults = faults_of(kind, read)
    if faults:
        raise Unreadable(faults)
    content: Values = read.content
    return content


@cache
def _content(kind: str) -> Values:
    return _sound(kind, read_law(kind))


@cache
def standard_law() -> Law:
    """The law that comes with Placewide, as terms."""
    return law_from(_content("gateways"))


def law_with(gateways: tuple[Values, ...]) -> Law:
    """The same law with more gateways; the same code replaces."""
    return _law_with(json.dumps(gateways)) if gateways else standard_law()


@lru_cache(maxsize=_KEPT)
def _law_with(gateways: str) -> Law:
    return law_from(_content("gateways"), json.loads(gateways))


@cache
def wording() -> Wording:
    """What Placewide says of decisions, as terms."""
    return wording_from(*(_content(kind) for kind in ("reasons", "obligations", "names", "gateways")))
