"""The ledger's rows: entries as they were written, the tree's nodes, the signed checkpoints."""

from django.db import models

from sekisho.adapters.database.models.people import Tenant


class EntryRow(models.Model):
    """One entry. It gets its place in the tree when the sequencer integrates it.

    `subject` repeats from the body which permit, conditions or assessment it speaks of: the gate looks for the last.
    """

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    parcel = models.CharField(max_length=40, blank=True, db_index=True)
    kind = models.CharField(max_length=30)
    body = models.BinaryField()
    leaf = models.BinaryField()
    index = models.BigIntegerField(null=True)
    subject = models.CharField(max_length=80, default="", blank=True)

    class Meta:
        """One entry at one place; those without a place are found quickly."""

        constraints = [models.UniqueConstraint(fields=["tenant", "index"], name="index_once")]
        indexes = [
            models.Index(fields=["tenant", "id"], condition=models.Q(index__isnull=True), name="entry_pending"),
            models.Index(fields=["tenant", "subject", "id"], condition=models.Q(subject__gt=""), name="entry_subject"),
        ]


class LedgerCare(models.Model):
    """What a municipality has set for its ledger: the keeping period of entries, a stop, how far it is pruned."""

    tenant = models.OneToOneField(Tenant, on_delete=models.PROTECT, primary_key=True)
    keeping_days = models.PositiveIntegerField(null=True)
    held_because = models.TextField(blank=True, default="")
    pruned_until = models.BigIntegerField(default=0)
    pruned_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)


class WitnessRow(models.Model):
    """A witness of a ledger: its key, its address if it has one, and what came of asking it last."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    name = models.CharField(max_length=60)
    key = models.TextField()
    address = models.CharField(max_length=200, blank=True, default="")
    every_hours = models.PositiveIntegerField(default=24)
    appointed_at = models.DateTimeField()
    size = models.BigIntegerField(default=0)
    signed_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    objection = models.CharField(max_length=30, blank=True, default="")
    objected_size = models.BigIntegerField(default=0)
    silent = models.BooleanField(default=False)

    class Meta:
        """One witness of a name."""

        constraints = [models.UniqueConstraint(fields=["tenant", "name"], name="witness_once")]


class CosignatureRow(models.Model):
    """What a witness signed below a checkpoint."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    size = models.BigIntegerField()
    witness = models.CharField(max_length=60)
    line = models.TextField()
    signed_at = models.DateTimeField()

    class Meta:
        """One a witness and size."""

        constraints = [models.UniqueConstraint(fields=["tenant", "size", "witness"], name="cosignature_once")]


class NodeRow(models.Model):
    """One complete subtree of a ledger."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        """One hash a node."""

        constraints = [models.UniqueConstraint(fields=["tenant", "level", "index"], name="node_once")]


class CheckpointRow(models.Model):
    """A signed checkpoint of a ledger at a size."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    size = models.BigIntegerField()
    note = models.TextField()

    class Meta:
        """One checkpoint a size."""

        constraints = [models.UniqueConstraint(fields=["tenant", "size"], name="checkpoint_once")]
