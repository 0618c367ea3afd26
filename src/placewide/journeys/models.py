"""Journeys: answers on their way to becoming a case."""

from __future__ import annotations

from django.db import models

from placewide.journeys.terms import JourneyState
from placewide.kernel.fields import SealedJSONField


class Journey(models.Model):
    """One way through a service's questions. Pinned to the package it began with, whatever is adopted meanwhile."""

    id = models.UUIDField(primary_key=True)
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT)
    adoption = models.ForeignKey("services.Adoption", on_delete=models.PROTECT)
    package = models.ForeignKey("services.PackageVersion", on_delete=models.PROTECT)
    state = models.CharField(max_length=8, choices=[(s, s) for s in JourneyState], default=JourneyState.OPEN)
    version = models.PositiveIntegerField(default=0)
    language = models.CharField(max_length=12)
    answers = SealedJSONField(purpose="journeys.answers", default=dict)
    facts = SealedJSONField(purpose="journeys.facts", default=dict)  # as they stood when it was sent
    matter = models.CharField(max_length=200, blank=True)  # what a sent report is about; never about a person
    uprn = models.CharField(max_length=12, blank=True)  # of the address a sent report is about
    user = models.ForeignKey("identity.User", null=True, on_delete=models.SET_NULL)
    saved_to = SealedJSONField(purpose="journeys.saved_to", default=str)
    told = models.JSONField(default=list)  # ids of urgent rules of which somebody was told
    begun_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["adoption", "matter", "sent_at"], name="journey_same_matter"),
            models.Index(fields=["adoption", "uprn", "sent_at"], name="journey_same_address"),
            models.Index(fields=["expires_at"], name="journey_expiring", condition=models.Q(state=JourneyState.OPEN)),
            models.Index(fields=["begun_at", "adoption"], name="journey_begun"),
            models.Index(fields=["user", "state"], name="journey_of_user"),
        ]
