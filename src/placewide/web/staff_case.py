"""PAGES 8: a case for the people who work on it. Joins what the rooms know; every act comes back to this page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from placewide.cases import actions, reads
from placewide.cases.reads import NEWEST, Before, StaffCase
from placewide.cases.terms import NotFound, Pressed, SentBefore, StepRefused, Written
from placewide.cases.views import forms
from placewide.cases.views.earlier import asked_before, ways
from placewide.cases.views.files import shown_ids
from placewide.cases.views.forms import StepForm
from placewide.cases.views.holding import field_of
from placewide.cases.views.inbox_address import back_to_inbox, with_inbox
from placewide.cases.views.notices import noticed, shown_once
from placewide.cases.views.refused import UNSENT, pressed, unsent, why_not
from placewide.cases.views.several import deed_of, several_page
from placewide.identity import reads as identity
from placewide.identity.access import staff_required, viewer_of
from placewide.journeys.views import language
from placewide.kernel import clock
from placewide.kernel.files.serving import serve
from placewide.kernel.ids import parse_reference
from placewide.kernel.paging import CursorForged
from placewide.kernel.terms import Viewer
from placewide.people import actions as people
from placewide.services.rules import endangered
from placewide.services.terms import StepKind
from placewide.ui.pages import render
from placewide.ui.posting import sent_from
from placewide.ui.terms import Fault
from placewide.web.handing_over import HandOver, posted_hand_over
from placewide.web.staff_page import Sent, staff_page
from placewide.web.warning import posted_warning


@staff_required
@require_safe
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything about a case, the next decision first."""
    try:
        found = _found(request, reference, asked_before(request.GET))
    except CursorForged:
        return redirect(with_inbox(reverse("staff-case", args=[reference]), request.GET.get("inbox", "")))
    return _page(request, found, Sent())


@staff_required
@sent_from("staff-case", "reference")
def take_step(request: HttpRequest, reference: str) -> HttpResponse:
    """Take one of the steps that the package defines, with its reason and what it asks to be recorded."""
    found, viewer, now = _found(request, reference), viewer_of(request), clock.now()
    button, step_id = pressed(request), request.POST.get("step", "")
    if actions.taken_before(found.row.id, step_id, button):
        return _back(request, found, "taken")
    step = next((s for s in found.steps if s.id == step_id), None)
    if step is None:
        return _gone(request, found, step_id, button)
    about = forms.keeping(found.row.organisation_id, found.row.id, viewer.actor, now)
    form = forms.posted_step(request, found.package, step, about, language())
    handing = posted_hand_over(request, found, step, form.reason, now) if step.kind is StepKind.HAND_OVER else None
    if not form.is_taken or (handing and handing.wrong):
        moved = bool(button.seen) and button.seen != found.version
        fault = why_not((), found.reader, button, language(), field_id=f"step-{step_id}", named=True) if moved else None
        return _page(request, found, Sent(fault=fault, form=form, handing=handing))
    try:
        _take(found, form, handing, button, viewer_of(request))
    except SentBefore:
        pass
    except StepRefused as refused:
        return _refused(request, reference, Sent(form=form, handing=handing), refused.refusals, button)
    return _back(request, found, "endangered" if endangered(step, form.reason) else "taken")


@staff_required
@sent_from("staff-case", "reference")
def write(request: HttpRequest, reference: str) -> HttpResponse:
    """A message to the people who follow the case."""
    found = _found(request, reference)
    text, fault = forms.text_in(request, "message")
    if fault:
        return _page(request, found, Sent(fault=fault, message=text))
    try:
        written, viewer = Written(text=text, language=language()), viewer_of(request)
        actions.write(found.row.id, written, form=forms.form_of(request), viewer=viewer, now=clock.now())
    except NotFound as missing:  # a partner who does not see messages
        raise Http404 from missing
    return _back(request, found, "written")


@staff_required
@sent_from("staff-case", "reference")
def note(request: HttpRequest, reference: str) -> HttpResponse:
    """A note that only staff of one's own organisation see."""
    found = _found(request, reference)
    text, fault = forms.text_in(request, "note")
    if fault:
        return _page(request, found, Sent(fault=fault, note=text))
    try:
        form, viewer = forms.form_of(request), viewer_of(request)
        actions.note(found.row.id, text, form=form, viewer=viewer, now=clock.now())
    except NotFound as missing:  # a case of which something was deleted meanwhile
        raise Http404 from missing
    return _back(request, found, "noted")


