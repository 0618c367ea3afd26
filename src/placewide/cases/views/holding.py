"""To whom nothing is sent: said before anything is done, with what is to be said to them and how it is lifted."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from placewide.cases.actions.hold import MAY_HOLD
from placewide.cases.reads import StaffCase
from placewide.cases.reads.staff import TakesPart
from placewide.journeys.reaching import Reaching
from placewide.kernel.terms import Viewer
from placewide.messages.models import Message
from placewide.messages.terms import LEFT_TASK
from placewide.ui.wording import plain_datetime


def nothing_is_sent(found: StaffCase) -> str:
    """Who must be told in a safe way, in two sentences; empty where everybody is sent what concerns them."""
    names = [part.name or gettext("the person") for part in found.taking_part if part.held]
    if not (names and found.ours):
        return ""
    return gettext("Nothing is sent to %(names)s. Find a safe way to tell them.") % {"names": _joined(names)}


def held_panel(found: StaffCase, language: str) -> dict[str, Any] | None:
    """What stands at the top of the page; to a partner only that care is needed, and whom to ask."""
    if not found.ours:
        return _for_a_partner(found) if found.careful and not found.reach else None
    said, left = nothing_is_sent(found), _left(found)
    if not said and not left and not found.held:
        return None
    why = [gettext("Somebody else may open our letters and mails, and hurt them for it.")]
    if not found.reach:
        why.append(gettext("It is not known yet how to reach them safely. Do not ring before you know."))
    lifted = [gettext("It was not sent when it was due. See whether it is still right before you say it.")]
    return {
        "title": said or (left[0] if left else gettext("This was held back and is still to be said")),
        "sentences": [*(left if said else left[1:]), *(why if said else lifted if found.held else [])],
        "kept": [_kept(message, language) for message in found.held],
    }


def _left(found: StaffCase) -> list[str]:
    """That a letter was posted before it could be stopped, until somebody has seen to it."""
    gone = [task for task in found.tasks if task.kind == LEFT_TASK]
    names = dict.fromkeys(found.names.get(task.person_id, "") if task.person_id else "" for task in gone)
    said = [
        gettext("A letter to %(name)s was posted before it could be stopped.") % {"name": name or gettext("the person")}
        for name in names
    ]
    return [*said, gettext("See at once whether it puts them in danger.")] if said else []


def sending(found: StaffCase, part: TakesPart, viewer: Viewer, again: tuple[str, str, str]) -> dict[str, Any] | None:
    """Where it is decided whether anything is sent to somebody; none for those who may not decide it.

    ``again``: the field that was sent with something wrong, what stood in it, and what is wrong.
    """
    if not (found.ours and part.is_person and viewer.roles & MAY_HOLD):
        return None
    names, field = {"name": part.name or gettext("the person")}, field_of(part.id)
    stop = gettext("Send nothing more to %(name)s") % names
    start = gettext("It is safe to write to %(name)s") % names
    known = gettext("How do you know? Only staff of your organisation read it.")
    feared = gettext(
        "What may happen if somebody else opens what we send? Only staff of your organisation read it. "
        "What waits to be sent is stopped too."
    )
    return {
        "action": reverse("staff-send-again" if part.held else "staff-hold", args=[found.row.reference, part.id]),
        "label": start if part.held else stop,
        "hint": known if part.held else feared,
        "field": field,
        "open": again[0] == field,
        "text": again[1] if again[0] == field else "",
        "error": again[2] if again[0] == field else "",
    }


def field_of(participation_id: object) -> str:
    """The field that says why."""
    return f"why-{participation_id}"


def _for_a_partner(found: StaffCase) -> dict[str, Any]:
    names = {"organisation": found.organisation, "phone": found.ask_at}
    says = [
        gettext("%(organisation)s sends nothing to them: it may put somebody in danger. Ask there how it is safe.")
        % names
    ]
    says += [gettext("Ring %(organisation)s: %(phone)s") % names] if found.ask_at else []
    return {
        "title": gettext("Write to nobody in this case, and ring nobody, before you have asked"),
        "sentences": says,
        "kept": [],
    }


def _kept(message: Message, language: str) -> dict[str, Any]:
    named = {"name": (message.person.name if message.person else "") or gettext("the person")}
    return {
        "title": gettext("Say this to %(name)s") % named,
        "when": plain_datetime(message.queued_at, language),
        "subject": message.subject,
        "paragraphs": message.body.split("\n\n"),
        "lang": "" if message.language == language else message.language,
    }


def _joined(names: list[str]) -> str:
    """``Edith``, or ``Edith and Ruth``."""
    if len(names) == 1:
        return names[0]
    return gettext("%(some)s and %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]}


def reaching_now(found: StaffCase, language: str) -> Reaching | None:
    """How it is safe to reach people, as told; once staff have said that it is safe, that, and what was told before."""
    if found.reach is None or found.released is None:
        return found.reach
    below = gettext("When, and how they know, stands below under “What has happened”.")
    when = {"when": plain_datetime(found.released.at, language)}
    before = gettext("It was said on %(when)s. How they know stands under “What happened earlier”.") % when
    return Reaching(
        title=gettext("Staff have said that it is safe to write to them"),
        theirs=found.reach.theirs,
        sentences=(below if found.released in found.timeline.events else before,),
    )
