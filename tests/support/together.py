"""Several people doing something at the same moment, each on a database connection of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection


def together(number: int, act: Callable[[int], Any]) -> list[Any]:
    """What each of them got: an answer, or the exception raised. Needs a test with ``transaction=True``."""
    got: list[Any] = [None] * number
    ready = threading.Barrier(number)

    def one(place: int) -> None:
        ready.wait()
        try:
            got[place] = act(place)
        except Exception as raised:
            got[place] = raised
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(place,)) for place in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return got
