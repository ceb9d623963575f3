"""The chart: nobody is left blank, no arrow leads nowhere, and what was seen without a permit is a gap."""

from dataclasses import replace

import pytest

from sekisho.adapters.dossiers import read_dossier, shipped_dossier
from sekisho.kernel import (
    DataItem,
    ReasonCode,
    Refused,
    blanks,
    make_chart,
    written_items,
)

CHART = read_dossier(shipped_dossier()).chart


def test_only_the_arrows_between_city_and_platform_are_under_review() -> None:
    assert [each.badge for each in CHART.under_review()] == ["b", "c"]


def test_every_computer_and_network_names_its_owner_installer_and_operator() -> None:
    assert blanks(CHART) == ()


def test_an_empty_answer_is_named_and_unknown_is_an_answer() -> None:
    lgwan = CHART.network_named("lgwan")
    assert lgwan is not None
    assert lgwan.owner == "不明"
    chart = replace(CHART, networks=(replace(lgwan, owner=""),), computers=())
    assert blanks(chart) == ("lgwan.owner",)


def test_a_chart_answers_for_what_it_shows_and_only_for_that() -> None:
    platform = CHART.computer_named("linkage_platform")
    assert platform is not None
    assert not platform.ours
    assert CHART.computer_named("portal") is None
    assert CHART.network_named("portal") is None
    assert CHART.connection_named("portal") is None
    arrow = CHART.connection_named("registry-prices-up")
    assert arrow is not None
    assert arrow.badge == "c"


@pytest.mark.parametrize("change", [{"source": "nobody"}, {"target": "nobody"}, {"via": ("nobody",)}])
def test_an_arrow_that_leads_nowhere_is_refused(change: dict[str, object]) -> None:
    arrows = [replace(CHART.connections[0], **change)]  # type: ignore[arg-type]
    with pytest.raises(Refused) as refusal:
        make_chart(CHART.networks, CHART.computers, arrows)
    assert [(reason.code, reason.facts["what"]) for reason in refusal.value.reasons] == [
        (ReasonCode.NOT_FOUND, "nobody")
    ]


def test_a_computer_on_no_network_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        make_chart(CHART.networks, [replace(CHART.computers[0], network="nowhere")], [])
    assert refusal.value.reasons[0].facts["what"] == "nowhere"


def test_one_id_for_two_things_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        make_chart([*CHART.networks, CHART.networks[0]], CHART.computers, CHART.connections)
    assert refusal.value.reasons[0].code is ReasonCode.INPUT_NOT_UNDERSTOOD


CARRIED = (
    DataItem(item="name", ja="氏名", en="Name", use="照合"),
    DataItem(item="payer", ja="支払者", en="Payer", use="照合", written_as=("payer_name", "payer_address")),
    DataItem(item="address", ja="住所", en="Address", use="照合", written_as=("payer_address", "printed")),
)


def test_a_kept_kind_of_data_is_written_under_its_own_name_or_as_the_layout_has_it() -> None:
    assert written_items(CARRIED, ["name", "payer", "address"]) == ("name", "payer_name", "payer_address", "printed")
    assert written_items(CARRIED, ()) == ()


def test_a_column_that_also_holds_what_was_dropped_is_not_approved() -> None:
    assert written_items(CARRIED, ["name", "payer"]) == ("name", "payer_name")
    assert written_items(CARRIED, ["address"]) == ("printed",)