@staff_required
@require_safe
def file(request: HttpRequest, reference: str, file_id: UUID) -> HttpResponse:
    """A file of the case, to whoever sees it there at this moment."""
    found = _found(request, reference)
    if file_id not in shown_ids(found.answers, ()) and not reads.is_attached(found.reader, file_id):
        raise Http404
    return serve(file_id)


@staff_required
@sent_from("staff-case", "reference")
def settle(request: HttpRequest, reference: str) -> HttpResponse:
    """A message was read and needs no answer, somebody was rung: it is off the list, and on the timeline."""
    found = _found(request, reference)
    try:
        task_id = UUID(request.POST.get("task", ""))
        done = actions.settle(found.row.id, task_id, viewer=viewer_of(request), now=clock.now())
    except (ValueError, NotFound):
        done = False
    if not done:
        return _page(request, found, Sent(fault=why_not((), None, Pressed(), language())))
    return _back(request, found, "settled")


@staff_required
@sent_from("staff-case", "reference")
def assign(request: HttpRequest, reference: str) -> HttpResponse:
    """Give this one case to somebody, or back to the team."""
    found, to = _found(request, reference), request.POST.get("to", "")
    if request.POST.get("sure") != "yes" and (asked := _asked_first(request, found, to)):
        return asked
    try:
        user_id = UUID(to) if to != "nobody" else None
        given = actions.assign([found.row.id], user_id, viewer=viewer_of(request), now=clock.now())
    except (ValueError, NotFound):
        given = 0
    if not given:
        return _page(request, found, Sent(fault=Fault(gettext("Choose somebody to give it to"), "to")))
    return _back(request, found, "given")


@staff_required
@sent_from("staff-case", "reference")
def end_participation(request: HttpRequest, reference: str, participation_id: UUID) -> HttpResponse:
    """Nobody sees more than they need for longer than they need it."""
    found = _found(request, reference)
    try:
        actions.end_participation(participation_id, viewer=viewer_of(request), now=clock.now())
    except NotFound as missing:
        raise Http404 from missing
    return _back(request, found, "ended")


@staff_required
@sent_from("staff-case", "reference")
def hold(request: HttpRequest, reference: str, participation_id: UUID) -> HttpResponse:
    """Send nothing more to somebody: it may put them in danger."""
    return _hold(request, reference, participation_id, actions.hold_back, "held")


@staff_required
@sent_from("staff-case", "reference")
def send_again(request: HttpRequest, reference: str, participation_id: UUID) -> HttpResponse:
    """It is safe to write to somebody."""
    return _hold(request, reference, participation_id, actions.send_again, "released")


@staff_required
@sent_from("staff-case", "reference")
def warn(request: HttpRequest, reference: str) -> HttpResponse:
    """A warning about the person, with the day on which somebody looks at it again."""
    found, now = _found(request, reference), clock.now()
    if found.person is None or not found.ours:
        raise Http404
    sent = posted_warning(request, now)
    if sent.faults:
        return _page(request, found, Sent(warning=sent))
    form, review_on = forms.form_of(request), date.fromisoformat(sent.review_on)
    people.warn(found.person.id, sent.text, review_on, form=form, viewer=viewer_of(request), now=now)
    return _back(request, found, "warned")


@staff_required
@sent_from("staff-case", "reference")
def end_warning(request: HttpRequest, reference: str, warning_id: UUID) -> HttpResponse:
    """Take one away that stands on this page."""
    found = _found(request, reference)
    if warning_id not in {warning.id for warning in found.warnings}:
        raise Http404
    people.end_warning(warning_id, viewer=viewer_of(request), now=clock.now())
    return _back(request, found, "unwarned")


def _hold(
    request: HttpRequest, reference: str, participation_id: UUID, act: Callable[..., bool], done: str
) -> HttpResponse:
    """Either way with its reason; pressed twice, it is done once."""
    found, field = _found(request, reference), field_of(participation_id)
    if participation_id not in {part.id for part in found.taking_part}:
        raise Http404
    why, fault = forms.text_in(request, field)
    if fault:
        return _page(request, found, Sent(fault=fault, why=why))
    try:
        act(participation_id, why, viewer=viewer_of(request), now=clock.now())
    except NotFound as missing:
        raise Http404 from missing
    return _back(request, found, done)


