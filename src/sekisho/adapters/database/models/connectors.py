"""Connectors to donation portals, what each of their runs did, and the copies on the internet-side server."""

from django.db import models

from sekisho.adapters.database.models.people import Tenant


class ConnectorMode(models.TextChoices):
    """How donations come: an officer's file, a robot at the portal's site, or a link that does not touch the city."""

    CSV = "csv", "csv"
    ROBOT = "robot", "robot"
    LINK = "link", "link"


class RunOutcome(models.TextChoices):
    """How a run ended; one that waits for columns to be mapped has loaded nothing; one that was cut off was killed."""

    RUNNING = "running", "running"
    DONE = "done", "done"
    EMPTY = "empty", "empty"
    MISMATCH = "mismatch", "mismatch"
    AWAY = "away", "away"
    REFUSED = "refused", "refused"
    CUT = "cut", "cut"


class ConnectorRow(models.Model):
    """A portal and the way its donations come. Who signs in there is in the key store, never here."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    connector = models.CharField(max_length=40)
    portal = models.CharField(max_length=20)
    mode = models.CharField(max_length=10, choices=ConnectorMode.choices)
    url = models.CharField(max_length=200, blank=True)
    user = models.CharField(max_length=100, blank=True)
    person = models.CharField(max_length=150)
    terminal = models.CharField(max_length=64)
    every_hours = models.IntegerField(default=0)
    next_run = models.DateTimeField(null=True)
    fetched_until = models.DateField(null=True)
    ignored = models.JSONField(default=list)
    cursor = models.BigIntegerField(default=0)
    pin = models.CharField(max_length=64, blank=True)

    class Meta:
        """One connector of a name in a municipality."""

        constraints = [models.UniqueConstraint(fields=["tenant", "connector"], name="connector_once")]


class ConnectorRunRow(models.Model):
    """One run of a connector: which period, how it ended, how many donations and yen. Nobody's data."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    connector = models.ForeignKey(ConnectorRow, on_delete=models.PROTECT, related_name="runs")
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=RunOutcome.choices)
    person = models.CharField(max_length=150, blank=True)
    parcels = models.JSONField(default=list)
    donations = models.IntegerField(default=0)
    amount = models.BigIntegerField(default=0)
    detail = models.JSONField(default=dict)

    class Meta:
        """The newest run of a connector is looked for."""

        indexes = [models.Index(fields=["connector", "started_at"], name="connector_runs")]


class CopyState(models.TextChoices):
    """Where an internet-side copy is: landed, sent on to S1, verified there record by record, erased here.

    Or its donations were refused at the gate, and somebody has to decide; or somebody decided to erase it unsent.
    """

    LANDED = "landed", "landed"
    SENT = "sent", "sent"
    VERIFIED = "verified", "verified"
    REFUSED = "refused", "refused"
    GIVEN_UP = "given_up", "given_up"
    ERASED = "erased", "erased"


class InternetCopyRow(models.Model):
    """A portal's file on the internet-side server, from its landing until it is erased because S1 has every record."""

    document = models.CharField(primary_key=True, max_length=40)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    parcel = models.CharField(max_length=40, unique=True)
    permit = models.CharField(max_length=64)
    layout = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=CopyState.choices)
    landed_at = models.DateTimeField()
    erase_by = models.DateTimeField()
    sent_as = models.CharField(max_length=40, blank=True)
    donations = models.IntegerField(default=0)
    amount = models.BigIntegerField(default=0)
    by_year = models.JSONField(default=dict)
    fault = models.TextField(blank=True)
    tried_at = models.DateTimeField(null=True)
    refused_as = models.JSONField(default=list)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        """What is still to be done: those that are late are among them."""

        indexes = [
            models.Index(fields=["tenant", "state"], name="internet_copy_state"),
        ]
