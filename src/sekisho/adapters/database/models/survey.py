"""The survey of connections: logs that were read, findings, campaigns with the departments' answers, lists."""

from django.db import models

from sekisho.adapters.database.models.council import Meeting
from sekisho.adapters.database.models.people import Tenant


class EgressLogRow(models.Model):
    """An egress log that was read: its digest, its period, how much of it could not be read. Never its lines."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    format = models.CharField(max_length=20)
    lines = models.BigIntegerField()
    unread = models.BigIntegerField()
    unread_lines = models.JSONField(default=list)
    first_seen = models.DateTimeField(null=True)
    last_seen = models.DateTimeField(null=True)
    taken_at = models.DateTimeField()
    taken_by = models.CharField(max_length=150)

    class Meta:
        """The same log is read once."""

        constraints = [models.UniqueConstraint(fields=["tenant", "digest"], name="egress_log_once")]


class FindingRow(models.Model):
    """A connection that was seen or named: what is known of it, and how far it was dealt with. Never deleted."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    finding = models.CharField(max_length=20)
    source = models.CharField(max_length=200)
    department = models.CharField(max_length=64, blank=True)
    host = models.CharField(max_length=253)
    port = models.IntegerField()
    received = models.CharField(max_length=253)
    origin = models.CharField(max_length=20)
    state = models.CharField(max_length=30)
    why = models.CharField(max_length=30, blank=True)
    permit = models.CharField(max_length=40, blank=True)
    connection = models.CharField(max_length=64, blank=True)
    detail = models.CharField(max_length=300, blank=True)
    first_seen = models.DateTimeField()
    last_seen = models.DateTimeField()
    passed_at = models.DateTimeField(null=True)
    turned_away_at = models.DateTimeField(null=True)
    times = models.BigIntegerField(default=0)
    turned_away = models.BigIntegerField(default=0)
    up = models.BigIntegerField(default=-1)
    down = models.BigIntegerField(default=-1)
    triage = models.CharField(max_length=20, blank=True)
    owner = models.CharField(max_length=150, blank=True)
    due = models.DateField(null=True)
    answer = models.JSONField(default=dict)
    answered_by = models.CharField(max_length=150, blank=True)
    remark = models.TextField(blank=True)
    matter = models.CharField(max_length=20, blank=True)
    proof = models.CharField(max_length=300, blank=True)
    proved_at = models.DateTimeField(null=True)
    checked_by = models.CharField(max_length=150, blank=True)
    reported_in = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True)

    class Meta:
        """One finding of a source, host and port, however often it is seen."""

        constraints = [
            models.UniqueConstraint(fields=["tenant", "finding"], name="finding_once"),
            models.UniqueConstraint(fields=["tenant", "source", "host", "port"], name="finding_of_a_connection_once"),
        ]


class CampaignRow(models.Model):
    """A survey of every department, with the day by which they answer."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    campaign = models.CharField(max_length=20)
    label = models.CharField(max_length=200)
    due = models.DateField()
    state = models.CharField(max_length=20)
    opened_by = models.CharField(max_length=150)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """One campaign of an id."""

        constraints = [models.UniqueConstraint(fields=["tenant", "campaign"], name="campaign_once")]


class ReturnRow(models.Model):
    """One department's answer to a campaign: the systems it names, or that there is none; and who signed for it."""

    campaign = models.ForeignKey(CampaignRow, on_delete=models.PROTECT, related_name="returns")
    department = models.CharField(max_length=64)
    state = models.CharField(max_length=20)
    systems = models.JSONField(default=list)
    signed_by = models.CharField(max_length=150, blank=True)
    signed_at = models.DateTimeField(null=True)

    class Meta:
        """One answer a department."""

        constraints = [models.UniqueConstraint(fields=["campaign", "department"], name="return_once")]


class SurveyListRow(models.Model):
    """One version of a list that the survey uses: our networks, or the reviewed technical hosts. The latest counts."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    kind = models.CharField(max_length=20)
    rows = models.JSONField()
    kept_by = models.CharField(max_length=150)
    kept_at = models.DateTimeField()
