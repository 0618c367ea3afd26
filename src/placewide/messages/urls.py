"""Addresses of messages."""

from django.urls import path

from placewide.messages.views import letters, mailbox

pages = [
    path("staff/letters", letters.letters, name="letters"),
    path("staff/letters/<uuid:message_id>", letters.letter, name="letter"),
    path("staff/letters/<uuid:message_id>/posted", letters.posted, name="letter-posted"),
    # These answer in a demo only.
    path("mailbox", mailbox.mailbox, name="mailbox"),
    path("mailbox/<str:key>", mailbox.mail, name="mail"),
    path("mailbox/<str:key>/as-sent", mailbox.mail_as_sent, name="mail-as-sent"),
]
