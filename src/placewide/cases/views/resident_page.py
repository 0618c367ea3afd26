"""What a resident's case page shows, worked out from what was read; the template only lays it out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from placewide.cases.reads import CaseLine, ResidentCase
from placewide.cases.reads.timeline import ShownEntry
from placewide.cases.terms import Sees
from placewide.cases.views.earlier import ways
from placewide.cases.views.files import listed, shown_ids
from placewide.cases.views.forms import StepForm, draw_step, speaker_for
from placewide.cases.views.spoken import answered, marked
from placewide.journeys.reaching import ring_first
from placewide.journeys.showing import voice
from placewide.journeys.terms import Circumstances
from placewide.kernel.ids import new_id
from placewide.messages.rules import choose_channel
from placewide.messages.terms import Channel, Contact
from placewide.people.terms import AccessNeed
from placewide.services import rules
from placewide.services.rules import Speaker, deadline_at
from placewide.services.terms import Step, StepKind
from placewide.ui.terms import Fault
from placewide.ui.wording import plain_date, plain_datetime


def sent_page(seen: Circumstances, lines: tuple[CaseLine, ...]) -> dict[str, Any]:
    """It is sent: what to keep, what happens next, by when."""
    say = voice(seen)
    return {
        "title": say.say("sent.title"),
        "reference": lines[0].reference if len(lines) == 1 else "",
        "cases": [{"name": line.service, "reference": line.reference, "href": case_href(line)} for line in lines],
        "urgent": next(({"title": u["title"], "text": u["text"]} for u in _urgent(seen)), None),
        "next": [_next_once_sent(line, say, seen.language) for line in lines[:1]],
        "mail": _mailed(seen, lines),
        "follow_href": case_href(lines[0]) if len(lines) == 1 else "",
        "follow": gettext("See where it stands"),
    }


def _mailed(seen: Circumstances, lines: tuple[CaseLine, ...]) -> str:
    """Whether a mail is on its way; where it might put them in danger, that there is none."""
    if any(line.held for line in lines):
        return gettext(
            "We send you no letter and no email about this: somebody else might open it. "
            "A person reaches you in the way you said is safe. Write down your reference if it is safe to."
        )
    return gettext("We have sent this to your email too.") if _is_mailed(seen) else ""


def _is_mailed(seen: Circumstances) -> bool:
    """Whether whoever filled this in is written to by email, rather than by letter, by phone or not at all."""
    for role, told in rules.people(seen.package, seen.walk.known).values():
        if role.signed_in:
            contact = Contact(told.get("email", ""), told.get("phone", ""), "given" if "address" in told else "")
            return choose_channel(contact, AccessNeed.among(told.get("access_needs", ()))).channel is Channel.EMAIL
    return False


def case_page(
    found: ResidentCase,
    language: str,
    now: datetime,
    *,
    back_href: str,
    message: str,
    fault: Fault | None,
    form: StepForm | None,
) -> dict[str, Any]:
    """PAGES 5. ``form``: a step that was sent with something wrong; ``message``: one that could not be taken."""
    line = found.line
    kept = listed(
        shown_ids(found.answers, found.entries), lambda file_id: reverse("case-file", args=[line.reference, file_id])
    )
    faults = (*((fault,) if fault else ()), *(form.faults if form else ()))
    return {
        "title": f"{line.service}: {line.about}" if line.about else line.service,
        "reference": line.reference,
        "back_href": back_href,
        "sentence": line.sentence,
        "kind": _kind(line),
        "since": gettext("Since %(when)s") % {"when": plain_date(found.state_since, language)},
        "done": "",
        "faults": faults,
        "need": _need(found, form, language, now),
        "next": _next(found, language),
        "thread": _thread(found, language),
        "message_action": reverse("case-write", args=[line.reference]) if _may_write(found) else "",
        "message_text": message,
        "message_error": fault.text if fault and fault.field_id == "message" else "",
        "timeline": [_happened(entry, kept, language) for entry in found.timeline.events],
        "earlier": ways(case_href(line), found.timeline, {}),
        "answers": [answered(answer, language) for answer in found.answers if not answer.files],
        "files": _of(kept, (i for answer in found.answers for i in answer.files)),
        "provider": _provider(found),
        "not_fixed": _not_fixed(found, form, language, now),
        "linked": [{"name": f"{other.service}: {other.sentence}", "href": case_href(other)} for other in found.others],
        "hidden": {},
        "seen": found.version,
        "form_id": str(new_id()),
    }


def case_href(line: CaseLine) -> str:
    """Where the case is followed."""
    return reverse("case", args=[line.reference])


def _next_once_sent(line: CaseLine, say: Speaker, language: str) -> dict[str, str]:
    """The first thing that happens, and by when unless the sentence says so itself."""
    due = plain_date(line.due_at, language) if line.due_at else ""
    text = say.say("sent.next", due=due)
    return {"when": "" if due and due in text else _by(line.due_at, language), "text": text}


def _next(found: ResidentCase, language: str) -> list[dict[str, str]]:
    """What happens next, and by when unless the sentence says so itself."""
    due = found.line.due_at if found.line.open else None
    said = due is not None and plain_date(due, language) in found.next
    return [{"when": "" if said else _by(due, language), "text": found.next}] if found.next else []


def _kind(line: CaseLine) -> str:
    if not line.open:
        return "done"
    return "waiting" if line.waits_for_you else "open"


def _by(due: datetime | None, language: str) -> str:
    return gettext("By %(date)s") % {"date": plain_date(due, language)} if due else ""


def _urgent(seen: Circumstances) -> list[dict[str, str]]:
    say = voice(seen)
    rules = seen.outcome.urgent
    title, text = ring_first(seen)
    first = [{"title": title, "text": text}] if title else []
    return first + [{"title": say.say(f"rules.{r.id}.title"), "text": say.say(f"rules.{r.id}.body")} for r in rules]


def _need(found: ResidentCase, form: StepForm | None, language: str, now: datetime) -> dict[str, Any] | None:
    """What the resident is asked for: the step that the process leaves to them while it waits."""
    step = next((s for s in found.steps if s.kind is not StepKind.REOPEN), None)
    if step is None or not found.line.waits_for_you:
        return None
    say = speaker_for(found.package, language, now)
    asked = found.asked
    tongue = {key: told for key, told in marked(asked, language).items() if key == "lang"} if asked else {}
    words = f"cases.{found.case_type}.steps.{step.id}"
    return {
        "title": gettext("Needed from you"),
        "step": step.id,
        **tongue,
        "text": "\n\n".join(text for _, text in asked.recorded) if asked else found.next,
        "action": reverse("case-step", args=[found.line.reference, step.id]),
        "components": draw_step(found.package, form or StepForm(step), language, now),
        "files": form.shown_files if form else {},
        "multipart": any(q.kind == "files" for q in step.asks),
        "button": say.say(f"{words}.label"),
    }


def _not_fixed(found: ResidentCase, form: StepForm | None, language: str, now: datetime) -> dict[str, Any] | None:
    """Saying that it is not done, with what the package asks of whoever says so."""
    step: Step | None = next((s for s in found.steps if s.kind is StepKind.REOPEN), None)
    if step is None:
        return None
    until = deadline_at(found.state_since, step.within, found.nation) if step.within else None
    key = f"cases.{found.case_type}.steps.{step.id}.reasons"
    return {
        "action": reverse("case-step", args=[found.line.reference, step.id]),
        "step": step.id,
        "reason": form.reason if form else "",
        "until": plain_date(until, language) if until else "",
        "components": draw_step(found.package, form or StepForm(step), language, now),
        "files": form.shown_files if form else {},
        "multipart": any(q.kind == "files" for q in step.asks),
        "reasons": [{"id": r, "text": found.package.text(f"{key}.{r}", language)} for r in step.reasons],
    }


def _may_write(found: ResidentCase) -> bool:
    """Below the newest messages: what is written below old ones would read as an answer to them."""
    return found.sees is not Sees.PROGRESS and not found.timeline.shown.messages


def _thread(found: ResidentCase, language: str) -> list[dict[str, Any]]:
    """Messages, oldest first."""
    return [
        {
            "who": entry.organisation or gettext("You"),
            "when": plain_datetime(entry.at, language),
            "at": entry.at.isoformat(timespec="seconds"),
            "text": entry.text,
            "mine": entry.by == "resident",
            **marked(entry, language),
        }
        for entry in reversed(found.timeline.messages)
    ]


def _happened(entry: ShownEntry, kept: Mapping[UUID, dict[str, Any]], language: str) -> dict[str, Any]:
    told = [entry.text, *(text for _, text in entry.recorded)]
    return {
        "title": entry.sentence,
        "when": plain_datetime(entry.at, language),
        "at": entry.at.isoformat(timespec="seconds"),
        "by": entry.organisation,
        "text": "\n\n".join(filter(None, told)),
        "files": _of(kept, entry.files),
        **marked(entry, language),
    }


def _of(kept: Mapping[UUID, dict[str, Any]], file_ids: Iterable[UUID]) -> list[dict[str, Any]]:
    return [kept[file_id] for file_id in file_ids if file_id in kept]


def _provider(found: ResidentCase) -> dict[str, str]:
    return {
        "name": found.line.organisation,
        "text": gettext("They look after this from start to end, whoever helps them."),
        "phone": found.organisation_phone,
        "complain_href": reverse("help") + "#complain",
    }
