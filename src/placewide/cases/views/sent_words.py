"""What was sent to the people of a case: to whom, how, when, what became of it, and its words."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext

from placewide.cases.reads import StaffCase
from placewide.messages.models import Message
from placewide.messages.terms import Channel, State
from placewide.ui.wording import plain_datetime

# A link may open the case of whoever it was sent to: it is theirs alone.
_LINK = re.compile(r"https?://\S+")


def sent_words(found: StaffCase, language: str) -> list[dict[str, Any]]:
    """Each message as the page lists it, newest first."""
    roles = {part.person_id: part.role for part in found.taking_part if part.person_id}
    return [
        _one(message, roles.get(message.person_id, "") if message.person_id else "", language) for message in found.sent
    ]


def _one(message: Message, role: str, language: str) -> dict[str, Any]:
    name = (message.person.name if message.person else "") or gettext("whoever sent it")
    said = {"about": gettext("whom it is about"), "follower": gettext("follows this case")}
    how = gettext("Email") if message.channel == Channel.EMAIL else gettext("Letter")
    return {
        "subject": message.subject,
        "to": ", ".join(filter(None, (name, said.get(role, "")))),
        "how": how,
        "when": plain_datetime(message.sent_at or message.queued_at, language),
        "state": _state(message),
        "paragraphs": _LINK.sub(gettext("[their own link]"), message.body or "").split("\n\n"),
        "lang": "" if message.language == language else message.language,
    }


def _state(message: Message) -> str:
    letter = message.channel == Channel.LETTER
    return {
        State.QUEUED.value: gettext("waits to be sent"),
        State.SENDING.value: gettext("is being sent"),
        State.TO_POST.value: gettext("to be printed and posted"),
        State.SENT.value: gettext("posted") if letter else gettext("sent"),
        State.FAILED.value: gettext("did not arrive"),
        State.TOLD.value: gettext("was not sent, and was said in a safe way"),
    }.get(message.state, "")
