"""The same request twice is one act; two at once are one act too."""

import threading
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from placewide.kernel import idempotency
from placewide.kernel.change import changing
from placewide.kernel.idempotency import Answer, KeyReused
from placewide.kernel.models import KeptAnswer, LedgerEntry
from placewide.kernel.terms import GUEST, Act

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
BODY = idempotency.meaning({"bin": "green"})


def act(key: str = "k", *, scope: str = "guest POST /api", body: bytes = BODY, fail: bool = False) -> Answer:
    """As an API does it."""
    with changing(actor=GUEST, now=NOW) as change:
        earlier = idempotency.once(scope, key, body, now=NOW)
        if earlier:
            return earlier
        entry = change.record(Act("case.opened", UUID(int=1), UUID(int=2)))
        if fail:
            raise RuntimeError
        answer = Answer(201, {"id": str(entry)})
        idempotency.remember(scope, key, answer)
    return answer


@pytest.mark.django_db
def test_a_repeated_request_gets_the_first_answer_and_does_nothing():
    assert act() == act()
    assert LedgerEntry.objects.count() == 1


@pytest.mark.django_db
def test_another_key_or_another_caller_is_another_request():
    assert len({answer.body["id"] for answer in (act(), act("other"), act(scope="ann"))}) == 3


@pytest.mark.django_db
def test_the_same_key_with_another_body_is_refused():
    act()
    with pytest.raises(KeyReused):
        act(body=idempotency.meaning({}))


@pytest.mark.django_db
def test_an_act_that_failed_leaves_its_key_free():
    with pytest.raises(RuntimeError):
        act(fail=True)
    assert act().status == 201


@pytest.mark.django_db
def test_it_takes_two_statements_at_most():
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            act()
        about = [query for query in queries.captured_queries if "kernel_keptanswer" in query["sql"]]
        assert len(about) == 2


@pytest.mark.django_db
def test_answers_are_forgotten_after_a_month():
    act()
    assert idempotency.forget_old(NOW + timedelta(days=29)) == 0
    assert idempotency.forget_old(NOW + timedelta(days=31)) == 1
    assert not KeptAnswer.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_it_is_refused():
    with pytest.raises(transaction.TransactionManagementError):
        idempotency.once("s", "k", BODY, now=NOW)


@pytest.mark.django_db(transaction=True)
def test_the_same_request_sent_many_times_at_once_is_one_act():
    answers, together = [], threading.Barrier(6)

    def send() -> None:
        together.wait()
        try:
            answers.append(act())
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(answers) == 6
    assert len({answer.body["id"] for answer in answers}) == 1
    assert LedgerEntry.objects.count() == 1
