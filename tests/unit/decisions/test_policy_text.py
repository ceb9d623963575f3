"""The policy text of a permit: always the same, only two policies, and nothing approved can break out of it."""

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import cedarpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.adapters.decisions import Origin, compile_policy
from sekisho.adapters.decisions.compiling import NOT_IN_A_TEXT, quote
from sekisho.adapters.decisions.opinion import read_slice
from sekisho.kernel import ReasonCode, Refused, digest_of
from tests.unit.decisions.granted import DOWN, ORIGIN

GOLDEN: Final = Path(__file__).parents[2] / "golden" / "decisions" / "R1-56-01.cedar"
BREAKS_OUT: Final = 'x") permit (principal, action, resource); @id("y'
HIDING: Final = ["\n", "\r", "\x00", "\x7f", "\x85", "\u2028", "\u2029", "\u202e", "\u200b", "\ufeff", "\ud800"]


def test_an_approval_compiles_to_the_text_that_was_filed() -> None:
    first = replace(DOWN, not_before="2019-11-19T00:00:00+09:00", not_after="2035-04-01T00:00:00+09:00")
    text = compile_policy("R1-56-01", first, ORIGIN)
    assert text == GOLDEN.read_text(encoding="utf-8").replace("{DIGEST}", digest_of(first))
    assert text == compile_policy("R1-56-01", first, ORIGIN)


@pytest.mark.parametrize("field", ["connection", "consultation", "legal_basis", "as_of", "tenant"])
def test_no_approved_text_becomes_a_policy(field: str) -> None:
    changes: Any = {field: BREAKS_OUT}
    text = compile_policy("R1-56-01", replace(DOWN, **changes), ORIGIN)
    assert len(cedarpy.PolicySet.from_str(text)) == 2
    assert read_slice(text).grants == {"P-R1-56-01"}


@pytest.mark.parametrize("origin", [Origin(minutes=BREAKS_OUT, decided_on="\\"), Origin(minutes='\\"', decided_on='"')])
def test_no_minutes_become_a_policy(origin: Origin) -> None:
    assert len(cedarpy.PolicySet.from_str(compile_policy(f"{BREAKS_OUT}\\", DOWN, origin))) == 2


@pytest.mark.parametrize("character", HIDING)
def test_a_character_that_breaks_a_line_or_hides_something_is_refused(character: str) -> None:
    with pytest.raises(Refused) as refusal:
        compile_policy("R1-56-01", replace(DOWN, legal_basis=f"地方税法{character}第382条"), ORIGIN)
    assert [reason.code for reason in refusal.value.reasons] == [ReasonCode.POLICY_NOT_VALID]
    assert f"U+{ord(character):04X}" in refusal.value.reasons[0].ja


@given(st.text(st.characters(exclude_categories=sorted(NOT_IN_A_TEXT))))  # type: ignore[arg-type]  # the names are known
def test_whatever_is_quoted_reads_as_it_was(text: str) -> None:
    policy = f"@note({quote(text)}) permit (principal, action, resource);"
    (each,) = cedarpy.policies_to_pst(policy).static_policies.values()
    assert each.annotations == {"note": text}
