"""Laws of a file of notices, whatever the registry office sends."""

from collections.abc import Mapping, Sequence
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from sekisho.adapters.layouts import shipped_layouts
from sekisho.business.registry_notices import (
    Property,
    Proposal,
    RegistrationNotice,
    apply_fields,
    changes_between,
    make_ledger,
    make_rows,
    notice_file,
    propose_all,
    read_notices,
    summarise,
)
from sekisho.records import read

seeds = st.integers(0, 10_000)
counts = st.integers(1, 40)
LAYOUT = shipped_layouts().find("registry_notice")


def ledger_of(seed: int) -> dict[str, Property]:
    """A small synthetic ledger."""
    return {each.key: each for each in make_ledger(Random(seed), 30)}


def notices_of(seed: int, count: int) -> list[RegistrationNotice]:
    """A file of notices, as read back from its bytes."""
    body = b"".join(notice_file(LAYOUT, make_rows(Random(seed), make_ledger(Random(seed), 30), count, misfits=0.3)))
    return list(read_notices(each.values for each in read(LAYOUT, [body])))


def accepted(ledger: Mapping[str, Property], proposals: Sequence[Proposal]) -> dict[str, Property]:
    """The ledger after an officer has accepted everything that was not held."""
    after = {each.notice.key: each.after for each in proposals if each.hold is None and each.after is not None}
    return {**ledger, **after}


@given(seed=seeds, count=counts)
def test_every_notice_gets_one_proposal_and_one_place_in_the_summary(seed: int, count: int) -> None:
    notices = notices_of(seed, count)
    proposals = propose_all(notices, ledger_of(seed))
    summary = summarise(proposals)
    assert sorted(each.notice.notice for each in proposals) == sorted(each.notice for each in notices)
    assert summary.notices == len(notices) == summary.proposed + sum(summary.held.values())


@given(seed=seeds, count=counts, order=st.randoms(use_true_random=False))
def test_the_order_in_which_notices_stand_in_the_file_changes_nothing(seed: int, count: int, order: Random) -> None:
    notices = notices_of(seed, count)
    shuffled = order.sample(notices, len(notices))
    assert propose_all(shuffled, ledger_of(seed)) == propose_all(notices, ledger_of(seed))


@given(seed=seeds, count=counts)
def test_a_file_that_was_accepted_proposes_nothing_when_it_comes_again(seed: int, count: int) -> None:
    notices, ledger = notices_of(seed, count), ledger_of(seed)
    first = propose_all(notices, ledger)
    again = propose_all(notices, accepted(ledger, first))
    applied = {each.notice.notice for each in first if each.hold is None}
    assert not [each.notice.notice for each in again if each.hold is None and each.notice.notice in applied]


@given(seed=seeds, count=counts)
def test_the_taxed_side_of_the_ledger_is_never_proposed_away(seed: int, count: int) -> None:
    for each in propose_all(notices_of(seed, count), ledger_of(seed)):
        if each.before is not None and each.after is not None:
            kept = (each.before.taxed_category, each.before.price, each.before.fiscal_year)
            assert (each.after.taxed_category, each.after.price, each.after.fiscal_year) == kept


@given(seed=seeds, count=counts)
def test_accepting_every_line_is_accepting_the_proposal_and_no_line_is_leaving_it(seed: int, count: int) -> None:
    for each in propose_all(notices_of(seed, count), ledger_of(seed)):
        if each.before is None or each.after is None:
            continue
        fields = {change.field for change in each.changes}
        assert not changes_between(apply_fields(each.before, each.after, fields), each.after)
        assert not changes_between(each.before, apply_fields(each.before, each.after, set()))
