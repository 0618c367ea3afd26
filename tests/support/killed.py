"""A place for a node that is killed, made and looked at by a process of its own: ``python -m support.killed make``."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

TESTS = Path(__file__).resolve().parent.parent


def ask(what: str, environment: Mapping[str, str]) -> Any:
    """What such a process says."""
    given = os.environ | environment | {"PYTHONPATH": os.pathsep.join([str(TESTS), *filter(None, sys.path)])}
    done = subprocess.run(
        [sys.executable, "-m", "support.killed", what], env=given, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def make() -> dict[str, str]:
    """Calderbrook, as of now, kept as it is."""
    from django.core.management import call_command

    from placewide.kernel import clock
    from placewide.services import reads
    from placewide.web.demo import ageing
    from support.calderbrook import calderbrook

    call_command("migrate", verbosity=0)
    here = calderbrook()
    ageing.note_made(clock.now(), kept=True)
    return {"adoption": str(reads.live(here.district.id, "missed-bin").adoption_id)}


def settle() -> int:
    """What a killed worker held for minutes is free now; returns how many deliveries are still to be made."""
    from datetime import timedelta

    from placewide.kernel import clock
    from placewide.kernel.models import Delivery
    from placewide.messages.models import Message

    now = clock.now()
    soon, earlier = now + timedelta(seconds=2), now - timedelta(hours=1)
    undone = Delivery.objects.exclude(state="done")
    undone.filter(state="waiting", due_at__gt=soon).update(due_at=soon)
    Message.objects.filter(state="sending", sending_at__lt=now - timedelta(seconds=20)).update(sending_at=earlier)
    return undone.count()


def look() -> dict[str, Any]:
    """Everything that must have happened exactly once."""
    from placewide.cases.models import Case, Entry
    from placewide.kernel import keys
    from placewide.kernel.models import Delivery, LedgerEntry
    from placewide.messages.models import Message

    cases = {keys.pseudonym(str(row.id), purpose="ledger"): str(row.id) for row in Case.objects.all()}
    return {
        "cases": list(cases.values()),
        "ledger": [[row.act, cases.get(row.record["subject"], "")] for row in LedgerEntry.objects.all()],
        "entries": [[str(row.case_id), row.kind, row.step, row.written] for row in Entry.objects.all()],
        "messages": [
            {"id": str(row.id), "case": str(row.about_id), "key": row.key, "state": row.state, "attempts": row.attempts}
            for row in Message.objects.all()
        ],
        "dead": Delivery.objects.filter(state="dead").count(),
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "placewide.web.settings")
    import django

    django.setup()
    sys.stdout.write(json.dumps({"make": make, "settle": settle, "look": look}[sys.argv[1]]()))
