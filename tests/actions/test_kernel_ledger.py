"""The ledger: receipts at once, proofs once sealed, tampering found, erasure that keeps the proof."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner
from django.db import connection
from django.test.utils import CaptureQueriesContext

from placewide.cli import gathered
from placewide.kernel import keys, ledger
from placewide.kernel.change import changing
from placewide.kernel.ledger import merkle
from placewide.kernel.models import Checkpoint, LedgerEntry
from placewide.kernel.terms import SYSTEM, Act

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
COUNCIL = UUID(int=7)
pytestmark = pytest.mark.django_db


def record(number: int = 1) -> list[UUID]:
    with changing(actor=SYSTEM, now=NOW) as change:
        return [change.record(Act("case.opened", COUNCIL, uuid4(), {"n": n})) for n in range(number)]


def problems() -> tuple[str, ...]:
    return ledger.verify().problems


def test_a_recorded_act_is_sealed_proved_and_verified():
    (entry,) = record()
    assert ledger.seal(NOW) == 1
    proof = ledger.prove(entry)
    assert merkle.is_included(proof.leaf, proof.number, proof.size, proof.path, proof.root)
    assert ledger.verify().stands


def test_a_receipt_holds_before_and_after_sealing():
    (entry,) = record()
    receipt = ledger.receipt(entry)
    assert ledger.receipt_holds(receipt.note)
    with pytest.raises(ledger.NotSealed):
        ledger.prove(entry)
    ledger.seal(NOW)
    assert ledger.receipt_holds(receipt.note)
    assert ledger.prove(entry).leaf == receipt.leaf


def test_a_receipt_convicts_a_node_that_dropped_the_entry():
    (entry,) = record()
    receipt = ledger.receipt(entry)
    LedgerEntry.objects.filter(pk=entry).delete()
    assert not ledger.receipt_holds(receipt.note)
    assert not ledger.receipt_holds(receipt.note.replace(str(entry), str(uuid4())))
    assert not ledger.receipt_holds("nonsense")


def test_sealing_goes_on_where_it_stopped_and_numbers_without_a_gap():
    for number in (3, 1, 5):
        record(number)
        assert ledger.seal(NOW) == number
    assert ledger.seal(NOW) == 0
    assert list(LedgerEntry.objects.order_by("number").values_list("number", flat=True)) == list(range(9))
    found = ledger.verify()
    assert (found.size, found.checkpoints, found.stands) == (9, 3, True)


def test_growth_between_two_checkpoints_is_proved():
    record(3)
    ledger.seal(NOW)
    record(4)
    ledger.seal(NOW)
    old, new = Checkpoint.objects.order_by("size")
    proof = ledger.prove_growth(old.size, new.size)
    assert merkle.is_consistent(3, 7, bytes(old.root), bytes(new.root), proof)


def test_an_erased_entry_says_nothing_and_is_still_proved():
    first, second = record(2)
    ledger.seal(NOW)
    ledger.erase(first, actor=SYSTEM, now=NOW)
    ledger.seal(NOW)
    row = LedgerEntry.objects.get(pk=first)
    assert (row.record, row.salt) == (None, None)
    proof = ledger.prove(first)
    assert merkle.is_included(proof.leaf, proof.number, proof.size, proof.path, proof.root)
    found = ledger.verify()
    assert (found.stands, found.erased, found.size) == (True, 1, 3)
    assert second


def test_a_record_that_was_changed_is_found():
    (entry,) = record()
    ledger.seal(NOW)
    LedgerEntry.objects.filter(pk=entry).update(act="x", record={"act": "case.closed"})
    assert problems() == ("entry 0 does not say what it said when it was recorded",)


def test_an_entry_exchanged_with_its_leaf_is_found():
    first, second = record(2)
    ledger.seal(NOW)
    other = LedgerEntry.objects.get(pk=second)
    LedgerEntry.objects.filter(pk=first).update(record=other.record, salt=other.salt, leaf=other.leaf)
    assert problems() == ("the entries are not those that were signed at 2",)


def test_an_entry_that_was_taken_out_is_found():
    record(3)
    ledger.seal(NOW)
    LedgerEntry.objects.filter(number=1).delete()
    assert "entry 1 is missing" in problems()
    LedgerEntry.objects.all().delete()
    assert problems() == ("a checkpoint was signed over 3 entries, but there are 0",)


def test_a_checkpoint_signed_by_somebody_else_is_found():
    record()
    ledger.seal(NOW)
    row = Checkpoint.objects.get()
    Checkpoint.objects.update(note=row.note.replace("\n1\n", "\n2\n"))
    assert problems() == ("the checkpoint over 1 entries is not signed by this node",)


def test_checkpoints_signed_before_a_key_was_changed_still_stand(tmp_path, settings):
    settings.KEYS_ROOT = tmp_path / "keys"
    record()
    ledger.seal(NOW)
    keys.rotate()
    record()
    ledger.seal(NOW)
    assert ledger.verify().stands


def test_a_node_that_moved_to_another_address_keeps_its_ledger(settings):
    record()
    ledger.seal(NOW)
    settings.ADDRESS = "https://elsewhere.example"
    record()
    ledger.seal(NOW)
    assert ledger.verify().stands


def test_the_ledger_names_nobody():
    person = uuid4()
    with changing(actor=SYSTEM, now=NOW) as change:
        entry = change.record(Act("case.opened", COUNCIL, person))
    assert str(person) not in str(LedgerEntry.objects.get(pk=entry).record)


def test_sealing_costs_the_same_however_long_the_ledger_is():
    counts = []
    for number in (400, 1):
        record(number)
        ledger.seal(NOW)
    for _ in range(2):
        record()
        with CaptureQueriesContext(connection) as queries:
            ledger.seal(NOW)
        counts.append(len(queries))
        record(300)
        ledger.seal(NOW)
    assert counts[0] == counts[1]


def test_the_commands_seal_and_verify():
    record(2)
    runner = CliRunner()
    assert "2 entries sealed" in runner.invoke(gathered(), ["ledger", "seal"]).output
    good = runner.invoke(gathered(), ["ledger", "verify"])
    assert (good.exit_code, "stands: 2 entries" in good.output) == (0, True)
    LedgerEntry.objects.filter(number=0).delete()
    bad = runner.invoke(gathered(), ["ledger", "verify"])
    assert (bad.exit_code, "DOES NOT STAND" in bad.output) == (1, True)
