"""S-450 職員と役割: who works here, what they may do, and what an administrator does about it."""

from collections.abc import Iterator
from types import SimpleNamespace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from sekisho.bootstrap import accounts
from sekisho.bootstrap.accounts import PersonRow
from sekisho.web.access import Role, open_to
from sekisho.web.components.act_forms import SELECT, ActForm, FormField, pick
from sekisho.web.components.chips import Chip
from sekisho.web.components.screen import screen
from sekisho.web.office import Office, office_in
from sekisho.web.pages.people.words import CLOSED, FIRST, NONE, ROLES, WORKING
from sekisho.web.words import Words

SCREEN = screen("S-450", Words("職員と役割", "People and roles"))
_REASON = Words(
    "パスワードは一度だけ表示されます。紙で本人に渡してください。",
    "The password is shown once. Hand it over on paper.",
)


def _entering(office: Office) -> ActForm:
    """The form for a newcomer, roles aside."""
    departments = [(each, Words(ja, en)) for each, ja, en in accounts.departments_of(office.tenant)]
    hint = Words("通行証と帳簿に残り、後から変えられません。", "Permits and the ledger name it; it never changes.")
    return ActForm(
        key="enter",
        url=reverse("person_act", args=["new", "enter"]),
        words=Words("登録する", "Enter"),
        main=True,
        fields=(
            FormField(name="person", words=Words("職員番号（ユーザー名）", "User name"), hint=hint),
            FormField(name="label_ja", words=Words("氏名", "Name")),
            FormField(name="label_en", words=Words("氏名（英語）", "Name in English")),
            FormField(name="department", words=Words("所属", "Department"), kind=SELECT, choices=pick(*departments)),
        ),
    )


def _acts(row: PersonRow) -> Iterator[ActForm]:
    """What can be done about an account, roles aside."""
    offered = [("close", Words("利用を停止する", "Close the account"))]
    if not row.is_active:
        offered = [("open", Words("利用を再開する", "Open the account again"))]
    else:
        offered.append(("give_password", Words("新しいはじめのパスワードを渡す", "Give a new first password")))
        offered.append(("remove_factors", Words("認証の登録を取り消す（紛失時）", "Remove lost second factors")))
    for act, words in offered:
        yield ActForm(key=f"{act}-{row.person}", url=reverse("person_act", args=[row.person, act]), words=words)


def _boxes(held: tuple[str, ...]) -> list[SimpleNamespace]:
    """Every role with its box."""
    return [SimpleNamespace(role=str(role), words=words, held=role in held) for role, words in ROLES.items()]


def account_chip(row: PersonRow) -> Chip:
    """Can this person sign in, and with what?"""
    if not row.is_active:
        return CLOSED
    if not row.has_password:
        return NONE
    return FIRST if row.has_first_password else WORKING


def _line(row: PersonRow, office: Office, departments: dict[str, Words]) -> SimpleNamespace:
    """One person on the list; nothing is offered about oneself."""
    own = row.person == office.person
    return SimpleNamespace(
        person=row.person,
        name=Words(row.name_ja, row.name_en),
        department=departments.get(row.department, row.department),
        roles=[ROLES.get(role, role) for role in row.roles],
        chip=account_chip(row),
        boxes=[] if own else _boxes(row.roles),
        url=reverse("person_act", args=[row.person, "assign"]),
        forms=() if own else tuple(_acts(row)),
    )


@require_GET
@open_to(Role.ADMINISTRATOR)
def people(request: HttpRequest) -> HttpResponse:
    """Everybody, with what can be done about their accounts."""
    office = office_in(request)
    departments = {each: Words(ja, en) for each, ja, en in accounts.departments_of(office.tenant)}
    lines = [_line(row, office, departments) for row in accounts.people_of(office.tenant)]
    page = SimpleNamespace(lines=lines, form=_entering(office), boxes=_boxes(()), note=_REASON)
    return render(request, "people/people.html", {"screen": SCREEN, "page": page})
