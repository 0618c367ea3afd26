"""The table of tasks."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from placewide.tasks.terms import TaskState

_OPEN = Q(state="open")
_ABOUT = Q(about_id__isnull=False)
_IN_ORDER = ["organisation_id", "due_at", "id"]


class Task(models.Model):
    """Something a person must do by a date."""

    id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()
    team = models.ForeignKey("identity.Team", on_delete=models.PROTECT, null=True, db_index=False, related_name="+")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, db_index=False, related_name="+"
    )
    about_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)  # whom it is done for: their name is looked up, and kept nowhere else
    kind = models.CharField(max_length=80)
    title = models.JSONField()  # language → words
    due_at = models.DateTimeField()
    urgent = models.BooleanField(default=False)
    state = models.CharField(max_length=9, choices=[(s.value, s.value) for s in TaskState], default=TaskState.OPEN)
    raised_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by_id = models.UUIDField(null=True)  # the user; None: the system, or somebody without an account
    escalated_at = models.DateTimeField(null=True)
    escalated_to_id = models.UUIDField(null=True)

    class Meta:
        # Of open tasks only: what is done is found by its case. The first carries team and assignee, so that a viewer
        # who may see few of an organisation's tasks finds them without reading the rest.
        indexes = [
            models.Index(fields=[*_IN_ORDER, "team", "assignee"], name="task_in_organisation", condition=_OPEN),
            models.Index(fields=[*_IN_ORDER, "team", "assignee"], name="task_urgent", condition=_OPEN & Q(urgent=True)),
            models.Index(fields=["organisation_id", "team", "due_at", "id"], name="task_of_team", condition=_OPEN),
            models.Index(fields=["organisation_id", "assignee", "due_at", "id"], name="task_of_user", condition=_OPEN),
            models.Index(fields=["due_at"], name="task_to_escalate", condition=_OPEN & Q(escalated_at__isnull=True)),
            models.Index(fields=["about_id", *_IN_ORDER], name="task_about", condition=_ABOUT),
            models.Index(fields=["assignee"], name="task_by_assignee", condition=Q(assignee__isnull=False)),
            models.Index(fields=["team"], name="task_by_team", condition=Q(team__isnull=False)),
        ]
