"""The run that deletes is killed: each case is whole or gone, and the next run goes on where it was."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime

import pytest
from django.conf import settings
from django.db import connection

from placewide.cases.handlers import dispose_due
from placewide.cases.models import Case, Entry, Participation
from placewide.kernel.models import LedgerEntry
from placewide.messages.models import Message
from support.api import right_answers
from support.place import NOW, small_place
from support.sending import sent

pytestmark = pytest.mark.django_db(transaction=True)
CASES = 5
DUE = datetime.fromisoformat("2027-05-24T01:00:00+00:00")


def closed_cases() -> None:
    from placewide.cases import actions

    place = small_place()
    officer = place.staff()
    for number in range(CASES):
        done = sent(place.missed_bin, right_answers(contact_email=f"resident{number}@example.org"))
        actions.take_step(done.case_ids[0], "note-collected", viewer=officer, now=NOW)


def killed_after(first: int, *, pause: float) -> None:
    """Run it in a process of its own and kill that once it has said so many cases."""
    environment = os.environ | {"PLACEWIDE_KEYS": str(settings.KEYS_ROOT), "PYTHONPATH": os.pathsep.join(sys.path)}
    name = str(connection.settings_dict["NAME"])
    program = [sys.executable, "-c", "import a_disposer; a_disposer.main()", name, DUE.isoformat(), str(pause)]
    with subprocess.Popen(program, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        said = [process.stdout.readline() for _ in range(first)]
        process.kill()
        faults = process.stderr.read()
    assert b"Traceback" not in faults, faults.decode()
    assert all(said), "it ended before it was killed"


def whole_or_gone() -> int:
    """How many have gone; nothing is ever in between."""
    gone = 0
    for case in Case.objects.all():
        left = (
            Message.objects.filter(about_id=case.id).exists(),
            Participation.objects.filter(case=case).exists(),
            any(entry.written for entry in Entry.objects.filter(case=case)),
            "contact_email" in Case.objects.select_related("journey").get(id=case.id).journey.answers,
        )
        assert left == ((False,) * 4 if case.disposed else (True,) * 4)
        gone += bool(case.disposed)
    return gone


@pytest.mark.parametrize(("first", "pause"), [(1, 30.0), (2, 0.0)])
def test_killed_between_two_cases_or_within_one_nothing_is_half_gone_and_the_next_run_finishes(
    first: int, pause: float
) -> None:
    closed_cases()
    assert whole_or_gone() == 0
    killed_after(first, pause=pause)
    gone = whole_or_gone()
    assert gone == first if pause else first <= gone
    assert dispose_due(DUE) == CASES - gone
    assert whole_or_gone() == CASES
    assert LedgerEntry.objects.filter(act="case.disposed").count() == CASES * 3, "each certified once"
