"""The council's procedure: matters, versions of their dossiers, meetings, and who did what.

A matter is one consultation from its first draft to its permits. What is frozen is never written again.
"""

from django.db import models

from sekisho.adapters.database.models.people import Tenant


class CouncilNumber(models.Model):
    """The next number of a series of a municipality; the numbers of consultations run on across the years."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    series = models.CharField(max_length=20)
    next = models.IntegerField(default=1)

    class Meta:
        """One row a series."""

        constraints = [models.UniqueConstraint(fields=["tenant", "series"], name="series_once")]


class Meeting(models.Model):
    """A meeting (会議): who is called, by which rule it sits, and where it stands."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    meeting = models.CharField(max_length=20)
    label_ja = models.CharField(max_length=200)
    label_en = models.CharField(max_length=200)
    place = models.CharField(max_length=200)
    due_on = models.DateTimeField()
    rule = models.JSONField()
    members = models.JSONField()
    chair = models.CharField(max_length=150)
    acting_chair = models.CharField(max_length=150, default="", db_default="", blank=True)
    state = models.CharField(max_length=20)

    class Meta:
        """One meeting of an id in each municipality."""

        constraints = [models.UniqueConstraint(fields=["tenant", "meeting"], name="meeting_once")]


class PresenceRow(models.Model):
    """A member came to a meeting, or went."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT)
    person = models.CharField(max_length=150)
    at = models.DateTimeField()
    arrived = models.BooleanField()


class Matter(models.Model):
    """One consultation on its way: its state, its present version, its meeting, its motion, why it was sent back."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    matter = models.CharField(max_length=20)
    consultation = models.CharField(max_length=20, blank=True)
    agency = models.CharField(max_length=64)
    department = models.CharField(max_length=64)
    label_ja = models.CharField(max_length=300)
    label_en = models.CharField(max_length=300)
    state = models.CharField(max_length=30)
    version = models.IntegerField(default=1)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True)
    opinions_until = models.DateTimeField(null=True)
    motion = models.CharField(max_length=30, blank=True)
    ballot_round = models.IntegerField(default=0)
    voted_on = models.CharField(max_length=64, default="", db_default="", blank=True)
    acting_chair = models.CharField(max_length=150, default="", db_default="", blank=True)
    remark = models.TextField(blank=True)

    class Meta:
        """One matter of an id, one consultation of a number in each municipality."""

        constraints = [
            models.UniqueConstraint(fields=["tenant", "matter"], name="matter_once"),
            models.UniqueConstraint(
                fields=["tenant", "consultation"], condition=~models.Q(consultation=""), name="number_once"
            ),
        ]


class DossierVersion(models.Model):
    """One version of a dossier with the terms of its permits, in canonical bytes; with a day of freezing, for good."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT)
    version = models.IntegerField()
    body = models.TextField()
    terms = models.TextField()
    digest = models.CharField(max_length=64, blank=True)
    terms_digest = models.CharField(max_length=64, blank=True)
    frozen_at = models.DateTimeField(null=True)

    class Meta:
        """One row a version."""

        constraints = [models.UniqueConstraint(fields=["matter", "version"], name="dossier_version_once")]


class DutyRow(models.Model):
    """That somebody did something in a matter, at one of its versions: what separates duties later."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT)
    version = models.IntegerField()
    person = models.CharField(max_length=150)
    act = models.CharField(max_length=30)
    at = models.DateTimeField()

    class Meta:
        """Once is enough."""

        constraints = [models.UniqueConstraint(fields=["matter", "version", "person", "act"], name="duty_once")]
