"""The part of S-405 about a change: begin one, see where it stands, withdraw it, or keep what was approved."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from sekisho.adapters.database.queries_council import MatterFile, matter_file, matter_of_consultation
from sekisho.adapters.database.queries_rows import PermitRow
from sekisho.kernel import PermitStatus
from sekisho.kernel.council import PERMIT_TABLE
from sekisho.web.access import Role
from sekisho.web.components.act_forms import ActForm
from sekisho.web.components.chips import Chip
from sekisho.web.components.dates import in_office_time, long_day
from sekisho.web.components.facts import Fact
from sekisho.web.office import Office
from sekisho.web.pages.council.change_words import next_step
from sekisho.web.pages.deliberation.words import matter_chip, number_of
from sekisho.web.words import Words

_NOT_NOW = Words(
    "この諮問は手続の途中です（別の変更など）。変更は、効力のある諮問からだけ始められます。決まってから変えてください。",
    "The consultation is before the council, for instance with another change. A change begins from one in force:"
    " change it once that is decided.",
)
CHANGEABLE = frozenset(step.before for step in PERMIT_TABLE.steps if step.act == "change_materially")
_REFUSED = frozenset({"rejected", "returned", "withdrawn"})
_WORDS = {
    "withdraw_change": Words("変更の諮問を取り下げる", "Withdraw the change"),
    "keep_as_approved": Words("変更せず承認のままとする", "Keep as approved"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePart:
    """What S-405 says of a change: where to begin one, or where the one that is pending stands."""

    begin_url: str = ""
    anew_url: str = ""
    why: Words | str = ""
    why_url: str = ""
    chip: Chip | None = None
    facts: tuple[Fact, ...] = ()
    forms: tuple[ActForm, ...] = ()


def may_change(row: PermitRow, office: Office) -> bool:
    """Is this the head of the department that the permit was approved for?"""
    return Role.HEAD in office.roles and office.department == row.specification.department


def file_of(tenant: str, row: PermitRow) -> MatterFile | None:
    """The matter by which a permit was approved; nothing for what was approved before the register was kept here."""
    found = matter_of_consultation(tenant, row.consultation)
    return matter_file(tenant, found, timezone.now()) if found else None


def _acts(row: PermitRow, file: MatterFile, office: Office) -> Iterator[str]:
    """What this person can do about a change that is pending."""
    if file.is_change and may_change(row, office):
        yield "withdraw_change"
    if file.row.state in _REFUSED and Role.CHAIR in office.roles:
        yield "keep_as_approved"


def _pending(row: PermitRow, file: MatterFile, office: Office) -> ChangePart:
    """Where a change stands, who is next, until when, and what this person can do."""
    number, step = row.permit.permit, next_step(office.tenant, file)
    until = long_day(in_office_time(row.specification.not_after).date())
    put = number_of(row.consultation)
    version = Words(f"{put.ja} 第{file.row.version}版", f"{row.consultation}, version {file.row.version}")
    return ChangePart(
        chip=matter_chip(file.row.state),
        facts=(
            Fact(name=Words("変更", "Change"), value=version, url=reverse("matter", args=[file.row.matter])),
            Fact(name=Words("次にすること", "Next"), value=step.act),
            Fact(name=Words("期限", "Until"), value=step.deadline),
            Fact(name=Words("承認の期限", "Approved until"), value=Words(f"{until} まで", f"until {until}")),
        ),
        forms=tuple(
            ActForm(key=act, url=reverse("permit_act", args=[number, act]), words=_WORDS[act])
            for act in _acts(row, file, office)
        ),
    )


def change_part(row: PermitRow, office: Office) -> ChangePart | None:
    """What is said of a change on the page of a permit; nothing where nobody here has a part in it."""
    file, status = file_of(office.tenant, row), PermitStatus(row.permit.status)
    if file is not None and status is PermitStatus.CHANGE_PENDING:
        return _pending(row, file, office)
    if not may_change(row, office) or status not in CHANGEABLE:
        return None
    if file is None:
        return ChangePart(anew_url=reverse("consultation", args=[row.consultation]))
    if file.row.state != "in_force":
        return ChangePart(why=_NOT_NOW, why_url=reverse("matter", args=[file.row.matter]))
    return ChangePart(begin_url=reverse("permit_change", args=[row.permit.permit]))
