"""One account for all organisations of the place: what needs me, what is open, what is finished."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from placewide.cases import reads as cases
from placewide.cases.reads import CaseLine
from placewide.cases.views.resident_page import case_href
from placewide.identity.access import resident_of
from placewide.journeys import reads as journeys
from placewide.journeys.views import language
from placewide.kernel import clock
from placewide.kernel.paging import CursorForged
from placewide.services import reads as services
from placewide.ui.pages import render


@login_required(login_url="account_request_login_code")
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """PAGES 6, as far as there are cases."""
    viewer, now, after = resident_of(request), clock.now(), request.GET.get("after", "")
    closed = request.GET.get("show") == "finished"
    try:
        page = cases.cases_of_resident(viewer, language(), now=now, open=not closed, after=after)
    except CursorForged:
        return redirect("account")
    waiting = [line for line in page.items if line.waits_for_you]
    begun = journeys.unsent(viewer, now=now)
    here, finished = reverse("account"), "show=finished"
    return render(
        request,
        "ui/patterns/account.html",
        {
            "finished": closed,
            "name": request.user.get_username() if request.user.is_authenticated else "",
            "needs": [
                *(_card(line) for line in waiting),
                *(
                    {
                        "title": services.by_hash(journey.package_id).text("service.name", language()),
                        "sentence": gettext("Begun, not sent yet"),
                        "href": reverse("journey", args=[journey.id]),
                    }
                    for journey in begun
                ),
            ],
            "cases": [_card(line) for line in page.items if line not in waiting],
            "next_href": f"{here}?{finished + '&' if closed else ''}after={page.next_key}" if page.next_key else "",
            "first_href": here if after else "",
            "closed_href": "" if closed else f"{here}?{finished}",
            "open_href": here,
        },
    )


def _title(line: CaseLine) -> str:
    return f"{line.service}: {line.about}" if line.about else line.service


def _card(line: CaseLine) -> dict[str, str]:
    return {
        "title": _title(line),
        "sentence": line.sentence,
        "organisation": line.organisation,
        "reference": line.reference,
        "href": case_href(line),
        "kind": "waiting" if line.waits_for_you else "open" if line.open else "done",
    }
