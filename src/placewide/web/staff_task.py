"""A task that is not about a case: urgent answers of somebody who is still filling in, a delivery that died."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from placewide.cases import reads as cases
from placewide.cases.terms import TaskKind
from placewide.cases.views.notices import noticed
from placewide.identity.access import staff_required, viewer_of
from placewide.journeys import reads as journeys
from placewide.journeys.reaching import reaching
from placewide.journeys.showing import answer_groups, voice
from placewide.journeys.terms import Circumstances, JourneyState
from placewide.journeys.views import language
from placewide.kernel import clock
from placewide.kernel.terms import Viewer
from placewide.messages.terms import POST_TASK
from placewide.tasks import actions
from placewide.tasks import reads as tasks
from placewide.tasks.terms import Task, TaskState
from placewide.ui.pages import render


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def task(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """What is to be done and what was answered so far; done takes it off the list."""
    viewer, now = viewer_of(request), clock.now()
    found = tasks.task(viewer, task_id)
    if found is None:
        raise Http404
    elsewhere = _ended_elsewhere(found, viewer, now)
    if elsewhere:
        return redirect(elsewhere)
    if request.method == "POST":
        actions.finish([task_id], actor=viewer.actor, now=now)
        return noticed(request, redirect("inbox"), "finished")
    begun = journeys.begun_journey(viewer, found.about_id, now=now) if found.about_id else None
    seen = replace(begun, language=language()) if begun else None  # staff read it in their own
    context = {
        "title": found.title_in(language()),
        "back_href": reverse("inbox"),
        "reach": reaching(seen) if seen and found.urgent else None,
        "cases": cases.opened_by(viewer, seen.journey_id, seen.package, language(), now=now) if seen else (),
        "sent": seen is not None and seen.state is JourneyState.SENT,
        "taken_back": seen is not None and found.title_in(language()) in _taken_back(seen),
        "sections": answer_groups(seen, voice(seen), to_change=False) if seen else [],
        "urgent": found.urgent and seen is None,  # of answers the heading itself says it, in the package's words
        "due": found.due_at,
        "open": found.done_at is None,
        "needless": found.state is TaskState.CANCELLED,
    }
    return render(request, "web/staff_task.html", context)


def _taken_back(seen: Circumstances) -> list[str]:
    """What tasks about rules are called that told of danger, and that the answers do not tell of any more."""
    return [seen.package.text(f"rules.{rule.id}.task", seen.language) for rule in seen.taken_back]


def _ended_elsewhere(found: Task, viewer: Viewer, now: datetime) -> str:
    """Where to go for a task that is not ended by saying so: its case, or the letters to post; empty for the others."""
    reference = cases.reference_of(viewer, found.about_id, now=now) if found.about_id else ""
    if reference:
        return reverse("staff-case", args=[reference])
    if found.kind in set(TaskKind):
        raise Http404  # a case that is not this viewer's to see
    return reverse("letters") if found.kind == POST_TASK else ""
