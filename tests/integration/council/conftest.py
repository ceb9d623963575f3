"""Nagasaki with a council, and nothing approved yet."""

from pathlib import Path

import pytest

from sekisho.adapters.dossiers import read_dossier, shipped_dossier
from tests.integration.conftest import NOW


@pytest.fixture
def city(home: Path, transactional_db: None) -> str:
    """The municipality's code; its next consultation is number 56."""
    from sekisho.adapters.database.setup import open_tenant
    from sekisho.bootstrap import council
    from tests.fakes.council import enter_people

    text = shipped_dossier()
    tenant = open_tenant(read_dossier(text), text, NOW)
    enter_people(tenant)
    council.set_next_consultation(tenant, 56)
    return tenant
