"""Tables of the kernel: events and their deliveries, the ledger, answers kept, files, what can be searched."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from placewide.kernel.fields import SealedJSONField


class Event(models.Model):
    """Something that happened, kept with the change that made it happen until all its deliveries are made."""

    id = models.UUIDField(primary_key=True)
    type = models.CharField(max_length=80)
    stream = models.UUIDField()  # deliveries of one stream are made in order; usually a case
    happened_at = models.DateTimeField()
    body = models.JSONField()


class DeliveryState(models.TextChoices):
    WAITING = "waiting"
    DONE = "done"
    DEAD = "dead"


class Delivery(models.Model):
    """One event owed to one handler.

    The database numbers deliveries as they are saved. Whoever changes a case holds its row, so within a stream the
    numbers follow the order in which changes were committed, whatever the clocks of several machines say.
    """

    id = models.BigAutoField(primary_key=True)
    event = models.ForeignKey(Event, on_delete=models.CASCADE)
    handler = models.CharField(max_length=120)
    stream = models.UUIDField()
    state = models.CharField(max_length=8, choices=DeliveryState, default=DeliveryState.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=200, blank=True)  # the class of the last error, never its text

    class Meta:
        verbose_name_plural = "deliveries"
        indexes = [  # only of what is not done: they stay small while millions of done rows await the clean-up
            models.Index(fields=["due_at", "id"], name="delivery_due", condition=Q(state="waiting")),
            models.Index(fields=["stream", "id"], name="delivery_in_order", condition=~Q(state="done")),
            models.Index(fields=["id"], name="delivery_dead", condition=Q(state="dead")),
        ]


class LedgerEntry(models.Model):
    """One act that must stay provable. Written unsealed; the sealer numbers it."""

    id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()
    act = models.CharField(max_length=60)
    at = models.DateTimeField()
    salt = models.BinaryField(max_length=32, null=True)
    record = models.JSONField(null=True)  # None, as the salt, once erased; the leaf stays
    leaf = models.BinaryField(max_length=32)
    number = models.BigIntegerField(null=True)  # place in the tree, from 0; None until sealed

    class Meta:
        verbose_name_plural = "ledger entries"
        indexes = [models.Index(fields=["at", "id"], name="ledger_unsealed", condition=Q(number__isnull=True))]
        constraints = [
            models.UniqueConstraint(fields=["number"], name="ledger_number", condition=Q(number__isnull=False))
        ]


class Checkpoint(models.Model):
    """What the ledger was when it had ``size`` sealed entries: signed, so that it can be held against the node."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    frontier = models.JSONField()  # roots of the complete subtrees, largest first (hex): enough to go on from here
    note = models.TextField()  # C2SP tlog-checkpoint, signed
    at = models.DateTimeField()


class KeptAnswer(models.Model):
    """What an act answered, so that the same request sent again is answered the same and not done twice."""

    id = models.BinaryField(primary_key=True, max_length=32)  # digest of scope and key
    body_digest = models.BinaryField(max_length=32)
    answer = SealedJSONField(null=True, purpose="kernel.answer")
    kept_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["kept_at"], name="answer_by_age")]


class StoredFile(models.Model):
    """A file somebody gave. Its content is in the store under its hash; the same content is stored once."""

    id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()
    about_id = models.UUIDField(null=True)  # the journey or case it belongs to
    kept_by_id = models.UUIDField(null=True)  # the user; None: a guest
    content_hash = models.CharField(max_length=64)  # SHA-256 of what is stored
    name = SealedJSONField(purpose="kernel.file_name")  # as given, made safe; may name a person
    media_type = models.CharField(max_length=80)  # what it is, not what it was said to be
    size = models.PositiveIntegerField()  # bytes
    kept_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)  # given for something not sent yet; None once it belongs to something

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "about_id"], name="file_about"),
            models.Index(fields=["about_id"], name="file_given_for"),
            models.Index(fields=["expires_at"], name="file_expiring", condition=models.Q(expires_at__isnull=False)),
            models.Index(fields=["content_hash"], name="file_by_content"),
        ]


class SearchEntry(models.Model):
    """What can be found by words. ``words`` is read by the full-text index, which migration 0002 adds."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=40)
    object_id = models.UUIDField()
    organisation_id = models.UUIDField()
    scope_id = models.UUIDField(null=True)  # a team, where only that team may find it
    text = models.TextField()  # what it was found by, for ranking
    words = models.TextField()

    class Meta:
        verbose_name_plural = "search entries"
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="search_entry_once")]


class RememberedQuery(models.Model):
    """Search words a person sent, so that the address of the results holds an opaque id instead of them."""

    id = models.UUIDField(primary_key=True)
    user_id = models.UUIDField(null=True)
    organisation_id = models.UUIDField(null=True)
    text = SealedJSONField(purpose="kernel.query")
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "remembered queries"
        indexes = [models.Index(fields=["expires_at"], name="query_by_expiry")]


class Duty(models.Model):
    """Something the worker does every so often, whichever of several workers comes first."""

    name = models.CharField(max_length=80, primary_key=True)
    due_at = models.DateTimeField()
