"""Protection assessments (特定個人情報保護評価): the affair, its versions, what was laid before whom, what came in.

The report of a version may be written anew until somebody was shown it; what was shown is kept as it was, by digest.
"""

from django.db import models

from sekisho.adapters.database.models.people import Tenant


class AssessmentRow(models.Model):
    """One affair (事務) under assessment: whose it is, where its procedure stands, and at which version."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    assessment = models.CharField(max_length=64)
    department = models.CharField(max_length=64)
    label_ja = models.CharField(max_length=300)
    label_en = models.CharField(max_length=300)
    state = models.CharField(max_length=30)
    version = models.IntegerField()
    checked_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    class Meta:
        """One assessment of an id in each municipality."""

        constraints = [models.UniqueConstraint(fields=["tenant", "assessment"], name="assessment_once")]


class AssessmentVersion(models.Model):
    """One version with its own course: threshold, public comment, third-party check, filing, publication."""

    assessment = models.ForeignKey(AssessmentRow, on_delete=models.PROTECT)
    version = models.IntegerField()
    body = models.TextField()
    connections = models.JSONField(default=list)
    particulars = models.JSONField(default=dict)
    claims = models.JSONField(default=list)
    threshold = models.JSONField(default=dict)
    comment_opens = models.DateField(null=True)
    comment_closes = models.DateField(null=True)
    shortened_because = models.TextField(blank=True)
    check_body = models.CharField(max_length=200, blank=True)
    check_held_on = models.DateField(null=True)
    opinion = models.TextField(blank=True)
    filed_on = models.DateField(null=True)
    published_on = models.DateField(null=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        """One row a version."""

        constraints = [models.UniqueConstraint(fields=["assessment", "version"], name="assessment_version_once")]


class AssessmentShown(models.Model):
    """A report as it was laid before somebody: reviewed, open to comment, checked, filed, published. Never changed."""

    version = models.ForeignKey(AssessmentVersion, on_delete=models.PROTECT)
    occasion = models.CharField(max_length=30)
    body = models.TextField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        """Once an occasion."""

        constraints = [models.UniqueConstraint(fields=["version", "occasion"], name="assessment_shown_once")]


class ResidentCommentRow(models.Model):
    """A resident's comment and its answer; a name only if they gave one, and only until it is to be erased."""

    version = models.ForeignKey(AssessmentVersion, on_delete=models.PROTECT)
    comment = models.CharField(max_length=20)
    text = models.TextField()
    answer = models.TextField(blank=True)
    reflected = models.BooleanField(default=False)
    name = models.CharField(max_length=100, blank=True, default="")
    affiliation = models.CharField(max_length=100, blank=True, default="")
    received_at = models.DateTimeField(null=True)

    class Meta:
        """One comment of a number."""

        constraints = [models.UniqueConstraint(fields=["version", "comment"], name="resident_comment_once")]


class PointFindingRow(models.Model):
    """What the third party says of one point of the check."""

    version = models.ForeignKey(AssessmentVersion, on_delete=models.PROTECT)
    point = models.CharField(max_length=20)
    verdict = models.CharField(max_length=20)
    remark = models.TextField(blank=True)
    by = models.CharField(max_length=150)

    class Meta:
        """One finding a point; the last one stands, the ledger knows all."""

        constraints = [models.UniqueConstraint(fields=["version", "point"], name="point_finding_once")]


class AssessmentDuty(models.Model):
    """That somebody did something for a version: what separates duties later."""

    version = models.ForeignKey(AssessmentVersion, on_delete=models.PROTECT)
    person = models.CharField(max_length=150)
    act = models.CharField(max_length=30)
    at = models.DateTimeField()

    class Meta:
        """Once is enough."""

        constraints = [models.UniqueConstraint(fields=["version", "person", "act"], name="assessment_duty_once")]
