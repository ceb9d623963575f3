"""The map put to the council: zones in columns, arrows along the axes, letters on them, nothing crossing a box."""

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

import pytest
from django.utils.translation import override

from sekisho.adapters.dossiers import SHIPPED, read_dossier, shipped_dossier
from sekisho.kernel import Chart
from sekisho.web.flowmap import draw, place, routes
from sekisho.web.flowmap.drawing import Legs
from sekisho.web.flowmap.geometry import Point
from sekisho.web.flowmap.placing import Placement
from tests.unit.web.sample_rows import chart_of_56

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def chart() -> Chart:
    return chart_of_56()


def test_our_network_stands_on_the_right_and_the_bureau_on_the_left(chart: Chart) -> None:
    boxes = place(chart).boxes
    order = ["linkage_platform", "relay:government_shared_network", "relay:lgwan", "asset_tax_terminal"]
    lefts = [boxes[key].area.x for key in order]
    assert lefts == sorted(lefts)


def test_every_arrow_runs_along_the_axes(chart: Chart) -> None:
    for name, legs in routes(chart, place(chart)).items():
        for leg in legs:
            assert all(a.x == b.x or a.y == b.y for a, b in pairwise(leg)), name


def test_no_arrow_crosses_a_box(chart: Chart) -> None:
    placement = place(chart)
    for name, legs in routes(chart, placement).items():
        stretches = [pair for leg in legs for pair in pairwise(leg)]
        for box in placement.boxes.values():
            assert not any(box.area.touched_by(a, b, margin=-1) for a, b in stretches), (name, box.key)


def test_no_two_arrows_share_a_stretch(chart: Chart) -> None:
    taken = set()
    for legs in routes(chart, place(chart)).values():
        for leg in legs:
            for stretch in pairwise(leg):
                assert frozenset(stretch) not in taken
                taken.add(frozenset(stretch))


def test_a_connection_that_passes_two_networks_has_a_leg_for_each_hop(chart: Chart) -> None:
    drawn = routes(chart, place(chart))
    assert len(drawn["registry-notices-down"]) == 3
    assert len(drawn["registry-platform"]) == 1


def test_only_the_arrows_under_review_are_bold(chart: Chart) -> None:
    picture = ET.fromstring(draw(chart, "諮問第56号"))
    bold = [path for path in picture.iter(f"{SVG}path") if "map-arrow-reviewed" in (path.get("class") or "")]
    assert len(bold) == 3 * len(chart.under_review())


def test_every_arrow_has_its_letter_on_every_leg(chart: Chart) -> None:
    picture = ET.fromstring(draw(chart, "諮問第56号"))
    badges = [group for group in picture.iter(f"{SVG}g") if "map-badge" in (group.get("class") or "")]
    assert {badge.findtext(f"{SVG}text") for badge in badges} == {"a", "b", "c", "d"}


def cut_off(picture: ET.Element) -> list[str]:
    """The letters that do not lie in the picture with their whole circle."""
    left, top, width, height = map(float, str(picture.get("viewBox")).split())
    found = []
    for group in picture.iter(f"{SVG}g"):
        circle, letter = group.find(f"{SVG}circle"), group.findtext(f"{SVG}text")
        if circle is not None and "map-badge" in (group.get("class") or ""):
            x, y, r = (float(circle.get(name) or 0) for name in ("cx", "cy", "r"))
            inside = left <= x - r and x + r <= left + width and top <= y - r and y + r <= top + height
            found += [] if inside else [str(letter)]
    return found


@pytest.mark.parametrize("number", SHIPPED)
def test_no_letter_of_any_dossier_is_cut_off(number: str) -> None:
    picture = ET.fromstring(draw(read_dossier(shipped_dossier(number)).chart, number))
    assert cut_off(picture) == []


def test_a_letter_that_is_cut_off_is_found() -> None:
    dossier = read_dossier(shipped_dossier("60"))
    picture, placement = ET.fromstring(draw(dossier.chart, "60")), place(dossier.chart)
    picture.set("viewBox", f"0 0 {placement.width:.0f} {placement.height:.0f}")
    assert cut_off(picture) != []


def over_titles(chart: Chart, drawn: Mapping[str, Legs], placement: Placement) -> list[str]:
    """The arrows that run over the name of a network."""
    return [
        f"{arrow.connection} over {zone.label}"
        for arrow in chart.connections
        for zone in placement.zones
        if any(zone.title.touched_by(a, b) for leg in drawn[arrow.connection] for a, b in pairwise(leg))
    ]


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("number", SHIPPED)
def test_no_arrow_of_any_dossier_runs_over_the_name_of_a_network(number: str, *, whole: bool) -> None:
    chart = read_dossier(shipped_dossier(number)).chart
    for language in ("ja", "en"):
        with override(language):
            placement = place(chart, whole=whole)
            assert over_titles(chart, routes(chart, placement), placement) == [], language


def test_an_arrow_over_a_name_is_found_and_one_that_has_no_other_way_is_still_drawn() -> None:
    chart = read_dossier(shipped_dossier("59")).chart
    placement = place(chart)
    zone = placement.zones[0]
    straight = (Point(zone.title.middle.x, 0.0), Point(zone.title.middle.x, zone.area.bottom))
    planted = {each.connection: (straight,) for each in chart.connections}
    assert over_titles(chart, planted, placement) == [
        f"{each.connection} over {zone.label}" for each in chart.connections
    ]
    wall = replace(zone, label="網" * 200)
    walled = replace(placement, zones=(wall, *placement.zones[1:]))
    assert all(legs for legs in routes(chart, walled).values())


def test_the_map_has_no_inline_style_because_the_page_forbids_it(chart: Chart) -> None:
    assert "style=" not in draw(chart, "諮問第56号")


def test_a_hostile_label_stays_text(chart: Chart) -> None:
    picture = draw(chart, "<script>alert(1)</script>")
    assert "<script>" not in picture


def test_an_unknown_installer_stands_out(chart: Chart) -> None:
    picture = ET.fromstring(draw(chart, "諮問第56号"))
    loud = [text.text for text in picture.iter(f"{SVG}text") if "map-unknown" in (text.get("class") or "")]
    assert any("不明" in (text or "") for text in loud)
