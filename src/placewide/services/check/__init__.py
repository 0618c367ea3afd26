"""The static checks of a package: every fault with its place and remedy, before a resident meets it."""

from __future__ import annotations

from placewide.services.format import Fault, Source


def faults_of(source: Source) -> tuple[Fault, ...]:
    """All faults of a package, in the order of its files; none for one that may go live."""
    return source.faults
