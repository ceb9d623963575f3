"""A closed set has a complete table: no state, direction, zone or kind without its words."""

from sekisho.business.registry_notices import COMPARED, WHOLE_NOTICE, Event, LineAct, LineState
from sekisho.kernel import Direction, EntryKind, PermitStatus, ReasonCode, Zone
from sekisho.web.components.chips import CROSSING_CHIPS, PERMIT_CHIPS
from sekisho.web.components.icons import ICONS
from sekisho.web.components.vocabulary import DIRECTIONS, ENTRY_KINDS, ITEMS, ZONES
from sekisho.web.pages.registry_notices.notice_page import ACTS, EVENTS, FIELDS, STATES
from tests.unit.web.sample_rows import chart_of_56


def test_every_entry_kind_has_its_words() -> None:
    assert set(ENTRY_KINDS) == set(EntryKind)


def test_every_zone_and_direction_has_its_words() -> None:
    assert set(ZONES) == set(Zone)
    assert set(DIRECTIONS) == set(Direction)


def test_every_permit_status_has_its_chip() -> None:
    assert set(PERMIT_CHIPS) == set(PermitStatus)


def test_every_chip_has_an_icon_and_words_in_both_languages() -> None:
    for chip in (*CROSSING_CHIPS.values(), *PERMIT_CHIPS.values()):
        assert chip.icon in ICONS
        assert chip.words.ja
        assert chip.words.en


def test_every_data_item_of_consultation_56_has_its_words() -> None:
    items = {item.item for arrow in chart_of_56().connections for item in arrow.items}
    assert items <= set(ITEMS)


def test_every_reason_can_be_shown() -> None:
    assert len(set(ReasonCode)) == len(ReasonCode)


def test_every_event_state_and_act_of_a_notice_has_its_words() -> None:
    assert set(EVENTS) == set(Event)
    assert set(STATES) == set(LineState)
    assert set(ACTS) == set(LineAct)
    assert set(FIELDS) == {*COMPARED, "owners", "state", WHOLE_NOTICE}
