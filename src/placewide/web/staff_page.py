"""What the staff case page shows, worked out from what was read; the template only lays it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from placewide.cases.reads import StaffCase
from placewide.cases.reads.staff import Note, TakesPart
from placewide.cases.reads.timeline import ShownEntry
from placewide.cases.terms import EntryKind, Sees
from placewide.cases.views.due import days_left, due_words, rule_words
from placewide.cases.views.files import listed, shown_ids
from placewide.cases.views.forms import StepForm, draw_step, speaker_for
from placewide.cases.views.holding import held_panel, nothing_is_sent, reaching_now, sending
from placewide.cases.views.refused import Unsent, unsent_part
from placewide.cases.views.sent_words import sent_words
from placewide.cases.views.several import with_teams
from placewide.cases.views.spoken import answered, language_name, marked, readers, who_reads
from placewide.cases.views.to_do import to_do
from placewide.identity.terms import Colleague
from placewide.kernel.ids import new_id
from placewide.kernel.terms import Viewer
from placewide.people.wording import need_words
from placewide.services.kinds.telephone import readable
from placewide.services.terms import Step, StepKind
from placewide.ui.terms import Fault
from placewide.ui.wording import plain_date, plain_datetime
from placewide.web.handing_over import HandOver, fields
from placewide.web.warning import NewWarning, warn_card, warnings_shown


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent from the page and could not be taken as it is; everything typed is shown again."""

    fault: Fault | None = None
    form: StepForm | None = None
    handing: HandOver | None = None
    warning: NewWarning | None = None
    message: str = ""
    note: str = ""
    unsent: Unsent | None = None  # written for a step that is no longer there
    why: str = ""  # nothing may be sent to somebody, or may again

    @property
    def faults(self) -> tuple[Fault, ...]:
        """All that is to mend, as it stands on the page."""
        handing = self.handing.faults(self.form.step) if self.handing and self.form else ()
        warned = self.warning.faults if self.warning else ()
        return (*((self.fault,) if self.fault else ()), *(self.form.faults if self.form else ()), *handing, *warned)

    def said_at(self, name: str) -> str:
        """What is wrong with one field outside the steps."""
        return self.fault.text if self.fault and self.fault.field_id == name else ""


def staff_page(
    found: StaffCase,
    viewer: Viewer,
    staff: Sequence[Colleague],
    language: str,
    now: datetime,
    *,
    sent: Sent,
) -> dict[str, Any]:
    """PAGES 8."""
    row, due = found.row, found.row.due_at if found.row.open else None
    state = found.package.case_type(row.case_type).state(row.state)
    warnings = warnings_shown(found, language, now)
    return {
        "title": found.service,
        "reference": row.reference,
        "back_href": reverse("inbox"),
        "back": gettext("My inbox"),
        "person": _person(found, warnings, language),
        "reach": reaching_now(found, language),
        "held": held_panel(found, language),
        "sentence": found.next if row.open and found.next else found.sentence,
        "since": gettext("%(state)s since %(when)s")
        % {"state": found.sentence.removesuffix("."), "when": plain_date(row.state_since, language)},
        "due": due_words(due, now, language, urgent=row.urgent),
        "left": days_left(due, now),
        "owner": _owner(found),
        "done": "",
        "faults": sent.faults,
        "rule": rule_words(state.due, row.state_since, due, language),
        "steps": [_step(found, step, sent, language, now) for step in found.steps],
        "step_action": reverse("staff-step", args=[row.reference]),
        "todo": to_do(found.tasks, found.names, now, language),
        "settle_action": reverse("staff-settle", args=[row.reference]),
        "assign": _assign(found, viewer, staff),
        "warn": warn_card(found, sent.warning, warnings),
        "hidden": {},
        "seen": found.version,
        "notes": _notes(found),
        "answers": _answers(found, language),
        "source": _told(found, language),
        "timeline": [_happened(found, entry, language) for entry in found.timeline.events],
        **(writing := _writing(found, language, sent)),
        "unsent": unsent_part(sent.unsent, message=writing["message_action"], note=writing["note_action"]),
        "files": _files(found, language),
        "people": _people(found, viewer, sent, language),
        "bodies": [_body(found, part, language) for part in found.taking_part if part.role == "partner"],
        "linked": [_linked(reference, name) for reference, name in found.others],
        "step_files": sent.form.shown_files if sent.form else {},
    }


