"""Work on cases: the inbox, and what is done on a case. The staff case page itself is drawn by ``web``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from placewide.cases import actions, reads
from placewide.cases.reads import InboxLine, StaffCase
from placewide.cases.terms import Pressed
from placewide.cases.views.inbox_address import back_to_inbox, id_in, kept_of, wanted_of
from placewide.cases.views.inbox_page import Desk, inbox_page
from placewide.cases.views.notices import noticed, shown_once
from placewide.cases.views.several import MOST, Deed, able, deed_of, pressed_with, several_page
from placewide.identity import reads as identity
from placewide.identity.access import staff_required, viewer_of
from placewide.journeys.views import language
from placewide.kernel import clock, search_queries
from placewide.kernel.paging import CursorForged
from placewide.kernel.terms import Viewer
from placewide.services import reads as services
from placewide.tasks import reads as tasks
from placewide.tasks.terms import QueueFilter
from placewide.ui.pages import render
from placewide.ui.posting import sent_from

_LAST_SHOWN = "inbox"  # in the session: the part of the inbox that was looked at last


@staff_required
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """PAGES 7, with what cannot wait above what is due: mine, nobody's, my team's, all. Asked for nothing: as last."""
    if not request.GET and request.session.get(_LAST_SHOWN):
        return redirect(f"{reverse('inbox')}?{request.session[_LAST_SHOWN]}")
    viewer, now = viewer_of(request), clock.now()
    try:
        page = reads.inbox(viewer, wanted_of(request.GET), language(), now=now, after=request.GET.get("after", ""))
    except CursorForged:
        return redirect("inbox")
    _remember(request)
    due_next = None if page.items else _next(viewer, now)
    begun = bool(page.items or due_next or services.live_services())
    desk = replace(_desk(request), opened=_opened(request, page.items), next=due_next, begun=begun)
    return shown_once(request, "ui/patterns/inbox.html", inbox_page(request.GET, page, desk))


def _remember(request: HttpRequest) -> None:
    """Filters stay until others are chosen or the sign-in ends."""
    shown = urlencode(kept_of(request.GET))
    if request.session.get(_LAST_SHOWN, "") != shown:
        request.session[_LAST_SHOWN] = shown


def _opened(request: HttpRequest, lines: Sequence[InboxLine]) -> StaffCase | None:
    """The case of the line that is read beside the list."""
    line = next((line for line in lines if line.reference and str(line.id) == request.GET.get("open")), None)
    return reads.staff_case(viewer_of(request), line.reference, language(), now=clock.now()) if line else None


def _next(viewer: Viewer, now: datetime) -> InboxLine | None:
    """What comes first of all somebody may see: what cannot wait, then what is due first."""
    return next(iter(reads.inbox(viewer, QueueFilter(), language(), now=now, most=1).items), None)


@staff_required
@sent_from("inbox")
def search(request: HttpRequest) -> HttpResponse:
    """Search words stay out of addresses: they are kept under an opaque id for a while."""
    words = request.POST.get("words", "").strip()
    if not words:
        return redirect("inbox")
    query_id = search_queries.remember_query(viewer_of(request), words, now=clock.now())
    return redirect("inbox-found", query_id=query_id)


@staff_required
@require_safe
def found(request: HttpRequest, query_id: UUID) -> HttpResponse:
    """What a search found: open or closed, closest first."""
    viewer, now = viewer_of(request), clock.now()
    words = search_queries.remembered_query(viewer, query_id, now=now)
    if words is None:
        return redirect("inbox")
    page = reads.found(viewer, words, language(), now=now)
    return shown_once(request, "ui/patterns/inbox.html", inbox_page(request.GET, page, _desk(request, words, query_id)))


@staff_required
@sent_from("inbox")
def several(request: HttpRequest) -> HttpResponse:
    """Do one thing with the ticked cases: say what will happen first, then do it."""
    viewer, now = viewer_of(request), clock.now()
    inbox_query = request.POST.get("inbox", "")
    back = redirect(back_to_inbox(inbox_query))
    sent = dict.fromkeys(request.POST.getlist("tick")[:MOST])  # a case may stand in a list more than once
    ticked = [case_id for text in sent if (case_id := id_in(text))]
    deed = deed_of(request.POST.get("to", ""), viewer, identity.staff(viewer, on=clock.legal_date(now)))
    lines = reads.chosen(viewer, ticked, language(), now=now)
    if not lines or deed is None:
        return noticed(request, back, "nothing-chosen")
    if request.POST.get("sure") != "yes":
        return render(request, "cases/several.html", several_page(deed, lines, language(), inbox_query))
    return _do(request, back, deed, lines)


def _do(request: HttpRequest, back: HttpResponse, deed: Deed, lines: Sequence[InboxLine]) -> HttpResponse:
    viewer, now = viewer_of(request), clock.now()
    if deed.step:
        pressed = pressed_with(request)
        ids = [line.case_id for line in lines if line.case_id and (able(deed, line) or _was_moved(deed, line, pressed))]
        moved, _ = actions.take_step_with(ids, deed.step, pressed=pressed, viewer=viewer, now=now)
        return noticed(request, back, "moved", len(moved), left=len(lines) - len(moved))
    ids = [line.case_id for line in lines if line.case_id and able(deed, line)]
    given = actions.assign(ids, deed.user_id, viewer=viewer, now=now)
    return noticed(request, back, "given", given, left=len(lines) - given)


def _was_moved(deed: Deed, line: InboxLine, pressed: Mapping[UUID, Pressed]) -> bool:
    """Whether this very button has taken the step with this case."""
    button = pressed.get(line.case_id) if line.case_id else None
    return bool(button and line.case_id and actions.taken_before(line.case_id, deed.step, button))


def _desk(request: HttpRequest, words: str = "", query_id: UUID | None = None) -> Desk:
    viewer, now = viewer_of(request), clock.now()
    return Desk(
        viewer=viewer,
        language=language(),
        now=now,
        counts=tasks.counts(viewer),
        teams=identity.teams(viewer),
        staff=identity.staff(viewer, on=clock.legal_date(now)),
        words=words,
        query_id=query_id,
    )
