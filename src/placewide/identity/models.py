"""Tables of identity: who can sign in, the teams of an organisation, who works for whom in which role."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from placewide.identity.terms import Role
from placewide.kernel.ids import new_id


class Users(BaseUserManager["User"]):
    """Looks users up as Django's sign-in expects: by address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """Somebody who can sign in, and nothing else about them: see people and StaffRole for the rest."""

    id = models.UUIDField(primary_key=True, default=new_id)
    email = models.EmailField(max_length=254, unique=True)  # always lower-case
    name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=8, blank=True)  # empty: not yet said
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = Users()

    class Meta:
        indexes = [models.Index(fields=["last_login", "joined_at"], name="user_by_last_sign_in")]


class Team(models.Model):
    """People of one organisation who share a queue of work."""

    id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()
    slug = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    email = models.EmailField(max_length=254, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation_id", "slug"], name="team_once_in_organisation")]


class StaffRole(models.Model):
    """What a user may do for one organisation, from one date to another (London dates, both included)."""

    id = models.UUIDField(primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="roles")
    organisation_id = models.UUIDField()
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="roles")
    role = models.CharField(max_length=12, choices=[(role.value, role.value) for role in Role])
    begins = models.DateField()
    ends = models.DateField(null=True, blank=True)  # None: until further notice

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "role"], name="role_by_organisation"),
            models.Index(fields=["user", "organisation_id"], name="role_by_user"),
        ]


class Token(models.Model):
    """A link that works once. Only a digest of its secret is kept."""

    id = models.UUIDField(primary_key=True)
    digest = models.BinaryField(max_length=32, unique=True)
    purpose = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="token_by_expiry")]
