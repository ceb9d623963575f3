"""The Legal Affairs Bureau's platform as a real process over real TLS, with certificates of our own authority."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from sekisho.adapters.carriers import Counterpart, LinkagePlatform, keep_counterpart
from sekisho.adapters.carriers.calling import client_context
from sekisho.adapters.certificates import CertificateAuthority, CertificateKind
from sekisho.adapters.database.home import Home
from sekisho.cli.demo.stage import running
from tests.integration.conftest import NOW


@dataclass
class Platform:
    """The running platform, and both sides of it."""

    home: Home
    port: str
    control: str

    @contextmanager
    def city(self, certificate: str = "gate-422011") -> Iterator[httpx.Client]:
        """A city's connection."""
        url = f"https://localhost:{self.port}"
        with httpx.Client(base_url=url, verify=client_context(self.home, certificate), trust_env=False) as client:
            yield client

    def operate(self, path: str, content: bytes) -> Any:
        """The operator's own interface."""
        return httpx.post(f"http://127.0.0.1:{self.control}/control/{path}", content=content, trust_env=False).json()

    def faults(self, **wanted: int) -> None:
        """Switch faults on."""
        self.operate("faults", json.dumps(wanted).encode())

    def carrier(self) -> LinkagePlatform:
        """Our carrier."""
        return LinkagePlatform(self.home, "gate-422011")


@pytest.fixture
def home_with_certificates(tmp_path: Path) -> Home:
    """A home folder with an authority, two cities' certificates and the platform's."""
    from datetime import UTC, datetime

    home = Home(folder=tmp_path / "home")
    authority, at = CertificateAuthority(home), max(NOW, datetime.now(UTC))
    authority.initialise(at)
    for name, kind, code in (
        ("gate-422011", CertificateKind.TERMINAL, "422011"),
        ("gate-401307", CertificateKind.TERMINAL, "401307"),
        ("bureau", CertificateKind.SERVER, ""),
    ):
        authority.issue(name, kind, code, at)
    return home


@pytest.fixture
def start(home_with_certificates: Home, tmp_path: Path) -> Iterator[Callable[..., Platform]]:
    """Start the platform; again on the same folder is a restart."""
    home, stack = home_with_certificates, ExitStack()
    ca = home.certificates

    def begin(*more: str) -> Platform:
        stack.close()
        arguments = ["--home", str(tmp_path / "bureau"), "--client-ca", str(ca / "authority.pem")]
        arguments += ["--certificate", str(ca / "bureau.pem"), "--key", str(ca / "bureau.key"), *more]
        log = tmp_path / "bureau.log"
        child = stack.enter_context(running("bureau", "counterparts.legal_affairs_bureau", arguments, log))
        platform = Platform(home=home, port=child.ready["port"], control=child.ready["control"])
        if not more:
            with platform.city() as client:
                keys = client.get("/recipient").json()
            url = f"https://localhost:{platform.port}"
            keep_counterpart(
                home,
                Counterpart(
                    counterpart="linkage_platform",
                    url=url,
                    recipient=keys["recipient"],
                    receipt_key=keys["receipt_key"],
                ),
            )
        return platform

    with stack:
        yield begin


@pytest.fixture
def platform(start: Callable[..., Platform]) -> Platform:
    """The platform, running."""
    return start()
