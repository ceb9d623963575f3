"""Nagasaki with a council, and nothing approved yet."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sekisho.adapters.dossiers import read_dossier, shipped_dossier
from sekisho.kernel import ReasonCode, Refused
from tests.fakes.kept import kept
from tests.integration.conftest import NOW


@kept
def found_city() -> str:
    """A municipality whose next consultation is number 56; answers its code."""
    from sekisho.adapters.database.setup import open_tenant
    from sekisho.bootstrap import council
    from tests.fakes.council import enter_people

    text = shipped_dossier()
    tenant = open_tenant(read_dossier(text), text, NOW)
    enter_people(tenant)
    council.set_next_consultation(tenant, 56)
    return tenant


@pytest.fixture
def city(home: Path, transactional_db: None) -> str:
    """The municipality's code; its next consultation is number 56."""
    return found_city()


def why(act: Callable[[], object]) -> set[ReasonCode]:
    """Why something was refused; and that it left no entry behind."""
    from sekisho.adapters.database.models import EntryRow

    before = EntryRow.objects.count()
    with pytest.raises(Refused) as refusal:
        act()
    assert EntryRow.objects.count() == before
    return {reason.code for reason in refusal.value.reasons}
