"""Pages of a journey. Each reads the clock once, finds the circumstances, and lets the rules decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from placewide.identity.access import grant, resident_of
from placewide.journeys import actions, asking, reads, rules, showing
from placewide.journeys.asking import PageForm
from placewide.journeys.terms import AlreadySent, Circumstances, Disposed, JourneyState
from placewide.kernel import clock
from placewide.places import reads as places
from placewide.places.models import Organisation
from placewide.services import reads as services
from placewide.services.reads import NoSuchService
from placewide.services.rules import page_key
from placewide.services.terms import LiveService, Page
from placewide.ui.faults import written_in
from placewide.ui.pages import render


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, organisation: str, service: str, known: Mapping[str, Any]) -> HttpResponse:
    """What you will get, what it costs, who provides it; the button begins a journey, with what is known already."""
    live, body = _service(organisation, service)
    if request.method != "POST":
        return render(request, "ui/patterns/start.html", showing.start_page(live, body, language(), clock.now()))
    actor, now = resident_of(request).actor, clock.now()
    journey_id = actions.begin(live, language=language(), known=known, actor=actor, now=now)
    response = redirect("journey", journey_id=journey_id)
    grant(request, response, journey_id)
    return response


@require_safe
def resume(request: HttpRequest, journey_id: UUID) -> HttpResponse:
    """Where this journey stands: its task list, the first page to answer, the check, or what was sent."""
    return where_it_stands(request, journey_id)


def where_it_stands(request: HttpRequest, journey_id: UUID) -> HttpResponse:
    """Also for what another tab sends to a page that is over: it was read, or sent, here meanwhile."""
    seen = seen_by(request, journey_id)
    if seen is None:
        return closed(request)
    if seen.state is JourneyState.SENT:
        return redirect("journey-sent", journey_id=journey_id)
    if seen.package.task_list and seen.answers:
        return redirect("journey-tasks", journey_id=journey_id)
    if seen.outcome.stop:
        return redirect("journey-stop", journey_id=journey_id)
    if seen.outcome.unanswered:
        return redirect("journey-page", journey_id=journey_id, page_id=seen.outcome.unanswered[0])
    return redirect("journey-check", journey_id=journey_id)


@require_http_methods(["GET", "HEAD", "POST"])
def tasks(request: HttpRequest, journey_id: UUID) -> HttpResponse:
    """The sections of a long service, with what is done and what is to do."""
    seen = seen_by(request, journey_id)
    if seen is None or seen.state is JourneyState.SENT:
        return where_it_stands(request, journey_id)
    if request.method == "POST":
        return redirect(
            "journey-save" if request.POST.get("action") == "save" else "journey-check", journey_id=journey_id
        )
    return render(request, "ui/patterns/tasks.html", showing.tasks_page(seen))


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, journey_id: UUID, page_id: str, item: int | None = None) -> HttpResponse:
    """One page of questions: asked, or answered."""
    seen = seen_by(request, journey_id)
    if seen is None or seen.state is JourneyState.SENT:
        return where_it_stands(request, journey_id)
    page = next((page for page in seen.walk.path if page.id == page_id), None)
    if page is None:
        return _not_asked(seen, page_id)
    at = _At(request, seen, page, None if item is None else item - 1)
    if at.number is not None and not 0 <= at.number < at.count:
        raise Http404
    if request.method == "POST":
        return _answer(at)
    account = asking.account_of(request.user, seen.organisation_id, page)
    return at.ask(asking.shown(seen, page, at.number, account))


@require_safe
def stop(request: HttpRequest, journey_id: UUID) -> HttpResponse:
    """Why it ends here, and what to do instead."""
    seen = seen_by(request, journey_id)
    if seen is None or seen.state is JourneyState.SENT or seen.outcome.stop is None:
        return where_it_stands(request, journey_id)
    return render(request, "journeys/stop.html", showing.stop_page(seen))


@require_safe
def check(request: HttpRequest, journey_id: UUID) -> HttpResponse:
    """All answers, what it costs, what is declared, and the button that sends."""
    seen = seen_by(request, journey_id)
    if seen is None or seen.state is JourneyState.SENT or not seen.outcome.may_be_sent:
        return where_it_stands(request, journey_id)
    return render(request, "ui/patterns/check.html", showing.check_page(seen))


def seen_by(request: HttpRequest, journey_id: UUID) -> Circumstances | None:
    """The circumstances of a journey, if it is open to this browser, in the language it is read in."""
    return reads.circumstances(resident_of(request), journey_id, language=language(), now=clock.now())


def closed(request: HttpRequest) -> HttpResponse:
    """Not opened in this browser, or expired: says how to get back in, the same whether it exists or not."""
    return render(request, "journeys/closed.html", {"written": written_in(request)}, status=404)


def language() -> str:
    """The language of the page that is being made."""
    return get_language() or "en"


def _service(organisation: str, service: str) -> tuple[LiveService, Organisation]:
    try:
        body = places.organisation(organisation)
        return services.live(body.id, service), body
    except (Organisation.DoesNotExist, NoSuchService) as missing:
        raise Http404 from missing


def _not_asked(seen: Circumstances, page_id: str) -> HttpResponse:
    """A page of this service that other answers have made needless; what was said on it is kept, but not sent."""
    if all(page.id != page_id for page in seen.package.pages):
        raise Http404
    return redirect("journey", journey_id=seen.journey_id)


@dataclass(frozen=True, slots=True)
class _At:
    """One page of one journey, as one browser stands before it."""

    request: HttpRequest
    seen: Circumstances
    page: Page
    number: int | None  # place, from 0, of the item that is changed on a page asked several times

    def ask(self, form: PageForm, status: int = 200) -> HttpResponse:
        context = showing.question_page(self.seen, self.page, self.number, form)
        return render(self.request, "ui/patterns/question.html", context, status=status)

    def again(self) -> HttpResponse:
        return redirect("journey-page", journey_id=self.seen.journey_id, page_id=self.page.id)

    @property
    def count(self) -> int:
        return len(self.seen.answers.get(page_key(self.page)) or ()) if self.page.repeat else 0


def _answer(at: _At) -> HttpResponse:
    """What was pressed: look for an address, take something out, save, add another, or go on."""
    removed = at.request.POST.get("remove", "")
    now, actor = clock.now(), resident_of(at.request).actor
    try:
        if at.page.repeat and (place := _place_in(removed)) is not None:
            actions.drop_item(at.seen, at.page.id, place, actor=actor, now=now)
            return at.again()
        form = asking.posted(at.seen, at.page, at.request.POST, at.request.FILES, actor=actor, now=now)
        return _keep(at, form, at.request.POST.get("action", "continue"))
    except AlreadySent:
        return redirect("journey-sent", journey_id=at.seen.journey_id)
    except Disposed:
        return closed(at.request)
    except IndexError:  # more than the page allows, or taken out in another tab
        return at.again()


def _place_in(text: str) -> int | None:
    """The place, from 0, that a button names by its number, from 1; None for anything else."""
    return int(text) - 1 if text.isascii() and text.isdigit() and len(text) <= 3 and int(text) else None


def _keep(at: _At, form: PageForm, action: str) -> HttpResponse:
    now, actor = clock.now(), resident_of(at.request).actor
    if at.page.repeat and at.number is None and action == "continue" and form.is_empty:
        return _no_more(at, form)
    if form.looking or (form.problems and action != "save"):
        return at.ask(form, status=422 if form.problems else 200)
    if not (action == "save" and form.is_empty):
        actions.keep_page(at.seen, at.page.id, form.values, item=at.number, actor=actor, now=now)
    if action == "save":
        _observed(at.request, at.seen.journey_id)
        return redirect("journey-save", journey_id=at.seen.journey_id)
    if at.page.repeat and (action == "add" or at.number is not None):
        return at.again()
    return _onward(at.request, at.seen.journey_id, at.page.id)


def _no_more(at: _At, form: PageForm) -> HttpResponse:
    """The form for one more was left empty: there is no more, unless the page wants at least one."""
    if at.page.repeat and at.count < at.page.repeat.least:
        return at.ask(form, status=422)
    actions.finish_items(at.seen, at.page.id, actor=resident_of(at.request).actor, now=clock.now())
    return _onward(at.request, at.seen.journey_id, at.page.id)


def _onward(request: HttpRequest, journey_id: UUID, page_id: str) -> HttpResponse:
    seen = _observed(request, journey_id)
    if seen is None:
        return closed(request)
    where = rules.where_next(seen.package, page_id, seen.outcome)
    named = {rules.CHECK: "journey-check", rules.TASKS: "journey-tasks", rules.STOP: "journey-stop"}
    if where in named:
        return redirect(named[where], journey_id=journey_id)
    return redirect("journey-page", journey_id=journey_id, page_id=where)


def _observed(request: HttpRequest, journey_id: UUID) -> Circumstances | None:
    """After an answer is kept all is observed again: facts depend on answers, and some go to a person at once."""
    now, viewer = clock.now(), resident_of(request)
    seen = reads.circumstances(viewer, journey_id, language=language(), now=now)
    if seen is not None:
        actions.tell_at_once(seen, actor=viewer.actor, now=now)
    return seen
