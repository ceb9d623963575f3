"""Minutes (会議録): each version with its own life, what those present said of it, and what was published.

What may hold a name (the draft, the words to be removed) is sealed; what was published holds none, and stands plain.
"""

from django.db import models

from sekisho.adapters.database.models.council import Meeting
from sekisho.adapters.database.models.people import Tenant


class MinutesRow(models.Model):
    """One version of the minutes of a meeting, on its way or published."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    minutes = models.CharField(max_length=20)
    version = models.IntegerField()
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=30)
    sealed = models.BinaryField()
    removal = models.BinaryField()
    removal_count = models.IntegerField(default=0)
    attendees = models.JSONField(default=list)
    sent_at = models.DateTimeField(null=True)
    silent_days = models.IntegerField(default=14)
    why = models.TextField(blank=True)

    class Meta:
        """One row a version."""

        constraints = [models.UniqueConstraint(fields=["tenant", "minutes", "version"], name="minutes_version_once")]


class MinutesMark(models.Model):
    """What somebody said of a draft as it stood: confirmed, objected to, or its redaction checked."""

    minutes = models.ForeignKey(MinutesRow, on_delete=models.PROTECT)
    person = models.CharField(max_length=150)
    mark = models.CharField(max_length=30)
    digest = models.CharField(max_length=64)
    remark = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        """Once for a text."""

        constraints = [
            models.UniqueConstraint(fields=["minutes", "person", "mark", "digest"], name="minutes_mark_once")
        ]


class PublishedMinutesRow(models.Model):
    """A published version: page, text and PDF as they went out, which it corrects, why, and what it changed."""

    minutes = models.OneToOneField(MinutesRow, on_delete=models.PROTECT)
    page = models.JSONField()
    text = models.TextField()
    web = models.TextField()
    pdf = models.BinaryField()
    digest = models.CharField(max_length=64)
    pdf_digest = models.CharField(max_length=64)
    checked_by = models.JSONField(default=list)
    corrects = models.IntegerField(default=0)
    why = models.TextField(blank=True)
    changed = models.JSONField(default=list)
    source = models.CharField(max_length=200, blank=True)
    published_at = models.DateTimeField()
