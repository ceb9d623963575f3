"""The lives of a permit (通行証), of a condition (条件) and of a question (質疑), each as one table."""

from types import MappingProxyType
from typing import Final

from sekisho.kernel.council.procedure.roles import Role
from sekisho.kernel.council.procedure.tables import StateTable, make_step

_ISSUERS: Final = frozenset({Role.CHAIR, Role.SECRETARIAT})
_STOPPERS: Final = frozenset({Role.SECRETARIAT, Role.INFORMATION_SYSTEMS, Role.PROTECTION_MANAGER})
_RESUMERS: Final = frozenset({Role.INFORMATION_SYSTEMS, Role.PROTECTION_MANAGER})
_OWNERS: Final = frozenset({Role.DRAFTER, Role.CONTRACTOR})
_VERIFIERS: Final = frozenset({Role.SECRETARIAT, Role.INFORMATION_SYSTEMS})
_SECRETARIAT: Final = frozenset({Role.SECRETARIAT})
_CHAIR: Final = frozenset({Role.CHAIR})
_DRAFTER: Final = frozenset({Role.DRAFTER})
_ASKERS: Final = frozenset({Role.CHAIR, Role.COUNCIL_MEMBER})
_HEAD: Final = frozenset({Role.HEAD})
_NOT_ISSUED: Final = ("compiled", "validated")
PERMIT_ALIVE: Final = ("issued", "active", "change_pending", "suspended")
"""Where a permit is one that its department still answers for: it was issued and has not ended."""
_CLOCK: Final = frozenset[Role]()


PERMIT_TABLE: Final = StateTable(
    table="permit",
    ja="通行証",
    en="Permit",
    first="compiled",
    steps=(
        # Nobody signs what the same approval would not be compiled to today: it is made and checked anew.
        make_step("compiled", "compile_again", "compiled", _CLOCK),
        make_step("validated", "compile_again", "compiled", _CLOCK),
        make_step("compiled", "validate", "validated", _CLOCK),
        make_step("validated", "issue", "issued", _ISSUERS),
        make_step("issued", "activate", "active", _CLOCK),
        make_step("issued", "suspend", "suspended", _STOPPERS),
        make_step("active", "suspend", "suspended", _STOPPERS),
        make_step("active", "stop_itself", "suspended", _CLOCK),
        # In another house (S1), for a permit that waits there and that the council's house has stopped.
        make_step("issued", "stop_itself", "suspended", _CLOCK),
        make_step("suspended", "resume", "active", _RESUMERS),
        # One that was stopped before its first day goes back to waiting for it; the clock makes it active.
        make_step("suspended", "resume_before_start", "issued", _RESUMERS),
        # In another house (S1), for a permit that the council's house had stopped and two persons started there.
        make_step("suspended", "resume_by_paper", "active", _CLOCK),
        make_step("suspended", "wait_by_paper", "issued", _CLOCK),
        *(
            make_step(state, "change_materially", "change_pending", _HEAD)
            for state in ("issued", "active", "suspended")
        ),
        # What the council did not approve of stays as it was approved, but two persons still have to start it again.
        make_step("change_pending", "keep_as_approved", "suspended", _CHAIR),
        # The same when the department takes its change back: one head stopped the permit, one head cannot start it.
        make_step("change_pending", "withdraw_change", "suspended", _HEAD),
        *(make_step(state, "expire", "expired", _CLOCK) for state in PERMIT_ALIVE),
        *(make_step(state, "revoke", "revoked", _CHAIR) for state in PERMIT_ALIVE),
        *(make_step(state, "supersede", "superseded", _CLOCK) for state in (*_NOT_ISSUED, *PERMIT_ALIVE, "expired")),
    ),
    states=MappingProxyType(
        {
            "compiled": ("作成済", "Compiled"),
            "validated": ("検証済", "Validated"),
            "issued": ("発行済", "Issued"),
            "active": ("有効", "Active"),
            "change_pending": ("変更の諮問中", "Change before the council"),
            "suspended": ("停止中", "Suspended"),
            "expired": ("期間満了", "Expired"),
            "revoked": ("取消し", "Revoked"),
            "superseded": ("更新済", "Superseded"),
        }
    ),
    acts=MappingProxyType(
        {
            "compile_again": ("作り直す", "Compile again"),
            "validate": ("検証する", "Validate"),
            "issue": ("発行する(二人)", "Issue (two persons)"),
            "activate": ("期間の初日に有効にする", "Activate on the first day"),
            "suspend": ("停止する(一人)", "Suspend (one person)"),
            "stop_itself": ("自動で停止する", "Suspend by itself"),
            "resume": ("再開する(二人)", "Resume (two persons)"),
            "resume_before_start": ("開始前に戻す(二人)", "Resume before the first day (two persons)"),
            "resume_by_paper": ("再開後の引渡書で再開する", "Resume by the council's newer paper"),
            "wait_by_paper": ("再開後の引渡書で開始前に戻す", "Wait again by the council's newer paper"),
            "change_materially": ("重要な変更を諮る", "Put a material change to the council"),
            "keep_as_approved": ("変更せず承認のままとする", "Keep as approved"),
            "withdraw_change": ("変更の諮問を取り下げる", "Withdraw the change"),
            "expire": ("期間が満了する", "Expire"),
            "revoke": ("取り消す", "Revoke"),
            "supersede": ("更新する", "Supersede"),
        }
    ),
)

