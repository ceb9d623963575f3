"""What is put together before the vote: a verdict on each data item, and what prevailed over what.

Once a motion is put to the vote, none of it changes any more: members vote on what lies before them.
"""

from dataclasses import asdict

from sekisho.adapters.database.council_deeds import Bench, Deed, bench
from sekisho.adapters.database.council_papers import Paper, read_paper
from sekisho.adapters.database.council_sitting import sitting
from sekisho.adapters.database.models import Matter, TradeOffRow, VerdictRow
from sekisho.adapters.layouts import layouts_in_use, unmaskable
from sekisho.kernel import DOCUMENT, Connection, EntryKind, ReasonCode, Refused, because
from sekisho.kernel.council import Act, ItemVerdict, TradeOff, Verdict, gated_arrows


def record_verdict(deed: Deed, matter: str, verdict: ItemVerdict) -> None:
    """What the council says of one data item: keep, mask or drop, with a reason if it is not kept.

    Raises:
        Refused: There is no such item, no reason, it cannot be masked, or this is not for this person or not now.

    """
    with bench(deed, matter) as work:
        work.allow(Act.RECORD_VERDICT)
        work.must_be("deliberating")
        work.no_open_vote()
        sitting(work)
        paper = read_paper(work.row)
        arrow = {each.connection: each for each in paper.dossier.chart.under_review()}.get(verdict.connection)
        named = f"{verdict.connection}/{verdict.item}"
        if arrow is None or verdict.item not in {each.item for each in arrow.items}:
            raise Refused([because(ReasonCode.NOT_FOUND, what=named)])
        if verdict.verdict is not Verdict.KEEP and not verdict.reason.strip():
            raise Refused([because(ReasonCode.DOSSIER_INCOMPLETE, place=named, what="reason")])
        if verdict.verdict is Verdict.MASK:
            _check_mask(paper, arrow, verdict.item)
        _keep_verdict(work, verdict)


def check_masks(row: Matter) -> None:
    """Can the gate hide every item that is to be masked? Asked again before the vote: layouts may have changed since.

    Raises:
        Refused: One of them cannot be hidden.

    """
    paper = read_paper(row)
    arrows = {each.connection: each for each in paper.dossier.chart.under_review()}
    for each in verdicts_of(row):
        if each.verdict is Verdict.MASK and each.connection in arrows:
            _check_mask(paper, arrows[each.connection], each.item)


def _check_mask(paper: Paper, arrow: Connection, item: str) -> None:
    """Can the gate hide this item on this arrow? Said now, while the council can still choose between keep and drop.

    Raises:
        Refused: Nothing passes the gate on it, or no mask may stand in one of the layouts of its permit.

    """
    named = f"{arrow.connection}/{item}"
    if arrow not in gated_arrows(paper.dossier):
        raise Refused([because(ReasonCode.MASK_OUTSIDE_GATE, item=named)])
    columns = next(each.written_as for each in arrow.items if each.item == item) or (item,)
    layouts = [layout for each in paper.terms if each.connection == arrow.connection for layout in each.layouts]
    none = unmaskable(layouts_in_use().shelf)
    without = [each for each in layouts if each == DOCUMENT or any((each, column) in none for column in columns)]
    if without:
        raise Refused([because(ReasonCode.MASK_DOES_NOT_FIT, item=named, layout=each) for each in without])


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
        work.no_open_vote()
        sitting(work)
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
