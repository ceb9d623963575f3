"""What the frame around every page shows: municipality, zone, person, menu with counts."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

import sekisho
from sekisho.adapters.database.availability import why_closed
from sekisho.web.access import EVERYBODY, Role, office_of
from sekisho.web.components.vocabulary import ZONES, words_of
from sekisho.web.demo_cards import demo_cards
from sekisho.web.middleware.second_factor import has_second_factor
from sekisho.web.office import Office
from sekisho.web.pages.deliberation.tasks import counts_for
from sekisho.web.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuEntry:
    """One line of the menu."""

    title: Words
    icon: str
    url: str
    here: bool
    count: int = 0
    urgent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuGroup:
    """Lines that belong together."""

    title: Words
    entries: tuple[MenuEntry, ...]


Line = tuple[Words, str, str, tuple[Role, ...]]
Menu = tuple[tuple[Words, tuple[Line, ...]], ...]


def no_counts(_office: Office) -> dict[str, int]:
    """Nothing waits behind any line."""
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What one site calls itself, its menu, and what waits behind the lines. The module of its addresses names it."""

    brand: Words
    menu: Menu
    counts: Callable[[Office], dict[str, int]] = no_counts


_OFFICE = (Role.OPERATOR, Role.HEAD)
_EVIDENCE = (Role.AUDITOR, Role.INFORMATION_SYSTEMS, Role.HEAD, Role.SECRETARIAT)
_ALL = EVERYBODY
_COUNCIL = (Role.CHAIR, Role.COUNCIL_MEMBER)
_CONDITIONS = (*EVERYBODY, Role.CONTRACTOR)
_MENU: Final[Menu] = (
    (
        Words("毎日の仕事", "Daily work"),
        (
            (Words("今日の関所", "The gate today"), "gate", "today", _ALL),
            (Words("通過の記録", "Crossings"), "list", "crossings", _ALL),
            (Words("ファイルを通す", "Send a file"), "send", "send", _OFFICE),
            (Words("登記通知の取込み", "Registry notices"), "house", "notice_batches", _OFFICE),
            (Words("寄附の取込み口", "Ways in for donations"), "send", "connectors", _ALL),
            (Words("届いた文書", "Landed documents"), "paper", "documents", _ALL),
        ),
    ),
    (
        Words("審議会と通行証", "Council and permits"),
        (
            (Words("諮問・答申", "Consultations"), "paper", "consultations", _ALL),
            (Words("委員ポータル", "Member's desk"), "person", "portal", _COUNCIL),
            (Words("会議", "Meetings"), "clock", "meetings", _ALL),
            (Words("質疑", "Questions"), "look", "questions", _ALL),
            (Words("答申書", "Decision letters"), "shield", "letters", _ALL),
            (Words("会議録", "Minutes"), "paper", "all_minutes", _ALL),
            (Words("条件の追跡", "Conditions"), "check", "conditions", _CONDITIONS),
            (Words("年次の自己点検", "Yearly self-checks"), "look", "self_checks", _ALL),
            (Words("接続の調査", "Survey"), "look", "survey", _ALL),
            (Words("個人情報保護評価", "Assessments"), "shield", "assessments", _ALL),
            (Words("通行証", "Permits"), "key", "permits", _ALL),
        ),
    ),
    (
        Words("証明と管理", "Evidence and settings"),
        (
            (Words("証跡検索", "Evidence"), "look", "entries", _EVIDENCE),
            (Words("検証", "Verify"), "shield", "verify", _EVIDENCE),
            (Words("帳簿と立会人", "Ledger and witnesses"), "lock", "witnesses", _EVIDENCE),
            (Words("保存と削除", "Keeping and erasing"), "erase", "keeping", _ALL),
            (Words("職員と役割", "People and roles"), "person", "people", (Role.ADMINISTRATOR,)),
            (Words("認証の設定", "My sign-in"), "lock", "mfa_index", tuple(Role)),
            (Words("パスワードの変更", "My password"), "lock", "account_change_password", tuple(Role)),
        ),
    ),
)


CITY: Final = Site(brand=Words("関所", "Sekisho"), menu=_MENU, counts=counts_for)


def site_in_use() -> Site:
    """The site whose addresses are served: a city's gate, unless they name another."""
    site: Site = getattr(import_module(settings.ROOT_URLCONF), "SITE", CITY)
    return site


def menu(office: Office, path: str, site: Site) -> tuple[MenuGroup, ...]:
    """The lines that this person may use, with what waits behind them."""
    groups, counts = [], site.counts(office)
    for title, lines in site.menu:
        entries = []
        for words, icon, name, roles in lines:
            if not set(roles) & set(office.roles):
                continue
            url = reverse(name)
            here = path == url if url == "/" else path.startswith(url) and not _better(site, url, path)
            entries.append(MenuEntry(title=words, icon=icon, url=url, here=here, count=counts.get(name, 0)))
        if entries:
            groups.append(MenuGroup(title=title, entries=tuple(entries)))
    return tuple(groups)


def _better(site: Site, url: str, path: str) -> bool:
    """Does another line of the menu fit this address more closely?"""
    names = [name for _, lines in site.menu for _, _, name, _ in lines]
    return any(path.startswith(other) and len(other) > len(url) for other in map(reverse, names))


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context of the frame."""
    office, site = office_of(request), site_in_use()
    shown: dict[str, Any] = {"version": sekisho.__version__, "now": timezone.now(), "brand": site.brand}
    if closed := why_closed():
        shown["closed"] = Words(*closed)
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        shown["idle_seconds"] = settings.SESSION_COOKIE_AGE
        shown["must_change"] = getattr(user, "must_change_password", False)
        shown["must_enrol"] = not shown["must_change"] and not has_second_factor(request)
        shown["person"] = user.get_username()
    if user is None or not user.is_authenticated:
        shown["cards"] = demo_cards()
    if office is not None:
        shown |= {
            "tenant": Words(office.tenant_ja, office.tenant_en),
            "person": Words(office.name_ja, office.name_en),
            "department": Words(office.department_ja, office.department_en),
            "zone": office.zone,
            "zone_name": words_of(ZONES, office.zone),
            "menu": menu(office, request.path, site),
        }
    return {"frame": shown}
