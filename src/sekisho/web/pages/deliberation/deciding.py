"""S-215 決裁: verdicts, conditions, vote and decision, and the letter with its two signatures."""

from collections.abc import Iterator
from types import SimpleNamespace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from sekisho.adapters.database.queries_council import (
    DecisionView,
    MatterFile,
    letter_text,
    names_of,
    people_with,
)
from sekisho.kernel.council import CONSULTATION_TABLE, REGIMES, ConditionKind, ProofKind, Role, Verdict
from sekisho.web.access import EVERYBODY, open_to
from sekisho.web.components.act_forms import AREA, DATE, NUMBER, SELECT, ActForm, FormField, pick
from sekisho.web.components.chips import Chip
from sekisho.web.components.dates import long_moment
from sekisho.web.components.facts import Choice, Fact
from sekisho.web.components.vocabulary import item_words
from sekisho.web.office import Office, office_in
from sekisho.web.pages.deliberation.condition_lines import condition_lines
from sekisho.web.pages.deliberation.matters import screen_of
from sekisho.web.pages.deliberation.offers import act_url
from sekisho.web.pages.deliberation.reading import file_for
from sekisho.web.pages.deliberation.trade_offs import weigh_form, weighed_rows
from sekisho.web.pages.deliberation.words import CONDITION_KINDS, PROOFS, ROLES, VERDICTS, VOTES, matter_chip, number_of
from sekisho.web.words import Words

TITLE = Words("決裁・答申書", "Decision and letter")
BACK = "matter_decision"
_CHIPS = {
    Verdict.KEEP: Chip(words=VERDICTS[Verdict.KEEP], icon="check", tone="good"),
    Verdict.MASK: Chip(words=VERDICTS[Verdict.MASK], icon="lock", tone="wait"),
    Verdict.DROP: Chip(words=VERDICTS[Verdict.DROP], icon="cross", tone="stop"),
}
_UNDECIDED = Chip(words=Words("未定", "Open"), icon="clock", tone="quiet")
_SIGNED_IN = frozenset({"approved", "approved_with_conditions", "opinion_given", "ratified"})


def _verdict_rows(file: MatterFile) -> Iterator[SimpleNamespace]:
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


def _people(office: Office, *roles: Role) -> tuple[Choice, ...]:
    """The people who can be chosen for it."""
    names = names_of(office.tenant)
    return pick(*((each, Words(*names[each])) for each in people_with(office.tenant, *roles)))


def _arrows(file: MatterFile) -> tuple[Choice, ...]:
    """What a condition can hang on."""
    arrows = file.paper.dossier.chart.under_review()
    named = (
        (each.connection, Words(f"{each.badge} {each.label_ja}", f"{each.badge} {each.label_en}")) for each in arrows
    )
    return pick(("", Words("諮問全体", "The whole consultation")), *named)


def _condition_form(file: MatterFile, office: Office) -> ActForm:
    """A condition that a member proposes."""
    owners = _people(office, Role.DRAFTER, Role.CONTRACTOR)
    verifiers = _people(office, Role.SECRETARIAT, Role.INFORMATION_SYSTEMS)
    arrow, days = Words("かかる矢印", "On which arrow"), Words("定期の場合の日数", "Every so many days, if recurring")
    return ActForm(
        key="propose",
        url=act_url(file.row.matter, "propose_condition"),
        words=Words("条件を提案する", "Propose a condition"),
        back=BACK,
        fields=(
            FormField(name="text", words=Words("条件", "Condition"), kind=AREA),
            FormField(name="hangs_on", words=arrow, kind=SELECT, choices=_arrows(file), required=False),
            FormField(name="kind", words=Words("区分", "Kind"), kind=SELECT, choices=pick(*_kinds())),
            FormField(name="proof", words=Words("証拠", "Proof"), kind=SELECT, choices=pick(*_proofs())),
            FormField(name="owner", words=Words("負う人", "Owner"), kind=SELECT, choices=owners),
            FormField(name="verifier", words=Words("確かめる人", "Verifier"), kind=SELECT, choices=verifiers),
            FormField(name="due", words=Words("期限", "Due"), kind=DATE),
            FormField(name="every_days", words=days, kind=NUMBER, required=False),
        ),
    )


