"""Save and return: a link by email, and the way back in."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from placewide.identity import actions as identity
from placewide.identity.access import grant, resident_of
from placewide.journeys import actions, reads, rules, showing
from placewide.journeys.terms import Circumstances, Disposed, JourneyState
from placewide.journeys.views.pages import closed, language, seen_by, where_it_stands
from placewide.kernel import clock
from placewide.kernel.pace import too_often
from placewide.messages.channels import email as mail
from placewide.ui.pages import render
from placewide.ui.terms import Fault
from placewide.ui.wording import plain_date

MOST_LINKS = 5  # an hour
_AN_HOUR = timedelta(hours=1)
_LONGEST = 254  # characters of an email address (RFC 5321 §4.5.3.1.3)


@require_http_methods(["GET", "HEAD", "POST"])
def save(request: HttpRequest, journey_id: UUID) -> HttpResponse:
    """Send oneself a link to go on later."""
    seen = seen_by(request, journey_id)
    if seen is None or seen.state is JourneyState.SENT or not seen.package.save_and_return:
        return where_it_stands(request, journey_id)
    if request.method != "POST" or not mail.is_set_up():
        return render(request, "journeys/save.html", _context(seen, seen.saved_to))
    email = request.POST.get("email", "").strip()
    if not rules.looks_like_email(email):
        wrong = gettext("Enter an email address with an @ and a dot, like name@example.com")
        return _again(request, seen, email, wrong, status=422)
    now = clock.now()
    if _too_often(journey_id, email, now):
        wrong = gettext("Several links were sent already. Look in your email, also among spam, or try again in an hour")
        return _again(request, seen, email, wrong, status=429)
    try:
        actions.save_for_later(
            seen, email, link_back, words_of_mail(seen, now), actor=resident_of(request).actor, now=now
        )
    except Disposed:
        return closed(request)
    return redirect("journey-saved", journey_id=journey_id)


@require_safe
def saved(request: HttpRequest, journey_id: UUID) -> HttpResponse:
    """The link is on its way. Loading this page again sends nothing."""
    seen = seen_by(request, journey_id)
    if seen is None or seen.state is JourneyState.SENT or not seen.saved_to:
        return where_it_stands(request, journey_id)
    return render(request, "journeys/saved.html", _context(seen, seen.saved_to))


@require_http_methods(["GET", "HEAD", "POST"])
def come_back(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the mail: a page with a button; pressing it uses up the link and opens the journey here."""
    now = clock.now()
    if request.method != "POST":
        if identity.peek_token(actions.RETURN_PURPOSE, token, now=now) is None:
            return _spent(request, token)
        return render(request, "journeys/come_back.html", {"found": True})
    if request.POST.get("action") == "again":
        return _send_again(request, token, now)
    journey_id = identity.use_token(actions.RETURN_PURPOSE, token, actor=resident_of(request).actor, now=now)
    if journey_id is None:
        return _spent(request, token)
    response = redirect("journey", journey_id=journey_id)
    grant(request, response, journey_id)
    return response


def _spent(request: HttpRequest, token: str) -> HttpResponse:
    """The link is used up or too old: on to the answers where they are open already, else how to get a new link."""
    journey_id = identity.spent_token(actions.RETURN_PURPOSE, token)
    if journey_id and seen_by(request, journey_id):
        return redirect("journey", journey_id=journey_id)
    return render(request, "journeys/come_back.html", {"found": False, "again": journey_id is not None}, status=410)


def _send_again(request: HttpRequest, token: str, now: datetime) -> HttpResponse:
    """A new link, to where the old one went and nowhere else."""
    journey_id = identity.spent_token(actions.RETURN_PURPOSE, token)
    seen = reads.kept_journey(journey_id, language=language(), now=now) if journey_id else None
    if seen is None or not seen.saved_to:
        return render(request, "journeys/come_back.html", {"found": False, "again": False}, status=410)
    if _too_often(seen.journey_id, seen.saved_to, now):
        return render(request, "journeys/come_back.html", {"found": False, "too_often": True}, status=429)
    actions.save_for_later(
        seen, seen.saved_to, link_back, words_of_mail(seen, now), actor=resident_of(request).actor, now=now
    )
    return render(request, "journeys/come_back.html", {"found": False, "sent": True})


def _again(request: HttpRequest, seen: Circumstances, email: str, wrong: str, *, status: int) -> HttpResponse:
    context = _context(seen, email[:_LONGEST], Fault(wrong, "email"))
    return render(request, "journeys/save.html", context, status=status)


def _too_often(journey_id: UUID, email: str, now: datetime) -> bool:
    """Anybody can type anybody's address: neither one journey nor one address gets more than a few links an hour."""
    of_journey = too_often("journey.save", str(journey_id), most=MOST_LINKS, within=_AN_HOUR, now=now)
    return of_journey or too_often("journey.save.to", email.lower(), most=MOST_LINKS, within=_AN_HOUR, now=now)


def _context(seen: Circumstances, email: str, fault: Fault | None = None) -> dict[str, Any]:
    return {
        "service": showing.voice(seen).say("service.name"),
        "email": email,
        "faults": (fault,) if fault else (),
        "back_href": reverse("journey", args=[seen.journey_id]),
        "until": seen.now + actions.SAVED_LIVES,
        "can_send": mail.is_set_up(),
        "danger": _may_be_read(seen),
    }


def _may_be_read(seen: Circumstances) -> bool:
    """Whether they told of danger from somebody near, who may open the mail and the link in it; also if taken back."""
    told = {*seen.told, *(rule.id for rule in seen.outcome.urgent)}
    return any(rule.reach and rule.id in told for rule in seen.package.rules)


def words_of_mail(seen: Circumstances, now: datetime) -> dict[str, str]:
    """Subject and body of the mail with the link, in the language that is spoken; ``{link}`` stands for the link."""
    service = showing.voice(seen).say("service.name")
    until = plain_date(now + actions.SAVED_LIVES, language(), year=True)
    body = gettext(
        "You saved your answers for: %(service)s\n\n"
        "This link opens them again. It works once, until %(date)s. You can ask for a new one at any time.\n\n"
        "{link}\n\n"
        "If you did not ask for this, you need do nothing."
    )
    return {
        "subject": gettext("Your link to go on"),
        "body": body % {"service": service, "date": until},
    }


def link_back(token: str) -> str:
    """The whole address that opens what was saved."""
    return str(settings.ADDRESS) + reverse("journey-return", kwargs={"token": token})
