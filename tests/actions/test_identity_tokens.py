"""Links that work once."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from placewide.identity.actions import issue_token, peek_token, use_token
from placewide.identity.models import Token
from placewide.kernel.terms import GUEST

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SUBJECT = uuid4()


def issued() -> str:
    return issue_token("return", SUBJECT, expires=NOW + timedelta(days=7), actor=GUEST, now=NOW)


def use(secret: str, *, purpose: str = "return", now: datetime = NOW) -> object:
    return use_token(purpose, secret, actor=GUEST, now=now)


def test_a_token_leads_to_its_subject_once():
    secret = issued()
    assert use(secret) == SUBJECT
    assert use(secret) is None


def test_looking_at_a_token_does_not_use_it_up():
    secret = issued()
    assert peek_token("return", secret, now=NOW) == SUBJECT
    assert peek_token("return", secret, now=NOW) == SUBJECT
    assert use(secret) == SUBJECT
    assert peek_token("return", secret, now=NOW) is None


def test_a_token_is_worth_nothing_after_it_expires():
    secret = issued()
    assert use(secret, now=NOW + timedelta(days=7)) is None


def test_a_token_serves_only_its_purpose():
    secret = issued()
    assert use(secret, purpose="follow") is None
    assert use(secret) == SUBJECT


def test_the_secret_itself_is_not_kept():
    secret = issued()
    assert secret.encode() not in bytes(Token.objects.get().digest)


@pytest.mark.parametrize("nonsense", ["", "x", "é" * 5000, "' OR 1=1"])
def test_nonsense_is_no_token(nonsense):
    assert use(nonsense) is None
