"""Email through a real SMTP server (settings.SMTP_URL)."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from placewide.messages.channels.email.channel import Email, NoServer
from placewide.messages.channels.email.relay import parse_relay
from placewide.messages.terms import Deliverer

__all__ = ["Email", "is_set_up", "open_email"]


def is_set_up() -> bool:
    """Whether this node was told of a mail server at all; whether that one answers is another matter."""
    return bool(settings.SMTP_URL)


def open_email(at: datetime, *, timeout: float | None = None) -> Deliverer:
    """The channel as this node's settings say. Raises ValueError where SMTP_URL cannot be read."""
    if not is_set_up():
        return NoServer()
    return Email(
        parse_relay(settings.SMTP_URL),
        sender_address=settings.MAIL_FROM,
        domain=settings.MAIL_FROM.rpartition("@")[2],
        at=at,
        timeout=timeout or settings.SMTP_TIMEOUT,
    )
