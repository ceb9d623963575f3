"""What is laid beside a dossier is complete: every network has its card, no card a blank, no sharing without an end."""

from dataclasses import replace
from datetime import date

import pytest

from sekisho.kernel import Carriage, Reason, ReasonCode, put_on
from sekisho.kernel.council import (
    Annex,
    ComputerCard,
    Condition,
    ConditionKind,
    CredentialCustody,
    NetworkCard,
    Note,
    NoteKind,
    ProofKind,
    custody_faults,
    exception_faults,
    flatten_annex,
    missing_in_annex,
    no_path_faults,
    sharing_faults,
)
from tests.unit.kernel.council_story import DOSSIER

CARDS = tuple(
    NetworkCard(network=each.network, fee_payer="city", carrier="none", interconnected_with=())
    for each in DOSSIER.chart.networks
)
COMPUTER = ComputerCard(computer="terminal", form="pc", lock="rack", state="new", maker="unknown", tenancy="own")
SHARED = CredentialCustody(
    credential="login",
    departments=("tax",),
    custodians=("head",),
    operators=("clerk",),
    shared_with=("insurance",),
    exception="until replaced",
    exception_until="2020-03-31",
)


def told(reasons: tuple[Reason, ...]) -> list[tuple[str, str]]:
    """Where something is missing, and what."""
    assert {each.code for each in reasons} <= {ReasonCode.DOSSIER_INCOMPLETE}
    return [(each.facts["place"], each.facts["what"]) for each in reasons]


def test_every_network_has_a_card_and_no_card_has_a_blank() -> None:
    assert missing_in_annex(DOSSIER, Annex(networks=CARDS, computers=(COMPUTER,))) == ()
    missing = missing_in_annex(DOSSIER, Annex(networks=CARDS[1:]))
    assert told(missing) == [(CARDS[0].network, "fee_payer")]
    blank = Annex(networks=(replace(CARDS[0], carrier=""), *CARDS[1:]), computers=(replace(COMPUTER, lock=""),))
    assert sorted(told(missing_in_annex(DOSSIER, blank))) == [
        ("annex.computers[terminal]", "lock"),
        (f"annex.networks[{CARDS[0].network}]", "carrier"),
    ]


BOTH = replace(SHARED, custodians=("clerk",))


@pytest.mark.parametrize("bare", [replace(BOTH, exception=""), replace(BOTH, exception_until="")])
def test_sharing_and_using_what_one_holds_need_a_reason_and_an_end(bare: CredentialCustody) -> None:
    assert (sharing_faults(SHARED), custody_faults(BOTH)) == ((), ())
    assert told(sharing_faults(bare)) == [("login", "shared_with: exception, exception_until")]
    assert told(custody_faults(bare)) == [("login", "custodians: exception, exception_until")]
    assert told(missing_in_annex(DOSSIER, Annex(networks=CARDS, credentials=(bare,)))) == [
        ("login", "shared_with: exception, exception_until"),
        ("login", "custodians: exception, exception_until"),
    ]
    alone = replace(bare, shared_with=(), custodians=("head",))
    assert (sharing_faults(alone), custody_faults(alone)) == ((), ())


def test_every_field_of_an_annex_has_its_path() -> None:
    flat = flatten_annex(Annex(networks=CARDS[:1], credentials=(SHARED,)))
    assert flat[f"annex.networks[{CARDS[0].network}].fee_payer"] == "city"
    assert flat["annex.credentials[login].exception_until"] == "2020-03-31"
    assert flat["annex.credentials[login].shared_with[insurance]"]
    assert date.fromisoformat(str(flat["annex.credentials[login].exception_until"])) == date(2020, 3, 31)


ENDS = Condition(
    condition="c1",
    consultation="57",
    hangs_on="login",
    text="one login each",
    kind=ConditionKind.BLOCKS_AFTER_DATE,
    proof=ProofKind.REPORT,
    owner="clerk",
    verifier="auditor",
    due=date(2020, 3, 31),
)


@pytest.mark.parametrize(
    "other",
    [
        {"hangs_on": "another"},
        {"due": date(2020, 4, 1)},
        {"kind": ConditionKind.REPORT_ONLY},
        {"kind": ConditionKind.BLOCKS_START},
    ],
)
def test_the_end_of_an_exception_is_a_condition_of_that_day(other: dict[str, object]) -> None:
    assert exception_faults(SHARED, [ENDS]) == ()
    assert told(exception_faults(SHARED, [replace(ENDS, **other)])) == [("login", "exception_until: condition")]  # type: ignore[arg-type]
    assert told(exception_faults(SHARED, [])) == [("login", "exception_until: condition")]
    assert exception_faults(replace(SHARED, exception=""), []) == ()
    annex = Annex(networks=CARDS, credentials=(SHARED,))
    assert told(missing_in_annex(DOSSIER, annex)) == [("login", "exception_until: condition")]
    assert missing_in_annex(DOSSIER, replace(annex, conditions=(ENDS,))) == ()


def not_joined(on: str) -> Note:
    """A claim that nothing is joined."""
    return Note(note="apart", kind=NoteKind.NO_PATH, on=on, text="not joined")


def test_what_is_said_not_to_be_joined_is_not_joined_on_the_chart() -> None:
    arrow = DOSSIER.chart.connections[0]
    claim = not_joined(f"{arrow.source}/{arrow.target}")
    (reason,) = no_path_faults(DOSSIER.chart, claim)
    assert reason.code is ReasonCode.FIELD_NOT_UNDERSTOOD
    assert reason.facts == {"where": "annex.notes[apart]", "what": arrow.connection}
    assert no_path_faults(DOSSIER.chart, replace(claim, kind=NoteKind.HISTORY)) == ()
    assert [each.code for each in missing_in_annex(DOSSIER, Annex(networks=CARDS, notes=(claim,)))] == [reason.code]
    lone = replace(DOSSIER.chart.computers[0], computer="lone", ours=True)
    chart = put_on(DOSSIER.chart, lone)
    assert no_path_faults(chart, not_joined(f"{arrow.source}/lone")) == ()
    assert no_path_faults(chart, not_joined("lone")) == ()
    drawn = put_on(chart, replace(arrow, connection="drawn", source="lone", target=arrow.target))
    ours = [each.computer for each in drawn.computers if each.ours and each.computer != "lone"]
    assert len(no_path_faults(drawn, not_joined("lone"))) == len(ours)
    assert no_path_faults(drawn, not_joined(f"lone/{arrow.target}"))[0].facts["what"] == "drawn"
    assert no_path_faults(drawn, not_joined(f"lone/{arrow.source}"))[0].facts["what"] == f"drawn - {arrow.connection}"
    by_paper = put_on(chart, replace(arrow, connection="drawn", source="lone", carriage=Carriage.PAPER))
    assert no_path_faults(by_paper, not_joined("lone")) == ()


def test_a_claim_about_a_computer_that_is_not_on_the_chart_is_no_claim() -> None:
    reasons = no_path_faults(DOSSIER.chart, not_joined("ghost/phantom"))
    assert [(each.code, each.facts["what"]) for each in reasons] == [
        (ReasonCode.NOT_FOUND, "ghost"),
        (ReasonCode.NOT_FOUND, "phantom"),
    ]
