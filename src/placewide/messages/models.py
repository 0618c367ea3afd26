"""Tables of messages."""

from __future__ import annotations

from django.db import models

from placewide.kernel.fields import SealedJSONField
from placewide.messages.terms import Channel, State


class Message(models.Model):
    """Words on their way to one person, or arrived. Never changed but for its state."""

    id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()
    key = models.CharField(max_length=200, unique=True)
    about_id = models.UUIDField(null=True, blank=True)
    person = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, blank=True)
    team = models.ForeignKey("identity.Team", on_delete=models.SET_NULL, null=True, blank=True)
    channel = models.CharField(max_length=10, choices=[(c.value, c.value) for c in Channel])
    to = models.TextField()
    language = models.CharField(max_length=8)
    subject = models.CharField(max_length=200)
    body = SealedJSONField(purpose="messages.body")  # names people, and holds links that open their cases
    access_needs = models.JSONField(default=list)
    large_print = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=[(s.value, s.value) for s in State], default=State.QUEUED.value)
    task_id = models.UUIDField(null=True)  # of tasks: print and post, or find another way
    attempts = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(max_length=40, blank=True)
    queued_at = models.DateTimeField()
    sending_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "about_id", "queued_at"], name="message_about"),
            models.Index(fields=["about_id", "queued_at"], name="message_about_anywhere"),
            models.Index(fields=["organisation_id", "state", "queued_at", "id"], name="message_by_state"),
        ]
