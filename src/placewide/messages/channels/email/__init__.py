"""Email through a real SMTP server (settings.SMTP_URL)."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from placewide.messages.channels.email.channel import Email
from placewide.messages.channels.email.relay import parse_relay

__all__ = ["Email", "open_email"]


def open_email(at: datetime, *, timeout: float | None = None) -> Email:
    """The channel as this node's settings say. Raises ValueError where SMTP_URL cannot be read."""
    return Email(
        parse_relay(settings.SMTP_URL),
        sender_address=settings.MAIL_FROM,
        domain=settings.MAIL_FROM.rpartition("@")[2],
        at=at,
        timeout=timeout or settings.SMTP_TIMEOUT,
    )
