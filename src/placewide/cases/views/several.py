"""Several cases at once: what is offered, what it would do to each, said before it is done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from placewide.cases.reads import InboxLine
from placewide.cases.reads.inbox import PlainStep
from placewide.cases.terms import Pressed
from placewide.cases.views.forms import form_of
from placewide.cases.views.inbox_address import back_to_inbox, id_in
from placewide.identity.terms import Colleague
from placewide.kernel.ids import new_id
from placewide.kernel.terms import Viewer

MOST = 100  # cases at once
NOBODY = "nobody"
_STEP = "step"


@dataclass(frozen=True, slots=True)
class Deed:
    """What to do with each case: take a step, or give it to somebody (None: back to the team)."""

    value: str  # as it was sent
    step: str = ""
    case_type: str = ""
    user_id: UUID | None = None
    name: str = ""  # of whoever gets them
    to: Colleague | None = None


def several_options(lines: Sequence[InboxLine], viewer: Viewer, staff: Sequence[Colleague]) -> list[dict[str, str]]:
    """What can be done with cases of this list; none where there is no case to tick."""
    if not any(line.ours and line.open and line.case_id for line in lines):
        return []
    steps = {f"{_STEP}:{line.case_type}:{step.id}": step.label for line in lines for step in line.steps}
    options = [{"id": value, "text": gettext("Step: %(step)s") % {"step": label}} for value, label in steps.items()]
    give = gettext("Give to: %(name)s")
    options.append({"id": str(viewer.user_id), "text": give % {"name": gettext("me")}})
    options += [{"id": str(u.id), "text": give % {"name": with_teams(u)}} for u in staff if u.id != viewer.user_id]
    return [*options, {"id": NOBODY, "text": gettext("Give back to the team")}]


def deed_of(value: str, viewer: Viewer, staff: Iterable[Colleague]) -> Deed | None:
    """What was chosen; None where nothing was, or somebody who does not work here."""
    what, _, rest = value.partition(":")
    if what == _STEP:
        case_type, _, step = rest.partition(":")
        return Deed(value, step=step, case_type=case_type) if step else None
    if value == NOBODY:
        return Deed(value)
    user = next((user for user in staff if user.id == id_in(value)), None)
    if user is None:
        return None
    mine = user.id == viewer.user_id
    return Deed(value, user_id=user.id, name=gettext("me") if mine else user.name, to=None if mine else user)


def with_teams(one: Colleague) -> str:
    """What a colleague is called where somebody is chosen: two may have one name, and the team decides who reads."""
    return f"{one.name} – {', '.join(one.teams)}" if one.teams else one.name


def outside(deed: Deed, lines: Sequence[InboxLine]) -> str:
    """That whoever gets these cases could not read them before; empty where everybody in the team can."""
    far = [line for line in lines if deed.to and deed.to.is_outside(line.team_id)]
    if not far or deed.to is None:
        return ""
    if len(lines) == 1:
        text = gettext("%(name)s is not in %(team)s. They will be able to read this case.")
        return text % {"name": deed.name, "team": far[0].team}
    return ngettext(
        "%(name)s is not in the team of %(number)s of these cases. They will be able to read it.",
        "%(name)s is not in the team of %(number)s of these cases. They will be able to read them.",
        len(far),
    ) % {"name": deed.name, "number": len(far)}


def step_of(deed: Deed, line: InboxLine) -> PlainStep | None:
    """The step as this case offers it now."""
    return next((s for s in line.steps if s.id == deed.step and line.case_type == deed.case_type), None)


def pressed_with(request: HttpRequest) -> dict[UUID, Pressed]:
    """The button of the page that asks whether to do it, for each case as that page showed it."""
    form = form_of(request)
    shown = (text.partition(" ")[::2] for text in request.POST.getlist("_seen")[:MOST])
    return {case_id: Pressed(form, seen[:100]) for text, seen in shown if (case_id := id_in(text))}


def able(deed: Deed, line: InboxLine) -> bool:
    """Whether it can be done with this case."""
    return step_of(deed, line) is not None if deed.step else line.ours and line.open


def several_page(deed: Deed, lines: Sequence[InboxLine], language: str, inbox: str) -> dict[str, Any]:
    """Which cases, what happens to them, who is told, and which are left out and why."""
    chosen = [line for line in lines if able(deed, line)]
    title, text, button = _words(deed, chosen)
    return {
        "title": title,
        "text": text,
        "button": button,
        "outside": outside(deed, chosen),
        "rows": [_row(line, language) for line in chosen],
        "left": [_row(line, language) | {"why": _why(deed, line)} for line in lines if not able(deed, line)],
        "action": reverse("inbox-several"),
        "hidden": {"to": deed.value, "inbox": inbox, "sure": "yes", "_form": str(new_id())},
        "back_href": back_to_inbox(inbox),
    }


def _words(deed: Deed, lines: Sequence[InboxLine]) -> tuple[str, str, str]:
    """Title, what will happen, the words on the button."""
    number = len(lines)
    if not number:
        text = gettext("None of the cases you chose can be taken further like this. Nothing was done.")
        return gettext("This cannot be done now"), text, ""
    cases = ngettext("%(number)s case", "%(number)s cases", number) % {"number": number}
    step = step_of(deed, lines[0]) if deed.step else None
    if step:
        tells = gettext("Whoever follows a case gets a message.") if step.tells else gettext("Nobody gets a message.")
        text = gettext("Each will then stand at “%(state)s”.") % {"state": step.to}
        return (
            gettext("%(step)s: %(cases)s?") % {"step": step.label, "cases": cases},
            f"{text} {tells}",
            gettext("%(step)s: %(cases)s") % {"step": step.label, "cases": cases},
        )
    tells = gettext("The people who sent them are not told.")
    team = gettext("They will be nobody’s, and everybody in the team can take them.")
    theirs = gettext("They will stand under “My work” of whoever gets them.")
    if deed.user_id is None:
        return (
            gettext("Give back to the team: %(cases)s?") % {"cases": cases},
            f"{team} {tells}",
            gettext("Give back to the team: %(cases)s") % {"cases": cases},
        )
    named = {"name": deed.name, "cases": cases}
    return (
        gettext("Give to %(name)s: %(cases)s?") % named,
        f"{theirs} {tells}",
        gettext("Give to %(name)s: %(cases)s") % named,
    )


def _row(line: InboxLine, language: str) -> dict[str, str]:
    return {
        "id": str(line.case_id),
        "seen": f"{line.case_id} {line.version}",
        "title": line.about or line.title_in(language),
        "about": " – ".join(filter(None, (line.service or line.title_in(language), line.sentence))),
        "reference": line.reference,
        "who": line.assignee or gettext("Nobody yet"),
    }


def _why(deed: Deed, line: InboxLine) -> str:
    if not line.ours:
        return gettext("It belongs to %(organisation)s") % {"organisation": line.organisation}
    if not line.open:
        return gettext("It is closed")
    if deed.step and line.case_type != deed.case_type:
        return gettext("This service has no such step")
    return gettext("This step cannot be taken from where it stands")