def _found(request: HttpRequest, reference: str, before: Before = NEWEST) -> StaffCase:
    typed, viewer = parse_reference(reference), viewer_of(request)
    found = reads.staff_case(viewer, typed, language(), now=clock.now(), before=before) if typed else None
    if found is None:
        raise Http404
    return found


def _asked_first(request: HttpRequest, found: StaffCase, to: str) -> HttpResponse | None:
    """The page that asks whether somebody outside the team is to read the case; none where they can already."""
    viewer, now, query = viewer_of(request), clock.now(), request.POST.get("inbox", "")
    deed = deed_of(to, viewer, identity.staff(viewer, on=clock.legal_date(now)))
    if deed is None or deed.to is None or not deed.to.is_outside(found.row.team_id):
        return None
    lines = reads.chosen(viewer, [found.row.id], language(), now=now)
    context = several_page(deed, lines, language(), query) | {
        "action": reverse("staff-assign", args=[found.row.reference]),
        "back_href": with_inbox(reverse("staff-case", args=[found.row.reference]), query),
        "back": found.service,
    }
    return render(request, "cases/several.html", context)


def _refused(
    request: HttpRequest, reference: str, sent: Sent, refusals: tuple[str, ...], button: Pressed
) -> HttpResponse:
    """The case as it stands now, with the same form and what is in it: to be looked at, and sent again if it is right.

    Only where the step is still there to take.
    """
    found, step_id = _found(request, reference), sent.form.step.id if sent.form else ""
    if step_id not in {step.id for step in found.steps}:
        return _gone(request, found, step_id, button, refusals)
    fault = why_not(refusals, found.reader, button, language(), field_id=f"step-{step_id}", named=True)
    return _page(request, found, replace(sent, fault=fault))


def _gone(
    request: HttpRequest, found: StaffCase, step_id: str, button: Pressed, refusals: tuple[str, ...] = ()
) -> HttpResponse:
    """The step is no longer there to take: what was written for it is given back."""
    step = next((s for s in found.package.case_type(found.row.case_type).steps if s.id == step_id), None)
    given = unsent(request, found.package, step, language(), clock.now()) if step else None
    if button.seen == found.version:  # nobody did anything: only time has passed
        refusals = refusals or ("too-late",)
    at = UNSENT if given and given.rows else ""
    fault = why_not(refusals, found.reader, button, language(), field_id=at, named=True)
    return _page(request, found, Sent(fault=fault, unsent=given))


def _take(found: StaffCase, form: StepForm, handing: HandOver | None, button: Pressed, viewer: Viewer) -> None:
    """Raises SentBefore, or StepRefused where somebody else was quicker."""
    now = clock.now()
    if handing is None:
        actions.take_step(
            found.row.id, form.step.id, reason=form.reason, written=form.written, pressed=button, viewer=viewer, now=now
        )
        return
    actions.hand_over(
        found.row.id,
        form.step.id,
        to_organisation_id=handing.to_organisation_id,
        to_team_id=handing.to_team_id,
        reason=form.reason,
        why=handing.why,
        ends=handing.ends,
        written=form.written,
        pressed=button,
        viewer=viewer,
        now=now,
    )


def _back(request: HttpRequest, found: StaffCase, done: str) -> HttpResponse:
    """To the case's page, which says what was done and still knows the inbox it was opened from."""
    query = request.POST.get("inbox", "")
    if not reads.reference_of(viewer_of(request), found.row.id, now=clock.now()):  # a partner's work on it is done
        done = "given-back" if done == "taken" else done
        return noticed(request, redirect(back_to_inbox(query)), done)
    return noticed(request, redirect(with_inbox(reverse("staff-case", args=[found.row.reference]), query)), done)


def _page(request: HttpRequest, found: StaffCase, sent: Sent) -> HttpResponse:
    viewer, now = viewer_of(request), clock.now()
    query = (request.POST if request.method == "POST" else request.GET).get("inbox", "")
    context = staff_page(found, viewer, identity.staff(viewer, on=clock.legal_date(now)), language(), now, sent=sent)
    here = reverse("staff-case", args=[found.row.reference])
    context |= {"hidden": {"inbox": query}, "back_href": back_to_inbox(query)}
    context["earlier"] = ways(here, found.timeline, {"inbox": query})
    return shown_once(request, "ui/patterns/staff_case.html", context, status=422 if context["faults"] else 200)
