"""What stories share: a small Calderbrook, and mail that arrives. Django is not ready yet when this file is read."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def place(site: str, settings: Any) -> Any:
    """Calderbrook, on the site's database."""
    from django.core.cache import cache

    from support.calderbrook import calderbrook

    cache.clear()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.ADDRESS = site
    return calderbrook()


@pytest.fixture
def post(tmp_path: Path, settings: Any) -> Iterator[Any]:
    """A real mail server, and what arrived there."""
    from messages_place import mail_server

    settings.MAILBOX_ROOT = tmp_path
    with mail_server(tmp_path) as (url, mailbox):
        settings.SMTP_URL = url
        yield mailbox


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
