"""What the ledger hands out."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Receipt:
    """The node's signed word that an entry is, or within a minute will be, in its ledger with this leaf."""

    entry_id: UUID
    leaf: bytes
    note: str  # a signed note; hold it against the node


@dataclass(frozen=True, slots=True)
class Proof:
    """That an entry is in the ledger as a checkpoint signed it."""

    number: int
    leaf: bytes
    path: tuple[bytes, ...]
    size: int
    root: bytes
    checkpoint: str  # the signed note


@dataclass(frozen=True, slots=True)
class Verification:
    """What :func:`verify` found; the ledger stands when there is no problem."""

    size: int
    checkpoints: int
    erased: int
    unsealed: int
    problems: tuple[str, ...]

    @property
    def stands(self) -> bool:
        return not self.problems
