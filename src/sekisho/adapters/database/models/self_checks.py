"""Yearly self-checks of approved connections: the council's rule, each round, each answer."""

from django.db import models

from sekisho.adapters.database.models.people import Tenant


class SelfCheckRuleRow(models.Model):
    """How often connections are checked, and what a late check means; without a row, the usual rule holds."""

    tenant = models.OneToOneField(Tenant, on_delete=models.PROTECT, primary_key=True)
    years = models.IntegerField()
    notice_days = models.IntegerField()
    on_overdue = models.CharField(max_length=20)


class SelfCheckRow(models.Model):
    """One round of one consultation: which version it asks about, who answered, submitted and verified it, and when.

    `facts` is what the gate knew when it was submitted; `followed` what came of that which is not as approved.
    """

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    number = models.CharField(max_length=30)
    consultation = models.CharField(max_length=20)
    department = models.CharField(max_length=64)
    version = models.IntegerField()
    dossier_digest = models.CharField(max_length=64)
    since = models.DateField()
    due = models.DateField()
    state = models.CharField(max_length=20)
    answered_by = models.JSONField(default=list)
    submitted_by = models.JSONField(default=list)
    submitted_on = models.DateField(null=True)
    verified_by = models.CharField(max_length=150, blank=True)
    verified_on = models.DateField(null=True)
    facts = models.JSONField(null=True)
    remark = models.TextField(blank=True)
    followed = models.TextField(blank=True)

    class Meta:
        """One round of a number; the gate finds the last one of a consultation quickly."""

        constraints = [models.UniqueConstraint(fields=["tenant", "number"], name="self_check_once")]
        indexes = [models.Index(fields=["tenant", "consultation"], name="self_check_of")]


class SelfCheckAnswerRow(models.Model):
    """One answer of a round; of evidence its name and digest, never the file itself."""

    self_check = models.ForeignKey(SelfCheckRow, on_delete=models.PROTECT)
    key = models.CharField(max_length=300)
    result = models.CharField(max_length=20)
    what = models.TextField(blank=True)
    since = models.DateField(null=True)
    evidence = models.TextField(blank=True)
    evidence_digest = models.CharField(max_length=64, blank=True)
    by = models.CharField(max_length=150)

    class Meta:
        """One answer a question."""

        constraints = [models.UniqueConstraint(fields=["self_check", "key"], name="self_check_answer_once")]
