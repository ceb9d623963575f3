"""What is laid beside a dossier is complete: every network has its card, no card a blank, no sharing without an end."""

from dataclasses import replace
from datetime import date

import pytest

from sekisho.kernel import Reason, ReasonCode
from sekisho.kernel.council import (
    Annex,
    ComputerCard,
    CredentialCustody,
    NetworkCard,
    custody_faults,
    flatten_annex,
    missing_in_annex,
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
