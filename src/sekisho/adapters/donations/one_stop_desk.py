"""What officers do with applications: send forms, key in, verify blind, complete, accept, ask, change, withdraw."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sekisho.adapters.donations.areas import writing_in
from sekisho.adapters.donations.notice_plans import cases_under_way
from sekisho.adapters.donations.one_stop_cases import (
    IDENTITY,
    CaseDeed,
    deadlines_in,
    find_case,
    form_of,
    keep_form,
    move,
    open_case,
    received_form,
    seal_of,
    weigh_form,
)
from sekisho.adapters.donations.one_stop_vault import CaseVault
from sekisho.business.hometown_donations.one_stop import (
    CHANGEABLE,
    ApplicationRoute,
    ChangeNotice,
    Deficiency,
    apply_change,
    changed_fields,
    differing_fields,
    make_application,
    read_form,
    seal_holds,
    values_of,
)
from sekisho.kernel import ReasonCode, Refused, because

_ENDS: Final = frozenset({"withdraw", "refuse_late"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Typing:
    """What somebody typed from one form, when the form came, how, and which identity documents were with it."""

    values: Mapping[str, str]
    received_on: date
    route: ApplicationRoute = ApplicationRoute.KEYED
    identity: tuple[str, ...] = ()


def send_form(deed: CaseDeed, donation: int) -> tuple[str, str]:
    """A case whose form goes out with the receipt; answers its number and the link code.

    Raises:
        Refused: The donation has a case already, or none can be opened.

    """
    with writing_in(deed.area):
        number, code = open_case(deed, donation)
        sent = CaseDeed(area=deed.area, case=number, person=deed.person, at=deed.at, roles=deed.roles)
        move(find_case(deed.area, number, locked=True), sent, "send_form")
    return number, code


def key_in(deed: CaseDeed, typing: Typing, vault: CaseVault | None = None) -> None:
    """The first keying: kept sealed until another person has typed the same.

    Raises:
        Refused: The case is not waiting for a form.

    """
    vault = vault or CaseVault(deed.area)
    with writing_in(deed.area):
        row = find_case(deed.area, deed.case, locked=True)
        row.keyed = vault.seal_number(row.number, dict(read_form(typing.values).values))
        row.keyed_by, row.received_on, row.route = deed.person, typing.received_on, str(typing.route)
        row.identity = [each for each in typing.identity if each in IDENTITY]
        move(row, deed, "key_again" if row.state == "keyed" else "key_in", route=str(typing.route))


def verify(deed: CaseDeed, typed: Mapping[str, str], vault: CaseVault | None = None) -> tuple[str, ...]:
    """照合: the second keying, blind, by another person. Answers the fields that differ; none: it is an application.

    Raises:
        Refused: The same person typed it first, or the case waits for nothing.

    """
    vault = vault or CaseVault(deed.area)
    with writing_in(deed.area):
        row = find_case(deed.area, deed.case, locked=True)
        if row.state != "keyed" or not row.keyed:
            raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=row.number, state=row.state)])
        if row.keyed_by == deed.person:
            raise Refused([because(ReasonCode.DUTIES_NOT_SEPARATE, person=deed.person, one="入力", other="照合")])
        second = read_form(typed)
        found = differing_fields(read_form(vault.open_number(row.number, bytes(row.keyed))), second)
        if found:
            return found
        row.keyed, row.verified_by = None, deed.person
        missing = keep_form(row, vault, second, deed.at)
        move(row, deed, "verify", deficiencies=[str(each) for each in missing])
    return ()


def complete(deed: CaseDeed, values: Mapping[str, str], identity: tuple[str, ...]) -> tuple[Deficiency, ...]:
    """Fill in what the donor sent later; answers what is still missing.

    Raises:
        Refused: The case is not one that is being checked.

    """
    vault = CaseVault(deed.area)
    with writing_in(deed.area):
        row = find_case(deed.area, deed.case, locked=True)
        row.identity = sorted({*row.identity, *(each for each in identity if each in IDENTITY)})
        form = read_form({**form_of(row, vault).values, **values}) if values else form_of(row, vault)
        missing = keep_form(row, vault, form, deed.at) if values else weigh_form(row, form)
        move(row, deed, "complete", fields=sorted(values), deficiencies=[str(each) for each in missing])
    return missing


def accept(deed: CaseDeed, vault: CaseVault | None = None) -> None:
    """Accept an application in which nothing is missing.

    Raises:
        Refused: Something is; each is named.

    """
    vault = vault or CaseVault(deed.area)
    with writing_in(deed.area):
        row = find_case(deed.area, deed.case, locked=True)
        application = make_application(form_of(row, vault), received_form(row))
        if not seal_holds(vault.row_key, seal_of(row), application.applicant):
            raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=row.number, state="seal_broken")])
        move(row, deed, "accept")


def ask_donor(deed: CaseDeed) -> tuple[Deficiency, ...]:
    """A letter asks the donor for what is missing; answers what the letter says.

    Raises:
        Refused: Nothing is missing, or the case is not being checked.

    """
    with writing_in(deed.area):
        row = find_case(deed.area, deed.case, locked=True)
        found = tuple(Deficiency(each) for each in row.deficiencies)
        if not found:
            raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=row.number, state=row.state)])
        row.asked_at = deed.at
        move(row, deed, "ask_donor", deficiencies=[str(each) for each in found])
    return found


def change(deed: CaseDeed, filed_on: date, received_on: date, after: Mapping[str, str]) -> tuple[str, ...]:
    """A change notice (55号の6): checked, sealed anew, its fields written down; answers which changed.

    Raises:
        Refused: It is too late, changes nothing, or what it leaves is not right.

    """
    vault = CaseVault(deed.area)
    with writing_in(deed.area):
        row = find_case(deed.area, deed.case, locked=True)
        # Documents may still be on their way; what is changed is the form.
        before = make_application(form_of(row, vault), replace(received_form(row), identity_shown=True))
        notice = ChangeNotice(application=row.number, filed_on=filed_on, received_on=received_on, after=after)
        made = apply_change(before, notice, deadlines_in(deed.area, row.year))
        keep_form(row, vault, read_form(values_of(made)), deed.at)
        fields = changed_fields(before, made)
        move(row, deed, "change" if deed.roles is not None else "change_online", fields=list(fields))
    return fields


def take_step(deed: CaseDeed, act: str) -> None:
    """A step that changes nothing but the state: refuse_late, withdraw, void, cancel.

    Raises:
        Refused: It cannot be taken now.

    """
    with writing_in(deed.area):
        row = find_case(deed.area, deed.case, locked=True)
        if act == "withdraw" and row.number in cases_under_way(deed.area, row.year):
            raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=row.number, state="notice_under_way")])
        if act in _ENDS:
            row.keyed = None  # nobody verifies it any more, and it holds an Individual Number
        move(row, deed, act)


def amend(deed: CaseDeed, act: str, values: Mapping[str, str]) -> tuple[str, ...]:
    """What was notified was wrong, or came back: put right as on the form, sealed anew, final again.

    Answers which fields changed. The act is `readdress` (it came back) or `correct` (it stands at its destination).

    Raises:
        Refused: The case is not in such a state, nothing changes, or what it would leave is not right.

    """
    vault = CaseVault(deed.area)
    with writing_in(deed.area):
        row = find_case(deed.area, deed.case, locked=True)
        before = make_application(form_of(row, vault), received_form(row))
        wanted = {name: value for name, value in values.items() if name in CHANGEABLE and value}
        form = read_form({**values_of(before), **wanted})
        after = make_application(form, received_form(row))
        fields = changed_fields(before, after)
        if not fields:
            raise Refused([because(ReasonCode.NO_CHANGE, what=deed.case)])
        keep_form(row, vault, form, deed.at)
        move(row, deed, act, fields=list(fields))
    return fields
