"""A step that is not taken as it was sent: what happened meanwhile, and what was written, which is given back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext

from placewide.cases.reads import Reader, steps_since
from placewide.cases.rules import seen_since
from placewide.cases.terms import Pressed
from placewide.cases.views.forms import form_of, speaker_for
from placewide.kernel.idempotency import meaning
from placewide.services import rules
from placewide.services.terms import Package, Step, StepKind
from placewide.ui.terms import Fault
from placewide.ui.wording import plain_datetime

UNSENT = "unsent"  # where on the page it stands
_MOST_TOLD = 3  # of what happened meanwhile
_NOT_SAID = frozenset({"csrfmiddlewaretoken", "_form", "_seen", "inbox"})


@dataclass(frozen=True, slots=True)
class Unsent:
    """What somebody wrote for a step that is no longer there to take: question and words."""

    rows: tuple[tuple[str, str], ...]
    for_staff: bool = False  # recorded by staff, for staff: never offered as a message to who follows the case

    @property
    def text(self) -> str:
        """The words alone, to be sent another way."""
        return "\n\n".join(words for _, words in self.rows)


def pressed(request: HttpRequest) -> Pressed:
    """The button that was pressed: the form it belongs to with what it says, and the case as the page showed it."""
    form, seen = form_of(request), request.POST.get("_seen", "")[:100]
    if not form:
        return Pressed(seen=seen)
    said = {name: request.POST.getlist(name) for name in request.POST if name not in _NOT_SAID}
    files = [[name, file.name, file.size] for name in request.FILES for file in request.FILES.getlist(name)]
    return Pressed(f"{form}:{meaning([said, files]).hex()}", seen)


def why_not(
    refusals: Sequence[str],
    reader: Reader | None,
    button: Pressed,
    language: str,
    *,
    field_id: str = "",
    named: bool = False,
) -> Fault:
    """Why a step was not taken, what happened after the page was opened, and what to do now.

    ``reader``: who is told, none where nothing happened; ``named``: they are staff, and hear who it was.
    """
    if "too-late" in refusals:
        text = gettext("The time for this is over. Start a new report and it will be looked at.")
    elif "not-by-you" in refusals:
        text = gettext("This is for somebody else to do. Ask a manager if you should be able to.")
    else:
        happened = tuple(_meanwhile(reader, seen_since(button.seen), language, named=named))
        text = " ".join(_quicker(happened, field_id))
    return Fault(text, field_id)


def _quicker(happened: Sequence[str], field_id: str) -> Iterator[str]:
    if happened:
        what = "; ".join(happened)
        yield gettext("Not done yet. Since you opened this page, this has happened: %(what)s.") % {"what": what}
    else:
        yield gettext("Not done yet. Somebody has changed something since you opened this page.")
    if field_id == UNSENT:
        yield gettext("What you wrote is kept below.")
    elif field_id:
        yield gettext("Nothing you wrote is lost. If it is still right, press the button again.")


def _meanwhile(reader: Reader | None, since: datetime | None, language: str, *, named: bool) -> Iterator[str]:
    """The steps taken since, as this reader may read them, newest first."""
    if reader is None or since is None:
        return
    for entry in steps_since(reader, since, most=_MOST_TOLD):
        by = ", ".join(
            filter(None, (entry.name if named else "", entry.organisation, plain_datetime(entry.at, language)))
        )
        yield f"{entry.sentence.removesuffix('.')} ({by})"


def unsent(request: HttpRequest, package: Package, step: Step, language: str, now: datetime) -> Unsent:
    """What was written for a step that cannot be taken any more; files are not taken in."""
    say = speaker_for(package, language, now)
    sent = {name: request.POST.getlist(name) for name in request.POST}
    asked = [question for question in step.asks if question.kind != "files"]
    raw = rules.read_questions(asked, sent)
    values, _ = rules.check_step(package, step, raw, say.known, language)
    shown = [(rules.ask(q, say).label, _words(q.id, rules.show_answer(q, values.get(q.id), say), raw)) for q in asked]
    why = request.POST.get("why", "").replace("\0", "").strip()  # of a hand-over
    rows = tuple((label, words) for label, words in (*shown, ("", why)) if words)
    return Unsent(rows, for_staff=step.kind is not StepKind.ASK and "resident" not in step.by)


def _words(question_id: str, shown: str, raw: Mapping[str, Any]) -> str:
    """An answer as people read it; where it was not right, as it was typed."""
    typed = raw.get(question_id)
    return shown or (typed.replace("\0", "").strip() if isinstance(typed, str) else "")


def unsent_part(given: Unsent | None, *, message: str, note: str = "") -> dict[str, Any] | None:
    """How it stands on the page; ``message``, ``note``: where it can be sent instead, empty where it cannot."""
    if given is None or not given.rows:
        return None
    ways = (
        ("" if given.for_staff else message, "message", gettext("Send it as a message instead")),
        (note, "note", gettext("Keep it as a note instead")),
    )
    return {
        "rows": [{"key": key, "value": value} for key, value in given.rows],
        "text": given.text,
        "ways": [{"action": action, "field": field, "button": button} for action, field, button in ways if action],
    }
