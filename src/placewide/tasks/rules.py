"""Who sees which tasks. Pure."""

from __future__ import annotations

from collections.abc import Collection

# They answer for, or speak for, the whole organisation; everybody else sees their teams' work and their own.
_SEE_ALL = frozenset({"manager", "admin", "adviser"})


def sees_all(roles: Collection[str]) -> bool:
    """Whether somebody with these roles sees every task of their organisation."""
    return not _SEE_ALL.isdisjoint(roles)
