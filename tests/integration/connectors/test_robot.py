"""The robot at a real portal through the real Squid: the same bytes as the interface gives, and no way to elsewhere."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import httpx
import pytest

from sekisho.adapters.connectors import Errand, PortalAwayError, fetch_with_robot, robot
from sekisho.adapters.connectors.robot import MEMORY
from sekisho.cli.demo.stage import running

HOST, ELSEWHERE = "portal.example", "elsewhere.example"
FIRST, LAST = date(2026, 1, 1), date(2026, 6, 30)
pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Outside:
    """The portal, another site beside it, and the only way to them."""

    port: str
    control: str
    elsewhere: str
    proxy: str

    def errand(self, host: str = HOST, port: str = "", password: str = "portal-demo-59") -> Errand:
        """The robot's errand."""
        url = f"http://{host}:{port or self.port}"
        return Errand(url=url, user="nagasaki", password=password, first=FIRST, last=LAST, proxy=self.proxy)

    def exported(self) -> bytes:
        """What the portal's interface gives for the same period."""
        period = {"from": FIRST.isoformat(), "until": LAST.isoformat()}
        token = {"Authorization": "Bearer portal-token-59"}
        url = f"http://127.0.0.1:{self.port}/api/v1/orders"
        return httpx.get(url, params=period, headers=token, trust_env=False).raise_for_status().content


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outside]:
    """Two portals, and Squid with one of them on its list."""
    for program in ("chromium", "squid"):
        if shutil.which(program) is None:
            pytest.skip(f"Debian's {program} is not installed")
    place, module = tmp_path_factory.mktemp("outside"), "counterparts.donation_portal"
    with ExitStack() as stack:
        # Squid gives up its rights, and then must still reach its own folder, which pytest's folders do not allow.
        own = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="security-cloud-")))
        own.chmod(0o755)
        said = ["--home", str(place), "--portal", "satofuru", "--donations", "300"]
        portal = stack.enter_context(running("portal", module, said, place / "portal.log"))
        other = stack.enter_context(running("other", module, said, place / "other.log"))
        allowed = place / "allowed"
        allowed.write_text(f"{HOST} {portal.ready['port']} R1-59-01\n", encoding="utf-8")
        told = ["--home", str(own / "cloud"), "--allowed", str(allowed), "--known", ELSEWHERE]
        cloud = stack.enter_context(running("cloud", "counterparts.security_cloud", told, place / "cloud.log"))
        yield Outside(
            port=portal.ready["port"],
            control=portal.ready["control"],
            elsewhere=other.ready["port"],
            proxy=f"http://127.0.0.1:{cloud.ready['port']}",
        )


def test_the_robot_brings_the_bytes_of_the_interface_and_leaves_nothing(
    outside: Outside, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    before = set(MEMORY.iterdir())
    body = fetch_with_robot(outside.errand())
    assert body == outside.exported()
    assert body.count(b"\r\n") > 50
    assert [each for each in set(MEMORY.iterdir()) - before if each.name.startswith("sekisho-robot-")] == []
    somebody = b"donor"
    assert somebody in body
    assert [each for each in tmp_path.rglob("*") if each.is_file() and somebody in each.read_bytes()] == []


def test_a_host_outside_the_permit_is_unreachable_through_the_security_cloud(outside: Outside) -> None:
    direct = httpx.get(f"http://127.0.0.1:{outside.elsewhere}/login", trust_env=False)
    assert direct.status_code == 200
    with pytest.raises(PortalAwayError, match="403"):
        fetch_with_robot(outside.errand(host=ELSEWHERE, port=outside.elsewhere))
    with pytest.raises(PortalAwayError, match="403"):
        fetch_with_robot(outside.errand(port=outside.elsewhere))


def test_a_browser_that_does_not_start_is_tried_again_and_ends_no_thread(
    outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(robot, "find_browser", lambda: "/bin/false")
    with pytest.raises(PortalAwayError):
        fetch_with_robot(outside.errand())


def test_a_portal_that_is_down_or_breaks_off_or_does_not_know_us_is_said(outside: Outside) -> None:
    control = f"http://127.0.0.1:{outside.control}/"
    with pytest.raises(PortalAwayError, match="サインイン"):
        fetch_with_robot(outside.errand(password="wrong"))
    httpx.post(control, json={"outage": 1}, trust_env=False)
    with pytest.raises(PortalAwayError, match="503"):
        fetch_with_robot(outside.errand())
    httpx.post(control, json={"cut": 4000}, trust_env=False)
    with pytest.raises(PortalAwayError):
        fetch_with_robot(outside.errand())
    assert fetch_with_robot(outside.errand()) == outside.exported()


def test_a_portal_whose_pages_come_slowly_is_waited_for(outside: Outside) -> None:
    """Given pages whose text comes late, then the robot signs in and takes the period that it asked for."""
    control = f"http://127.0.0.1:{outside.control}/"
    httpx.post(control, json={"slow": 700}, trust_env=False)
    try:
        assert fetch_with_robot(outside.errand()) == outside.exported()
    finally:
        httpx.post(control, json={}, trust_env=False)
