"""What the closed lists of an assessment are called on screen, and what comes next in each state."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from sekisho.adapters.database.queries_assessments import AssessmentLine
from sekisho.kernel.council import (
    ASSESSMENT_TABLE,
    Aspect,
    AssessmentClock,
    ClockTime,
    Depth,
    FilingTime,
    FindingVerdict,
    LighterGround,
    Role,
)
from sekisho.web.components.chips import Chip
from sekisho.web.components.dates import long_day
from sekisho.web.words import Words

DEPTHS: Final[Mapping[Depth, Words]] = {
    Depth.NONE: Words("評価の義務なし", "None demanded"),
    Depth.BASIC: Words("基礎項目評価", "Basic items"),
    Depth.KEY: Words("重点項目評価", "Key items"),
    Depth.ALL_ITEMS: Words("全項目評価", "All items"),
}
ASPECTS: Final[Mapping[Aspect, Words]] = {
    Aspect.CONFORMITY: Words("適合性", "Conformity"),
    Aspect.SOUNDNESS: Words("妥当性", "Soundness"),
}
FINDINGS: Final[Mapping[FindingVerdict, Words]] = {
    FindingVerdict.SUITABLE: Words("適当", "Suitable"),
    FindingVerdict.TO_MEND: Words("改善を要する", "To be mended"),
    FindingVerdict.NOT_CONCERNED: Words("該当なし", "Not concerned"),
}
_FINDING_TONES: Final[Mapping[FindingVerdict, tuple[str, str]]] = {
    FindingVerdict.SUITABLE: ("check", "good"),
    FindingVerdict.TO_MEND: ("warning", "stop"),
    FindingVerdict.NOT_CONCERNED: ("info", "quiet"),
}
OPEN_POINT: Final = Chip(words=Words("所見なし", "No finding yet"), icon="clock", tone="wait")
GROUNDS: Final[Mapping[LighterGround, Words]] = {
    LighterGround.WORDING: Words("字句の修正等の形式的な変更", "Mere wording"),
    LighterGround.LOWERS_RISK: Words("リスクを明らかに軽減させる変更", "Clearly less risk"),
}
FILINGS: Final[Mapping[FilingTime, Words]] = {
    FilingTime.BEFORE: Words("事前", "Before"),
    FilingTime.AFTER: Words("事後", "After"),
}
MATERIAL: Final = Chip(words=Words("重要", "Material"), icon="warning", tone="stop")
NOT_MATERIAL: Final = Chip(words=Words("重要でない", "Not material"), icon="info", tone="quiet")
CLOCKS: Final[Mapping[AssessmentClock, Words]] = {
    AssessmentClock.YEARLY_CHECK: Words("年1回の見直し", "Yearly check"),
    AssessmentClock.ASSESS_AGAIN: Words("5年の再評価", "Assess again (five years)"),
    AssessmentClock.MAY_LEAVE_PUBLICATION: Words("公表の終わり", "May leave publication"),
}
ROLES: Final[Mapping[Role, Words]] = {
    Role.DRAFTER: Words("起案者", "Drafter"),
    Role.HEAD: Words("課長", "Head"),
    Role.SECRETARIAT: Words("事務局", "Secretariat"),
    Role.CHAIR: Words("会長", "Chair"),
    Role.COUNCIL_MEMBER: Words("委員", "Member"),
}
OCCASIONS: Final[Mapping[str, Words]] = {
    each: Words(*ASSESSMENT_TABLE.acts[each])
    for each in ("review", "open_comment", "check_by_third_party", "revise", "fix_minor", "file", "publish")
}
STAGES: Final = (
    (Words("しきい値判断", "Threshold"), ("planned", "threshold_judged", "not_needed")),
    (Words("評価書の作成", "Report"), ("drafting", "reviewed")),
    (Words("意見募集", "Public comment"), ("public_comment", "comment_answered")),
    (Words("第三者点検", "Third-party check"), ("third_party_check", "opinion_given", "revised")),
    (Words("提出・公表", "Filed and published"), ("filed", "in_force", "ended")),
)
_TONES: Final[Mapping[str, tuple[str, str]]] = {"in_force": ("check", "good"), "ended": ("info", "quiet")}
_NEXT: Final[Mapping[str, str]] = {
    "planned": "judge_threshold",
    "drafting": "review",
    "public_comment": "close_comment",
    "comment_answered": "check_by_third_party",
    "third_party_check": "give_opinion",
    "opinion_given": "revise",
    "revised": "file",
    "filed": "publish",
}


def state_chip(state: str) -> Chip:
    """Where an assessment stands."""
    icon, tone = _TONES.get(state, ("paper", "key"))
    return Chip(words=Words(*ASSESSMENT_TABLE.states[state]), icon=icon, tone=tone)


def finding_chip(verdict: FindingVerdict) -> Chip:
    """What was found on one point."""
    icon, tone = _FINDING_TONES[verdict]
    return Chip(words=FINDINGS[verdict], icon=icon, tone=tone)


def clock_chip(clock: ClockTime) -> Chip:
    """Whether a clock has struck."""
    if clock.struck:
        return Chip(words=Words("期限が来ています", "Due now"), icon="warning", tone="stop")
    return Chip(words=Words("期限内", "In time"), icon="check", tone="good")


def _next_act(line: AssessmentLine) -> str:
    """The act that comes next; of an all-items report the public is heard first."""
    deep = line.judgement is not None and line.judgement.depth is Depth.ALL_ITEMS
    if line.state == "reviewed":
        return "open_comment" if deep else "file"
    if line.state == "threshold_judged":
        none = line.judgement is not None and line.judgement.depth is Depth.NONE
        return "find_none_needed" if none else "begin_draft"
    return _NEXT.get(line.state, "")


def _holders(line: AssessmentLine, act: str) -> Words:
    """Who takes the next step."""
    steps = [each for each in ASSESSMENT_TABLE.steps_from(line.state) if each.act == act]
    roles = sorted({role for each in steps for role in each.roles})
    named = [ROLES[role] for role in roles]
    return Words("・".join(each.ja for each in named), ", ".join(each.en for each in named))


def next_action(line: AssessmentLine) -> Words:
    """What has to be done next, and by whom."""
    if act := _next_act(line):
        ja, en = ASSESSMENT_TABLE.acts[act]
        who = _holders(line, act)
        return Words(f"{ja}（{who.ja}）", f"{en} ({who.en})")
    for clock in line.clocks:
        if clock.struck:
            return CLOCKS[clock.clock]
    first = min((each.on for each in line.clocks), default=date.max)
    if line.state != "in_force" or first == date.max:
        return Words("なし", "Nothing")
    return Words(f"{long_day(first)}までに見直す", f"Check by {long_day(first)}")