def _writing(found: StaffCase, language: str, sent: Sent) -> dict[str, Any]:
    """Messages with the resident, and notes among staff; none any more where something was deleted as promised.

    Both are written below the newest: what stands below old ones would read as an answer to them.
    """
    gone, older = bool(found.row.disposed), found.timeline.shown
    return {
        "thread": [_message(entry, language) for entry in reversed(found.timeline.messages)],
        "sent": sent_words(found, language),
        "message_action": reverse("staff-write", args=[found.row.reference])
        if found.sees is Sees.ALL and not gone and not older.messages
        else "",
        "message_text": sent.message,
        "message_hint": " ".join(
            filter(None, (who_reads(found.taking_part), nothing_is_sent(found), readers(found.taking_part, language)))
        ),
        "message_readers": who_reads(found.taking_part),
        "form_id": str(new_id()),
        "message_error": sent.said_at("message"),
        "note_action": "" if gone or older.events else reverse("staff-note", args=[found.row.reference]),
        "note_text": sent.note,
        "note_error": sent.said_at("note"),
    }


def _person(found: StaffCase, warnings: list[dict[str, Any]], language: str) -> dict[str, Any] | None:
    """Whom it is about; for a case about a place, the place."""
    person = found.person
    if person is None:
        bare: dict[str, Any] = {"facts": [], "needs": [], "warnings": [], "source": ""}
        return {"name": found.row.place, **bare} if found.row.place else None
    known = [
        (gettext("Born"), plain_date(person.born_on, language, year=True) if person.born_on else ""),
        (gettext("Address"), str(person.address.get("text", ""))),
        (gettext("Email"), person.email),
        (gettext("Reads"), language_name(person.language)),
    ]
    return {
        "name": person.name or gettext("No name given"),
        "facts": [{"key": key, "value": value} for key, value in known if value] + _rung(person.phone, found),
        "needs": [need_words(need) for need in person.access_needs],
        "warnings": warnings,
        "source": gettext("As told on %(when)s") % {"when": plain_date(found.row.opened_at, language)},
    }


def _rung(phone: str, found: StaffCase) -> list[dict[str, str]]:
    """In the street a number is pressed, not copied; not where a call may put somebody in danger."""
    if not phone:
        return []
    told = {"key": gettext("Phone"), "value": readable(phone) or phone}
    if found.reach:
        return [told | {"value": gettext("%(number)s – read first how it is safe") % {"number": told["value"]}}]
    if found.careful:
        words = gettext("%(number)s – do not ring: it is not known yet how it is safe")
        return [told | {"value": words % {"number": told["value"]}}]
    return [told | {"href": f"tel:{phone}"}]


def _told(found: StaffCase, language: str) -> str:
    """Where the answers come from: one moment, so it is said once for all of them."""
    when = plain_datetime(found.row.opened_at, language)
    return gettext("Told by whoever sent this, on %(when)s") % {"when": when}


def _owner(found: StaffCase) -> str:
    """Who does it, in a sentence."""
    if not found.ours:
        return gettext("%(organisation)s answers for this case") % {"organisation": found.organisation}
    who = found.row.assignee
    team = found.row.team.name if found.row.team else found.organisation
    if who is None:
        return gettext("Nobody in %(team)s has it yet") % {"team": team}
    return gettext("%(name)s has it, %(team)s") % {"name": who.name or who.email, "team": team}


def _step(found: StaffCase, step: Step, sent: Sent, language: str, now: datetime) -> dict[str, Any]:
    """One step to take: its words, reasons and questions; opened again where something was wrong with it."""
    again = sent.form is not None and sent.form.step.id == step.id
    mine = sent.form if sent.form is not None and again else StepForm(step)
    handing = fields(found, step, sent.handing if again else None, now) if step.kind is StepKind.HAND_OVER else ()
    key = f"cases.{found.row.case_type}.steps.{step.id}"
    say = speaker_for(found.package, language, now).say
    back = step.kind is StepKind.TAKE_BACK and not found.ours
    label = gettext("Give it back") if back else say(f"{key}.label")
    return {
        "id": step.id,
        "label": label,
        "hint": say(f"{key}.hint"),
        "law": step.law,
        "held": nothing_is_sent(found) if step.message else "",
        "reasons": [{"id": reason, "text": say(f"{key}.reasons.{reason}")} for reason in step.reasons],
        "reason": mine.reason,
        "error": mine.error,
        "components": (*draw_step(found.package, mine, language, now), *handing),
        "open": again,
        "button": label,
    }


def _assign(found: StaffCase, viewer: Viewer, staff: Sequence[Colleague]) -> dict[str, Any] | None:
    if not (found.ours and found.row.open):
        return None
    people = [{"id": str(user.id), "text": with_teams(user)} for user in staff if user.id != viewer.user_id]
    options = [{"id": str(viewer.user_id), "text": gettext("Me")}, *people]
    return {
        "action": reverse("staff-assign", args=[found.row.reference]),
        "options": [*options, {"id": "nobody", "text": gettext("Back to the team")}],
        "value": str(found.row.assignee_id or ""),
        "button": gettext("Give it"),
    }


