"""Making the site ready: its certificates at first start, and which cities' gates its door opens to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from cryptography import x509

from sekisho.adapters.certificates import CertificateAuthority, CertificateKind, fingerprint_of
from sekisho.adapters.database.home import Home
from sekisho.adapters.database.models import Department, Tenant, Terminal
from sekisho.adapters.database.turns import writing
from sekisho.kernel import SekishoError

SERVER: Final = "donation-manager"
ADMITTED: Final = "admitted.pem"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A machine that may bring parcels into one area: what it is called, its certificate, and who issued that."""

    area: str
    terminal: str
    certificate: Path
    authority: Path | None = None


def prepare_certificates(home: Home, at: datetime) -> None:
    """The site's own authority and server certificate, made once; at first the door trusts that authority alone."""
    authority = CertificateAuthority(home)
    authority.initialise(at)
    authority.issue(SERVER, CertificateKind.SERVER, "", at)
    admitted = home.certificates / ADMITTED
    if not admitted.exists():
        admitted.write_bytes(authority.certificate.read_bytes())


def _trust(home: Home, authority: Path) -> None:
    """Certificates of this authority may knock from the next start of the door on; once is enough."""
    admitted = home.certificates / ADMITTED
    known, wanted = admitted.read_text(encoding="ascii"), authority.read_text(encoding="ascii")
    if wanted not in known:
        admitted.write_text(known + wanted, encoding="ascii")


def admit_gate(home: Home, gate: Gate) -> str:
    """Let a machine bring parcels into one area; answers the digest by which it is known there.

    Raises:
        SekishoError: The area is not open here, or its certificate opens another one already.

    """
    shown = fingerprint_of(x509.load_pem_x509_certificate(gate.certificate.read_bytes()))
    if not Tenant.objects.filter(code=gate.area).exists():
        message = f"団体 {gate.area} の領域はまだ開かれていません / municipality {gate.area} has no area here yet"
        raise SekishoError(message)
    if Terminal.objects.filter(fingerprint=shown).exclude(tenant_id=gate.area).exists():
        message = "この証明書は、ほかの団体の領域のものです / this certificate opens another municipality's area"
        raise SekishoError(message)
    if gate.authority is not None:
        _trust(home, gate.authority)
    _enrol(gate, shown)
    return shown


def _enrol(gate: Gate, fingerprint: str) -> None:
    """Write the machine down as a terminal of its municipality."""
    department = Department.objects.filter(tenant_id=gate.area).values_list("department", flat=True).first() or ""
    labels = {"label_ja": f"関所 {gate.terminal}", "label_en": f"gate {gate.terminal}"}
    facts: Mapping[str, str] = {**labels, "zone": "internet", "department": department, "fingerprint": fingerprint}
    with writing():
        Terminal.objects.update_or_create(tenant_id=gate.area, terminal=gate.terminal, defaults=facts)
