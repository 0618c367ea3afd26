"""The mail this node sent, for visitors of the demo. There are no such pages outside a demo."""

from __future__ import annotations

from email.message import EmailMessage

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from placewide.messages.channels.email.compose import paragraphs
from placewide.messages.mailbox.server import Mailbox
from placewide.ui.pages import render

# A mail is a stranger's page: no scripts, no forms, nothing fetched, no way to reach the pages around it.
_SANDBOX = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'"
_MOST_SHOWN = 50


def mailbox(request: HttpRequest) -> HttpResponse:
    """The newest mails."""
    found = _box().mails(limit=_MOST_SHOWN)
    mails = [
        {
            "key": key,
            "to": mail["To"],
            "subject": mail["Subject"],
            "language": _language(mail),
            "sender": _name(mail),
            "at": mail["Date"].datetime,
        }
        for key, mail in found
    ]
    return render(request, "messages/mailbox.html", {"mails": mails})


def mail(request: HttpRequest, key: str) -> HttpResponse:
    """One mail, as text."""
    found = _mail(key)
    body = found.get_body(("plain",))
    context = {
        "key": key,
        "to": found["To"],
        "subject": found["Subject"],
        "sender": _name(found),
        "at": found["Date"].datetime,
        "title_lang": _language(found),
        "written_in": _language(found),  # "language" is the page's own
        "paragraphs": paragraphs(body.get_content() if body else ""),
    }
    return render(request, "messages/mail.html", context)


def mail_as_sent(request: HttpRequest, key: str) -> HttpResponse:
    """One mail as its reader sees it, locked in."""
    body = _mail(key).get_body(("html",))
    if body is None:
        raise Http404
    return HttpResponse(body.get_content(), headers={"Content-Security-Policy": _SANDBOX})


def _box() -> Mailbox:
    if not settings.DEMO:
        raise Http404
    return Mailbox(settings.MAILBOX_ROOT)


def _mail(key: str) -> EmailMessage:
    found = _box().mail(key)
    if found is None:
        raise Http404
    return found


def _language(mail: EmailMessage) -> str:
    return str(mail["Content-Language"] or "en")


def _name(mail: EmailMessage) -> str:
    return str(mail["From"].addresses[0].display_name)
