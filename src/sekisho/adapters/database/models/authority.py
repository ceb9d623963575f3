"""Consultations as they were put to the council, and the permits that came of them."""

from django.db import models

from sekisho.adapters.database.models.people import Tenant


class Consultation(models.Model):
    """A consultation (諮問) with its whole dossier as data, and the digest of that dossier."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    consultation = models.CharField(max_length=20)
    number = models.CharField(max_length=40)
    label_ja = models.CharField(max_length=300)
    label_en = models.CharField(max_length=300)
    dossier = models.TextField()
    dossier_digest = models.CharField(max_length=64)

    class Meta:
        """One consultation of a number in each municipality."""

        constraints = [models.UniqueConstraint(fields=["tenant", "consultation"], name="consultation_once")]


class PermitRow(models.Model):
    """A permit on file: the specification as it stands today, and the document that was signed when it was issued."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    permit = models.CharField(max_length=40)
    connection = models.CharField(max_length=64)
    consultation = models.CharField(max_length=20)
    specification = models.JSONField()
    document = models.BinaryField()
    signatures = models.JSONField(default=list)
    status = models.CharField(max_length=20)
    issued_at = models.DateTimeField()
    start_agreed_by = models.CharField(max_length=150, default="", blank=True)

    class Meta:
        """One permit of a number in each municipality."""

        constraints = [models.UniqueConstraint(fields=["tenant", "permit"], name="permit_once")]


class AssessmentStandingRow(models.Model):
    """Where a protection assessment stands: what the gate needs of it, and no more."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    assessment = models.CharField(max_length=64)
    in_force_from = models.DateTimeField()
    in_force_until = models.DateTimeField(null=True)
    opinion = models.CharField(max_length=20)
    coverage = models.JSONField(null=True)

    class Meta:
        """One standing of an assessment; the ledger knows the earlier ones."""

        constraints = [models.UniqueConstraint(fields=["tenant", "assessment"], name="assessment_standing_once")]
