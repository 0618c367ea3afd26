"""Mail somebody is waiting for in front of a page: one attempt, with a short patience, and nothing kept.

Only for words that hold a secret (a sign-in code): what must arrive goes through ``actions.send``.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from placewide.kernel.clock import legal_date
from placewide.kernel.ids import new_id
from placewide.messages.channels.email import open_email
from placewide.messages.terms import Outcome, Outgoing, Sender

_PATIENCE = 10  # seconds


def send_sign_in_code(email: str, code: str, *, sender: str, now: datetime) -> Outcome:
    """Send a sign-in code, in the language of the page that asked for it."""
    body = "\n\n".join(
        (
            _("Your code to sign in is:"),
            code,
            _("Enter it on the page where you asked for it. It works for 15 minutes, and once."),
            _("If you did not ask for a code, you need not do anything. Do not give this code to anybody."),
        )
    )
    return _send(email, _("Your code to sign in"), body, sender=sender, now=now)


def send_closed_account(email: str, *, sender: str, now: datetime) -> Outcome:
    """Tell somebody who asked for a code that their account was closed."""
    body = "\n\n".join(
        (
            _("Somebody asked for a code to sign in with this email address."),
            _("The account with this address is closed. Ring us or write to us if that is a mistake."),
        )
    )
    return _send(email, _("Your account is closed"), body, sender=sender, now=now)


def _send(email: str, subject: str, body: str, *, sender: str, now: datetime) -> Outcome:
    language = get_language() or "en"
    message = Outgoing(new_id(), Sender(sender), email, language, subject, body, False, legal_date(now))
    return open_email(now, timeout=_PATIENCE).deliver(message)
