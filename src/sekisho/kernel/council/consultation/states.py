"""The life of a consultation (諮問), from the drafter's desk to a permit in force and to its end."""

from types import MappingProxyType
from typing import Final

from sekisho.kernel.council.procedure.roles import Role
from sekisho.kernel.council.procedure.tables import StateTable, make_step

_HEAD, _SECRETARIAT, _CHAIR = frozenset({Role.HEAD}), frozenset({Role.SECRETARIAT}), frozenset({Role.CHAIR})
_DRAFTER = frozenset({Role.DRAFTER})
_MANAGER, _SYSTEMS = frozenset({Role.PROTECTION_MANAGER}), frozenset({Role.INFORMATION_SYSTEMS})
_CLOCK: Final = frozenset[Role]()


_RESULTS: Final = (
    "approved",
    "approved_with_conditions",
    "continued",
    "returned",
    "rejected",
    "opinion_given",
    "ratified",
    "opinion_no_objection",
    "opinion_with_conditions",
    "opinion_objection",
)
ANSWERED_BY_LETTER: Final = frozenset(_RESULTS) - {"continued", "returned", "rejected"}
"""Results that are answered by a letter, which chair and secretariat sign."""
# A change of what is in force can be taken back as long as nobody has decided on it; what was approved stands again.
_CHANGE_UNDECIDED: Final = (
    "amendment_pending",
    "draft",
    "submitted",
    "accepted",
    "exemption_claimed",
    "agenda",
    "circulated",
    "in_session",
)

