"""The robot: Debian's chromium at the portal's web site, as an officer would sit there, limited to that one host.

Nothing of it is left: its profile lies in memory and is removed, and the file goes from the page straight to us.
"""

import base64
import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from sekisho.adapters.connectors.errands import Errand, PortalAwayError
from sekisho.kernel import SekishoError

if TYPE_CHECKING:  # only an installation with a robot has it
    from playwright.sync_api import BrowserContext, Page, Playwright, Route

MEMORY: Final = Path("/dev/shm")  # noqa: S108 - memory, and never a disk, is what is wanted here
PROFILES: Final = "sekisho-robot-"
_PATIENCE_MS: Final = 30_000
_BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome")
_FETCH: Final = """async (link) => {
  const answer = await fetch(link, {credentials: "same-origin", cache: "no-store"});
  if (!answer.ok) { throw new Error("status " + answer.status); }
  const bytes = new Uint8Array(await answer.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 32768) {
    text += String.fromCharCode(...bytes.subarray(at, at + 32768));
  }
  return btoa(text);
}"""


def find_browser() -> str:
    """Debian's chromium.

    Raises:
        SekishoError: There is none.

    """
    found = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if found is None:
        message = "ロボットには chromium が要ります(apt install chromium) / the robot needs chromium"
        raise SekishoError(message)
    return found


@contextmanager
def _profile() -> Iterator[str]:
    """A profile in memory, gone afterwards.

    Raises:
        SekishoError: This machine has no place in memory for files.

    """
    if not MEMORY.is_dir():
        message = f"{MEMORY} がありません。ロボットは記録媒体に何も残さないため動きません / no memory for files"
        raise SekishoError(message)
    place, lock = _own_place()
    try:
        yield str(place)
    finally:
        shutil.rmtree(place, ignore_errors=True)
        os.close(lock)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Profiles are made and cleared away by one process at a time, so that none is taken for a dead one's."""
    folder = os.open(MEMORY, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _own_place() -> tuple[Path, int]:
    """A folder for a profile, locked for as long as its process lives."""
    with _one_at_a_time():
        place = Path(tempfile.mkdtemp(prefix=PROFILES, dir=MEMORY))
        lock = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
        fcntl.flock(lock, fcntl.LOCK_EX)
    return place, lock


def clear_dead_profiles() -> int:
    """Remove the profiles of robots that were killed: cookies, and whatever the browser had put away. How many."""
    if not MEMORY.is_dir():
        return 0
    mine = [each for each in MEMORY.glob(f"{PROFILES}*") if _is_ours(each)]
    if not mine:
        return 0
    with _one_at_a_time():
        return sum(_is_cleared(each) for each in mine)


def _is_ours(place: Path) -> bool:
    """Is it there still, and ours? A robot that has just ended takes its own away."""
    try:
        return place.lstat().st_uid == os.getuid()
    except OSError:
        return False


def _is_cleared(place: Path) -> bool:
    """Remove a profile whose process is dead; its lock went with it."""
    try:
        lock = os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    else:
        shutil.rmtree(place, ignore_errors=True)
        return True
    finally:
        os.close(lock)


def _arguments(errand: Errand) -> list[str]:
    """How the browser is started: quietly, without a cache on disk, trusting the pinned key if there is one."""
    quiet = ["--disable-sync", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
    pinned = [f"--ignore-certificate-errors-spki-list={errand.pin}"] if errand.pin else []
    return [*quiet, "--disk-cache-size=1", *pinned]


def _playwright() -> Callable[[], AbstractContextManager["Playwright"]]:
    """What drives the browser.

    Raises:
        SekishoError: This installation has no robot.

    """
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only an installation with a robot has it
    except ImportError as fault:
        message = "ロボットには playwright が要ります(pip install playwright) / the robot needs the package playwright"
        raise SekishoError(message) from fault
    return sync_playwright


@contextmanager
def _browser(errand: Errand) -> Iterator["BrowserContext"]:
    """A browser that can reach the portal's host and no other."""
    start, host = _playwright(), urlsplit(errand.url).hostname

    def guard(route: "Route") -> None:
        if urlsplit(route.request.url).hostname == host:
            route.continue_()
        else:
            route.abort()

    with _profile() as profile, start() as player:
        context = player.chromium.launch_persistent_context(
            profile,
            executable_path=find_browser(),
            proxy={"server": errand.proxy} if errand.proxy else None,
            args=_arguments(errand),
            accept_downloads=False,
            service_workers="block",
            locale="ja-JP",
            env={**os.environ, "TMPDIR": profile},  # what it puts away meanwhile lies in memory too
        )
        try:
            context.set_default_timeout(_PATIENCE_MS)
            context.route("**/*", guard)
            yield context
        finally:
            context.close()


def fetch_with_robot(errand: Errand) -> bytes:
    """Sign in, search the period, take the file, sign out; answers with the file's bytes.

    Raises:
        PortalAwayError: The portal is down, does not let us in, or broke off.
        SekishoError: This installation has no robot.

    """
    _playwright()
    from playwright.sync_api import Error  # noqa: PLC0415 - it is there, as we know by now

    try:
        with _browser(errand) as context:  # it may fail to start or to close as well
            page = context.new_page()
            _sign_in(page, errand)
            return _take(page, errand)
    except Error as fault:
        # Only the first line: what follows may quote the page.
        what = (str(fault).splitlines() or [type(fault).__name__])[0][:120]
        raise PortalAwayError(f"{urlsplit(errand.url).hostname}: {what}") from fault


def _press(page: "Page", button: str) -> None:
    """Press a button and wait for the page that follows: what is asked next must not be asked of the old one."""
    with page.expect_navigation():
        page.click(button)


def _sign_in(page: "Page", errand: Errand) -> None:
    """Sign in as the officer whose account it is.

    Raises:
        PortalAwayError: The portal does not let us in.

    """
    answer = page.goto(f"{errand.url}/login")
    if answer is None or not answer.ok:
        status = answer.status if answer else 0
        raise PortalAwayError(f"{urlsplit(errand.url).hostname}: {status}")
    page.fill("#user", errand.user)
    page.fill("#password", errand.password)
    _press(page, "#sign-in")
    if not page.query_selector("#search"):
        raise PortalAwayError(f"{urlsplit(errand.url).hostname}: サインインできません / not let in")


def _take(page: "Page", errand: Errand) -> bytes:
    """Search the period and take its file."""
    page.fill("#from", errand.first.isoformat())
    page.fill("#until", errand.last.isoformat())
    _press(page, "#search")
    link = page.get_attribute("#download", "href")
    body = base64.b64decode(page.evaluate(_FETCH, link))
    page.click("#sign-out")
    return body
