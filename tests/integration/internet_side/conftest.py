"""The city's gate in this process, and S1 behind its real door as a process of its own, with a home of its own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sekisho.adapters.dossiers import read_dossier, shipped_dossier
from tests.fakes.manager import Manager, certificates_in, donation_manager
from tests.integration.conftest import Office, enter


@pytest.fixture
def office59(home: Path, transactional_db: None) -> Office:
    """Nagasaki with consultation 59."""
    text = shipped_dossier("59")
    return enter(read_dossier(text), text)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Manager]:
    """S1 with the area of Nagasaki, once for a module."""
    ca = certificates_in(tmp_path_factory.mktemp("authority"))
    with donation_manager(tmp_path_factory.mktemp("s1"), ca) as manager:
        yield manager


@pytest.fixture
def manager(site: Manager, office59: Office) -> Manager:
    """S1, which the gate of this test knows."""
    from sekisho.adapters.carriers import Counterpart, keep_counterpart
    from sekisho.adapters.database.home import find_home

    mine = find_home()
    shutil.copytree(site.certificates, mine.certificates, dirs_exist_ok=True)
    name = "donation_manager"
    keep_counterpart(mine, Counterpart(counterpart=name, url=site.url, recipient="", receipt_key="", carrier="intake"))
    return site
