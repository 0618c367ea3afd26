"""The whole node behind a port of its own, with the test's database and production's way of serving files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections
from django.test.testcases import LiveServerThread


def _as_it_is(application: Any) -> Any:
    """Django's test server would put its own file server in front; the node has one."""
    return application


@contextmanager
def running_site() -> Iterator[str]:
    """The address of a site that answers while the block runs."""
    for connection in connections.all():
        connection.inc_thread_sharing()
    thread = LiveServerThread("127.0.0.1", _as_it_is, connections_override={}, port=0)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait(30)
    try:
        if thread.error:
            raise thread.error
        yield f"http://127.0.0.1:{thread.port}"
    finally:
        thread.terminate()
        for connection in connections.all():
            connection.dec_thread_sharing()