CONDITION_TABLE: Final = StateTable(
    table="condition",
    ja="条件",
    en="Condition",
    first="proposed",
    steps=(
        make_step("proposed", "adopt", "open", _CHAIR),
        make_step("proposed", "drop", "dropped", _CHAIR),
        # Whatever the secretariat words anew has to be adopted anew: only the chair's word puts it into the letter.
        make_step("proposed", "amend", "proposed", _SECRETARIAT),
        make_step("open", "amend", "proposed", _SECRETARIAT),
        make_step("open", "submit_proof", "proof_submitted", _OWNERS),
        make_step("overdue", "submit_proof", "proof_submitted", _OWNERS),
        make_step("proof_submitted", "reject_proof", "open", _VERIFIERS),
        make_step("proof_submitted", "verify", "verified", _VERIFIERS),
        make_step("verified", "close", "closed", _SECRETARIAT),
        make_step("verified", "recur", "open", _CLOCK),
        make_step("open", "pass_due_date", "overdue", _CLOCK),
        # What the council demanded is given up by two persons, as a stopped permit is started by two.
        make_step("open", "ask_waiver", "open", _CHAIR),
        make_step("overdue", "ask_waiver", "overdue", _CHAIR),
        make_step("open", "waive", "waived", _SECRETARIAT),
        make_step("overdue", "waive", "waived", _SECRETARIAT),
    ),
    states=MappingProxyType(
        {
            "proposed": ("提案", "Proposed"),
            "dropped": ("不採用", "Dropped"),
            "open": ("未了", "Open"),
            "proof_submitted": ("証拠提出済", "Proof submitted"),
            "verified": ("確認済", "Verified"),
            "closed": ("完了", "Closed"),
            "overdue": ("期限超過", "Overdue"),
            "waived": ("免除", "Waived"),
        }
    ),
    acts=MappingProxyType(
        {
            "adopt": ("付ける", "Adopt"),
            "drop": ("付けない", "Drop"),
            "amend": ("改める", "Amend"),
            "submit_proof": ("証拠を出す", "Submit proof"),
            "reject_proof": ("証拠を認めない", "Reject the proof"),
            "verify": ("確認する", "Verify"),
            "close": ("完了とする", "Close"),
            "recur": ("次の回を始める", "Begin the next round"),
            "pass_due_date": ("期限を過ぎる", "Pass the due date"),
            "ask_waiver": ("免除を求める", "Ask for a waiver"),
            "waive": ("免除に同意する(二人目)", "Agree to waive (second person)"),
        }
    ),
)

QUESTION_TABLE: Final = StateTable(
    table="question",
    ja="質疑",
    en="Question",
    first="asked",
    steps=(
        make_step("asked", "answer", "answered", _DRAFTER),
        make_step("answered", "answer", "answered", _DRAFTER),
        make_step("answered", "accept", "accepted", _ASKERS),
        make_step("answered", "follow_up", "followed_up", _ASKERS),
    ),
    states=MappingProxyType(
        {
            "asked": ("回答待ち", "Waits for an answer"),
            "answered": ("回答済み", "Answered"),
            "accepted": ("了承", "Accepted"),
            "followed_up": ("再質問", "Followed up"),
        }
    ),
    acts=MappingProxyType(
        {
            "answer": ("回答する", "Answer"),
            "accept": ("了承する", "Accept"),
            "follow_up": ("再質問する", "Follow up"),
        }
    ),
)
