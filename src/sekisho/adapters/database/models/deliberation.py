"""What is said and decided about a matter: questions, opinions, verdicts, ballots, decisions, conditions."""

from django.db import models

from sekisho.adapters.database.models.council import Matter, Meeting
from sekisho.adapters.database.models.people import Tenant


class QuestionRow(models.Model):
    """A question about one field of one version, who is to answer it until when, its answer, and how it was taken."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT)
    question = models.CharField(max_length=30)
    asked_by = models.CharField(max_length=150)
    version = models.IntegerField()
    about = models.CharField(max_length=200)
    text = models.TextField()
    blocking = models.BooleanField(default=True)
    answer = models.TextField(blank=True)
    answered_by = models.CharField(max_length=150, blank=True)
    cites = models.CharField(max_length=200, blank=True)
    amended_in = models.IntegerField(default=0)
    asked_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answerer = models.CharField(max_length=150, default="", db_default="", blank=True)
    answer_by = models.DateField(null=True)
    settled = models.CharField(max_length=20, default="", db_default="", blank=True)
    follows = models.CharField(max_length=30, default="", db_default="", blank=True)

    class Meta:
        """One question of an id."""

        constraints = [models.UniqueConstraint(fields=["matter", "question"], name="question_once")]


class OpinionRow(models.Model):
    """A written opinion, sealed: not even the database's administrator reads it before its time."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT)
    version = models.IntegerField()
    person = models.CharField(max_length=150)
    sealed = models.BinaryField()
    given_at = models.DateTimeField()

    class Meta:
        """One opinion of a member on a version."""

        constraints = [models.UniqueConstraint(fields=["matter", "version", "person"], name="opinion_once")]


class RecusalRow(models.Model):
    """A member takes no part in a matter."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT)
    person = models.CharField(max_length=150)
    reason = models.TextField()

    class Meta:
        """Once is enough."""

        constraints = [models.UniqueConstraint(fields=["matter", "person"], name="recusal_once")]


class VerdictRow(models.Model):
    """What the council says of one data item of one version."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT)
    version = models.IntegerField()
    connection = models.CharField(max_length=64)
    item = models.CharField(max_length=64)
    verdict = models.CharField(max_length=10)
    reason = models.TextField(blank=True)
    by = models.CharField(max_length=150)

    class Meta:
        """One verdict an item; the last one stands, the ledger knows all."""

        constraints = [models.UniqueConstraint(fields=["matter", "version", "connection", "item"], name="verdict_once")]


class TradeOffRow(models.Model):
    """Which interest prevailed over which, and when that is looked at again."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT)
    about = models.CharField(max_length=200)
    prevailed = models.TextField()
    yielded = models.TextField()
    why = models.TextField()
    review_on = models.CharField(max_length=10)


class BallotRow(models.Model):
    """One vote of one member on one motion."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT)
    ballot_round = models.IntegerField()
    person = models.CharField(max_length=150)
    choice = models.CharField(max_length=10)

    class Meta:
        """One vote each."""

        constraints = [models.UniqueConstraint(fields=["matter", "ballot_round", "person"], name="ballot_once")]


class DecisionRow(models.Model):
    """A decision: the letter in canonical bytes, who signed it, and the numbers of the permits that follow."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT)
    version = models.IntegerField()
    ballot_round = models.IntegerField()
    result = models.CharField(max_length=30)
    decided_at = models.DateTimeField()
    letter = models.BinaryField()
    digest = models.CharField(max_length=64)
    permits = models.JSONField(default=dict)
    signatures = models.JSONField(default=list)

    class Meta:
        """One decision a motion."""

        constraints = [models.UniqueConstraint(fields=["matter", "ballot_round"], name="decision_once")]


class InternalDecisionRow(models.Model):
    """The agency's own decision after the council's opinion: its canonical bytes, and who signed them."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT)
    ballot_round = models.IntegerField()
    outcome = models.CharField(max_length=10)
    decided_at = models.DateTimeField()
    document = models.BinaryField()
    digest = models.CharField(max_length=64)
    signatures = models.JSONField(default=list)

    class Meta:
        """One for each decision of the council."""

        constraints = [models.UniqueConstraint(fields=["matter", "ballot_round"], name="internal_decision_once")]


class LighterChangeRow(models.Model):
    """A change of what is in force that does not go to the council: its version, its fields, who heard of it."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT)
    version = models.IntegerField()
    weight = models.CharField(max_length=10)
    fields = models.JSONField(default=list)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    reported_in = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True)

    class Meta:
        """One change a version."""

        constraints = [models.UniqueConstraint(fields=["matter", "version"], name="lighter_change_once")]


class ConditionRow(models.Model):
    """A condition: who owes it, who checks it, until when, and its proof. `connection` is what the gate asks by.

    One of a consultation that was decided before its procedure was kept here has no matter.
    """

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, null=True)
    condition = models.CharField(max_length=30)
    consultation = models.CharField(max_length=20)
    connection = models.CharField(max_length=64, blank=True)
    hangs_on = models.CharField(max_length=200)
    text = models.TextField()
    kind = models.CharField(max_length=20)
    proof = models.CharField(max_length=20)
    owner = models.CharField(max_length=150)
    verifier = models.CharField(max_length=150)
    due = models.DateField()
    every_days = models.IntegerField(default=0)
    state = models.CharField(max_length=20)
    proof_text = models.TextField(blank=True)
    proof_digest = models.CharField(max_length=64, blank=True)
    proof_by = models.CharField(max_length=150, blank=True)
    proof_kind = models.CharField(max_length=20, default="", db_default="", blank=True)
    proof_paper = models.CharField(max_length=64, default="", db_default="", blank=True)
    remark = models.TextField(blank=True)
    raised_by = models.CharField(max_length=150, default="", db_default="", blank=True)
    waiver_by = models.CharField(max_length=150, default="", db_default="", blank=True)
    waiver_reason = models.TextField(default="", db_default="", blank=True)

    class Meta:
        """One condition of an id; the gate finds those of a permit quickly."""

        constraints = [models.UniqueConstraint(fields=["tenant", "condition"], name="condition_once")]
        indexes = [models.Index(fields=["tenant", "consultation", "state"], name="condition_of_permit")]
