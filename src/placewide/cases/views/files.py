"""Files of a case, as its pages list and serve them. Each opens only to who may see it at that moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from placewide.cases.reads.answers import AnswerLine
from placewide.cases.reads.timeline import ShownEntry
from placewide.kernel.files import reads as files

Link = Callable[[UUID], str]


def shown_ids(answers: Iterable[AnswerLine], entries: Iterable[ShownEntry]) -> list[UUID]:
    """The files of a case that this reader is shown: given with the answers, then with what happened since."""
    return [i for answer in answers for i in answer.files] + [i for entry in entries for i in entry.files]


def listed(file_ids: Iterable[UUID], link: Link) -> dict[UUID, dict[str, Any]]:
    """Each file's name, size and address, by id; one that was destroyed meanwhile is left out. One statement."""
    ids = list(file_ids)
    known = files.named(ids)
    return {i: {"name": known[i].name, "size": known[i].size, "href": link(i)} for i in ids if i in known}
