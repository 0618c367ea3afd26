"""What the platform itself says about cases, in every language of a package, from the catalogues."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext, gettext_noop, override

from placewide.cases.rules.words import in_language
from placewide.cases.terms import TaskKind
from placewide.messages.terms import FAILED_TASK, LEFT_TASK, POST_TASK, PREPARE_TASK

WRITTEN_SUBJECT = gettext_noop("You have a message")
WRITTEN_BODY = gettext_noop(
    "%(organisation)s has written to you about %(reference)s.\n\nRead and answer it here: %(link)s"
)
BY_PHONE = gettext_noop("ring %(phone)s and say %(reference)s")
BY_ASKING = gettext_noop("ask %(organisation)s and say %(reference)s")
LINK_SUBJECT = gettext_noop("Your link to see where it stands")
LINK_BODY = gettext_noop(
    "Somebody, we hope you, asked to see where your case stands.\n\n%(link)s\n\n"
    "The link works once, for a day. If it was not you, you need do nothing."
)
ANOTHER_ORGANISATION = gettext_noop("another organisation")
RING = gettext_noop("Ring the person: this is how they can be reached")
# The same tasks where it is known for whom they are done. The name is looked up each time, and kept with no task.
NAMED: Mapping[str, str] = {
    TaskKind.RING: gettext_noop("Ring %(name)s"),
    FAILED_TASK: gettext_noop("A message did not arrive: reach %(name)s another way"),
    LEFT_TASK: gettext_noop("%(task)s, for %(name)s"),
    POST_TASK: gettext_noop("%(task)s, for %(name)s"),
    PREPARE_TASK: gettext_noop("%(task)s, for %(name)s"),
}
TELL_SAFELY = gettext_noop("Tell the person in a safe way what was not sent to them")
TAKEN_BACK = gettext_noop("Danger was told and taken back before it was sent: %(what)s")
URGENT_NO_MORE = gettext_noop("Nothing about this is urgent any more: the urgent task was taken off the list")
READ_MESSAGE = gettext_noop("Read what the resident wrote")
HAS_READ = gettext_noop("%(organisation)s has read the message")
HAS_RUNG = gettext_noop("The person was rung")
HAS_TOLD = gettext_noop("The person was told in a safe way")
NOT_SENT = gettext_noop("Nothing is sent to them any more, until it is safe")
SENT_AGAIN = gettext_noop("It is safe to write to them again")
HAS_PREPARED = gettext_noop("What was written was prepared in the format the person needs")
HAS_SEEN_TO_IT = gettext_noop("It was seen to that a letter was posted which was held back")
HAS_REACHED = gettext_noop("The person was reached another way")
GONE_TITLE = gettext_noop("Deleted, as promised")
GONE: Mapping[str, str] = {
    "answers": gettext_noop("What was answered"),
    "files": gettext_noop("Photos and files"),
    "messages": gettext_noop("Messages and notes"),
    "person": gettext_noop("Who it was about and how to reach them"),
    "timeline": gettext_noop("What the timeline said, and who did it"),
}
ACT_FOR_OTHERS = gettext_noop("Act for another organisation")


def to_be_done(kind: str, title: str, name: str) -> str:
    """What a task asks, in the language of the page; with the name where it is done for somebody."""
    return gettext(NAMED[kind]) % {"task": title, "name": name} if name and kind in NAMED else title


def in_languages(
    languages: Iterable[str], message: str, organisation: Mapping[str, str] | None = None
) -> dict[str, str]:
    """One of the sentences above by language; ``organisation``: its name by language, where the sentence has it."""
    said: dict[str, str] = {}
    for language in languages:
        with override(language):
            said[language] = gettext(message)
        if organisation:
            said[language] = filled(said, language, {"organisation": in_language(organisation, language)})
    return said


def filled(sentences: Mapping[str, str], language: str, told: Mapping[str, object]) -> str:
    """The sentence in a language with its particulars."""
    return (sentences.get(language) or next(iter(sentences.values()))) % dict(told)


def gone(categories: Iterable[str], language: str) -> tuple[tuple[str, str], ...]:
    """The word to staff that something of a case was deleted: title and text; none where nothing was."""
    with override(language):
        parts = [gettext(GONE[category]) for category in categories if category in GONE]
        return ((gettext(GONE_TITLE), " ".join(f"{part}." for part in parts)),) if parts else ()
