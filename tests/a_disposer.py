"""The nightly run in a process of its own, for the test that kills it: the database's name and the time.

It says a line after each case, and waits to be killed once it has said as many as it is asked to.
"""

import sys
import time
from datetime import datetime


def main() -> None:
    import django
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = sys.argv[1]
    django.setup()
    from placewide.cases import actions
    from placewide.cases.reads.keeping import due_to_go
    from placewide.kernel.clock import legal_date
    from placewide.kernel.terms import SYSTEM

    now = datetime.fromisoformat(sys.argv[2])
    for case_id in due_to_go(legal_date(now), 100):
        actions.dispose(case_id, actor=SYSTEM, now=now)
        sys.stdout.write(f"{case_id}\n")
        sys.stdout.flush()
        time.sleep(float(sys.argv[3]))
