"""The motion, the votes on it, and the decision that they make: on exactly what was put to the vote."""

import hashlib

from sekisho.adapters.database.council_conditions import adopted_conditions
from sekisho.adapters.database.council_deeds import Bench, Deed, bench
from sekisho.adapters.database.council_papers import Paper, read_paper
from sekisho.adapters.database.council_questions import questions_of
from sekisho.adapters.database.council_sitting import chairing, presider, quorum_of, sitting
from sekisho.adapters.database.council_verdicts import check_masks, trade_offs_of, verdicts_of
from sekisho.adapters.database.models import BallotRow, DecisionRow, Matter, PermitRow
from sekisho.adapters.database.office_time import office_day
from sekisho.kernel import EntryKind, ReasonCode, Refused, because, period_over
from sekisho.kernel.council import (
    CONSULTATION_TABLE,
    REGIMES,
    Act,
    Ballot,
    Choice,
    Decision,
    Deliberated,
    Dossier,
    Regime,
    Tally,
    count_votes,
    digest_of_motion,
    ends_not_promised,
    gated_arrows,
    impossible,
    make_decision,
    rule_from_data,
    write_letter,
)
from sekisho.records import write_short_wareki


def _ends_promised(work: Bench, result: str) -> None:
    """Before permits can follow, every exception of custody has the condition that ends it.

    Raises:
        Refused: One has none; with every one.

    """
    dossier = read_paper(work.row).dossier
    regime = REGIMES.get(dossier.regime)
    missing = ends_not_promised(dossier, adopted_conditions(work.row))
    if missing and regime is not None and result in regime.permits_follow:
        raise Refused(missing)


def _regime_of(dossier: Dossier) -> Regime:
    """The procedure under which a matter is decided.

    Raises:
        Refused: There is no such procedure.

    """
    regime = REGIMES.get(dossier.regime)
    if regime is None:
        raise Refused([because(ReasonCode.NOT_FOUND, what=dossier.regime)])
    return regime


def _can_come_of_it(work: Bench, result: str) -> None:
    """Nobody votes on what could not be decided afterwards: the procedure of the matter has to know the result.

    Raises:
        Refused: It cannot come of this matter; with the reason that the decision would give.

    """
    dossier = read_paper(work.row).dossier
    if reasons := impossible(dossier, _regime_of(dossier), result, office_day(work.deed.at).isoformat()):
        raise Refused(reasons)


def _periods_ahead(work: Bench, result: str) -> None:
    """Nobody votes for permits that could not be issued: the period of no arrow is over.

    Raises:
        Refused: One is; with every one.

    """
    paper = read_paper(work.row)
    gated = {each.connection for each in gated_arrows(paper.dossier)}
    terms = [each for each in paper.terms if each.connection in gated]
    reasons = [why for each in terms for why in period_over(each.connection, each.not_after, work.deed.at)]
    if reasons and result in _regime_of(paper.dossier).permits_follow:
        raise Refused(reasons)


def put_to_vote(deed: Deed, matter: str, result: str) -> None:
    """The chair puts a result to the vote; whatever was voted on before is over.

    Raises:
        Refused: There is no such result, or none that can come of this matter, an item cannot be masked, a period is
            over, or this is not for this person or not now.

    """
    with bench(deed, matter) as work:
        chairing(work)
        work.must_be("deliberating")
        if f"decide_{result}" not in CONSULTATION_TABLE.acts:
            raise Refused([because(ReasonCode.NOT_FOUND, what=result)])
        _can_come_of_it(work, result)
        _ends_promised(work, result)
        _periods_ahead(work, result)
        check_masks(work.row)
        work.row.motion, work.row.ballot_round = result, work.row.ballot_round + 1
        work.row.voted_on = _voted_on(work.row)
        work.row.save()
        facts = {"motion": result, "ballot_round": work.row.ballot_round, "voted_on": work.row.voted_on}
        work.note(EntryKind.MOTION_PUT, **facts)


def withdraw_motion(deed: Deed, matter: str) -> None:
    """The chair takes the motion back, so that something can be put right before it is voted on; its ballots are void.

    Raises:
        Refused: There is no motion, or this is not for this person or not now.

    """
    with bench(deed, matter) as work:
        chairing(work)
        work.must_be("deliberating")
        if not work.row.motion:
            raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=matter, state="no_motion")])
        withdrawn, work.row.motion, work.row.voted_on = work.row.motion, "", ""
        work.row.save()
        work.note(EntryKind.MOTION_WITHDRAWN, motion=withdrawn, ballot_round=work.row.ballot_round)


def _deliberated(row: Matter) -> Deliberated:
    """What was said and put together on the present version."""
    return Deliberated(
        questions=questions_of(row),
        verdicts=verdicts_of(row),
        trade_offs=trade_offs_of(row),
        conditions=tuple(each.condition for each in adopted_conditions(row)),
    )


