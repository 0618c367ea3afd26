"""What else there is to do about a case, beside its next step: each with what ends it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from placewide.cases.terms import TaskKind
from placewide.cases.views.due import days_left, due_words
from placewide.cases.wording import to_be_done
from placewide.messages.terms import FAILED_TASK, LEFT_TASK, POST_TASK, PREPARE_TASK
from placewide.tasks.terms import Task


def to_do(tasks: Iterable[Task], names: Mapping[UUID, str], now: datetime, language: str) -> list[dict[str, Any]]:
    """The open tasks about a case but for that of its state, due first: a button or a link to its end.

    ``names`` are those of the persons they are done for.
    """
    buttons = {
        TaskKind.READ: gettext("Read, nothing to answer"),
        TaskKind.RING: gettext("I have rung them"),
        TaskKind.TELL: gettext("I have told them"),
        PREPARE_TASK: gettext("I have prepared it"),
        LEFT_TASK: gettext("I have seen to it"),
        FAILED_TASK: gettext("I reached them another way"),
    }
    links = {POST_TASK: {"href": reverse("letters"), "text": gettext("Letters to post")}}
    return [
        {
            "id": str(task.id),
            "title": _asked(task, names, language),
            "due": due_words(task.due_at, now, language, urgent=task.urgent),
            "left": days_left(task.due_at, now),
            "button": buttons.get(task.kind, ""),
            "link": links.get(task.kind),
        }
        for task in tasks
        if task.kind in buttons or task.kind in links
    ]


def _asked(task: Task, names: Mapping[UUID, str], language: str) -> str:
    name = names.get(task.person_id, "") if task.person_id else ""
    return to_be_done(task.kind, task.title_in(language), name)
