"""Nagasaki with permits in force, people of a council and of departments, and the networks that they sit on."""

import pytest

from sekisho.adapters.carriers.addresses import Counterpart, keep_counterpart
from tests.integration.conftest import Office

NETWORKS = (
    "network,department,name\n10.12.0.0/16,asset_tax,庁内\n10.12.9.0/24,personnel,人事課\n10.0.0.5/32,gate,関所\n"
)


@pytest.fixture
def city(office: Office) -> str:
    """The municipality's code; the linkage platform is at linkage.example."""
    from sekisho.adapters.database.home import find_home
    from sekisho.bootstrap import council, survey
    from tests.fakes.council import act, enter_people

    enter_people(office.tenant)
    council.set_next_consultation(office.tenant, 60)
    place = Counterpart(
        counterpart="linkage_platform", url="https://linkage.example/files", recipient="r", receipt_key="k"
    )
    keep_counterpart(find_home(), place)
    survey.keep_networks(act(office.tenant, "glover"), NETWORKS.encode())
    return office.tenant