def _voted_on(row: Matter) -> str:
    """The digest of all that a vote would be about now."""
    paper = read_paper(row)
    return digest_of_motion(row.motion, paper.dossier, _deliberated(row), paper.terms, adopted_conditions(row))


def _check_voted_on(row: Matter) -> None:
    """Is what would be decided what the members voted on?

    Raises:
        Refused: Something of it is not as it was when the motion was put.

    """
    if row.motion and row.voted_on != _voted_on(row):
        raise Refused([because(ReasonCode.NOT_VOTED_ON, what=row.consultation)])


def vote(deed: Deed, matter: str, choice: Choice) -> None:
    """Vote on the motion; who voted is in the ledger, how is in the tally.

    Raises:
        Refused: There is no motion, the vote was given already, or this person may not vote on it.

    """
    with bench(deed, matter) as work:
        work.allow(Act.VOTE)
        work.must_be("deliberating")
        sitting(work)
        meeting, ballots = work.row.meeting, BallotRow.objects.filter(matter=work.row)
        no_motion = not work.row.motion
        presides = deed.person == presider(work.row, deed.at)
        chair = presides and meeting is not None and not rule_from_data(meeting.rule).chair_votes
        voted = ballots.filter(ballot_round=work.row.ballot_round, person=deed.person).exists()
        if no_motion or chair or voted:
            raise Refused([because(ReasonCode.NOT_ALLOWED, action=f"vote {work.row.consultation}")])
        BallotRow.objects.create(matter=work.row, ballot_round=work.row.ballot_round, person=deed.person, choice=choice)
        work.note(EntryKind.VOTE_CAST, motion=work.row.motion, ballot_round=work.row.ballot_round)


def _tally(work: Bench, casting: Choice | None) -> Tally:
    """Count the votes on the motion."""
    row = work.row
    quorum = quorum_of(row, work.deed.at)
    if row.meeting is None or not row.motion:
        raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=row.matter, state="no_motion")])
    cast = BallotRow.objects.filter(matter=row, ballot_round=row.ballot_round).order_by("person")
    ballots = [Ballot(person=each.person, item=row.consultation, choice=Choice(each.choice)) for each in cast]
    rule = rule_from_data(row.meeting.rule)
    return count_votes(rule, quorum, ballots, item=row.consultation, chair=(presider(row, work.deed.at), casting))


def decide(deed: Deed, matter: str, casting: Choice | None = None) -> Decision:
    """The chair counts and announces; with a tie the casting vote decides, where the rule says so.

    Raises:
        Refused: Not carried, something is still open, or this is not for this person.

    """
    with bench(deed, matter) as work:
        chairing(work)
        _check_voted_on(work.row)
        _ends_promised(work, work.row.motion)
        _periods_ahead(work, work.row.motion)
        # Whoever presides over the decision signs its letter.
        meeting = work.row.meeting
        work.row.acting_chair = "" if meeting is not None and deed.person == meeting.chair else deed.person
        paper, conditions, said = read_paper(work.row), adopted_conditions(work.row), _deliberated(work.row)
        voted = (work.row.motion, _tally(work, casting))
        regime, day = _regime_of(paper.dossier), office_day(deed.at).isoformat()
        decision = make_decision(paper.dossier, regime, said, voted=voted, decided_on=day)
        _keep_decision(work, decision, write_letter(decision, paper.terms, conditions), _numbers(work.row, paper))
    return decision


def _numbers(row: Matter, paper: Paper) -> dict[str, str]:
    """The numbers of the permits that may follow: era and year, consultation, one after the other."""
    day = office_day(row.meeting.due_on) if row.meeting else None
    year = write_short_wareki(day).split(".")[0].replace("令和", "R") if day else "R"
    given = PermitRow.objects.filter(tenant_id=row.tenant_id, consultation=row.consultation).count()
    arrows = [each.connection for each in gated_arrows(paper.dossier)]
    return {each: f"{year}-{row.consultation}-{number:02d}" for number, each in enumerate(arrows, start=given + 1)}


def _keep_decision(work: Bench, decision: Decision, letter: bytes, permits: dict[str, str]) -> None:
    """The decision with its letter, as yet unsigned, and the entry."""
    digest = hashlib.sha256(letter).hexdigest()
    DecisionRow.objects.create(
        matter=work.row,
        version=work.row.version,
        ballot_round=work.row.ballot_round,
        result=decision.result,
        decided_at=work.deed.at,
        letter=letter,
        digest=digest,
        permits={each: permits[each] for each in permits if decision.makes_permits and decision.kept.get(each)},
    )
    tally = decision.tally
    counts = {"in_favour": tally.in_favour, "against": tally.against, "abstained": tally.abstained}
    told = {"result": decision.result, "rule": tally.rule, "casting": tally.casting, "letter": digest}
    told["voted_on"] = work.row.voted_on
    work.advance(f"decide_{decision.result}", dossier=decision.dossier_digest, **told, **counts)
