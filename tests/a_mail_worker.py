"""A worker in a process of its own, for the test that kills it: its arguments are the database's name and the time."""

import sys
from datetime import datetime


def main() -> None:
    import django
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = sys.argv[1]
    django.setup()
    from placewide.kernel import outbox

    now = datetime.fromisoformat(sys.argv[2])
    outbox.work_once(lambda: now)
