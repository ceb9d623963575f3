"""What holds for every test: the order of the long ones, and a PostgreSQL server of the tests' own."""

import asyncio
import gc
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from psycopg import sql

# A loaded machine is no fault of the law under test: no property claims a speed.
settings.register_profile(
    "house",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    max_examples=int(os.environ.get("SEKISHO_TEST_EXAMPLES", "60")),
)
settings.register_profile("brief", settings.get_profile("house"), max_examples=15)  # what was tried at length before
settings.load_profile("house")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Hide Playwright's event loop, which stays in this thread once a browser was used, from tests that use none.

    From its first fixture to its last: Django keeps a connection for the thread and another for a running loop, and a
    test that began with the one and went on with the other would wait for itself.
    """
    loop = None if "browser" in getattr(item, "fixturenames", ()) else asyncio._get_running_loop()
    if loop is not None:
        asyncio._set_running_loop(None)
    try:
        return (yield)
    finally:
        if loop is not None and not loop.is_closed():
            asyncio._set_running_loop(loop)


@pytest.fixture(scope="session", autouse=True)
def work_of_a_password() -> Iterator[int]:
    """Let one password cost a moment instead of a twentieth of a second; answers what it costs an installation."""
    from django.contrib.auth.hashers import ScryptPasswordHasher

    with pytest.MonkeyPatch.context() as patch:
        work = ScryptPasswordHasher.work_factor
        patch.setattr(ScryptPasswordHasher, "work_factor", 2)
        yield work


@pytest.fixture(scope="session", autouse=True)
def _empty_what_has_rows() -> Iterator[None]:
    """Let the end of a test that committed take a moment as well."""
    from django.test import TransactionTestCase

    from tests.fakes.emptied import empty

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty)
        yield


@pytest.fixture(autouse=True)
def environment_as_it_was() -> Iterator[None]:
    """What a command sets for itself and its children ends with its test: the next one is not in its home."""
    before = dict(os.environ)
    yield
    for name in os.environ.keys() - before.keys():
        del os.environ[name]
    os.environ.update(before)


HEAVY = ("slow", "browser", "postgres")


def is_heavy(item: pytest.Item) -> bool:
    """Does this test take long or start a program of its own?"""
    return any(item.get_closest_marker(mark) for mark in HEAVY)


def pytest_sessionstart() -> None:
    """Look for no garbage while thousands of tests are gathered: all of them stay."""
    gc.disable()


def pytest_collection_finish() -> None:
    """From here on garbage is looked for as ever, but not among what was gathered."""
    gc.freeze()
    gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files with heavy tests first, so that two workers end at about the same time."""
    heavy = {item.path for item in items if is_heavy(item)}
    items.sort(key=lambda item: item.path not in heavy)


def postgres_programs() -> Path | None:
    """Find PostgreSQL's programs, which Debian keeps off the path."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    found = shutil.which("initdb")
    return places[0].parent if places else Path(found).resolve().parent if found else None


def as_its_own_user(command: list[str]) -> list[str]:
    """Let root run a program as the user postgres, since PostgreSQL will not run as root."""
    return (
        ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]
        if os.geteuid() == 0
        else command
    )


def free_port() -> int:
    """Find a port on loopback that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def postgres_server(programs: Path, folder: Path) -> Iterator[str]:
    """Run a server in a folder of its own and give its address."""
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    data, port = str(folder / "data"), free_port()
    settings = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder} -c fsync=off"
    make = [str(programs / "initdb"), "-D", data, "-U", "sekisho", "--auth=trust", "--encoding=UTF8", "--no-locale"]
    make.append("--no-sync")  # a power cut ends the tests as well
    control = [str(programs / "pg_ctl"), "-D", data, "-w"]
    subprocess.run(as_its_own_user(make), check=True, stdout=subprocess.DEVNULL, cwd=folder)
    start = [*control, "-l", str(folder / "log"), "-o", settings, "start"]
    subprocess.run(as_its_own_user(start), check=True, stdout=subprocess.DEVNULL, cwd=folder)
    try:
        yield f"postgresql://sekisho@127.0.0.1:{port}/postgres"
    finally:
        stop = [*control, "-m", "immediate", "stop"]
        subprocess.run(as_its_own_user(stop), check=True, stdout=subprocess.DEVNULL, cwd=folder)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Give the address of a PostgreSQL server of the tests' own; skip where there is none on the machine."""
    programs = postgres_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed on this machine")
    with tempfile.TemporaryDirectory(prefix="sekisho-postgres-") as name, postgres_server(programs, Path(name)) as url:
        yield url


@pytest.fixture
def postgres_url(postgres: str) -> str:
    """Give the address of a database of this test's own: permits that another test signed are nobody's here."""
    name = f"t{uuid4().hex}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return f"{postgres.rpartition('/')[0]}/{name}"
