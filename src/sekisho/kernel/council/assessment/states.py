"""The life of a protection assessment (番号法第28条), from plan to publication and round again."""

from types import MappingProxyType
from typing import Final

from sekisho.kernel.council.procedure.roles import Role
from sekisho.kernel.council.procedure.tables import StateTable, make_step

_DRAFTER, _HEAD = frozenset({Role.DRAFTER}), frozenset({Role.HEAD})
_SECRETARIAT, _CHAIR = frozenset({Role.SECRETARIAT}), frozenset({Role.CHAIR})
_CLOCK: Final = frozenset[Role]()


ASSESSMENT_TABLE: Final = StateTable(
    table="assessment",
    ja="特定個人情報保護評価",
    en="Protection assessment",
    first="planned",
    steps=(
        make_step("planned", "judge_threshold", "threshold_judged", _DRAFTER),
        make_step("threshold_judged", "find_none_needed", "not_needed", _HEAD),
        make_step("threshold_judged", "begin_draft", "drafting", _DRAFTER),
        make_step("drafting", "review", "reviewed", _HEAD),
        make_step("reviewed", "open_comment", "public_comment", _SECRETARIAT),
        make_step("reviewed", "file", "filed", _SECRETARIAT),
        make_step("reviewed", "check_by_third_party", "third_party_check", _SECRETARIAT),
        make_step("public_comment", "close_comment", "comment_answered", _SECRETARIAT),
        make_step("comment_answered", "check_by_third_party", "third_party_check", _SECRETARIAT),
        make_step("third_party_check", "give_opinion", "opinion_given", _CHAIR),
        make_step("opinion_given", "revise", "revised", _DRAFTER),
        make_step("revised", "file", "filed", _SECRETARIAT),
        make_step("filed", "publish", "in_force", _SECRETARIAT),
        make_step("in_force", "check_yearly", "in_force", _DRAFTER),
        make_step("in_force", "fix_minor", "filed", _DRAFTER),
        make_step("in_force", "change_materially", "planned", _HEAD),
        make_step("in_force", "pass_five_years", "planned", _CLOCK),
        make_step("in_force", "suffer_incident", "planned", _SECRETARIAT),
        make_step("in_force", "end", "ended", _HEAD),
    ),
    states=MappingProxyType(
        {
            "planned": ("計画", "Planned"),
            "threshold_judged": ("しきい値判断済", "Threshold judged"),
            "not_needed": ("評価不要", "Not needed"),
            "drafting": ("評価書作成中", "Drafting"),
            "reviewed": ("庁内点検済", "Reviewed"),
            "public_comment": ("意見募集中", "Public comment"),
            "comment_answered": ("意見への回答済", "Comments answered"),
            "third_party_check": ("第三者点検", "Third-party check"),
            "opinion_given": ("意見", "Opinion given"),
            "revised": ("修正済", "Revised"),
            "filed": ("提出済", "Filed"),
            "in_force": ("公表・有効", "Published, in force"),
            "ended": ("終了", "Ended"),
        }
    ),
    acts=MappingProxyType(
        {
            "judge_threshold": ("しきい値を判断する", "Judge the threshold"),
            "find_none_needed": ("評価不要とする", "Find none needed"),
            "begin_draft": ("評価書を作り始める", "Begin the draft"),
            "review": ("庁内で点検する", "Review"),
            "open_comment": ("意見を募集する", "Open public comment"),
            "close_comment": ("募集を終え回答する", "Close and answer"),
            "check_by_third_party": ("第三者点検にかける", "Put to the third party"),
            "give_opinion": ("意見を述べる", "Give an opinion"),
            "revise": ("修正する", "Revise"),
            "file": ("委員会へ提出する", "File"),
            "publish": ("公表する", "Publish"),
            "check_yearly": ("年1回見直す", "Check yearly"),
            "fix_minor": ("軽微な修正をする", "Fix something minor"),
            "change_materially": ("重要な変更をする", "Change materially"),
            "pass_five_years": ("5年が経過する", "Pass five years"),
            "suffer_incident": ("重大事故が起きる", "Suffer a serious incident"),
            "end": ("終了する", "End"),
        }
    ),
)