def _notes(found: StaffCase) -> list[dict[str, str]]:
    """What should be known before anything is decided."""
    shown = []
    told = [note for note in found.notes if note.text and (found.row.urgent or not note.urgent)]
    if found.row.urgent and not any(note.urgent for note in told):
        text = gettext("Somebody may be at risk. Look at this now.")
        shown.append({"title": gettext("Urgent"), "text": text, "kind": "bad"})
    if not found.ours:
        ours = next((p for p in found.taking_part if p.role == "partner"), None)
        title = gettext("You were asked by %(organisation)s") % {"organisation": found.organisation}
        shown.append({"title": title, "text": ours.reason if ours else "", "kind": "know", "lang": ""})
    return [*shown, *(_known(note) for note in told)]


def _known(note: Note) -> dict[str, str]:
    return {"title": note.title, "text": note.text, "kind": "bad" if note.urgent else "know"}


def _was_urgent(found: StaffCase, entry: ShownEntry) -> list[dict[str, str]]:
    """What was urgent when the case came, once it is seen to: it stands where it was told, and no longer on top."""
    if entry.kind is not EntryKind.OPENED or found.row.urgent:
        return []
    said = [f"{note.title.removesuffix('.')}. {note.text}" for note in found.notes if note.urgent and note.text]
    return [{"key": gettext("Urgent then"), "value": each} for each in said]


def _answers(found: StaffCase, language: str) -> list[dict[str, Any]]:
    rows = [answer for answer in found.answers if not answer.files]
    return [
        {"title": section, "rows": [answered(answer, language) for answer in some]}
        for section, some in groupby(rows, key=lambda answer: answer.section)
    ]


def _happened(found: StaffCase, entry: ShownEntry, language: str) -> dict[str, Any]:
    title = entry.sentence or (gettext("Note") if entry.kind is EntryKind.NOTE else "")
    return {
        "title": title,
        "when": plain_datetime(entry.at, language),
        "at": entry.at.isoformat(timespec="seconds"),
        "by": ", ".join(filter(None, (entry.name, entry.organisation))),
        "reason": f"{entry.reason.removesuffix('.')}." if entry.reason else "",
        "text": entry.text,
        "facts": [*_was_urgent(found, entry), *({"key": question, "value": text} for question, text in entry.recorded)],
        **marked(entry, language),
    }


def _by(entry: ShownEntry) -> str:
    return ", ".join(filter(None, (entry.name, entry.organisation))) or gettext("The resident")


def _message(entry: ShownEntry, language: str) -> dict[str, Any]:
    return {
        "who": _by(entry),
        "when": plain_datetime(entry.at, language),
        "at": entry.at.isoformat(timespec="seconds"),
        "text": entry.text,
        "mine": entry.by != "resident",
        **marked(entry, language),
    }


def _files(found: StaffCase, language: str) -> list[dict[str, Any]]:
    """Each file with who gave it and when, where that was after the case was opened."""
    reference, given = found.row.reference, (*found.attached, *found.timeline.events)
    kept = listed(shown_ids(found.answers, given), lambda i: reverse("staff-file", args=[reference, i]))
    for entry in given:
        for file_id in entry.files:
            if file_id in kept:
                kept[file_id] |= {"by": _by(entry), "when": plain_datetime(entry.at, language)}
    return list(kept.values())


def _people(found: StaffCase, viewer: Viewer, sent: Sent, language: str) -> list[dict[str, Any]]:
    """Who follows the case and what they see; the person it is about stands at the top of the page already."""
    sees = {
        "all": gettext("Sees everything that was sent, and messages"),
        "onward": gettext("Sees what is done and written, not what was sent: others may read it"),
        "sent": gettext("Sees progress and messages"),
        "messages": gettext("Sees only what is written to them"),
        "progress": gettext("Sees only the progress"),
    }
    again = (sent.fault.field_id, sent.why, sent.fault.text) if sent.fault else ("", "", "")
    return [
        {
            "role": gettext("Follows this case"),
            "name": part.name
            or (
                gettext("Whoever sent it, by email")
                if part.by_email
                else gettext("Whoever sent it, in their own browser")
            ),
            "facts": [
                {"key": gettext("Sees"), "value": sees[part.sees]},
                {"key": gettext("Since"), "value": plain_date(part.begins, language)},
                *([{"key": gettext("Is sent"), "value": gettext("Nothing, until it is safe")}] if part.held else []),
            ],
            "sending": sending(found, part, viewer, again),
        }
        for part in found.taking_part
        if part.role != "partner"
    ]


def _body(found: StaffCase, part: TakesPart, language: str) -> dict[str, Any]:
    return {
        "name": part.name,
        "why": part.reason,
        "until": plain_date(part.ends, language) if part.ends else "",
        "sees": gettext("Sees only what was shared, and may act")
        if part.sees == Sees.SHARED
        else gettext("Sees this case and may act on it"),
        "end_action": reverse("staff-end", args=[found.row.reference, part.id]) if found.ours else "",
    }


def _linked(reference: str, name: str) -> dict[str, str]:
    return {"name": name, "href": reverse("staff-case", args=[reference]), "sentence": reference}
