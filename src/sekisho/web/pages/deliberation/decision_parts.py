"""What was decided, as S-215 and S-240 both show it: the verdict on each item, the vote, who signed the letter."""

from collections.abc import Iterator, Mapping
from types import SimpleNamespace

from django.urls import reverse

from sekisho.adapters.database.queries_council import DecisionView, MatterFile
from sekisho.adapters.database.queries_internal import agency_view
from sekisho.kernel.council import ANSWERED_BY_LETTER, CONSULTATION_TABLE, Role, Verdict
from sekisho.web.components.act_forms import ActForm, pick
from sekisho.web.components.chips import Chip
from sekisho.web.components.dates import long_moment
from sekisho.web.components.facts import Fact
from sekisho.web.components.vocabulary import item_words
from sekisho.web.office import Office
from sekisho.web.pages.deliberation.offers import act_url
from sekisho.web.pages.deliberation.words import ROLES, VERDICTS
from sekisho.web.words import Words

_CHIPS = {
    Verdict.KEEP: Chip(words=VERDICTS[Verdict.KEEP], icon="check", tone="good"),
    Verdict.MASK: Chip(words=VERDICTS[Verdict.MASK], icon="lock", tone="wait"),
    Verdict.DROP: Chip(words=VERDICTS[Verdict.DROP], icon="cross", tone="stop"),
}
_UNDECIDED = Chip(words=Words("未定", "Open"), icon="clock", tone="quiet")


def verdict_rows(file: MatterFile) -> Iterator[SimpleNamespace]:
    """Each data item of each arrow under review with its verdict."""
    said = {(each.connection, each.item): each for each in file.verdicts}
    for arrow in file.paper.dossier.chart.under_review():
        for each in arrow.items:
            verdict = said.get((arrow.connection, each.item))
            yield SimpleNamespace(
                badge=arrow.badge,
                words=item_words(each.item),
                name=f"{arrow.connection}/{each.item}",
                chip=_CHIPS[verdict.verdict] if verdict else _UNDECIDED,
                reason=verdict.reason if verdict else "",
                open=verdict is None,
                choices=pick(("", Words("（そのまま）", "(as it is)")), *VERDICTS.items()),
            )


def stamp_rows(view: DecisionView | None, names: Mapping[str, tuple[str, str]]) -> tuple[SimpleNamespace, ...]:
    """Both places for signatures; one that holds has its name."""
    holding = {each.role: each for each in view.stamps} if view else {}
    return tuple(
        SimpleNamespace(
            role=ROLES[role],
            name=Words(*names[holding[role].person]) if role in holding else "",
            key=holding[role].key if role in holding else "",
        )
        for role in (Role.CHAIR, Role.SECRETARIAT)
    )


def decision_facts(view: DecisionView) -> tuple[Fact, ...]:
    """What was decided, with the counts."""
    tally = view.decision.tally
    counted = Words(
        f"賛成 {tally.in_favour}・反対 {tally.against}・棄権等 {tally.abstained}",
        f"{tally.in_favour} for, {tally.against} against, {tally.abstained} abstained or silent",
    )
    casting = Words("会長の裁決による", "by the chair's casting vote") if tally.casting else ""
    return (
        Fact(name=Words("結果", "Result"), value=Words(*CONSULTATION_TABLE.states[view.decision.result])),
        Fact(name=Words("採決", "Vote"), value=counted, more=casting),
        Fact(name=Words("決定", "Decided"), value=long_moment(view.decided_at)),
        *(
            Fact(name=Words("通行証", "Permit"), value=permit, url=reverse("permit", args=[permit]))
            for permit in view.permits.values()
        ),
    )


def signing_forms(file: MatterFile, office: Office, back: str) -> Iterator[ActForm]:
    """Signing the letter, for whoever has not signed; making the permits, where that was interrupted."""
    row, roles = file.row, set(office.roles)
    signed = {each.role for each in file.decision.stamps} if file.decision else set()
    own = ({Role.CHAIR} if office.person == row.presider else set()) | ({Role.SECRETARIAT} & roles)
    if row.state in ANSWERED_BY_LETTER and own - signed:
        words = Words("答申書に署名する", "Sign the letter")
        yield ActForm(key="sign", url=act_url(row.matter, "sign_letter"), words=words, back=back, main=True)
    again = {"answered": Role.SECRETARIAT, "agency_decided": Role.INFORMATION_SYSTEMS}.get(row.state)
    if again in roles and not _waits_for_agency(file, office) and file.decision and file.decision.permits:
        words = Words("通行証の発行をやり直す", "Issue the permits again")
        yield ActForm(key="issue", url=act_url(row.matter, "issue_permits"), words=words, back=back)


def _waits_for_agency(file: MatterFile, office: Office) -> bool:
    """Has the agency still to decide, or its second person to sign, before permits can be made?"""
    view = agency_view(office.tenant, file.row.matter)
    return view is not None and not view.settled
