"""Tables of the kernel: events and their deliveries, the ledger."""

from __future__ import annotations

from django.db import models


class Event(models.Model):
    """Something that happened, kept with the change that made it happen."""

    id = models.UUIDField(primary_key=True)
    type = models.CharField(max_length=80)
    stream = models.UUIDField()  # deliveries of one stream are made in order; usually a case
    happened_at = models.DateTimeField()
    body = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["stream", "id"], name="event_by_stream")]


class DeliveryState(models.TextChoices):
    WAITING = "waiting"
    DONE = "done"
    DEAD = "dead"


class Delivery(models.Model):
    """One event owed to one handler."""

    id = models.UUIDField(primary_key=True)
    event = models.ForeignKey(Event, on_delete=models.CASCADE)
    handler = models.CharField(max_length=120)
    stream = models.UUIDField()
    state = models.CharField(max_length=8, choices=DeliveryState, default=DeliveryState.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField()
    fault = models.CharField(max_length=200, blank=True)  # the class of the last error, never its text

    class Meta:
        verbose_name_plural = "deliveries"
        indexes = [
            models.Index(fields=["state", "due_at"], name="delivery_due"),
            models.Index(fields=["stream", "state", "id"], name="delivery_in_order"),
        ]


class LedgerEntry(models.Model):
    """One act that must stay provable. Written unsealed; the sealer numbers it."""

    id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()
    act = models.CharField(max_length=60)
    at = models.DateTimeField()
    salt = models.BinaryField(max_length=32)
    record = models.JSONField(null=True)  # None once erased; the leaf stays
    leaf = models.BinaryField(max_length=32)
    number = models.BigIntegerField(null=True, unique=True)  # None until sealed

    class Meta:
        verbose_name_plural = "ledger entries"
