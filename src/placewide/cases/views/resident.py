"""Pages of a case for residents: send, follow, answer, say "not fixed"."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, override
from django.views.decorators.http import require_http_methods, require_safe

from placewide.cases import actions, reads
from placewide.cases.making import makers_for
from placewide.cases.reads import NEWEST, Before, ResidentCase
from placewide.cases.terms import Pressed, SentBefore, StepRefused, Written
from placewide.cases.views import forms, resident_page
from placewide.cases.views.earlier import asked_before
from placewide.cases.views.files import shown_ids
from placewide.cases.views.forms import StepForm
from placewide.cases.views.notices import just_done, noticed, shown_once
from placewide.cases.views.refused import UNSENT, Unsent, pressed, unsent, unsent_part, why_not
from placewide.identity import actions as identity
from placewide.identity.access import grant, resident_of
from placewide.journeys import reads as journeys
from placewide.journeys.terms import AlreadySent, ChangedMeanwhile, JourneyState, NotReady
from placewide.journeys.views import closed, language
from placewide.kernel import clock
from placewide.kernel.files.serving import serve
from placewide.kernel.ids import parse_reference
from placewide.kernel.pace import too_often
from placewide.kernel.paging import CursorForged
from placewide.ui.faults import written_in
from placewide.ui.pages import render
from placewide.ui.posting import sent_from
from placewide.ui.terms import Fault

MOST_LINKS = 3  # an hour, to the followers of one case
MOST_MESSAGES = 20  # an hour, on one case: a person reads each of them


@sent_from("journey", "journey_id")
def send(request: HttpRequest, journey_id: UUID) -> HttpResponse:
    """The button on the check page. Pressed twice, in two tabs or by an impatient browser, it sends once."""
    if request.POST.get("action") == "save":
        return redirect("journey-save", journey_id=journey_id)
    now, viewer = clock.now(), resident_of(request)
    seen = journeys.circumstances(viewer, journey_id, language=language(), now=now)
    if seen is None:
        return redirect("journey", journey_id=journey_id)
    try:
        done = actions.submit(seen, makers_for(seen), actor=viewer.actor, now=now)
    except AlreadySent:
        return redirect("journey-sent", journey_id=journey_id)
    except (NotReady, ChangedMeanwhile):
        return redirect("journey", journey_id=journey_id)
    response = redirect("journey-sent", journey_id=journey_id)
    grant(request, response, *done.grants)
    return response


@require_safe
def sent(request: HttpRequest, journey_id: UUID) -> HttpResponse:
    """It is sent: references, what happens next, how to follow it."""
    now, viewer = clock.now(), resident_of(request)
    seen = journeys.circumstances(viewer, journey_id, language=language(), now=now)
    if seen is None or seen.state is not JourneyState.SENT:
        return redirect("journey", journey_id=journey_id)
    keys = reads.keys_of_sender(seen, now=now)
    viewer = replace(viewer, grants=viewer.grants | keys)
    lines = reads.sent_cases(viewer, journey_id, language(), now=now)
    if not lines:
        return closed(request)
    response = render(request, "ui/patterns/sent.html", resident_page.sent_page(seen, lines))
    if not keys <= resident_of(request).grants:  # the answer to the button was lost on its way, or sent in another tab
        grant(request, response, *keys)
    return response


@require_safe
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """PAGES 5: where it stands, what next, what is needed; or how to get to it, where this browser has no key."""
    try:
        found = _found(request, reference, asked_before(request.GET))
    except CursorForged:
        return redirect("case", reference=reference)
    if found is None:
        return _locked(request, reference)
    return _page(request, found)


@sent_from("case", "reference")
def write(request: HttpRequest, reference: str) -> HttpResponse:
    """A message to those who work on it."""
    found = _found(request, reference)
    if found is None:
        return _locked(request, reference)
    text, fault = forms.text_in(request, "message")
    now = clock.now()
    if not fault and too_often("case.write", str(found.id), most=MOST_MESSAGES, within=timedelta(hours=1), now=now):
        fault = Fault(gettext("You have sent many messages in the last hour. Wait a while, or ring"), "message")
    if fault:
        return _page(request, found, message=text, fault=fault)
    written, viewer = Written(text=text, language=language()), resident_of(request)
    actions.write(found.id, written, form=forms.form_of(request), viewer=viewer, now=now)
    return noticed(request, redirect("case", reference=found.line.reference), "written")


@sent_from("case", "reference")
def take_step(request: HttpRequest, reference: str, step: str) -> HttpResponse:
    """What the process lets the resident do: give what was asked for, say that it is not fixed."""
    found = _found(request, reference)
    if found is None:
        return _locked(request, reference)
    button, now, viewer = pressed(request), clock.now(), resident_of(request)
    if actions.taken_before(found.id, step, button):
        return noticed(request, redirect("case", reference=found.line.reference), "taken")
    wanted = next((s for s in found.steps if s.id == step), None)
    if wanted is None:
        return _gone(request, found, step, button)
    about = forms.keeping(found.organisation_id, found.id, viewer.actor, now)
    form = forms.posted_step(request, found.package, wanted, about, language())
    if not form.is_taken:
        return _page(request, found, form=form)
    try:
        actions.take_step(
            found.id, wanted.id, reason=form.reason, written=form.written, pressed=button, viewer=viewer, now=now
        )
    except SentBefore:
        pass
    except StepRefused as refused:
        return _refused(request, found.line.reference, form, refused.refusals, button)
    return noticed(request, redirect("case", reference=found.line.reference), "taken")


@require_safe
def file(request: HttpRequest, reference: str, file_id: UUID) -> HttpResponse:
    """A file of the case, to whoever sees it there at this moment: its address alone opens nothing."""
    found = _found(request, reference)
    if found is None:
        return _locked(request, reference)
    if file_id not in shown_ids(found.answers, ()) and not reads.is_attached(found.reader, file_id):
        raise Http404
    return serve(file_id)


@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_link(request: HttpRequest, reference: str) -> HttpResponse:
    """Send a link to the addresses left with the case. Says the same whether there is such a case or not."""
    if request.method != "POST":
        return _link_is_on_its_way(request, reference)
    typed, now = parse_reference(reference), clock.now()
    if typed and too_often("case.link", typed, most=MOST_LINKS, within=timedelta(hours=1), now=now):
        return render(request, "cases/link_sent.html", {"reference": typed, "too_often": True}, status=429)
    if typed:
        actions.send_link(typed, _link, actor=resident_of(request).actor, now=now)
    return noticed(request, redirect("case-link", reference=reference[:20]), "asked")


def _link_is_on_its_way(request: HttpRequest, reference: str) -> HttpResponse:
    """Said once, after the button; whoever comes back to the address later finds the button."""
    if not just_done(request, "asked"):
        return redirect("case", reference=reference)
    context = {"reference": parse_reference(reference) or reference[:20], "too_often": False}
    return shown_once(request, "cases/link_sent.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the mail: a page with a button; pressing it uses up the link and opens the case here."""
    now, viewer = clock.now(), resident_of(request)
    if request.method != "POST":
        if identity.peek_token(actions.FOLLOW_PURPOSE, token, now=now) is None:
            return _spent(request, token)
        return render(request, "cases/open_link.html", {"found": True})
    participation = identity.use_token(actions.FOLLOW_PURPOSE, token, actor=viewer.actor, now=now)
    reference = actions.follow(participation, viewer=viewer, now=now) if participation else None
    if participation is None or reference is None:
        return _spent(request, token)
    response = redirect("case", reference=reference)
    grant(request, response, participation)
    return response


