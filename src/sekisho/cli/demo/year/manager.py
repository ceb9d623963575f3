"""What happens inside S1's own home: the approval of consultation 60, the applications, the notices, the figures.

Run as `python -m sekisho.cli.demo.year.manager STEP` with that home folder; answers in JSON.
"""

import argparse
import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Final

from sekisho.bootstrap import now, open_house, prepare_database

SETTINGS: Final = "sekisho.web.donation_manager.settings"
HOME: Final = open_house(SETTINGS)

import httpx  # noqa: E402 - what follows needs Django ready
from django.db.models import Count, Sum  # noqa: E402 - the same

from sekisho.adapters.carriers import Counterpart, keep_counterpart  # noqa: E402 - the same
from sekisho.adapters.carriers.calling import client_context  # noqa: E402 - the same
from sekisho.adapters.certificates import CertificateAuthority, CertificateKind  # noqa: E402 - the same
from sekisho.adapters.database.accepted_papers import accept_paper  # noqa: E402 - the same
from sekisho.adapters.database.models import Parcel, Person  # noqa: E402 - the same
from sekisho.adapters.database.municipalities import enter_tenant  # noqa: E402 - the same
from sekisho.adapters.database.turns import writing  # noqa: E402 - the same
from sekisho.adapters.donations import one_stop_desk as desk  # noqa: E402 - the same
from sekisho.adapters.donations.areas import reading_in  # noqa: E402 - the same
from sekisho.adapters.donations.linking import link_waiting  # noqa: E402 - the same
from sekisho.adapters.donations.models import DonationRow, OneStopRow  # noqa: E402 - the same
from sekisho.adapters.donations.notice_books import Issue, answer_batch, freeze_year  # noqa: E402 - the same
from sekisho.adapters.donations.notice_queries import batches_in, figures_of  # noqa: E402 - the same
from sekisho.adapters.donations.one_stop_cases import CaseDeed  # noqa: E402 - the same
from sekisho.adapters.donations.one_stop_papers import notice_pdf  # noqa: E402 - the same
from sekisho.adapters.donations.reading import donation_of  # noqa: E402 - the same
from sekisho.adapters.donations.site import Gate, admit_gate, prepare_certificates  # noqa: E402 - the same
from sekisho.bootstrap.donation_notices import collect_answers, send_notices  # noqa: E402 - the same
from sekisho.business.hometown_donations.notices import NoticeSender  # noqa: E402 - the same
from sekisho.cli.demo.year.people import Donors  # noqa: E402 - the same
from sekisho.cli.demo.year.plan import Year  # noqa: E402 - the same
from sekisho.kernel import SekishoError  # noqa: E402 - the same

AREA: Final = "422011"
KEYS, CHECKS, ACCEPTS, TERMINAL = "tateyama", "kosuge", "fukuda", "dedicated-terminal-1"
_PATIENCE_SECONDS: Final = 1_800
_ENDS: Final = frozenset({"erased", "held", "refused", "turned_away"})
SENDER: Final = NoticeSender(
    code=AREA,
    name="長崎市",
    address="長崎県長崎市魚の町4番1号",
    desk="ふるさと納税推進室",
    telephone="095-000-0000",
)


def open_area(certificate: Path, issuer: Path, *papers: Path) -> Mapping[str, Any]:
    """The city's area in S1, its door open to the city's gate; its own gate obeys the permits that were handed over.

    A paper is named by its digest, which here stands for the telephone by which it is told.
    """
    prepare_database()
    at = now()
    prepare_certificates(HOME, at)
    with writing():
        enter_tenant(AREA, ("長崎市", "Nagasaki City"), at)
    Person.objects.create(
        username=ACCEPTS,
        tenant_id=AREA,
        label_ja="福田 一",
        label_en="Fukuda Hajime",
        roles=["administrator"],
        password="!",  # noqa: S106 - nobody signs in with it
    )
    accepted = [accept_paper(each.read_bytes(), AREA, each.stem, ACCEPTS, at).permit for each in papers]
    admit_gate(HOME, Gate(area=AREA, terminal="gate", certificate=certificate, authority=issuer))
    authority = CertificateAuthority(HOME)
    authority.issue("eltax", CertificateKind.SERVER, "", at)
    authority.issue(f"gate-{AREA}", CertificateKind.TERMINAL, AREA, at)
    return {"permits": accepted}


def meet(url: str) -> None:
    """Enter the road's address, its recipient and the key of its receipts."""
    with httpx.Client(base_url=url, verify=client_context(HOME, f"gate-{AREA}"), trust_env=False) as client:
        keys = client.get("/recipient").raise_for_status().json()
    keep_counterpart(HOME, Counterpart(counterpart="home_municipality", url=url, **keys))


def _deed(case: str, person: str, at: datetime) -> CaseDeed:
    """An officer acts on a case at the dedicated terminal."""
    return CaseDeed(area=AREA, case=case, person=person, at=at, roles=("operator", "head"), terminal=TERMINAL)


