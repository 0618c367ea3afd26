"""What stands around every page: whose it is, where it leads, what is going on."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from placewide.identity import staff_session
from placewide.identity.access import viewer_of, works_for
from placewide.kernel import clock
from placewide.places import reads as places
from placewide.ui.terms import Audience, Brand, Frame, Link


def framed(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Hang the frame on the request; it is made only if a page is drawn."""

    def respond(request: HttpRequest) -> HttpResponse:
        request.frame = lambda: _staff(request) if _for_staff(request) else _resident(request)  # type: ignore[attr-defined]
        return get_response(request)

    return respond


def _for_staff(request: HttpRequest) -> bool:
    """Staff pages stand under their own address, in every language."""
    path = request.path.removeprefix(f"/{request.LANGUAGE_CODE}")
    return (path == "/staff" or path.startswith("/staff/")) and staff_session.holds(request, clock.now())


def _resident(request: HttpRequest) -> Frame:
    account = [Link(gettext("Sign in"), reverse("account_request_login_code"))]
    if request.user.is_authenticated:
        account = [
            Link(gettext("My account"), reverse("account")),
            Link(gettext("Sign out"), reverse("account_logout"), post=True),
        ]
    if staff_session.holds(request, clock.now()) and works_for(request):
        account.insert(0, Link(gettext("My inbox"), reverse("inbox")))
    return Frame(
        brand=Brand(places.place_name(), settings.PLACE_COLOUR, settings.PLACE_MARK),
        home=reverse("front-door"),
        account=tuple(account),
        footer=_footer(),
        note=gettext("Demonstration: nothing here is real.") if settings.DEMO else "",
    )


def _staff(request: HttpRequest) -> Frame:
    viewer = viewer_of(request)
    body = places.organisation_by_id(viewer.organisation_id) if viewer.organisation_id else None
    if body is None:
        return _at_the_staff_door()
    request.staff_idle_minutes = settings.STAFF_IDLE_MINUTES  # type: ignore[attr-defined]  # for identity/pause.html
    return Frame(
        brand=Brand(body.name, body.colour or settings.PLACE_COLOUR, body.mark or settings.PLACE_MARK),
        audience=Audience.STAFF,
        home=reverse("inbox"),
        navigation=(
            Link(gettext("My inbox"), reverse("inbox"), current=request.path == reverse("inbox")),
            Link(gettext("Letters to post"), reverse("letters"), current=request.path == reverse("letters")),
        ),
        after="identity/pause.html",
        account=(
            Link(gettext("How you sign in"), reverse("mfa_index")),
            Link(gettext("Sign out"), reverse("account_logout"), post=True),
        ),
        footer=_footer(),
        note=gettext("Demonstration: nothing here is real.") if settings.DEMO else "",
    )


def _at_the_staff_door() -> Frame:
    """Signed in, but working for nobody: not chosen yet for whom, or without a role. There is no inbox to go to."""
    return Frame(
        brand=Brand(places.place_name(), settings.PLACE_COLOUR, settings.PLACE_MARK),
        home=reverse("front-door"),
        account=(Link(gettext("Sign out"), reverse("account_logout"), post=True),),
        footer=_footer(),
        note=gettext("Demonstration: nothing here is real.") if settings.DEMO else "",
    )


def _footer() -> tuple[Link, ...]:
    links = [
        Link(gettext("Accessibility"), reverse("accessibility")),
        Link(gettext("Your information"), reverse("privacy")),
        Link(gettext("Help"), reverse("help")),
        Link(gettext("For staff"), reverse("inbox")),
        Link(gettext("For programs"), reverse("api-guide")),
    ]
    if settings.DEMO:
        links += [
            Link(gettext("Demo sign-ins"), reverse("demo-sign-ins")),
            Link(gettext("Demo mailbox"), reverse("mailbox")),
        ]
    return tuple(links)