def _kinds() -> tuple[tuple[str, Words], ...]:
    """The kinds of conditions."""
    return tuple((str(each), CONDITION_KINDS[each]) for each in ConditionKind)


def _proofs() -> tuple[tuple[str, Words], ...]:
    """The kinds of proofs."""
    return tuple((str(each), PROOFS[each]) for each in ProofKind)


def _of_chair(file: MatterFile) -> Iterator[ActForm]:
    """What the chair does while it is deliberated."""
    matter, regime = file.row.matter, REGIMES.get(file.paper.dossier.regime)
    results = tuple(
        (each, Words(*CONSULTATION_TABLE.states[each])) for each in sorted(regime.results if regime else ())
    )
    yield ActForm(
        key="motion",
        url=act_url(matter, "put_to_vote"),
        words=Words("採決にかける", "Put to the vote"),
        back=BACK,
        fields=(FormField(name="result", words=Words("結果の案", "Result"), kind=SELECT, choices=pick(*results)),),
    )
    if file.row.motion:
        options = pick(("", Words("（可否同数でない）", "(no tie)")), *VOTES.items())
        casting = FormField(
            name="casting",
            words=Words("可否同数のときの裁決", "Casting vote"),
            kind=SELECT,
            choices=options,
            required=False,
        )
        words = Words("数えて決定を告げる", "Count and announce")
        yield ActForm(key="decide", url=act_url(matter, "decide"), words=words, back=BACK, fields=(casting,), main=True)


def decision_forms(file: MatterFile, office: Office) -> Iterator[ActForm]:
    """What this person can do on the way to a decision."""
    row, roles = file.row, set(office.roles)
    if row.state in {"in_session", "deliberating"} and Role.COUNCIL_MEMBER in roles:
        yield _condition_form(file, office)
    if row.state == "deliberating" and Role.COUNCIL_MEMBER in roles:
        yield weigh_form(file, BACK)
    if row.state == "deliberating" and row.meeting and office.person == row.meeting.chair:
        yield from _of_chair(file)
    signed = {each.role for each in file.decision.stamps} if file.decision else set()
    if row.state in _SIGNED_IN and ({Role.CHAIR, Role.SECRETARIAT} & roles) - signed:
        words = Words("答申書に署名する", "Sign the letter")
        yield ActForm(key="sign", url=act_url(row.matter, "sign_letter"), words=words, back=BACK, main=True)
    if row.state == "answered" and Role.SECRETARIAT in roles and file.decision and file.decision.permits:
        words = Words("通行証の発行をやり直す", "Issue the permits again")
        yield ActForm(key="issue", url=act_url(row.matter, "issue_permits"), words=words, back=BACK)


def _stamps(view: DecisionView | None, names: dict[str, tuple[str, str]]) -> tuple[SimpleNamespace, ...]:
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


def _facts(view: DecisionView) -> tuple[Fact, ...]:
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


@require_GET
@open_to(*EVERYBODY)
def decision(request: HttpRequest, matter: str) -> HttpResponse:
    """The decision on a matter, and the letter that says so."""
    office = office_in(request)
    file = file_for(office, matter)
    view, names = file.decision, names_of(office.tenant)
    judging = file.row.state == "deliberating" and Role.COUNCIL_MEMBER in office.roles
    issued = file.row.state == "in_force"
    facts = tuple(each for each in _facts(view) if issued or not each.url) if view else ()
    page = SimpleNamespace(
        number=number_of(file.row.consultation),
        title=Words(file.row.label_ja, file.row.label_en),
        chip=matter_chip(file.row.state),
        motion=Words(*CONSULTATION_TABLE.states[file.row.motion]) if file.row.motion else "",
        voted=len(file.voted),
        verdicts=tuple(_verdict_rows(file)),
        verdict_url=act_url(matter, "record_verdicts") if judging else "",
        weighed=weighed_rows(file.trade_offs, file.paper.dossier),
        conditions=condition_lines(file.conditions, office, names),
        forms=tuple(decision_forms(file, office)),
        facts=facts,
        stamps=_stamps(view, names),
        digest=view.digest if view else "",
        letter=letter_text(office.tenant, matter),
        back=BACK,
    )
    return render(request, "deliberation/decision.html", {"screen": screen_of("S-215", file, TITLE), "page": page})
