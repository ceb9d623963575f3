"""Verdicts on data items, what prevailed over what, the motion, the votes, and the decision that they make."""

import hashlib
from dataclasses import asdict

from sekisho.adapters.database.council_conditions import adopted_conditions
from sekisho.adapters.database.council_deeds import Bench, Deed, bench
from sekisho.adapters.database.council_meetings import chairing, quorum_of
from sekisho.adapters.database.council_papers import Paper, read_paper
from sekisho.adapters.database.council_questions import questions_of
from sekisho.adapters.database.models import BallotRow, DecisionRow, Matter, PermitRow, TradeOffRow, VerdictRow
from sekisho.adapters.database.office_time import office_day
from sekisho.kernel import EntryKind, ReasonCode, Refused, because
from sekisho.kernel.council import (
    CONSULTATION_TABLE,
    REGIMES,
    Act,
    Ballot,
    Choice,
    Decision,
    Deliberated,
    ItemVerdict,
    Tally,
    TradeOff,
    Verdict,
    count_votes,
    ends_not_promised,
    gated_arrows,
    make_decision,
    rule_from_data,
    write_letter,
)
from sekisho.records import write_short_wareki


def _sitting(work: Bench) -> None:
    """Is this a member who sits when the matter is taken?

    Raises:
        Refused: Recused, or not here.

    """
    quorum = quorum_of(work.row, work.deed.at)
    if work.deed.person not in quorum.entitled:
        raise Refused([because(ReasonCode.RECUSED, person=work.deed.person, item=work.row.consultation)])
    if work.deed.person not in quorum.present:
        raise Refused([because(ReasonCode.NOT_PRESENT, person=work.deed.person)])


def record_verdict(deed: Deed, matter: str, verdict: ItemVerdict) -> None:
    """What the council says of one data item: keep, mask or drop, with a reason if it is not kept.

    Raises:
        Refused: There is no such item, no reason, or this is not for this person or not now.

    """
    with bench(deed, matter) as work:
        work.allow(Act.RECORD_VERDICT)
        work.must_be("deliberating")
        _sitting(work)
        arrows = {each.connection: each for each in read_paper(work.row).dossier.chart.under_review()}
        arrow = arrows.get(verdict.connection)
        named = f"{verdict.connection}/{verdict.item}"
        if arrow is None or verdict.item not in {each.item for each in arrow.items}:
            raise Refused([because(ReasonCode.NOT_FOUND, what=named)])
        if verdict.verdict is not Verdict.KEEP and not verdict.reason.strip():
            raise Refused([because(ReasonCode.DOSSIER_INCOMPLETE, place=named, what="reason")])
        _keep_verdict(work, verdict)


def _keep_verdict(work: Bench, verdict: ItemVerdict) -> None:
    """The verdict that stands, and its entry."""
    VerdictRow.objects.update_or_create(
        matter=work.row,
        version=work.row.version,
        connection=verdict.connection,
        item=verdict.item,
        defaults={"verdict": verdict.verdict, "reason": verdict.reason, "by": work.deed.person},
    )
    facts = {"connection": verdict.connection, "item": verdict.item, "verdict": str(verdict.verdict)}
    work.note(EntryKind.VERDICT_RECORDED, **facts)


def verdicts_of(row: Matter, version: int = 0) -> tuple[ItemVerdict, ...]:
    """The verdicts on a version, the present one if none is named."""
    return tuple(
        ItemVerdict(connection=each.connection, item=each.item, verdict=Verdict(each.verdict), reason=each.reason)
        for each in VerdictRow.objects.filter(matter=row, version=version or row.version).order_by("id")
    )


def record_trade_off(deed: Deed, matter: str, trade_off: TradeOff) -> None:
    """Record which interest prevailed over which, about what, why, and when that is looked at again.

    Raises:
        Refused: Something is not said, or this is not for this person, or not now.

    """
    silent = [name for name, said in asdict(trade_off).items() if not said.strip()]
    if silent:
        raise Refused([because(ReasonCode.DOSSIER_INCOMPLETE, place="trade_off", what=each) for each in silent])
    with bench(deed, matter) as work:
        work.allow(Act.RECORD_VERDICT)
        work.must_be("deliberating")
        _sitting(work)
        TradeOffRow.objects.create(
            matter=work.row,
            about=trade_off.about,
            prevailed=trade_off.prevailed,
            yielded=trade_off.yielded,
            why=trade_off.why,
            review_on=trade_off.review_on,
        )
        work.note(EntryKind.TRADE_OFF_RECORDED, about=trade_off.about, review_on=trade_off.review_on)


def trade_offs_of(row: Matter) -> tuple[TradeOff, ...]:
    """What was weighed against what."""
    names = ("about", "prevailed", "yielded", "why", "review_on")
    return tuple(TradeOff(**each) for each in TradeOffRow.objects.filter(matter=row).order_by("id").values(*names))


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


def put_to_vote(deed: Deed, matter: str, result: str) -> None:
    """The chair puts a result to the vote; whatever was voted on before is over.

    Raises:
        Refused: There is no such result, or this is not for this person or not now.

    """
    with bench(deed, matter) as work:
        chairing(work)
        work.must_be("deliberating")
        if f"decide_{result}" not in CONSULTATION_TABLE.acts:
            raise Refused([because(ReasonCode.NOT_FOUND, what=result)])
        _ends_promised(work, result)
        work.row.motion, work.row.ballot_round = result, work.row.ballot_round + 1
        work.row.save()
        work.note(EntryKind.MOTION_PUT, motion=result, ballot_round=work.row.ballot_round)


def vote(deed: Deed, matter: str, choice: Choice) -> None:
    """Vote on the motion; who voted is in the ledger, how is in the tally.

    Raises:
        Refused: There is no motion, the vote was given already, or this person may not vote on it.

    """
    with bench(deed, matter) as work:
        work.allow(Act.VOTE)
        work.must_be("deliberating")
        _sitting(work)
        meeting, ballots = work.row.meeting, BallotRow.objects.filter(matter=work.row)
        no_motion = not work.row.motion
        chair = meeting is not None and deed.person == meeting.chair and not rule_from_data(meeting.rule).chair_votes
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
    return count_votes(rule, quorum, ballots, item=row.consultation, chair=(row.meeting.chair, casting))


def decide(deed: Deed, matter: str, casting: Choice | None = None) -> Decision:
    """The chair counts and announces; with a tie the casting vote decides, where the rule says so.

    Raises:
        Refused: Not carried, something is still open, or this is not for this person.

    """
    with bench(deed, matter) as work:
        chairing(work)
        _ends_promised(work, work.row.motion)
        paper, conditions = read_paper(work.row), adopted_conditions(work.row)
        said = Deliberated(
            questions=questions_of(work.row),
            verdicts=verdicts_of(work.row),
            trade_offs=trade_offs_of(work.row),
            conditions=tuple(each.condition for each in conditions),
        )
        voted = (work.row.motion, _tally(work, casting))
        regime = REGIMES.get(paper.dossier.regime)
        if regime is None:
            raise Refused([because(ReasonCode.NOT_FOUND, what=paper.dossier.regime)])
        decision = make_decision(paper.dossier, regime, said, voted=voted, decided_on=office_day(deed.at).isoformat())
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
    work.advance(f"decide_{decision.result}", dossier=decision.dossier_digest, **told, **counts)