def _spent(request: HttpRequest, token: str) -> HttpResponse:
    """The link is used up or too old: on to the case where it is open already, else how to get a new link."""
    viewer, participation = resident_of(request), identity.spent_token(actions.FOLLOW_PURPOSE, token)
    reference = reads.reference_followed(viewer, participation, now=clock.now()) if participation else ""
    if reference:
        return redirect("case", reference=reference)
    return render(request, "cases/open_link.html", {"found": False}, status=410)


def _refused(
    request: HttpRequest, reference: str, form: StepForm, refusals: tuple[str, ...], button: Pressed
) -> HttpResponse:
    """The case as it stands now, with what was written: in its form, or above where that is gone."""
    found = _found(request, reference)
    if found is None:
        return _locked(request, reference)
    if form.step.id not in {step.id for step in found.steps}:
        return _gone(request, found, form.step.id, button, refusals)
    fault = why_not(refusals, found.reader, button, language(), field_id=f"step-{form.step.id}")
    return _page(request, found, form=form, fault=fault)


def _gone(
    request: HttpRequest, found: ResidentCase, step_id: str, button: Pressed, refusals: tuple[str, ...] = ()
) -> HttpResponse:
    """The step is no longer there to take: what was written for it is given back."""
    step = next((s for s in found.package.case_type(found.case_type).steps if s.id == step_id), None)
    given = unsent(request, found.package, step, language(), clock.now()) if step else None
    if button.seen and button.seen == found.version:  # nobody did anything: only time has passed
        refusals = refusals or ("too-late",)
    at = UNSENT if given and given.rows else ""
    fault = why_not(refusals, found.reader, button, language(), field_id=at)
    return _page(request, found, fault=fault, given=given)


def _found(request: HttpRequest, reference: str, before: Before = NEWEST) -> ResidentCase | None:
    typed, viewer = parse_reference(reference), resident_of(request)
    return reads.resident_case(viewer, typed, language(), now=clock.now(), before=before) if typed else None


def _page(
    request: HttpRequest,
    found: ResidentCase,
    *,
    message: str = "",
    fault: Fault | None = None,
    form: StepForm | None = None,
    given: Unsent | None = None,
) -> HttpResponse:
    back = reverse("account") if request.user.is_authenticated else ""
    context = resident_page.case_page(
        found, language(), clock.now(), back_href=back, message=message, fault=fault, form=form
    )
    context["unsent"] = unsent_part(given, message=context["message_action"])
    return shown_once(request, "ui/patterns/case.html", context, status=422 if context["faults"] else 200)


def _locked(request: HttpRequest, reference: str) -> HttpResponse:
    context = {"reference": parse_reference(reference) or "", "written": written_in(request)}
    return render(request, "cases/locked.html", context, status=404)


def _link(token: str, spoken: str) -> str:
    with override(spoken):
        return str(settings.ADDRESS) + reverse("case-open", kwargs={"token": token})
