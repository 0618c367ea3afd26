"""What an operator types."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner, Result

from placewide.cli import gathered
from placewide.kernel import clock, dispatch, keys, outbox
from placewide.kernel.change import changing
from placewide.kernel.events import DeliveryDied
from placewide.kernel.models import Delivery
from placewide.kernel.outbox.rules import MOST_ATTEMPTS
from placewide.kernel.terms import SYSTEM

pytestmark = pytest.mark.django_db


def run(*words: str) -> Result:
    return CliRunner().invoke(gathered(), [*words])


def unlucky(event: DeliveryDied, *, now) -> None:
    raise ConnectionError


@pytest.fixture
def dead_letter():
    from placewide.web.handlers import ROOMS

    gathered()
    dispatch.install({DeliveryDied: (unlucky,)})
    now = clock.now()
    with changing(actor=SYSTEM, now=now) as change:
        for _ in range(2):
            change.publish(DeliveryDied(1, "a.b", "c/1", uuid4(), "X"), stream=UUID(int=5))
    for day in range(MOST_ATTEMPTS):
        outbox.work_until_quiet(now + timedelta(days=day))
    yield Delivery.objects.get(state="dead").pk
    dispatch.install(*ROOMS)


def test_the_outbox_is_listed_and_a_dead_letter_tried_again(dead_letter):
    listed = run("outbox", "list").output
    assert "1 waiting" in listed
    assert f"{dead_letter}\tdelivery.died/1" in listed
    assert "ConnectionError after 10 tries, 1 wait behind it" in listed
    assert "will be tried again" in run("outbox", "retry", str(dead_letter)).output
    assert outbox.backlog().dead == 0


def test_what_is_not_dead_cannot_be_tried_again():
    result = run("outbox", "retry", "4711")
    assert result.exit_code == 1
    assert "was not given up" in result.output


def test_work_once_delivers_and_does_its_duties():
    assert "0 deliveries tried" in run("work", "--once").output


def test_keys_are_listed_and_turned(settings, tmp_path):
    settings.KEYS_ROOT = tmp_path / "keys"
    assert "keys: 1" in run("keys", "list").output
    assert "key 2 added" in run("keys", "rotate").output
    assert "/ledger+" in run("keys", "list").output
    keys.forget_ring()
