"""A campaign: every department is asked which outside computers it uses, answers by a day, and signs."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Final

from sekisho.adapters.database.council_deeds import Deed, next_number, note, person_of, roles_of, text_digest
from sekisho.adapters.database.models import CampaignRow, Department, ReturnRow
from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.database.survey_findings import CLOCK, INVENTORY, observe
from sekisho.adapters.database.turns import writing
from sekisho.business.connection_survey import Survey, SystemInUse
from sekisho.kernel import EntryKind, ReasonCode, Refused, because
from sekisho.kernel.council import CAMPAIGN_TABLE, RETURN_TABLE, Role, advance_state

_OPENERS: Final = frozenset({Role.SECRETARIAT})


def open_campaign(deed: Deed, label: str, due: date) -> str:
    """Ask every department; answers the id of the campaign.

    Raises:
        Refused: No title, the day is past, or not by this person.

    """
    with writing():
        if roles_of(deed).isdisjoint(_OPENERS):
            raise Refused([because(ReasonCode.NOT_ALLOWED, action="campaign.open")])
        if not label.strip() or due < office_day(deed.at):
            raise Refused([because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="campaign", what=f"label, due {due}")])
        row = CampaignRow.objects.create(
            tenant_id=deed.tenant,
            campaign=f"s{next_number(deed.tenant, 'campaign'):03d}",
            label=label.strip(),
            due=due,
            state=CAMPAIGN_TABLE.first,
            opened_by=deed.person,
            opened_at=deed.at,
        )
        asked = list(Department.objects.filter(tenant_id=deed.tenant).order_by("department"))
        for each in asked:
            ReturnRow.objects.create(campaign=row, department=each.department, state=RETURN_TABLE.first)
        departments = [each.department for each in asked]
        note(deed, EntryKind.SURVEY_OPENED, campaign=row.campaign, due=due.isoformat(), departments=departments)
    return row.campaign


def _campaign(tenant: str, campaign: str) -> CampaignRow:
    """A campaign that is open, locked.

    Raises:
        Refused: There is none, or it is closed.

    """
    row = CampaignRow.objects.select_for_update().filter(tenant_id=tenant, campaign=campaign).first()
    if row is None:
        raise Refused([because(ReasonCode.NOT_FOUND, what=campaign)])
    if row.state != CAMPAIGN_TABLE.first:
        raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=campaign, state=row.state)])
    return row


def sign_return(deed: Deed, campaign: str, systems: Iterable[SystemInUse], survey: Survey) -> tuple[str, ...]:
    """A head answers for their department: these systems, or none. What no permit covers is a finding; answers which.

    Raises:
        Refused: Not a head, of no department that was asked, or the campaign is closed.

    """
    named = tuple(systems)
    with writing():
        row = _campaign(deed.tenant, campaign)
        own = person_of(deed).department
        answer = ReturnRow.objects.filter(campaign=row, department=own).first()
        if answer is None:
            raise Refused([because(ReasonCode.NOT_FOUND, what=f"{campaign}/{own}")])
        before = answer.state
        answer.state = advance_state(RETURN_TABLE, f"{campaign}/{own}", before, "sign", roles_of(deed))
        answer.systems, answer.signed_by, answer.signed_at = [asdict(each) for each in named], deed.person, deed.at
        answer.save()
        digest = text_digest(repr([sorted(each.items()) for each in answer.systems]))
        facts = {"campaign": campaign, "department": own, "before": before, "after": answer.state}
        note(deed, EntryKind.SURVEY_ANSWERED, **facts, systems=len(named), digest=digest)
        judged = [survey.names(each, own, deed.at) for each in named]
        seen = [observe(deed, each, INVENTORY) for each in judged]
    return tuple(each.finding for each in seen if each.state != "matched")


def close_campaign(deed: Deed, campaign: str) -> None:
    """The secretariat closes a campaign; who has not answered stays on it, overdue or asked.

    Raises:
        Refused: Not in this state, or not by this person.

    """
    with writing():
        row = _campaign(deed.tenant, campaign)
        row.state = advance_state(CAMPAIGN_TABLE, campaign, row.state, "close", roles_of(deed))
        row.closed_at = deed.at
        row.save()
        missing = [each.department for each in row.returns.exclude(state="answered").order_by("department")]
        note(deed, EntryKind.SURVEY_CLOSED, campaign=campaign, unanswered=missing)


def pass_return_dates(tenant: str, at: datetime) -> tuple[str, ...]:
    """What the clock does every day: departments that are late become overdue. Answers which."""
    clock, passed = Deed(tenant=tenant, person=CLOCK, at=at), list[str]()
    late = ReturnRow.objects.filter(
        campaign__tenant_id=tenant, campaign__state="opened", state="asked", campaign__due__lt=office_day(at)
    )
    with writing():
        # An answer that is just being signed is waited for.
        for each in late.select_related("campaign").select_for_update(of=("self",)).order_by("id"):
            about = f"{each.campaign.campaign}/{each.department}"
            each.state = advance_state(RETURN_TABLE, about, each.state, "pass_due_date", None)
            each.save()
            facts = {"campaign": each.campaign.campaign, "department": each.department, "after": each.state}
            note(clock, EntryKind.SURVEY_OVERDUE, **facts)
            passed.append(about)
    return tuple(passed)
