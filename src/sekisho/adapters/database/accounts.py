"""Accounts: entering people, closing and opening their accounts, first passwords. Each step is an entry.

Only an administrator does any of it, never for themself, and only in their own municipality. A first password is shown
once, kept by nobody, and has to be changed when it is used.
"""

import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from sekisho.adapters.database.council_deeds import Deed, note, person_of, roles_of
from sekisho.adapters.database.models import Department, Person, Terminal
from sekisho.adapters.database.turns import writing
from sekisho.kernel import EntryKind, ReasonCode, Refused, SekishoError, because
from sekisho.kernel.council import Act, Role, check_assignment, check_duties

# Letters that are not taken for another one when they are read from paper.
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _IN_GROUP = 4, 5
_NAME: Final = re.compile(r"[a-z][a-z0-9_.-]{1,39}")
_LONGEST_LABEL: Final = 100
_FINGERPRINT: Final = re.compile("[0-9a-f]{64}")
# What is asked of each field, for whoever filled it in wrongly.
_ASKED: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "person": (
            "職員番号(ユーザー名) / user name",
            "英小文字で始まる半角2〜40字です / 2 to 40 small letters, digits, _ . -, a letter first",
        ),
        "label_ja": ("氏名 / name", "1〜100字です / 1 to 100 characters"),
        "label_en": ("氏名(英語) / name in English", "1〜100字です / 1 to 100 characters"),
        "department": ("所属 / department", "登録済みの所属から選びます / one that is entered"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """Somebody who is to work here: the id that permits and the ledger name, the name on screens, department, roles."""

    person: str
    label_ja: str
    label_en: str
    department: str
    roles: tuple[str, ...]


def make_password() -> str:
    """A first password of about ninety-nine bits, in groups that can be read aloud."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_IN_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def as_roles(names: Iterable[str]) -> list[Role]:
    """Roles by their names, each once.

    Raises:
        Refused: A name is no role.

    """
    wanted = sorted(set(names))
    unknown = [name for name in wanted if name not in set(Role)]
    if unknown:
        raise Refused([because(ReasonCode.FIELD_NOT_UNDERSTOOD, where="役割 / role", what=name) for name in unknown])
    return [Role(name) for name in wanted]


def _faults(tenant: str, newcomer: Newcomer) -> Iterable[str]:
    """The fields of a newcomer that cannot be used."""
    if not _NAME.fullmatch(newcomer.person):
        yield "person"
    for name, label in (("label_ja", newcomer.label_ja), ("label_en", newcomer.label_en)):
        if not label.strip() or len(label) > _LONGEST_LABEL or not label.isprintable():
            yield name
    if not Department.objects.filter(tenant_id=tenant, department=newcomer.department).exists():
        yield "department"


def _check(tenant: str, newcomer: Newcomer) -> list[Role]:
    """The roles of a newcomer who can be entered.

    Raises:
        Refused: With every field that cannot be used, and every pair of roles that one person may not hold.

    """
    faults = tuple(_faults(tenant, newcomer))
    if faults:
        asked = [_ASKED[name] for name in faults]
        raise Refused([because(ReasonCode.FIELD_NOT_UNDERSTOOD, where=where, what=what) for where, what in asked])
    roles = as_roles(newcomer.roles)
    check_assignment(newcomer.person, roles)
    if Person.objects.filter(username=newcomer.person).exists():
        taken = f"{newcomer.person} はもう使われています / is taken"
        raise Refused([because(ReasonCode.FIELD_NOT_UNDERSTOOD, where=_ASKED["person"][0], what=taken)])
    return roles


def enter_person(deed: Deed, newcomer: Newcomer) -> str:
    """Enter somebody with a first password, which is answered and kept nowhere.

    Raises:
        Refused: Not by an administrator, or the newcomer cannot be entered; with every reason.

    """
    with writing():
        check_duties(deed.person, roles_of(deed), Act.KEEP_ACCOUNTS, ())
        return _enter(deed, newcomer, _check(deed.tenant, newcomer))


def _enter(deed: Deed, newcomer: Newcomer, roles: list[Role]) -> str:
    """Write somebody down."""
    password = make_password()
    names = [str(each) for each in roles]
    person = Person(
        username=newcomer.person,
        tenant_id=deed.tenant,
        department=newcomer.department,
        label_ja=newcomer.label_ja,
        label_en=newcomer.label_en,
        roles=names,
        must_change_password=True,
    )
    person.set_password(password)
    person.save()
    note(deed, EntryKind.PERSON_ENTERED, person=newcomer.person, department=newcomer.department, roles=names)
    return password


def enter_first_administrator(deed: Deed, newcomer: Newcomer) -> str:
    """Enter the first administrator of a municipality, at the installation itself; answers the first password.

    Raises:
        Refused: The newcomer cannot be entered.
        SekishoError: There is an administrator already, who enters everybody else.

    """
    with writing():
        known = Person.objects.filter(tenant_id=deed.tenant, is_active=True)
        if any(person.has_role(str(Role.ADMINISTRATOR)) for person in known):
            message = (
                f"{deed.tenant}: システム管理者がもういます / there is an administrator, who enters everybody else"
            )
            raise SekishoError(message)
        return _enter(deed, newcomer, _check(deed.tenant, newcomer))


def _other_person(deed: Deed, person: str) -> Person:
    """Somebody else of this municipality, for an administrator.

    Raises:
        Refused: Not by an administrator, not for oneself, or nobody of that name is here.

    """
    check_duties(deed.person, roles_of(deed), Act.KEEP_ACCOUNTS, ())
    if person == deed.person:
        raise Refused([because(ReasonCode.DUTIES_NOT_SEPARATE, person=person, one="administrator", other="person")])
    found = Person.objects.filter(tenant_id=deed.tenant, username=person).first()
    if found is None:
        raise Refused([because(ReasonCode.NOT_FOUND, what=person)])
    return found


def close_account(deed: Deed, person: str) -> None:
    """Somebody does not work here any more: they are signed out, and what they did stays theirs.

    Raises:
        Refused: Not by an administrator, not for oneself, nobody of that name, or closed already.

    """
    _turn(deed, person, active=False)


def open_account(deed: Deed, person: str) -> None:
    """Somebody works here again, with the roles they had.

    Raises:
        Refused: Not by an administrator, not for oneself, nobody of that name, or open already.

    """
    _turn(deed, person, active=True)


def _turn(deed: Deed, person: str, *, active: bool) -> None:
    """Close or open an account.

    Raises:
        Refused: It is so already, or this is not for this person to do.

    """
    with writing():
        found = _other_person(deed, person)
        if found.is_active is active:
            state = "open" if active else "closed"
            raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=person, state=state)])
        found.is_active = active
        found.save(update_fields=["is_active"])
        note(deed, EntryKind.ACCOUNT_CHANGED, person=person, what="opened" if active else "closed")


def give_password(deed: Deed, person: str) -> str:
    """A new first password, for whoever forgot theirs; they are signed out everywhere.

    Raises:
        Refused: Not by an administrator, not for oneself, or nobody of that name.

    """
    with writing():
        found, password = _other_person(deed, person), make_password()
        found.set_password(password)
        found.must_change_password = True
        found.save(update_fields=["password", "must_change_password"])
        note(deed, EntryKind.ACCOUNT_CHANGED, person=person, what="password")
        return password


def remove_factors(deed: Deed, person: str, remove: Callable[[Person], int]) -> int:
    """Take away lost authenticators and passkeys; at the next sign-in a new one is registered. Answers how many.

    `remove` is how the sign-in takes them away; it and the entry are one transaction.

    Raises:
        Refused: Not by an administrator, not for oneself, or nobody of that name.

    """
    with writing():
        found = _other_person(deed, person)
        count = remove(found)
        note(deed, EntryKind.ACCOUNT_CHANGED, person=person, what="factors", count=count)
        return count


def bind_terminal(deed: Deed, terminal: str, fingerprint: str) -> None:
    """Let a terminal stand at the gate with this certificate, instead of the one before, by its SHA-256 fingerprint.

    Raises:
        Refused: Not by an administrator, no such terminal here, no fingerprint, or it is another terminal's.

    """
    with writing():
        check_duties(deed.person, roles_of(deed), Act.KEEP_ACCOUNTS, ())
        if not _FINGERPRINT.fullmatch(fingerprint):
            where, what = "指紋 / fingerprint", "小文字の16進64字です / 64 small hexadecimal digits"
            raise Refused([because(ReasonCode.FIELD_NOT_UNDERSTOOD, where=where, what=what)])
        found = Terminal.objects.filter(tenant_id=deed.tenant, terminal=terminal).first()
        if found is None:
            raise Refused([because(ReasonCode.NOT_FOUND, what=terminal)])
        if Terminal.objects.filter(fingerprint=fingerprint).exclude(pk=found.pk).exists():
            what = "別の端末に使われています / another terminal's"
            raise Refused([because(ReasonCode.FIELD_NOT_UNDERSTOOD, where="指紋 / fingerprint", what=what)])
        found.fingerprint = fingerprint
        found.save(update_fields=["fingerprint"])
        note(deed, EntryKind.TERMINAL_ENROLLED, terminal=terminal, fingerprint=fingerprint)


def keep_own_password(deed: Deed, password: str) -> None:
    """Somebody's own password in the place of the one before. The entry says that it was changed, and no more.

    Raises:
        Refused: Nobody of that name works here.

    """
    with writing():
        person = person_of(deed)
        person.set_password(password)
        person.must_change_password = False
        person.save(update_fields=["password", "must_change_password"])
        note(deed, EntryKind.ACCOUNT_CHANGED, person=deed.person, what="own_password")
