"""What a check of an agreement finds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to mend or to look at before anybody signs.

    ``code``: its words, law and remedy stand in ``law/findings.yaml``. ``path``: the clause, from the top of the file.
    ``particulars``: what fills the words in.
    """

    code: str
    path: tuple[str | int, ...]
    particulars: tuple[tuple[str, str], ...] = ()


def finding(code: str, *path: str | int, **particulars: str) -> Finding:
    """A finding at this clause."""
    return Finding(code, path, tuple(particulars.items()))
