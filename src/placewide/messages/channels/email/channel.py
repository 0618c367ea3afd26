"""Hands one mail to the relay and says what came of it."""

from __future__ import annotations

import smtplib
import ssl
from datetime import datetime
from email.message import EmailMessage

from placewide.messages.channels.email.compose import compose
from placewide.messages.channels.email.relay import Relay
from placewide.messages.terms import Fault, Outcome, Outgoing, Result

_PERMANENT = 500
_NO_SUCH_ADDRESS = frozenset({550, 551, 553})  # RFC 5321 §4.2.3


class NoServer:
    """Email on a node that has no mail server yet: what is to be sent waits, and goes when there is one."""

    def deliver(self, message: Outgoing) -> Outcome:
        """See :class:`placewide.messages.terms.Deliverer`."""
        return Outcome(Result.LATER, Fault.NOT_SET_UP)


class Email:
    """The email channel: one connection per message, so that one fault stays one message's."""

    def __init__(self, relay: Relay, *, sender_address: str, domain: str, at: datetime, timeout: float) -> None:
        self._relay = relay
        self._sender_address = sender_address
        self._domain = domain
        self._at = at
        self._timeout = timeout  # seconds, for each answer of the server

    def deliver(self, message: Outgoing) -> Outcome:
        """See :class:`placewide.messages.terms.Deliverer`."""
        try:
            mail = compose(message, sender_address=self._sender_address, domain=self._domain, at=self._at)
        except (ValueError, UnicodeError):
            return Outcome(Result.REFUSED, Fault.NO_SUCH_ADDRESS)
        try:
            server = self._relay.connect(self._timeout)
        except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError, ssl.SSLError):
            return Outcome(Result.LATER, Fault.NOT_ALLOWED_IN)
        except (OSError, smtplib.SMTPException):
            return Outcome(Result.LATER, Fault.UNREACHABLE)
        try:
            return _hand_over(server, mail)
        finally:
            _leave(server)


def _hand_over(server: smtplib.SMTP, mail: EmailMessage) -> Outcome:
    """One SMTP conversation. Only silence after the mail itself was sent leaves the outcome unknown."""
    handed = False
    try:
        sender, to = mail["From"].addresses[0].addr_spec, mail["To"].addresses[0].addr_spec
        server.ehlo_or_helo_if_needed()
        options = () if to.isascii() else ("SMTPUTF8",)
        for step in (lambda: server.mail(sender, options), lambda: server.rcpt(to)):
            code, _ = step()
            if code >= 400:
                return _refusal(code)
        handed = True
        code, _ = server.data(mail.as_bytes())
        return Outcome(Result.SENT) if code == 250 else _refusal(code)
    except smtplib.SMTPDataError as refused:
        return _refusal(refused.smtp_code)
    except smtplib.SMTPNotSupportedError:
        return Outcome(Result.REFUSED, Fault.NOT_ACCEPTED)
    except (OSError, smtplib.SMTPException):
        return Outcome(Result.UNKNOWN, Fault.NO_ANSWER) if handed else Outcome(Result.LATER, Fault.UNREACHABLE)


def _refusal(code: int) -> Outcome:
    """RFC 5321 §4.2.1: 4yz, try again; 5yz, do not."""
    if code < _PERMANENT:
        return Outcome(Result.LATER, Fault.BUSY)
    return Outcome(Result.REFUSED, Fault.NO_SUCH_ADDRESS if code in _NO_SUCH_ADDRESS else Fault.NOT_ACCEPTED)


def _leave(server: smtplib.SMTP) -> None:
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        server.close()
