"""What somebody writes on a case: a message, or a step with what the package asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext

from placewide.cases.terms import Written
from placewide.journeys.asking import Keeping, complete_addresses, keep_uploads
from placewide.kernel.clock import legal_date
from placewide.kernel.files import reads as stored
from placewide.kernel.files.terms import KeptFile
from placewide.kernel.terms import Actor
from placewide.services import rules
from placewide.services.rules import Speaker
from placewide.services.terms import Component, Package, Problem, Step
from placewide.ui.terms import Fault

_UNUSED_FILES_LIVE = timedelta(days=1)
LONGEST = 2000  # characters of a message


@dataclass(frozen=True, slots=True)
class StepForm:
    """One step's form at one moment."""

    step: Step
    reason: str = ""
    raw: Mapping[str, Any] = field(default_factory=dict)
    written: Written = field(default_factory=Written)
    problems: tuple[Problem, ...] = ()
    error: str = ""  # about the reason
    faults: tuple[Fault, ...] = ()
    files: Mapping[str, KeptFile] = field(default_factory=dict)  # given with it before, by id
    removing: bool = False  # a file was taken out: nothing is checked yet

    @property
    def is_taken(self) -> bool:
        """Whether there is nothing to mend or to look at again."""
        return not self.faults and not self.removing

    @property
    def shown_files(self) -> dict[str, dict[str, Any]]:
        """The files as the form lists them; they open once they are sent."""
        return {i: {"name": kept.name, "size": kept.size, "href": ""} for i, kept in self.files.items()}


def speaker_for(package: Package, language: str, now: datetime) -> Speaker:
    """Says the package's words where no answers are at hand."""
    return rules.speaker(package, language, {"today": legal_date(now).isoformat()})


def posted_step(request: HttpRequest, package: Package, step: Step, about: Keeping, language: str) -> StepForm:
    """The step as it was sent: its reason, and the answers to its questions, checked."""
    say = speaker_for(package, language, about.now)
    sent = {name: request.POST.getlist(name) for name in request.POST}
    kept, refused = keep_uploads(step.asks, request.FILES, about)
    ours, removed = _given(step, about), request.POST.get("remove", "")
    for question in step.asks:
        if question.kind == "files":  # what came with this form, now or before; nobody else's
            before = [i for i in sent.get(question.id, []) if i in ours and i != removed]
            sent[question.id] = [*dict.fromkeys((*before, *kept.get(question.id, [])))]
    raw, unknown = complete_addresses(step.asks, rules.read_questions(step.asks, sent))
    values, problems = rules.check_step(package, step, raw, say.known, language)
    reason = request.POST.get(f"reason-{step.id}", request.POST.get("reason", ""))
    reason = reason if reason in step.reasons else ""  # nothing anybody typed: it is kept, and stands on the ledger
    if removed:
        return StepForm(step, reason, raw, files=ours, removing=True)
    error = gettext("Choose a reason") if step.reasons and not reason else ""
    every = (*unknown, *refused, *problems)
    faults = [Fault(say.problem(p), rules.field_id(package, p)) for p in every]
    if error:
        faults.insert(0, Fault(error, f"reason-{step.id}"))
    return StepForm(step, reason, raw, _written(step, values, language), every, error, tuple(faults), ours)


def _given(step: Step, about: Keeping) -> dict[str, KeptFile]:
    """The files that whoever fills in gave for this case; none where the step asks for none."""
    asked = any(question.kind == "files" for question in step.asks)
    return stored.given_by(about.actor.user_id, about.about_id) if asked else {}


def draw_step(package: Package, form: StepForm, language: str, now: datetime) -> tuple[Component, ...]:
    """The questions of a step, as components."""
    return rules.draw_questions(form.step.asks, form.raw, form.problems, speaker_for(package, language, now))


def text_in(request: HttpRequest, name: str) -> tuple[str, Fault | None]:
    """The text of a message or note, and what is wrong with it."""
    text = request.POST.get(name, "").replace("\r\n", "\n").replace("\0", "").strip()
    if not text:
        return "", Fault(gettext("Write something first"), name)
    if len(text) > LONGEST:
        return text, Fault(gettext("This must be %(most)s characters or fewer") % {"most": LONGEST}, name)
    return text, None


def form_of(request: HttpRequest) -> str:
    """Which drawing of a form this came from: pressed twice, it says the same twice."""
    return str(request.POST.get("_form", ""))[:40]


def _written(step: Step, values: Mapping[str, Any], language: str) -> Written:
    files = tuple(UUID(i) for q in step.asks if q.kind == "files" for i in values.get(q.id) or ())
    recorded = {q.id: values[q.id] for q in step.asks if q.kind != "files" and values.get(q.id) not in (None, "", [])}
    return Written(recorded=recorded, files=files, language=language)


def keeping(organisation_id: UUID, case_id: UUID, actor: Actor, now: datetime) -> Keeping:
    """Files given with a step belong to the case once it is taken."""
    return Keeping(organisation_id, case_id, actor, now, now + _UNUSED_FILES_LIVE)
