"""The change notice (申告特例申請事項変更届出書, 第55号の6様式): what changed, until the same deadline."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Final

from sekisho.business.hometown_donations.one_stop.applications import OneStopApplication
from sekisho.business.hometown_donations.one_stop.deadlines import OneStopDeadlines
from sekisho.business.hometown_donations.one_stop.deficiencies import ReceivedForm, make_application
from sekisho.business.hometown_donations.one_stop.forms import FORM_FIELDS, read_form
from sekisho.kernel import ReasonCode, Refused, because

CHANGEABLE: Final = ("name", "kana", "address", "telephone", "individual_number", "sex", "birth")
"""What a change notice can change; the donation is what it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeNotice:
    """One change notice: when it was filed and arrived, and the values after the change."""

    application: str
    filed_on: date
    received_on: date
    after: Mapping[str, str] = field(repr=False)


def values_of(application: OneStopApplication) -> Mapping[str, str]:
    """An application as the form that it was typed from."""
    applicant, donation = application.applicant, application.donation
    known = {
        "applied_on": application.applied_on.isoformat(),
        "name": applicant.name,
        "kana": applicant.kana,
        "address": applicant.address,
        "telephone": applicant.telephone,
        "individual_number": applicant.individual_number,
        "sex": applicant.sex,
        "birth": applicant.birth.isoformat(),
        "donated_on": donation.donated_on.isoformat(),
        "amount": str(donation.amount),
        "confirmed_eligible": "1",
        "confirmed_five": "1",
    }
    return MappingProxyType({name: known[name] for name in FORM_FIELDS})


def apply_change(
    application: OneStopApplication, change: ChangeNotice, deadlines: OneStopDeadlines
) -> OneStopApplication:
    """The application after the change; it is checked again as if it had been typed so.

    Raises:
        Refused: It came too late, changes what cannot be changed, changes nothing, or leaves something wrong.

    """
    if not deadlines.takes_forms(change.received_on):
        until = deadlines.forms_until.isoformat()
        raise Refused([because(ReasonCode.AFTER_DEADLINE, application=application.application, until=until)])
    if strangers := sorted(set(change.after) - set(CHANGEABLE)):
        raise Refused([because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="change", what=", ".join(strangers))])
    before = values_of(application)
    form = read_form({**before, **change.after})
    if form.values == read_form(before).values:
        raise Refused([because(ReasonCode.NO_CHANGE, what=application.application)])
    received = ReceivedForm(
        application=application.application,
        received_on=application.received_on,
        donation=application.donation,
        deadlines=deadlines,
        identity_shown=True,
    )
    return replace(application, applicant=make_application(form, received).applicant)


def changed_fields(before: OneStopApplication, after: OneStopApplication) -> tuple[str, ...]:
    """The fields that differ, in the order of the form: for the ledger, which never holds their values."""
    one, other = values_of(before), values_of(after)
    return tuple(name for name in FORM_FIELDS if one[name] != other[name])