CONSULTATION_TABLE: Final = StateTable(
    table="consultation",
    ja="諮問",
    en="Consultation",
    first="draft",
    steps=(
        make_step("draft", "submit", "submitted", _HEAD),
        make_step("submitted", "return", "draft", _SECRETARIAT),
        make_step("submitted", "accept", "accepted", _SECRETARIAT),
        make_step("accepted", "put_on_agenda", "agenda", _SECRETARIAT),
        make_step("accepted", "claim_exemption", "exemption_claimed", _HEAD),
        make_step("exemption_claimed", "confirm_exemption", "exempt", _SECRETARIAT),
        make_step("exemption_claimed", "reject_exemption", "agenda", _SECRETARIAT),
        make_step("agenda", "circulate", "circulated", _SECRETARIAT),
        make_step("circulated", "amend", "agenda", _DRAFTER),
        make_step("circulated", "open_session", "in_session", _CHAIR),
        make_step("in_session", "amend", "agenda", _DRAFTER),
        make_step("in_session", "close_questions", "deliberating", _CHAIR),
        *(make_step("deliberating", f"decide_{result}", result, _CHAIR) for result in _RESULTS),
        make_step("continued", "put_on_agenda", "agenda", _SECRETARIAT),
        make_step("returned", "take_back", "draft", _HEAD),
        *(make_step(result, "sign_letter", "answered", _CHAIR) for result in _RESULTS if result in ANSWERED_BY_LETTER),
        make_step("answered", "issue_permits", "in_force", _SECRETARIAT),
        make_step("answered", "decide_internally", "agency_decided", _MANAGER),
        make_step("answered", "decline_internally", "agency_declined", _MANAGER),
        make_step("agency_decided", "issue_permits", "in_force", _SYSTEMS),
        make_step("in_force", "change_lightly", "in_force", _HEAD),
        make_step("in_force", "change_materially", "amendment_pending", _HEAD),
        make_step("amendment_pending", "submit", "submitted", _HEAD),
        *(make_step(state, "withdraw_change", "in_force", _HEAD) for state in _CHANGE_UNDECIDED),
        make_step("in_force", "expire", "expired", _CLOCK),
        make_step("in_force", "revoke", "revoked", _CHAIR),
        make_step("in_force", "supersede", "superseded", _CLOCK),
        *(
            make_step(state, "withdraw", "withdrawn", _HEAD)
            for state in ("draft", "submitted", "accepted", "exemption_claimed", "agenda", "circulated", "in_session")
        ),
    ),
    states=MappingProxyType(
        {
            "draft": ("下書き", "Draft"),
            "submitted": ("提出済", "Submitted"),
            "accepted": ("受理", "Accepted"),
            "exemption_claimed": ("適用除外の申出", "Exemption claimed"),
            "exempt": ("適用除外", "Exempt"),
            "agenda": ("議題", "On the agenda"),
            "circulated": ("資料送付済", "Circulated"),
            "in_session": ("質疑", "Questions"),
            "deliberating": ("審議", "Deliberation"),
            "approved": ("承認", "Approved"),
            "approved_with_conditions": ("条件付承認", "Approved with conditions"),
            "continued": ("継続審議", "Continued"),
            "returned": ("差戻し", "Returned"),
            "rejected": ("不承認", "Rejected"),
            "opinion_given": ("意見", "Opinion given"),
            "ratified": ("事後承認", "Ratified afterwards"),
            "opinion_no_objection": ("異議なしの意見", "Opinion: no objection"),
            "opinion_with_conditions": ("条件付きの意見", "Opinion: with conditions"),
            "opinion_objection": ("異議ありの意見", "Opinion: objection"),
            "answered": ("答申済", "Answered"),
            "agency_decided": ("決裁済", "Decided by the agency"),
            "agency_declined": ("実施しない決裁", "Declined by the agency"),
            "in_force": ("有効", "In force"),
            "amendment_pending": ("変更の諮問待ち", "Amendment pending"),
            "expired": ("期間満了", "Expired"),
            "revoked": ("取消し", "Revoked"),
            "superseded": ("更新済", "Superseded"),
            "withdrawn": ("取下げ", "Withdrawn"),
        }
    ),
    acts=MappingProxyType(
        {
            "submit": ("提出する", "Submit"),
            "return": ("差し戻す", "Return"),
            "accept": ("受理する", "Accept"),
            "put_on_agenda": ("議題にする", "Put on the agenda"),
            "claim_exemption": ("適用除外を申し出る", "Claim an exemption"),
            "confirm_exemption": ("適用除外を確認する", "Confirm the exemption"),
            "reject_exemption": ("適用除外を認めない", "Reject the exemption"),
            "circulate": ("資料を送る", "Circulate"),
            "amend": ("資料を改める", "Amend"),
            "open_session": ("審議を開く", "Open the session"),
            "close_questions": ("質疑を終える", "Close the questions"),
            "decide_approved": ("承認する", "Approve"),
            "decide_approved_with_conditions": ("条件を付けて承認する", "Approve with conditions"),
            "decide_continued": ("継続審議とする", "Continue"),
            "decide_returned": ("差し戻す", "Return to the agency"),
            "decide_rejected": ("承認しない", "Reject"),
            "decide_opinion_given": ("意見を述べる", "Give an opinion"),
            "decide_ratified": ("事後に承認する", "Ratify afterwards"),
            "decide_opinion_no_objection": ("異議なしの意見を述べる", "Give an opinion without objection"),
            "decide_opinion_with_conditions": ("条件付きの意見を述べる", "Give an opinion with conditions"),
            "decide_opinion_objection": ("異議ありの意見を述べる", "Object"),
            "decide_internally": ("実施すると決裁する", "Decide for the agency to open it"),
            "decline_internally": ("実施しないと決裁する", "Decide for the agency not to open it"),
            "take_back": ("引き取る", "Take back"),
            "sign_letter": ("答申書に署名する", "Sign the decision letter"),
            "issue_permits": ("通行証を発行する", "Issue the permits"),
            "change_lightly": ("軽微な変更をする", "Change lightly"),
            "change_materially": ("重要な変更をする", "Change materially"),
            "withdraw_change": ("変更の諮問を取り下げる", "Withdraw the change"),
            "expire": ("期間が満了する", "Expire"),
            "revoke": ("取り消す", "Revoke"),
            "supersede": ("更新する", "Supersede"),
            "withdraw": ("取り下げる", "Withdraw"),
        }
    ),
)
