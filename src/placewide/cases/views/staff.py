"""Work on cases: the inbox, and what is done on a case. The staff case page itself is drawn by ``web``."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from placewide.cases import actions, reads
from placewide.cases.terms import NotFound
from placewide.cases.views.inbox_page import Desk, back_to_inbox, inbox_page, wanted_of
from placewide.cases.views.notices import noticed, shown_once
from placewide.identity import reads as identity
from placewide.identity.access import staff_required, viewer_of
from placewide.journeys.views import language
from placewide.kernel import clock, search_queries
from placewide.kernel.paging import CursorForged
from placewide.tasks import reads as tasks


@staff_required
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """PAGES 7: due first; mine, nobody's yet, or all I may see."""
    viewer, now = viewer_of(request), clock.now()
    try:
        page = reads.inbox(viewer, wanted_of(request.GET), language(), now=now, after=request.GET.get("after", ""))
    except CursorForged:
        return redirect("inbox")
    return shown_once(request, "ui/patterns/inbox.html", inbox_page(request.GET, page, _desk(request)))


@staff_required
@require_POST
def search(request: HttpRequest) -> HttpResponse:
    """Search words stay out of addresses: they are kept under an opaque id for a while."""
    words = request.POST.get("words", "").strip()
    if not words:
        return redirect("inbox")
    query_id = search_queries.remember_query(viewer_of(request), words, now=clock.now())
    return redirect("inbox-found", query_id=query_id)


@staff_required
@require_GET
def found(request: HttpRequest, query_id: UUID) -> HttpResponse:
    """What a search found: open or closed, closest first."""
    viewer, now = viewer_of(request), clock.now()
    words = search_queries.remembered_query(viewer, query_id, now=now)
    if words is None:
        return redirect("inbox")
    page = reads.found(viewer, words, language(), now=now)
    return shown_once(request, "ui/patterns/inbox.html", inbox_page(request.GET, page, _desk(request, words, query_id)))


@staff_required
@require_POST
def assign(request: HttpRequest) -> HttpResponse:
    """Give the ticked cases to somebody, or back to the team."""
    back, to = redirect(back_to_inbox(request.POST.get("inbox", ""))), request.POST.get("to", "")
    case_ids = [case_id for text in request.POST.getlist("tick") if (case_id := _id(text))]
    user_id = _id(to)
    if not case_ids or (user_id is None and to != "nobody"):
        return noticed(request, back, "nothing-chosen")
    try:
        given = actions.assign(case_ids, user_id, viewer=viewer_of(request), now=clock.now())
    except NotFound as missing:
        raise Http404 from missing
    return noticed(request, back, "given", given)


def _desk(request: HttpRequest, words: str = "", query_id: UUID | None = None) -> Desk:
    viewer, now = viewer_of(request), clock.now()
    return Desk(
        viewer=viewer,
        language=language(),
        now=now,
        counts=tasks.counts(viewer, now),
        teams=identity.teams(viewer),
        staff=identity.staff(viewer, on=clock.legal_date(now)),
        words=words,
        query_id=query_id,
    )


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
