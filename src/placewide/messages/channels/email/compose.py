"""From a message to the mail that goes over the wire."""

from __future__ import annotations

import re
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from django.template import loader
from django.utils.translation import override

from placewide.messages.terms import Outgoing

_LINK = re.compile(r"https?://\S+")


def compose(message: Outgoing, *, sender_address: str, domain: str, at: datetime) -> EmailMessage:
    """A mail of two parts, text and simple HTML. Raises ValueError where a header would not be one line."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(message.sender.name, addr_spec=sender_address)
    mail["To"] = Address(addr_spec=_with_plain_domain(message.to))
    mail["Subject"] = message.subject
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{message.id}@{domain}>"  # the same at every attempt: the receiver can tell a second copy
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers
    if message.sender.email:
        mail["Reply-To"] = message.sender.email
    with override(message.language):
        context = {"message": message, "paragraphs": paragraphs(message.body)}
        mail.set_content(loader.render_to_string("messages/email.txt", context, using="jinja2"), cte="quoted-printable")
        mail.add_alternative(
            loader.render_to_string("messages/email.html", context, using="jinja2"),
            subtype="html",
            cte="quoted-printable",
        )
    mail["Content-Language"] = message.language  # last: setting the content clears headers of this family
    return mail


def paragraphs(body: str) -> list[list[tuple[str, bool]]]:
    """The body cut into paragraphs of lines; each line with whether it is a link."""
    blocks = re.split(r"\n\s*\n", body.strip())
    return [[(line.strip(), bool(_LINK.fullmatch(line.strip()))) for line in block.splitlines()] for block in blocks]


def _with_plain_domain(address: str) -> str:
    """The domain as the wire wants it (RFC 5891), so that an address at a Welsh or other domain can be reached."""
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain.encode('idna').decode()}" if not domain.isascii() else address
