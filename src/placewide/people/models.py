"""Tables of people."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from placewide.kernel.fields import SealedJSONField


class Person(models.Model):
    """One human being as known to one organisation. Two organisations' rows are never joined but by ``user``."""

    id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    address = models.JSONField(default=dict, blank=True)
    born_on = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=8, default="en")
    access_needs = models.JSONField(default=list, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="known_as",
    )
    known_since = models.DateTimeField()

    class Meta:
        verbose_name_plural = "people"
        indexes = [
            models.Index(fields=["organisation_id", "email"], name="person_by_email"),
            models.Index(fields=["email"], name="person_by_email_anywhere"),  # joining to a proved address
            models.Index(  # how each organisation knows one resident; most rows have no account
                fields=["user", "organisation_id", "-known_since"],
                name="person_of_user",
                condition=models.Q(user__isnull=False),
            ),
        ]


class Warning(models.Model):
    """What staff of one organisation must know before they meet somebody; looked at again by a date, then ended."""

    id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, db_index=False, related_name="warnings")
    text = SealedJSONField(purpose="people.warning")
    review_on = models.DateField()
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation_id", "person"],
                name="warning_of_person",
                condition=models.Q(ended_at__isnull=True),
            ),
        ]
