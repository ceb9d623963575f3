"""A survey as the demonstration shows it: one log, one match, one connection to be consulted, one to be stopped.

The log is made up. Whoever fetches registry notices is approved; the social-insurance forms that the minutes mention
(社会保険の届出) go out from the same network and stand in no dossier; a storage service is cut off at the way out.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from sekisho.adapters.carriers.addresses import find_counterpart
from sekisho.adapters.database.home import Home
from sekisho.adapters.database.models import FindingRow, Person
from sekisho.bootstrap import survey
from sekisho.bootstrap.house import now

_NETWORKS: Final = "network,department,name\n10.12.0.0/16,{department},庁内\n10.0.0.5/32,gate,関所\n"
_TECHNICAL: Final = (
    "host,purpose,owner,reviewed on,until\nntp.example,時刻合わせ,情報システム課,{reviewed},{until}\n"
    "*.update.example,更新プログラム,情報システム課,{reviewed},{until}\n"
)
_INSURANCE: Final = "shaho-denshi.example"
_STORAGE: Final = "file-okiba.example"
_REVIEWED: Final = (("reviewed", -90), ("until", 275))
_STOPS_AT: Final = 2  # so many days before the end it was seen for the last time
_TOLD: Final = {
    _INSURANCE: (survey.Triage.MUST_CONSULT, "被保険者の氏名、生年月日、報酬月額", "平成27年度"),
    _STORAGE: (survey.Triage.MUST_STOP, "図面の写し(個人情報なし)", "今年度"),
}


def _line(at: datetime, source: str, host: str, up: int, *, denied: bool = False) -> str:
    """One line as Squid writes it, with what the client sent as the eleventh column."""
    result, way = ("TCP_DENIED/403", "HIER_NONE/-") if denied else ("TCP_TUNNEL/200", "HIER_DIRECT/203.0.113.9")
    return f"{at.timestamp():.3f}     52 {source} {result} 5321 CONNECT {host} - {way} - {up}\n"


def _log(end: datetime, permitted: str) -> Iterator[bytes]:
    """Ten days at the way out, ending now; what must stop is turned away on the last of them."""
    for day in range(10, 0, -1):
        at = end - timedelta(days=day)
        yield _line(at, "10.0.0.5", permitted, 2_400).encode()
        yield _line(at + timedelta(minutes=5), "10.12.3.21", f"{_INSURANCE}:443", 18_900).encode()
        yield _line(at + timedelta(minutes=9), "10.12.3.40", "wsus.update.example:443", 700).encode()
        if day > _STOPS_AT:
            yield _line(at + timedelta(minutes=12), "10.12.7.4", f"{_STORAGE}:443", 48_200).encode()
    yield _line(end - timedelta(hours=3), "10.12.7.4", f"{_STORAGE}:443", 0, denied=True).encode()
    yield b"cut off in the mid\n"


def _find(tenant: str, host: str) -> str:
    """The finding of a host."""
    return FindingRow.objects.get(tenant_id=tenant, host=host).finding


def work_survey(home: Home, tenant: str, people: tuple[str, str, str], counterpart: str) -> tuple[str, ...]:
    """Play it by the secretariat, information systems and a drafter; answers the findings that no permit covered.

    Raises:
        Refused: Somebody of them may not do it here.
        SekishoError: The counterpart has no address yet.

    """
    end = now()
    clerk, keeper, owner = (survey.act_as(tenant, each, end) for each in people)
    department = Person.objects.get(tenant_id=tenant, username=owner.person).department
    days = {name: (end + timedelta(days=ahead)).date().isoformat() for name, ahead in _REVIEWED}
    survey.keep_networks(keeper, _NETWORKS.format(department=department).encode())
    survey.keep_technical(keeper, _TECHNICAL.format(**days).encode())
    there = urlsplit(find_counterpart(home, counterpart).url).netloc
    taken = survey.take_log(keeper, "access.log", _log(end, there))
    due = end.date() + timedelta(days=14)
    survey.open_campaign(clerk, f"接続の調査({end.year}年)", due)
    for host, (kind, data, since) in _TOLD.items():
        finding = _find(tenant, host)
        survey.triage(clerk, finding, kind)
        survey.assign(clerk, finding, owner.person, due)
        survey.answer(owner, finding, survey.FindingAnswer(data=data, since=since))
    survey.file_consultation(owner, _find(tenant, _INSURANCE))
    survey.prove_stopped(clerk, _find(tenant, _STORAGE))
    return taken.unmatched
