"""The certificate of erasure: signed, checkable by strangers, and never given where something is still there."""

import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from importlib.resources import files
from pathlib import Path

import pytest

from sekisho.kernel import CERTIFICATE, LedgerFault, ReasonCode, Refused
from tests.integration.conftest import Office
from tests.integration.erasure.conftest import cross_once


def alone(note: str, key: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the one-file verifier on a certificate."""
    place = folder / "certificate.txt"
    place.write_text(note, encoding="utf-8")
    verifier = str(files("sekisho.adapters.bundles").joinpath("verify.py"))
    command = [sys.executable, "-I", verifier, str(place), *(("--key", key) if key else ())]
    return subprocess.run(command, check=False, capture_output=True, text=True)


def test_a_certificate_says_what_when_who_and_how_and_holds_without_us(office: Office, tmp_path: Path) -> None:
    from sekisho.bootstrap.erasure import certificate_of, open_certificate

    parcel = cross_once(office)
    certificate = certificate_of(office.tenant, parcel)
    facts = dict(certificate.facts)
    assert certificate.note.startswith(CERTIFICATE)
    assert (facts["parcel"], facts["method"], facts["searched"]) == (parcel, "key_destroyed", "yes")
    assert (facts["kind"], facts["records"], facts["why"]) == ("registry_notice", "4", "delivered")
    assert facts["receipt"].startswith("ledger entry ")
    assert facts["key-backups-kept-days"] == "7"
    assert certificate_of(office.tenant, parcel).note == certificate.note, "the same facts, the same bytes"
    assert open_certificate(certificate.note, certificate.key) == certificate.facts
    told = alone(certificate.note, certificate.key, tmp_path)
    assert told.returncode == 0, told.stdout
    assert "浦上" not in certificate.note
    assert "urakami" not in certificate.note


@pytest.mark.parametrize(
    ("before", "after"), [("records: 4", "records: 5"), ("searched: yes", "searched: yes "), ("sekisho-", "sekishO-")]
)
def test_a_certificate_that_was_touched_does_not_hold(office: Office, tmp_path: Path, before: str, after: str) -> None:
    from sekisho.bootstrap.erasure import certificate_of, open_certificate

    certificate = certificate_of(office.tenant, cross_once(office))
    touched = certificate.note.replace(before, after)
    assert touched != certificate.note
    with pytest.raises(LedgerFault):
        open_certificate(touched, certificate.key)
    assert alone(touched, certificate.key, tmp_path).returncode != 0
    assert alone(certificate.note, "", tmp_path).returncode == 1, "never with a key that it brings itself"


def test_another_municipality_s_key_does_not_open_it(office: Office, neighbour: Office, tmp_path: Path) -> None:
    from sekisho.adapters.database.ledgers import ledger_verifier_key
    from sekisho.bootstrap.erasure import certificate_of

    certificate = certificate_of(office.tenant, cross_once(office))
    assert alone(certificate.note, ledger_verifier_key(neighbour.tenant), tmp_path).returncode == 1


def test_what_is_not_erased_is_not_certified(office: Office) -> None:
    from sekisho.adapters.database.models import Parcel
    from sekisho.bootstrap.erasure import certificate_of

    parcel = cross_once(office)
    Parcel.objects.filter(parcel=parcel).update(proof=None)
    with pytest.raises(Refused) as refused:
        certificate_of(office.tenant, parcel)
    assert refused.value.reasons[0].code == ReasonCode.NOT_IN_THIS_STATE


def test_a_proof_that_was_edited_in_the_register_is_not_certified(office: Office) -> None:
    from sekisho.adapters.database.models import Parcel
    from sekisho.bootstrap.erasure import certificate_of

    row = Parcel.objects.get(parcel=cross_once(office))
    Parcel.objects.filter(pk=row.pk).update(proof={**(row.proof or {}), "key_digest": "00" * 32})
    with pytest.raises(Refused) as refused:
        certificate_of(office.tenant, row.parcel)
    assert refused.value.reasons[0].code == ReasonCode.REGISTER_DIFFERS


def test_a_key_that_lies_in_the_raw_store_again_is_found_and_nothing_is_certified(
    office: Office, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted bug: somebody keeps copies of wrapped keys in the store's file, where no query looks."""
    from sekisho.adapters.keys import KeyStore
    from sekisho.bootstrap.erasure import certificate_of

    kept: list[bytes] = []
    insert = KeyStore._insert

    def careless(self: KeyStore, tenant: str, wrapped: Mapping[str, bytes]) -> frozenset[str]:
        kept.extend(each for key, each in wrapped.items() if key.startswith("parcel/"))
        return insert(self, tenant, wrapped)

    monkeypatch.setattr(KeyStore, "_insert", careless)
    parcel = cross_once(office)
    assert certificate_of(office.tenant, parcel).facts
    with closing(sqlite3.connect(home / "keys.sqlite3")) as database:
        database.execute("CREATE TABLE careless (left BLOB)")
        database.executemany("INSERT INTO careless VALUES (?)", [(each,) for each in kept])
        database.commit()
    with pytest.raises(Refused) as refused:
        certificate_of(office.tenant, parcel)
    assert refused.value.reasons[0].code == ReasonCode.ERASURE_NOT_SEARCHED
