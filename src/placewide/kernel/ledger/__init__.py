"""The node's append-only log of acts that must stay provable."""

from placewide.kernel.ledger.proofs import (
    NotSealed,
    erase,
    prove,
    prove_growth,
    receipt,
    receipt_holds,
    verify,
)
from placewide.kernel.ledger.sealer import seal
from placewide.kernel.ledger.terms import Proof, Receipt, Verification

__all__ = [
    "NotSealed",
    "Proof",
    "Receipt",
    "Verification",
    "erase",
    "prove",
    "prove_growth",
    "receipt",
    "receipt_holds",
    "seal",
    "verify",
]
