"""The life of an application is one table: what is not in it is refused, and only officers take officers' steps."""

import pytest

from sekisho.business.hometown_donations.one_stop import ONE_STOP_TABLE
from sekisho.kernel import ReasonCode, Refused
from sekisho.kernel.council import Role, advance_state, diagram_of

_OFFICER = frozenset({Role.OPERATOR})
_WAY = [
    ("send_form", _OFFICER, "form_sent"),
    ("key_in", _OFFICER, "keyed"),
    ("verify", _OFFICER, "applied"),
    ("accept", _OFFICER, "accepted"),
    ("change", _OFFICER, "accepted"),
    ("freeze", None, "frozen"),
    ("notify", None, "notified"),
    ("return", None, "returned"),
    ("readdress", _OFFICER, "frozen"),
    ("notify", None, "notified"),
    ("cancel", _OFFICER, "cancelling"),
    ("notify_cancelled", None, "void"),
]


def test_the_whole_way_from_donation_to_cancellation() -> None:
    state = ONE_STOP_TABLE.first
    for act, roles, after in _WAY:
        state = advance_state(ONE_STOP_TABLE, "2026-000001", state, act, roles)
        assert state == after
    assert state in ONE_STOP_TABLE.ends()


@pytest.mark.parametrize("state", sorted(ONE_STOP_TABLE.states))
@pytest.mark.parametrize("act", sorted(ONE_STOP_TABLE.acts))
def test_whatever_is_not_in_the_table_is_refused(state: str, act: str) -> None:
    steps = [step for step in ONE_STOP_TABLE.steps_from(state) if step.act == act]
    if steps:
        assert advance_state(ONE_STOP_TABLE, "x", state, act, steps[0].roles or None) == steps[0].after
        return
    with pytest.raises(Refused) as refused:
        advance_state(ONE_STOP_TABLE, "x", state, act, _OFFICER)
    assert refused.value.reasons[0].code is ReasonCode.NOT_IN_THIS_STATE


@pytest.mark.parametrize("act", ["apply_online", "freeze", "notify", "return", "notify_cancelled"])
def test_an_officer_cannot_take_the_donors_the_clocks_or_the_gates_step(act: str) -> None:
    state = next(step.before for step in ONE_STOP_TABLE.steps if step.act == act)
    with pytest.raises(Refused) as refused:
        advance_state(ONE_STOP_TABLE, "x", state, act, _OFFICER)
    assert refused.value.reasons[0].code is ReasonCode.NOT_ALLOWED


def test_what_left_cannot_be_changed_by_a_change_notice() -> None:
    for state in ("frozen", "notified"):
        with pytest.raises(Refused):
            advance_state(ONE_STOP_TABLE, "x", state, "change", _OFFICER)


def test_the_manual_draws_it_from_the_same_table() -> None:
    drawing = diagram_of(ONE_STOP_TABLE)
    assert "frozen --> notified : 通知する" in drawing
    assert all(state in drawing for state in ONE_STOP_TABLE.states)
