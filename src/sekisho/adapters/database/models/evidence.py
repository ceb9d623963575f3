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