def wishing(year: int) -> list[int]:
    """The paid donations of a year whose donors wish the exception."""
    with reading_in(AREA):
        rows = DonationRow.objects.filter(tenant_id=AREA, year=year, one_stop=True, erased_at__isnull=True)
        return list(rows.order_by("id").values_list("id", flat=True))


def apply(donation: int, donors: Donors, at: datetime) -> None:
    """One application: the form goes out, is keyed, keyed again by another officer without seeing it, and accepted.

    Raises:
        SekishoError: The donation is not there.

    """
    found = donation_of(AREA, donation)
    if found is None:
        message = f"donation {donation} is not there"
        raise SekishoError(message)
    form = donors.fill_in(found, at.date())
    case, _ = desk.send_form(_deed("", KEYS, at), donation)
    desk.key_in(_deed(case, KEYS, at), desk.Typing(values=form, received_on=at.date(), identity=("number_card",)))
    desk.verify(_deed(case, CHECKS, at), form)
    desk.accept(_deed(case, KEYS, at))


def apply_all(year: Year) -> Mapping[str, Any]:
    """The same people found, every application of the year taken, and the year closed after its deadline."""
    link_waiting(AREA, now())
    donors, wanted = Donors(), wishing(year.year)
    for donation in wanted:
        apply(donation, donors, year.forms_came)
    freeze_year(AREA, year.year, year.closed_on, year.told_at)
    return {"applications": len(wanted)}


def _wait_for_worker() -> None:
    """Wait until every parcel of S1's gate is at its end.

    Raises:
        SekishoError: One is not, after a long time.

    """
    until = monotonic() + _PATIENCE_SECONDS
    while left := Parcel.objects.filter(tenant_id=AREA).exclude(state__in=_ENDS).count():
        if monotonic() > until:
            message = f"{left} parcels of notices are not at their end"
            raise SekishoError(message)
        sleep(0.2)


def tell_all(year: Year) -> Mapping[str, Any]:
    """Every donor's municipality is told through S1's gate, and answers."""
    issue = Issue(
        area=AREA,
        year=year.year,
        sender=SENDER,
        issued_on=year.told_at.date(),
        person=KEYS,
        at=year.told_at,
        terminal=TERMINAL,
    )
    sent = send_notices(issue)
    for batch in sent.on_paper:
        post(batch, year)
    _wait_for_worker()
    collect_answers(AREA, year.year, now())
    batches = batches_in(AREA, year.year)
    paper = [each for each in batches if each.batch in sent.on_paper]
    return {
        "destinations": len({each.destination for each in batches}),
        "batches": len(batches),
        "paper": [sum(each.rows for each in paper), sum(each.total for each in paper)],
        "acknowledged": sum(each.state == "acknowledged" for each in batches),
        "exceptions": [str(each.obstacle) for each in sent.exceptions],
        "untold_yen": _yen_of([case for each in sent.exceptions for case in each.applications]),
    }


def post(batch: str, year: Year) -> None:
    """What cannot be written in the file's characters is printed, and goes by registered post."""
    notice_pdf(AREA, batch, SENDER)
    answer_batch(AREA, batch, f"簡易書留 {batch[-5:]}", year.told_at, KEYS)


def _yen_of(cases: list[str]) -> int:
    """What these applications come to."""
    with reading_in(AREA):
        return int(OneStopRow.objects.filter(tenant_id=AREA, number__in=cases).aggregate(all=Sum("amount"))["all"] or 0)


def tell_figures(year: Year) -> Mapping[str, Any]:
    """What S1 holds: donations and yen by portal, donors, and the yen of the applications that count."""
    with reading_in(AREA):
        rows = DonationRow.objects.filter(tenant_id=AREA)
        by_portal = rows.order_by().values_list("portal").annotate(Count("id"), Sum("amount"))
        portals = {portal: [count, yen] for portal, count, yen in by_portal}
        donors = rows.values("donor").distinct().count()
    return {"portals": portals, "donors": donors, "accepted_yen": figures_of(AREA, year.year).accepted_yen}


def main() -> None:
    """One step of the story."""
    parser = argparse.ArgumentParser(prog="sekisho.cli.demo.year.manager")
    parser.add_argument("step", choices=["open", "applications", "notices"])
    parser.add_argument("said", nargs="+")
    given = parser.parse_args()
    if given.step == "open":
        told = open_area(*map(Path, given.said))
    elif given.step == "applications":
        told = apply_all(Year(year=int(given.said[0]), donations=0))
    else:
        year = Year(year=int(given.said[0]), donations=0)
        meet(given.said[1])
        told = {**tell_all(year), **tell_figures(year)}
    print(json.dumps(told, ensure_ascii=False))


if __name__ == "__main__":
    main()
