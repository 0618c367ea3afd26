"""Tables of a place: organisations, addresses and the names they are found by, bin rounds."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from placewide.places.terms import CREW_REASONS, Container, RunStatus, Tier


class Organisation(models.Model):
    """A legal body this node works for. Never deleted: it ends on a date."""

    id = models.UUIDField(primary_key=True)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    name_cy = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=20)  # council, health, police, fire, housing, charity, other
    nation = models.CharField(max_length=20)
    tier = models.CharField(max_length=10, blank=True, choices=[(tier.value, tier.value) for tier in Tier])
    authority_code = models.CharField(max_length=10, blank=True, db_index=True)
    county_code = models.CharField(max_length=10, blank=True)  # of a district: its county council's code
    serves = models.JSONField(default=list)  # authority codes in whose areas it works, where it is no council
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    data_protection = models.EmailField(blank=True)  # where its data protection officer is reached
    address = models.CharField(max_length=250, blank=True)
    colour = models.CharField(max_length=7, blank=True)  # "#1d5f4a": its pages' one colour
    mark = models.CharField(max_length=40, blank=True)  # name of its mark in the page layout's set
    begins = models.DateField(null=True)
    ends = models.DateField(null=True)  # the last day on which it exists


class PlaceName(models.Model):
    """A name people search by: a street, or a building that has a name."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=120)
    town = models.CharField(max_length=60)
    key = models.CharField(max_length=200, unique=True)  # rules.search_key of name and town
    plain = models.CharField(max_length=200)  # what a typed name is compared with


class NameGram(models.Model):
    """Three letters that occur in a name: the index that forgives spelling, the same on every database."""

    id = models.BigAutoField(primary_key=True)
    gram = models.CharField(max_length=3)
    name = models.ForeignKey(PlaceName, on_delete=models.CASCADE, db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gram", "name"], name="one_gram_per_name")]
        indexes = [models.Index(fields=["name"], name="grams_of_name")]


class Address(models.Model):
    """A property. Belongs to no organisation: every body of the place means the same one by its UPRN."""

    uprn = models.BigIntegerField(primary_key=True)
    line_1 = models.CharField(max_length=120)
    line_2 = models.CharField(max_length=120, blank=True)
    line_3 = models.CharField(max_length=120, blank=True)
    street = models.CharField(max_length=120, blank=True)
    town = models.CharField(max_length=60, blank=True)
    postcode = models.CharField(max_length=8)
    postcode_key = models.CharField(max_length=7)  # without the space
    order = models.CharField(max_length=60)  # sorts 2 before 10, and flats within their house
    ward = models.CharField(max_length=80, blank=True)
    district_code = models.CharField(max_length=10, blank=True)
    county_code = models.CharField(max_length=10, blank=True)
    easting = models.IntegerField(null=True)
    northing = models.IntegerField(null=True)
    street_name = models.ForeignKey(PlaceName, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    building_name = models.ForeignKey(PlaceName, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name_plural = "addresses"
        indexes = [
            models.Index(fields=["postcode_key", "order"], name="address_by_postcode"),
            models.Index(fields=["street_name", "order"], name="address_by_street"),
            models.Index(
                fields=["building_name"], name="address_by_building", condition=Q(building_name__isnull=False)
            ),
        ]


class Round(models.Model):
    """One container's collection along a route, on one weekday."""

    id = models.UUIDField(primary_key=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    container = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in Container])
    colour = models.CharField(max_length=20)
    first_date = models.DateField()
    last_date = models.DateField(null=True)
    weeks = models.PositiveSmallIntegerField(default=1)
    starts = models.PositiveSmallIntegerField()  # minutes after midnight, London
    ends = models.PositiveSmallIntegerField()
    report_days = models.PositiveSmallIntegerField(default=1)  # working days in which a missed one can be reported

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "code"], name="one_round_per_code")]


class RoundStop(models.Model):
    """An address on a round."""

    id = models.BigAutoField(primary_key=True)
    address = models.ForeignKey(Address, on_delete=models.CASCADE, db_index=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE)
    assisted = models.BooleanField(default=False)  # fetched from the door; says something about who lives there

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address", "round"], name="one_stop_per_round")]


class RoundChange(models.Model):
    """A collection moved or left out because of a bank holiday."""

    id = models.BigAutoField(primary_key=True)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, db_index=False)
    normal = models.DateField()
    moved_to = models.DateField(null=True)
    reason = models.CharField(max_length=80)
    reason_cy = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "normal"], name="one_change_per_collection")]


class Run(models.Model):
    """A round on one day, as last noted by its crew."""

    id = models.UUIDField(primary_key=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, db_index=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, db_index=False)
    day = models.DateField()
    status = models.CharField(max_length=10, choices=[(status.value, status.value) for status in RunStatus])
    at = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "day"], name="one_run_a_day")]
        indexes = [models.Index(fields=["organisation", "day"], name="runs_of_a_day")]


class StopException(models.Model):
    """What a crew noted at one address: nothing out, contaminated, blocked, too heavy."""

    id = models.UUIDField(primary_key=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, db_index=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT)
    address = models.ForeignKey(Address, on_delete=models.PROTECT, db_index=False)
    day = models.DateField()
    reason = models.CharField(max_length=15, choices=[(reason.value, reason.value) for reason in CREW_REASONS])
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address", "round", "day"], name="one_exception_a_stop")]
        indexes = [models.Index(fields=["organisation", "day"], name="exceptions_of_a_day")]
