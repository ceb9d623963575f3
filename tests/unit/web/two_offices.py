"""Two municipalities in one database, each owning one object of every kind. Every person is made up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.utils import timezone

from sekisho.adapters.carriers.in_house import document_key, document_place
from sekisho.adapters.database.home import find_home
from sekisho.adapters.database.ledgers import append_entry, sequence
from sekisho.adapters.database.models import Document, Parcel, Person, Terminal
from sekisho.adapters.database.property_ledgers import enter_properties
from sekisho.adapters.database.property_proposals import prepare_proposals
from sekisho.adapters.database.setup import issue_permit, open_tenant
from sekisho.adapters.database.turns import writing
from sekisho.adapters.dossiers import read_dossier, shipped_dossier
from sekisho.adapters.keys import open_key_store
from sekisho.adapters.layouts import shipped_layouts
from sekisho.adapters.objects import Sink
from sekisho.business.registry_notices import make_ledger, make_rows, notice_file
from sekisho.kernel import ReasonCode, Specification, because, digest_of
from sekisho.records import read
from tests.fakes.kept import kept

NAGASAKI, NEIGHBOUR = "422011", "422029"
TERMINAL = "asset-tax-terminal-1"
PASSWORD = "made-up-password-1"
SECRET = "JBSWY3DPEHPK3PXP"
CONTENT = "通知番号,所有者の氏名\r\nN-1,見本 髙子\r\n".encode("cp932")
ROUTE = ["government_shared_network", "lgwan"]
FOUND = {"records": 86, "items": ["owner_name", "lot_number", "cause"], "unmapped_characters": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Belongings:
    """What one municipality owns: one id of every kind, and somebody who works there."""

    tenant: str
    person: str
    crossing: str
    stopped: str
    document: str
    permit: str


def dossier_of(tenant: str) -> str:
    """The shipped dossier; for the neighbour with its own code and people."""
    text = shipped_dossier()
    if tenant == NAGASAKI:
        return text
    for person in ("urakami", "inasa", "dejima", "kazagashira", "konpira", "glover"):
        text = text.replace(person, f"{person}_2")
    return text.replace(NAGASAKI, NEIGHBOUR).replace("R1-56", "R1-156").replace("R8-56", "R8-156")


def _frame(tenant: str, parcel: str, kind: str, at: datetime) -> dict[str, object]:
    person = "urakami" if tenant == NAGASAKI else "urakami_2"
    by = {"person": person, "terminal": TERMINAL, "agency": "mayor", "department": "asset_tax"}
    frame = {"kind": kind, "tenant": tenant, "parcel": parcel, "connection": "registry-notices-down", "by": by}
    return {**frame, "at": at.isoformat(timespec="milliseconds"), "permit": "R1-56-01", "digest": "3f9a71c0" * 8}


def _parcel(tenant: str, parcel: str, permit: str, **facts: object) -> None:
    now = timezone.now()
    passage = {"direction": "inward", "counterpart": "linkage_platform", "route": ROUTE}
    common = {"tenant_id": tenant, "connection": "registry-notices-down", "permit": permit, "passage": passage}
    day = (now + timedelta(hours=9)).date()
    Parcel.objects.create(parcel=parcel, received_at=now, received_on=day, size=31234, **common, **facts)


def _enter_crossing(tenant: str, parcel: str, permit: str, approved: Specification) -> None:
    now = timezone.now()
    _parcel(tenant, parcel, permit, state="erased", outcome="delivered", found=FOUND, proof={"key": "k"})
    steps: Mapping[str, Mapping[str, object]] = {
        "received": {"size": 31234, "route": ROUTE, "direction": "inward", "specification": digest_of(approved)},
        "cleared": {"found": FOUND, "strip": []},
        "leaving": {"sealed_digest": "aa55" * 16, "recipient": "asset_tax", "direction": "inward"},
        "delivered": {"receipt": "DOC-0001", "sealed_digest": "aa55" * 16},
        "erasing": {},
        "erased": {"bytes_removed": 31300, "key_digest": "00" * 32},
    }
    for number, (kind, facts) in enumerate(steps.items()):
        frame = _frame(tenant, parcel, kind, now + timedelta(seconds=number))
        append_entry(tenant, {**frame, "permit": permit, **facts})


def _enter_refusal(tenant: str, parcel: str, permit: str) -> None:
    now = timezone.now()
    found = FOUND | {"items": ["owner_name", "sex"], "records": 30000}
    reasons = [
        because(ReasonCode.ITEM_NOT_APPROVED, item="sex", label="性別").as_data(),
        because(ReasonCode.TOO_MANY_RECORDS, count=30000, limit=20000).as_data(),
    ]
    _parcel(tenant, parcel, permit, state="refused", outcome="refused", found=found, reasons=reasons)
    append_entry(tenant, {**_frame(tenant, parcel, "received", now), "size": 31234, "route": ROUTE})
    told = {"hall": "examination", "found": found, "reasons": reasons}
    append_entry(tenant, {**_frame(tenant, parcel, "refused", now), **told})


def _enter_document(tenant: str, document: str, parcel: str, recipient: str) -> None:
    key = open_key_store().make(tenant, document_key(document))
    sink = Sink(find_home().parcels, document_place(document), key)
    sink.feed(CONTENT)
    taken, now = sink.finish(), timezone.now()
    Document.objects.create(
        document=document,
        tenant_id=tenant,
        parcel=parcel,
        layout="registry_notice",
        records=1,
        recipients=[recipient],
        landed_at=now,
        erase_by=now + timedelta(days=1),
        size=taken.stored.size,
        digest=taken.stored.digest,
        place=taken.stored.place,
        inline=taken.inline,
    )


def _enter_notices(tenant: str, document: str) -> None:
    """A small ledger, and what eight notices propose."""
    chance = Random(56)
    ledger = make_ledger(chance, 12)
    enter_properties(tenant, ledger)
    layout = shipped_layouts().find("registry_notice")
    file = notice_file(layout, make_rows(chance, ledger, 8, misfits=0.4))
    prepared = prepare_proposals(tenant, document, (each.values for each in read(layout, file)))
    with writing():
        prepared.write(timezone.now())


@kept
def open_office(tenant: str) -> Belongings:
    """Enter a municipality and give it one object of every kind."""
    text = dossier_of(tenant)
    dossier, at = read_dossier(text), datetime(2019, 11, 19, 2, tzinfo=UTC)
    open_tenant(dossier, text, at)
    for approved in dossier.approved:
        issue_permit(approved, dossier.issuers, at)
    Terminal.objects.filter(tenant_id=tenant, terminal=TERMINAL).update(demo=True)
    person = "inasa" if tenant == NAGASAKI else "inasa_2"
    permit = dossier.approved[0].permit
    crossing, stopped, document = f"p-{tenant}-crossed", f"p-{tenant}-stopped", f"d-{tenant}"
    with writing():
        _enter_crossing(tenant, crossing, permit, dossier.approved[0].specification)
        _enter_refusal(tenant, stopped, permit)
        _enter_document(tenant, document, crossing, person)
    _enter_notices(tenant, document)
    sequence(tenant)
    return Belongings(
        tenant=tenant,
        person=person,
        crossing=crossing,
        stopped=stopped,
        document=document,
        permit=permit,
    )


def give_second_factor(person: str) -> None:
    """A password and an authenticator app, once."""
    found = Person.objects.get(username=person)
    if not Authenticator.objects.filter(user=found).exists():
        found.set_password(PASSWORD)
        found.save()
        TOTP.activate(found, SECRET)


def client_of(person: str, *roles: str) -> Client:
    """A browser in which this person has signed in with both factors."""
    if roles:
        Person.objects.filter(username=person).update(roles=list(roles))
    give_second_factor(person)
    client = Client()
    client.force_login(Person.objects.get(username=person))
    return client
