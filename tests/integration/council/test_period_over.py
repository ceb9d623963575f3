"""No permit is issued for a period that is over: it is said before the vote, and again before anybody signs."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from sekisho.kernel import ReasonCode, Refused
from tests.fakes.council import DAY, DOWN, UP, act, approve, deliberating, judge_items, paper_56
from tests.integration.conftest import NOW, Office
from tests.integration.council.conftest import why
from tests.integration.permits.test_alarms_and_lives import NUMBER
from tests.integration.permits.test_ends import status_of
from tests.integration.permits.test_steps_before_active import NEXT, in_force, issue, kinds, renewed

SOON = DAY + timedelta(days=10)


def put(city: str, until: str, result: str = "approved") -> str:
    """A matter whose permits end at that moment, deliberated and not yet voted on."""
    from sekisho.bootstrap import council

    paper = paper_56()
    terms = tuple(replace(each, not_after=until) if each.connection == DOWN else each for each in paper.terms)
    matter, _ = deliberating(city, council.Paper(dossier=paper.dossier, terms=terms))
    judge_items(city, matter)
    return matter


def test_what_is_over_is_not_put_to_the_vote_for_approval(city: str) -> None:
    """The planted bug: the council approves a connection for which no permit can open anything."""
    from sekisho.bootstrap import council

    matter = put(city, (DAY + timedelta(minutes=30)).isoformat())
    approval = partial(council.put_to_vote, act(city, "oura", 30), matter, "approved")
    assert why(approval) == {ReasonCode.PERIOD_OVER}
    council.put_to_vote(act(city, "oura", 30), matter, "returned")


def test_what_ends_between_motion_and_decision_is_not_decided(city: str) -> None:
    from sekisho.bootstrap import council

    matter = put(city, (DAY + timedelta(minutes=31)).isoformat())
    council.put_to_vote(act(city, "oura", 30), matter, "approved")
    assert why(lambda: council.decide(act(city, "oura", 32), matter)) == {ReasonCode.PERIOD_OVER}


def test_what_ends_before_the_letter_is_signed_issues_none_of_its_permits(city: str) -> None:
    """Given one arrow whose period ends meanwhile, when both sign, then no permit of the matter is issued."""
    from sekisho.adapters.database.models import PermitRow
    from sekisho.bootstrap import council

    matter = put(city, SOON.isoformat())
    approve(city, matter)
    assert council.sign_letter(act(city, "oura", 40), matter) == ()
    late = act(city, "kazagashira", 0, SOON)
    with pytest.raises(Refused) as refusal:
        council.sign_letter(late, matter)
    assert [(each.code, each.facts["connection"]) for each in refusal.value.reasons] == [(ReasonCode.PERIOD_OVER, DOWN)]
    assert "変更を審議会に諮って" in refusal.value.reasons[0].next_ja
    assert not PermitRow.objects.filter(connection__in=(DOWN, UP)).exists()
    assert why(lambda: council.issue_permits(late, matter)) == {ReasonCode.PERIOD_OVER}
    early = act(city, "kazagashira", -1, SOON)
    assert len(council.issue_permits(early, matter)) == 2
    assert why(lambda: council.issue_permits(late, matter)) == {ReasonCode.NOT_IN_THIS_STATE}


def test_nobody_signs_a_permit_whose_period_is_over(office: Office) -> None:
    with pytest.raises(Refused) as refusal:
        issue(office, renewed(office, not_before="2026-01-01T00:00:00+09:00", not_after=NOW.isoformat()))
    assert [each.code for each in refusal.value.reasons] == [ReasonCode.PERIOD_OVER]
    assert kinds() == ["permit_compiled", "permit_validated"]
    assert (status_of(NEXT), status_of(NUMBER), in_force(office)) == ("validated", "active", NUMBER)
