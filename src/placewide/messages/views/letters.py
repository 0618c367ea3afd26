"""A letter to print, and the button that says it was posted."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext, override

from placewide.identity.access import staff_required, viewer_of
from placewide.kernel.clock import now
from placewide.kernel.paging import CursorForged
from placewide.messages import actions, reads
from placewide.messages.channels.email.compose import paragraphs
from placewide.messages.rules import to_prepare
from placewide.messages.terms import State
from placewide.people.wording import need_words
from placewide.ui.pages import render
from placewide.ui.posting import sent_from
from placewide.ui.wording import capital, plain_date


@staff_required
def letters(request: HttpRequest) -> HttpResponse:
    """The letters of one's organisation that wait to be posted, oldest first."""
    try:
        found = reads.letters_to_post(viewer_of(request), after=request.GET.get("after", ""))
    except CursorForged:
        return HttpResponseRedirect(reverse("letters"))
    return render(
        request, "messages/letters.html", {"found": found, "to_prepare": to_prepare, "need_words": need_words}
    )


@staff_required
def letter(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """One letter as it is printed, unless it may not be. What stands around it is not printed."""
    message = reads.letter(viewer_of(request), message_id)
    if message is None:
        raise Http404
    sheet = reads.outgoing(message)
    with override(message.language):  # the sheet speaks the language of its reader, the page that of the staff
        phone_words = gettext("Phone:")
    context = {
        "sheet": sheet,
        "paragraphs": paragraphs(message.body),
        "formats": [need_words(need) for need in to_prepare(message.access_needs)],
        "state": message.state,
        "left": "left" in request.GET,
        "dated": capital(plain_date(sheet.dated, message.language, year=True)),
        "phone_words": phone_words,
    }
    return render(request, "messages/letter.html", context)


@staff_required
@sent_from("letter", "message_id")
def posted(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Somebody has posted it, noted once. Of one that was stopped meanwhile they read what is so."""
    viewer = viewer_of(request)
    letter = reads.letter(viewer, message_id)
    if letter is None:
        raise Http404
    noted = actions.note_posted(message_id, actor=viewer.actor, now=now())
    if noted and letter.state == State.TO_POST:
        return HttpResponseRedirect(reverse("letters"))
    return HttpResponseRedirect(reverse("letter", args=[message_id]) + ("?left=1" if noted else ""))
