"""What was done, said once on the page one comes back to. The cookie holds a word and a number, nothing personal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, ngettext

from placewide.ui.pages import render

_COOKIE = "done"
_SECONDS = 60  # from the act to the page that says so


def noticed(request: HttpRequest, response: HttpResponse, what: str, number: int = 1, *, left: int = 0) -> HttpResponse:
    """Have the next page say what was done, and with how many it was not; returns the answer given."""
    response.set_cookie(
        _COOKIE, f"{what}.{number}.{left}", max_age=_SECONDS, httponly=True, samesite="Lax", secure=request.is_secure()
    )
    return response


def just_done(request: HttpRequest, what: str) -> bool:
    """Whether this page is the one that follows an act."""
    return request.COOKIES.get(_COOKIE, "").partition(".")[0] == what


def shown_once(request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """Draw a page with ``done`` from the last act, which is not said again; of a message with who reads it."""
    done = _sentence(request.COOKIES.get(_COOKIE, ""))
    if just_done(request, "written"):
        done = f"{done} {context.get('message_readers', '')}".rstrip()
    response = render(request, template, {**context, "done": "" if context.get("faults") else done}, status=status)
    if _COOKIE in request.COOKIES:
        response.delete_cookie(_COOKIE, samesite="Lax")
    return response


def _sentence(cookie: str) -> str:
    what, numbers = cookie.partition(".")[::2]
    number, left = (
        _number(text, otherwise) for text, otherwise in zip((*numbers.split("."), "")[:2], (1, 0), strict=True)
    )
    said = {
        "given": ngettext("1 case was given.", "%(number)s cases were given.", number) % {"number": number},
        "moved": ngettext("1 case was taken further.", "%(number)s cases were taken further.", number)
        % {"number": number},
        "nothing-chosen": gettext("Nothing was done: tick a case first, and choose what to do."),
        "taken": gettext("Done. What happens next stands below."),
        "endangered": gettext(
            "Done. The case is urgent now, and nothing more is sent to the person until you say that it is safe."
        ),
        "given-back": gettext("Done. You gave it back."),
        "written": gettext("Your message was sent."),
        "noted": gettext("Your note was added."),
        "ended": gettext("They no longer see this case."),
        "held": gettext("From now on nothing is sent to them."),
        "released": gettext("From now on they are sent messages again."),
        "settled": gettext("Done, and on the timeline."),
        "warned": gettext("The warning stands at the top of this page now."),
        "unwarned": gettext("The warning was taken away."),
        "finished": gettext("The task is done."),
    }
    stayed = ngettext("1 was left as it was.", "%(number)s were left as they were.", left) % {"number": left}
    return " ".join(filter(None, (said.get(what, ""), stayed if left else "")))


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else otherwise
