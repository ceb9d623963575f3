"""Municipalities, their implementing agencies and departments, the people and the terminals."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class Tenant(models.Model):
    """A municipality, by its six-digit code (全国地方公共団体コード)."""

    code = models.CharField(primary_key=True, max_length=6)
    label_ja = models.CharField(max_length=100)
    label_en = models.CharField(max_length=100)
    assessment_threshold = models.JSONField(null=True)
    council_rules = models.JSONField(null=True)


class Agency(models.Model):
    """An implementing agency (実施機関) of a municipality."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    agency = models.CharField(max_length=64)
    label_ja = models.CharField(max_length=100)
    label_en = models.CharField(max_length=100)

    class Meta:
        """One agency of a name in each municipality."""

        constraints = [models.UniqueConstraint(fields=["tenant", "agency"], name="agency_once")]


class Department(models.Model):
    """A department (所属) of an implementing agency."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    department = models.CharField(max_length=64)
    agency = models.CharField(max_length=64)
    label_ja = models.CharField(max_length=100)
    label_en = models.CharField(max_length=100)

    class Meta:
        """One department of a name in each municipality."""

        constraints = [models.UniqueConstraint(fields=["tenant", "department"], name="department_once")]


class Role(models.TextChoices):
    """What somebody may do."""

    OPERATOR = "operator", "所管課職員"
    HEAD = "head", "課長"
    SECRETARIAT = "secretariat", "事務局"
    COUNCIL_MEMBER = "council_member", "委員"
    INFORMATION_SYSTEMS = "information_systems", "情報システム課"
    AUDITOR = "auditor", "監査"
    DRAFTER = "drafter", "起案者"
    CHAIR = "chair", "会長"
    PROTECTION_MANAGER = "protection_manager", "個人情報保護管理者"
    CONTRACTOR = "contractor", "受託者"
    ADMINISTRATOR = "administrator", "システム管理者"


class Person(AbstractUser):
    """An officer, council member or auditor. The user name is the id that permits and the ledger name."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, null=True, blank=True)
    department = models.CharField(max_length=64, blank=True)
    label_ja = models.CharField(max_length=100, blank=True)
    label_en = models.CharField(max_length=100, blank=True)
    roles = models.JSONField(default=list)
    must_change_password = models.BooleanField(default=False)

    def has_role(self, *roles: str) -> bool:
        """Does this person hold one of these roles?"""
        return any(role in self.roles for role in roles)


class Terminal(models.Model):
    """A terminal that may stand at the gate, known by the digest of its certificate."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    terminal = models.CharField(max_length=64)
    label_ja = models.CharField(max_length=100)
    label_en = models.CharField(max_length=100)
    zone = models.CharField(max_length=20)
    department = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64, blank=True, db_index=True)
    demo = models.BooleanField(default=False)

    class Meta:
        """One terminal of a name in each municipality."""

        constraints = [models.UniqueConstraint(fields=["tenant", "terminal"], name="terminal_once")]
