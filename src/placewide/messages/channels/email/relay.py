"""The mail server a node hands its mail to."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit


@dataclass(frozen=True, slots=True)
class Relay:
    """Where mail is handed over, and how: ``plain``, ``starttls`` (RFC 3207) or ``tls`` from the start (RFC 8314)."""

    host: str
    port: int
    security: str = "plain"
    user: str = ""
    password: str = ""

    def connect(self, timeout: float) -> smtplib.SMTP:
        """An open, authenticated connection. Raises OSError or SMTPException."""
        if self.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=timeout, context=ssl.create_default_context()
            )
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=timeout)
        if self.security == "starttls":
            server.starttls(context=ssl.create_default_context())
        if self.user:
            server.login(self.user, self.password)
        return server


_SCHEMES = {"smtp": ("plain", 25), "smtp+starttls": ("starttls", 587), "smtps": ("tls", 465)}


def parse_relay(url: str) -> Relay:
    """A relay from ``smtp://host:port``, ``smtp+starttls://user:word@host`` or ``smtps://…``. Raises ValueError."""
    parts = urlsplit(url)
    if parts.scheme not in _SCHEMES or not parts.hostname:
        raise ValueError("SMTP_URL must be smtp://, smtp+starttls:// or smtps:// with a host")
    security, port = _SCHEMES[parts.scheme]
    return Relay(
        parts.hostname, parts.port or port, security, unquote(parts.username or ""), unquote(parts.password or "")
    )
