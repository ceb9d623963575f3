"""A local certificate authority for terminals, servers and counterparts. Its key stays at home, mode 0600."""

import os
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from sekisho.adapters.database.home import Home
from sekisho.kernel import SekishoError

AUTHORITY_YEARS = timedelta(days=3650)
CERTIFICATE_LIFE = timedelta(days=397)
_NAME: Final = re.compile(r"(?=.{1,64}\Z)[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*")


class CertificateKind(StrEnum):
    """Who shows the certificate."""

    TERMINAL = "terminal"
    SERVER = "server"
    COUNTERPART = "counterpart"


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A certificate and its key, as files, and the digest by which the gate knows it."""

    name: str
    certificate: Path
    key: Path
    fingerprint: str


def _name(common: str, organization: str) -> x509.Name:
    """A subject: the common name, and the municipality code as organizational unit."""
    parts = [x509.NameAttribute(NameOID.COMMON_NAME, common)]
    if organization:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, organization))
    return x509.Name(parts)


def _reached_as(name: str) -> list[x509.GeneralName]:
    """Under which names a machine with this certificate is called: its own, if it is one of the network, and here."""
    here: list[x509.GeneralName] = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    if "." not in name:
        return here
    try:
        return [x509.IPAddress(ip_address(name)), *here]
    except ValueError:
        return [x509.DNSName(name), *here]


def _write_private(path: Path, key: ec.EllipticCurvePrivateKey) -> None:
    """A key readable by its owner only."""
    encoded = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(encoded)


def fingerprint_of(certificate: x509.Certificate) -> str:
    """SHA-256 of the certificate, in hexadecimal."""
    return certificate.fingerprint(hashes.SHA256()).hex()


class CertificateAuthority:
    """Issues certificates for one installation."""

    def __init__(self, home: Home) -> None:
        self._folder = home.certificates
        self._folder.mkdir(parents=True, exist_ok=True)

    @property
    def certificate(self) -> Path:
        """The authority's own certificate, which the others are checked with."""
        return self._folder / "authority.pem"

    def initialise(self, at: datetime) -> Path:
        """Make the authority, once."""
        if not self.certificate.exists():
            key = ec.generate_private_key(ec.SECP256R1())
            name = _name("Sekisho local authority", "")
            builder = self._builder(name, name, key.public_key(), (at, AUTHORITY_YEARS))
            usage = x509.KeyUsage(
                digital_signature=False, content_commitment=False, key_encipherment=False, data_encipherment=False,
                key_agreement=False, key_cert_sign=True, crl_sign=True, encipher_only=False, decipher_only=False,
            )  # fmt: skip
            builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            # All authorities of ours have one name; by its key's mark a reader that trusts several finds the right one.
            mark = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
            builder = builder.add_extension(usage, critical=True).add_extension(mark, critical=False)
            signed = builder.sign(key, hashes.SHA256())
            _write_private(self._folder / "authority.key", key)
            self.certificate.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
        return self.certificate

    @staticmethod
    def _builder(
        subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, valid: tuple[datetime, timedelta]
    ) -> x509.CertificateBuilder:
        """What every certificate has."""
        at, life = valid
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(at - timedelta(minutes=5))
            .not_valid_after(at + life)
        )

    def issue(self, name: str, kind: CertificateKind, organization: str, at: datetime) -> Issued:
        """Issue a certificate, or answer with the one that was issued before.

        Raises:
            SekishoError: There is no authority yet, or the name is not a plain one.

        """
        if not _NAME.fullmatch(name):
            message = (
                f"証明書の名前は英数字・ハイフン・下線と、その間の点だけです: {name!r}"
                " / a certificate's name is made of letters, digits, hyphens, underscores, and dots between them"
            )
            raise SekishoError(message)
        if not self.certificate.exists():
            message = "there is no certificate authority yet; run `sekisho ca init`"
            raise SekishoError(message)
        path, key_path = self._folder / f"{name}.pem", self._folder / f"{name}.key"
        if not path.exists():
            self._sign(name, kind, organization, at)
        certificate = x509.load_pem_x509_certificate(path.read_bytes())
        return Issued(name=name, certificate=path, key=key_path, fingerprint=fingerprint_of(certificate))

    def _sign(self, name: str, kind: CertificateKind, organization: str, at: datetime) -> None:
        """Make a key and a certificate for it."""
        authority_key = serialization.load_pem_private_key((self._folder / "authority.key").read_bytes(), None)
        authority = x509.load_pem_x509_certificate(self.certificate.read_bytes())
        if not isinstance(authority_key, ec.EllipticCurvePrivateKey):
            message = "the authority's key is not one of ours"
            raise SekishoError(message)
        key = ec.generate_private_key(ec.SECP256R1())
        usage = ExtendedKeyUsageOID.CLIENT_AUTH if kind is CertificateKind.TERMINAL else ExtendedKeyUsageOID.SERVER_AUTH
        signed = (
            self._builder(_name(name, organization), authority.subject, key.public_key(), (at, CERTIFICATE_LIFE))
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(x509.SubjectAlternativeName(_reached_as(name)), critical=False)
            .add_extension(x509.ExtendedKeyUsage([usage]), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False
            )
            .sign(authority_key, hashes.SHA256())
        )
        _write_private(self._folder / f"{name}.key", key)
        (self._folder / f"{name}.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM))

    def listing(self) -> list[dict[str, str]]:
        """Every certificate that was issued."""
        issued = []
        for path in sorted(self._folder.glob("*.pem")):
            certificate = x509.load_pem_x509_certificate(path.read_bytes())
            issued.append(
                {
                    "name": path.stem,
                    "fingerprint": fingerprint_of(certificate),
                    "valid_until": certificate.not_valid_after_utc.isoformat(),
                }
            )
        return issued
