"""Keys: a ring that grows, sealed fields, and what happens when a key is missing."""

import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import FieldError
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from placewide.kernel import keys
from placewide.kernel.models import RememberedQuery
from placewide.web.configuration import read_or_make_secret


@pytest.fixture(autouse=True)
def ring(settings, tmp_path):
    settings.KEYS_ROOT = tmp_path / "keys"
    yield settings.KEYS_ROOT
    keys.forget_ring()


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=2000), st.text(max_size=40))
def test_whatever_is_sealed_opens_again(data, purpose):
    sealed = keys.seal(data, purpose=purpose)
    assert keys.open_sealed(sealed, purpose=purpose) == data
    assert len(sealed) == len(data) + 45


@pytest.mark.parametrize("place", [0, 1, 6, 30, -1])
def test_what_was_changed_does_not_open(place):
    sealed = bytearray(keys.seal(b"the answer", purpose="x"))
    sealed[place] ^= 1
    with pytest.raises((keys.SealBroken, keys.KeyMissing)):
        keys.open_sealed(bytes(sealed), purpose="x")


def test_nonsense_is_not_opened():
    for data in (b"", b"\x01", b"plain text that was never sealed by anybody at all"):
        with pytest.raises(keys.SealBroken):
            keys.open_sealed(data, purpose="x")


def test_a_new_key_seals_and_the_old_one_still_opens(ring):
    old = keys.seal(b"before", purpose="x")
    signer = keys.signing_key().verify_key
    assert keys.rotate() == 2
    new = keys.seal(b"after", purpose="x")
    assert keys.open_sealed(old, purpose="x") == b"before"
    assert keys.signing_key().verify_key != signer
    assert keys.signing_key(1).verify_key == signer
    (ring / "1.key").unlink()
    keys.forget_ring()
    assert keys.open_sealed(new, purpose="x") == b"after"
    with pytest.raises(keys.KeyMissing):
        keys.open_sealed(old, purpose="x")


ELSEWHERE = """
import sys
from django.conf import settings
settings.configure(KEYS_ROOT=sys.argv[1])
from placewide.kernel import keys
keys.rotate()
sys.stdout.write(keys.seal(b"from there", purpose="x").hex())
"""


def test_what_another_process_sealed_with_a_newer_key_opens_here(ring):
    assert keys.numbers() == (1,)
    other = subprocess.run([sys.executable, "-c", ELSEWHERE, ring], capture_output=True, check=True, text=True)
    assert keys.open_sealed(bytes.fromhex(other.stdout), purpose="x") == b"from there"
    assert keys.numbers() == (1, 2)


def test_a_node_restored_without_its_keys_says_so_and_opens_nothing(ring):
    sealed = keys.seal(b"the answer", purpose="x")
    (ring / "1.key").unlink()
    keys.forget_ring()
    with pytest.raises(keys.KeyMissing):
        keys.open_sealed(sealed, purpose="x")


def test_keys_are_readable_by_their_owner_only(ring):
    keys.seal(b"", purpose="x")
    assert stat.S_IMODE((ring / "1.key").stat().st_mode) == 0o600


def test_a_pseudonym_is_stable_and_differs_by_purpose():
    first = keys.pseudonym("Edith", purpose="ledger")
    keys.rotate()
    assert keys.pseudonym("Edith", purpose="ledger") == first
    assert keys.pseudonym("Edith", purpose="evidence") != first


@pytest.mark.django_db
def test_a_sealed_field_holds_any_json_and_cannot_be_read_in_the_database():
    from datetime import UTC, datetime
    from uuid import UUID

    answers = {"name": "Edith Hâl", "needs": ["meals", None, True, 3]}
    row = RememberedQuery.objects.create(id=UUID(int=1), text=answers, expires_at=datetime(2026, 1, 1, tzinfo=UTC))
    row.refresh_from_db()
    assert row.text == answers
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM kernel_rememberedquery")
        assert b"Edith" not in bytes(cursor.fetchone()[0])


@pytest.mark.django_db
def test_a_sealed_field_refuses_to_be_searched():
    with pytest.raises(FieldError, match="sealed"):
        RememberedQuery.objects.filter(text="Edith").exists()
    assert not RememberedQuery.objects.filter(text__isnull=True).exists()


def test_of_two_starts_at_once_both_have_the_same_secret(tmp_path):
    """One that read while the other was writing would refuse every cookie of the other."""
    for turn in range(20):
        path, ready = tmp_path / f"{turn}" / "secret-key", Barrier(8)

        def start(_: int, path=path, ready=ready) -> str:
            ready.wait()
            return read_or_make_secret(path)

        with ThreadPoolExecutor(8) as starts:
            (secret,) = set(starts.map(start, range(8)))
        assert len(secret) > 60
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert [file.name for file in path.parent.iterdir()] == ["secret-key"]
