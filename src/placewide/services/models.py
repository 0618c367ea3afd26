"""Tables of services: packages by their content, and which of them an organisation has live."""

from __future__ import annotations

from django.db import models


class PackageVersion(models.Model):
    """One package exactly as it was adopted. Never changed: journeys and cases keep to it by its hash."""

    content_hash = models.CharField(max_length=64, primary_key=True)  # SHA-256 of the content
    package_id = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    content = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["package_id", "version"], name="package_by_version")]


class Adoption(models.Model):
    """A service of an organisation; ``package`` points to what is live."""

    id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()
    slug = models.SlugField(max_length=60)
    package = models.ForeignKey(PackageVersion, on_delete=models.PROTECT)
    settings = models.JSONField(default=dict)
    live = models.BooleanField(default=True)
    adopted_at = models.DateTimeField()  # when the present package became live

    class Meta:
        indexes = [models.Index(fields=["slug", "id"], name="service_listed", condition=models.Q(live=True))]
        constraints = [models.UniqueConstraint(fields=["organisation_id", "slug"], name="service_once_in_organisation")]
