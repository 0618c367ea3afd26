"""Cases, what happened to them, and who may see or act."""

from __future__ import annotations

from django.db import models

from placewide.cases.terms import Audience, EntryKind, Sees
from placewide.kernel.fields import SealedJSONField


class Case(models.Model):
    """What a sent journey becomes. The answers stay with the journey; cases of one journey belong together."""

    id = models.UUIDField(primary_key=True)
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT)
    reference = models.CharField(max_length=12, unique=True)
    journey = models.ForeignKey("journeys.Journey", on_delete=models.PROTECT)
    adoption = models.ForeignKey("services.Adoption", on_delete=models.PROTECT)
    case_type = models.CharField(max_length=60)
    state = models.CharField(max_length=60)
    state_since = models.DateTimeField()
    open = models.BooleanField(default=True)
    due_at = models.DateTimeField(null=True)
    waits_for = models.CharField(max_length=10)
    team = models.ForeignKey("identity.Team", null=True, on_delete=models.PROTECT)
    assignee = models.ForeignKey("identity.User", null=True, on_delete=models.SET_NULL)
    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT)
    place = models.CharField(max_length=500, blank=True)  # as long as the longest address
    urgent = models.BooleanField(default=False)
    notes = models.JSONField(default=list)  # ids of the package's rules that staff should know of
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    disposed = models.JSONField(default=list)  # categories of the package's retention that have gone
    dispose_on = models.DateField(null=True)  # when next something goes; None: while it is open, and once all has gone

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "open", "due_at", "id"], name="case_due"),
            models.Index(fields=["organisation", "-opened_at", "-id"], name="case_newest"),
            models.Index(  # most cases of most places are about a place
                fields=["person", "-opened_at"], name="case_of_person", condition=models.Q(person__isnull=False)
            ),
            models.Index(
                fields=["dispose_on", "id"], name="case_to_dispose", condition=models.Q(dispose_on__isnull=False)
            ),
        ]


class Entry(models.Model):
    """One thing that happened to a case. Only ever added."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, db_index=False)
    kind = models.CharField(max_length=12, choices=[(k, k) for k in EntryKind])
    audience = models.CharField(max_length=10, choices=[(a, a) for a in Audience])
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    user = models.ForeignKey("identity.User", null=True, on_delete=models.SET_NULL)
    organisation = models.ForeignKey("places.Organisation", null=True, on_delete=models.PROTECT)
    step = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=60)  # after this entry
    sentence = models.JSONField()  # language → the sentence as it was then
    written = SealedJSONField(purpose="cases.written", default=dict)  # text, recorded answers, file ids
    has_files = models.BooleanField(default=False)  # they are found without opening what is sealed

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["case", "kind", "id"], name="entry_of_kind"),
            models.Index(  # what happened, however much was written between
                fields=["case", "id"], name="entry_in_order", condition=~models.Q(kind=EntryKind.MESSAGE)
            ),
        ]


class Participation(models.Model):
    """What lets a person, or another organisation's team, see or act on a case: for a reason, until a date.

    With neither: whoever holds the browser that sent it, where nobody left a name.
    """

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE)
    person = models.ForeignKey("people.Person", null=True, on_delete=models.CASCADE)
    organisation = models.ForeignKey("places.Organisation", null=True, on_delete=models.CASCADE)
    team = models.ForeignKey("identity.Team", null=True, on_delete=models.PROTECT)
    role = models.CharField(max_length=10)  # about, follower, partner
    sees = models.CharField(max_length=10, choices=[(s, s) for s in Sees])
    step = models.CharField(max_length=60, blank=True)  # the hand-over that let them in: it says what they see
    reason = models.CharField(max_length=300)
    begins = models.DateTimeField()
    ends = models.DateTimeField(null=True)
    # Nothing is sent to this person from ``held_at`` on, and they see the case as it stood then: its state, since when,
    # until when. With no state they see none of it.
    held_at = models.DateTimeField(null=True)
    held_state = models.CharField(max_length=60, blank=True)
    held_since = models.DateTimeField(null=True)
    held_due = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=True) | models.Q(organisation__isnull=True),
                name="participation_not_of_both",
            ),
            models.CheckConstraint(  # nobody lets another organisation in without saying until when
                condition=models.Q(organisation__isnull=True) | models.Q(ends__isnull=False),
                name="participation_of_body_ends",
            ),
        ]
        indexes = [
            models.Index(fields=["case"], name="participation_of_case"),
            models.Index(fields=["person"], name="participation_of_person"),
            models.Index(fields=["organisation", "case"], name="participation_of_body"),
        ]


class LegalHold(models.Model):
    """Why a case is kept beyond its period: a claim, an inquiry, a request for what is held about somebody."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, db_index=False)
    reason = SealedJSONField(purpose="cases.legal_hold")
    review_on = models.DateField()  # when somebody must look whether it is still needed; it holds after it too
    placed_at = models.DateTimeField()
    placed_by = models.ForeignKey("identity.User", on_delete=models.PROTECT, db_index=False, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["case"], name="hold_of_case", condition=models.Q(ended_at__isnull=True))]
