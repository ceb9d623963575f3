"""An office whose approval lends a printing contractor the key of what it is given, and the contractor's people."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

import pyrage

from sekisho.adapters.carriers import Counterpart, keep_counterpart
from sekisho.adapters.database.home import Home
from sekisho.adapters.dossiers import Dossier, read_dossier, shipped_dossier
from sekisho.adapters.layouts import shipped_layouts
from sekisho.business.registry_notices import make_ledger, write_price_notices
from sekisho.kernel import Credential, Erased

TENANT, UP, PERMIT = "422011", "registry-prices-up", "R8-56-02"
PRINTER = "printing_contractor"
HOURS, DAYS = 48, 30
SENDER = ("asset-tax-terminal-1", "urakami")
ASK = "https://localhost:1"
CREDENTIAL = Credential(kind="certificate", value=f"{'ab' * 32}/insatsu")


def lending_dossier(**changes: Any) -> Dossier:
    """Consultation 56 as if its prices went to a printing contractor, sealed, with the key lent."""
    dossier = read_dossier(shipped_dossier())
    said = {"counterpart": PRINTER, "contractor_keeps_days": DAYS, "key_lent_hours": HOURS, **changes}
    approved = [
        replace(each, specification=replace(each.specification, **said))
        if each.specification.connection == UP
        else each
        for each in dossier.approved
    ]
    return replace(dossier, approved=approved)


def prices(count: int = 5) -> bytes:
    """A file of price notices."""
    ledger = make_ledger(Random(1), count)
    layout = shipped_layouts().find("price_notice")
    return b"".join(write_price_notices(layout, ledger, municipality=TENANT, fiscal_year=2026))


def enter_contractor(tenant: str = TENANT, person: str = "insatsu", terminal: str = "ab" * 32) -> None:
    """Somebody of the contractor's, and the terminal there, by its certificate's digest."""
    from sekisho.adapters.database.models import Person, Terminal

    Person.objects.create(
        username=person, tenant_id=tenant, department=PRINTER, label_ja="印刷 花", label_en="Insatsu Hana",
        roles=["contractor"],
    )  # fmt: skip
    Terminal.objects.create(
        tenant_id=tenant, terminal=f"printer-{person}", label_ja="業者の端末", label_en="Printer's terminal",
        zone="outside", department=PRINTER, fingerprint=terminal,
    )  # fmt: skip


@contextmanager
def share(home: Path) -> Iterator[Path]:
    """A folder that the contractor reads, as its carrier."""
    folder = home / "share"
    folder.mkdir(exist_ok=True)
    (folder / ".sekisho").touch()
    recipient = str(pyrage.x25519.Identity.generate().to_public())
    known = Counterpart(
        counterpart=PRINTER, url="", recipient=recipient, receipt_key="", carrier="folder",
        settings={"folder": str(folder)},
    )  # fmt: skip
    keep_counterpart(Home(folder=home), known)
    yield folder


def deliver(body: bytes, tenant: str = TENANT) -> str:
    """One file goes out through the whole corridor; its parcel."""
    from sekisho.bootstrap import cross_file

    outcome = cross_file((tenant, UP), SENDER, (iter([body]), len(body)))
    assert isinstance(outcome, Erased), outcome
    return outcome.waybill.parcel


def asking(parcel: str, digest: str, **changes: Any) -> Any:
    """The contractor asks for the key, each time with a recipient of its own."""
    from sekisho.adapters.database.loan_openings import Asking

    recipient = str(pyrage.x25519.Identity.generate().to_public())
    said = {"tenant": TENANT, "parcel": parcel, "credential": CREDENTIAL, "container": digest}
    return Asking(**{**said, "recipient": recipient, **changes})


def entries(parcel: str) -> list[dict[str, Any]]:
    """What the ledger says of a parcel, in order."""
    from sekisho.adapters.database.models import EntryRow

    rows = EntryRow.objects.filter(parcel=parcel).order_by("id").values_list("body", flat=True)
    return [json.loads(bytes(each)) for each in rows]


def copy_of(parcel: str) -> Any:
    """The row of the contractor's copy."""
    from sekisho.adapters.database.models import ContractorCopyRow

    return ContractorCopyRow.objects.get(parcel=parcel)


def end_of(parcel: str) -> datetime:
    """The instant at which the loan is over."""
    until: datetime = copy_of(parcel).lent_until
    return until
