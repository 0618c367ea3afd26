"""PAGES 8: a case for the people who work on it. Joins what the rooms know; every act comes back to this page."""

from __future__ import annotations

from datetime import UTC, datetime, time
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from placewide.cases import actions, reads
from placewide.cases.reads import StaffCase
from placewide.cases.terms import NotFound, StepRefused, Written
from placewide.cases.views import forms
from placewide.cases.views.forms import StepForm
from placewide.identity import reads as identity
from placewide.identity.access import staff_required, viewer_of
from placewide.journeys.views import language
from placewide.kernel import clock
from placewide.kernel.ids import parse_reference
from placewide.places import reads as places
from placewide.services.terms import StepKind
from placewide.ui.pages import render
from placewide.ui.terms import Fault
from placewide.web.staff_page import staff_page


@staff_required
@require_GET
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything about a case, the next decision first."""
    return _page(request, _found(request, reference))


@staff_required
@require_POST
def take_step(request: HttpRequest, reference: str) -> HttpResponse:
    """Take one of the steps that the package defines, with its reason and what it asks to be recorded."""
    found, viewer, now = _found(request, reference), viewer_of(request), clock.now()
    step = next((s for s in found.steps if s.id == request.POST.get("step")), None)
    if step is None:
        return _page(request, found, fault=Fault(forms.refusal_sentence(())))
    about = forms.keeping(found.row.organisation_id, found.row.id, viewer.actor, now)
    form = forms.posted_step(request, found.package, step, about, language())
    if form.faults:
        return _page(request, found, form=form)
    try:
        if step.kind is StepKind.HAND_OVER:
            _hand_over(request, found, form)
        else:
            actions.take_step(found.row.id, step.id, reason=form.reason, written=form.written, viewer=viewer, now=now)
    except StepRefused as refused:
        return _page(request, _found(request, reference), fault=Fault(forms.refusal_sentence(refused.refusals)))
    return redirect("staff-case", reference=found.row.reference)


@staff_required
@require_POST
def write(request: HttpRequest, reference: str) -> HttpResponse:
    """A message to the people who follow the case."""
    found = _found(request, reference)
    text, fault = forms.message_in(request)
    if fault:
        return _page(request, found, fault=fault)
    actions.write(found.row.id, Written(text=text), viewer=viewer_of(request), now=clock.now())
    return redirect(reverse("staff-case", args=[found.row.reference]) + "#messages")


@staff_required
@require_POST
def note(request: HttpRequest, reference: str) -> HttpResponse:
    """A note that only staff see."""
    found = _found(request, reference)
    text, fault = forms.message_in(request)
    if fault:
        return _page(request, found, fault=Fault(fault.text, "note"))
    actions.note(found.row.id, text, viewer=viewer_of(request), now=clock.now())
    return redirect(reverse("staff-case", args=[found.row.reference]) + "#timeline")


@staff_required
@require_POST
def assign(request: HttpRequest, reference: str) -> HttpResponse:
    """Give this one case to somebody, or back to the team."""
    found, to = _found(request, reference), request.POST.get("to", "")
    try:
        actions.assign([found.row.id], UUID(to) if to != "nobody" else None, viewer=viewer_of(request), now=clock.now())
    except (ValueError, NotFound):
        return _page(request, found, fault=Fault(forms.refusal_sentence(())))
    return redirect("staff-case", reference=found.row.reference)


@staff_required
@require_POST
def end_participation(request: HttpRequest, reference: str, participation_id: UUID) -> HttpResponse:
    """Nobody sees more than they need for longer than they need it."""
    found = _found(request, reference)
    try:
        actions.end_participation(participation_id, viewer=viewer_of(request), now=clock.now())
    except NotFound as missing:
        raise Http404 from missing
    return redirect(reverse("staff-case", args=[found.row.reference]) + "#people")


def _found(request: HttpRequest, reference: str) -> StaffCase:
    typed = parse_reference(reference)
    found = reads.staff_case(viewer_of(request), typed, language(), now=clock.now()) if typed else None
    if found is None:
        raise Http404
    return found


def _hand_over(request: HttpRequest, found: StaffCase, form: StepForm) -> None:
    """To whom, why in words, until when. Raises StepRefused where the body is not one of this place's."""
    to = next((body for body in places.organisations() if str(body.id) == request.POST.get("to-body")), None)
    if to is None:
        raise StepRefused(("body-missing",))
    until = request.POST.get("until", "")
    ends = datetime.combine(datetime.fromisoformat(until), time.max, UTC) if until else None
    actions.hand_over(
        found.row.id,
        form.step.id,
        to_organisation_id=to.id,
        to_team_id=None,
        reason=form.reason,
        why=request.POST.get("why", "").strip()[:300],
        ends=ends,
        viewer=viewer_of(request),
        now=clock.now(),
    )


def _page(
    request: HttpRequest, found: StaffCase, *, fault: Fault | None = None, form: StepForm | None = None
) -> HttpResponse:
    staff = identity.staff(viewer_of(request))
    context = staff_page(found, viewer_of(request), staff, language(), clock.now(), form=form, fault=fault)
    return render(request, "ui/patterns/staff_case.html", context, status=422 if context["faults"] else 200)
