"""The lives of a finding of the survey (見つかった接続), of a campaign (調査) and of an answer (回答)."""

from types import MappingProxyType
from typing import Final

from sekisho.kernel.council.procedure.roles import Role
from sekisho.kernel.council.procedure.tables import StateTable, make_step

_SECRETARIAT: Final = frozenset({Role.SECRETARIAT})
_DEPARTMENT: Final = frozenset({Role.DRAFTER, Role.HEAD})
_HEAD: Final = frozenset({Role.HEAD})
_DRAFTER: Final = frozenset({Role.DRAFTER})
_VERIFIERS: Final = frozenset({Role.SECRETARIAT, Role.INFORMATION_SYSTEMS})
_CLOCK: Final = frozenset[Role]()
_SETTLED: Final = ("consult_filed", "stopped_with_proof", "confirmed")
_DONE: Final = ("reported", "closed")

FINDING_TABLE: Final = StateTable(
    table="finding",
    ja="調査で見つかった接続",
    en="Finding of the survey",
    first="observed",
    steps=(
        make_step("observed", "match", "matched", _CLOCK),
        make_step("observed", "miss", "unmatched", _CLOCK),
        # What a permit covered yesterday may be suspended or expired today.
        make_step("matched", "miss", "unmatched", _CLOCK),
        *(make_step(state, "match", "matched", _CLOCK) for state in ("unmatched", *_SETTLED, *_DONE)),
        *(make_step(state, "triage", "triaged", _SECRETARIAT) for state in ("unmatched", "triaged", "answered")),
        *(make_step(state, "assign", "owner_assigned", _SECRETARIAT) for state in ("triaged", "owner_assigned")),
        make_step("owner_assigned", "answer", "answered", _DEPARTMENT),
        make_step("owner_assigned", "pass_due_date", "overdue", _CLOCK),
        make_step("overdue", "answer", "answered", _DEPARTMENT),
        make_step("overdue", "assign", "owner_assigned", _SECRETARIAT),
        make_step("answered", "send_back", "owner_assigned", _SECRETARIAT),
        make_step("answered", "file_consultation", "consult_filed", _DRAFTER),
        make_step("answered", "prove_stopped", "stopped_with_proof", _VERIFIERS),
        make_step("answered", "confirm", "confirmed", _SECRETARIAT),
        *(make_step(state, "report", "reported", _CLOCK) for state in _SETTLED),
        make_step("reported", "close", "closed", _SECRETARIAT),
        # Stopped, and seen again: nothing that was said of it holds any more.
        *(make_step(state, "see_again", "unmatched", _CLOCK) for state in ("stopped_with_proof", *_DONE)),
    ),
    states=MappingProxyType(
        {
            "observed": ("観測", "Observed"),
            "matched": ("通行証あり", "Covered by a permit"),
            "unmatched": ("通行証なし", "No permit"),
            "triaged": ("仕分け済", "Triaged"),
            "owner_assigned": ("所属に照会中", "With its department"),
            "overdue": ("回答期限超過", "Answer overdue"),
            "answered": ("回答済", "Answered"),
            "consult_filed": ("諮問を起案済", "Consultation drafted"),
            "stopped_with_proof": ("停止を確認済", "Stopped, with proof"),
            "confirmed": ("対象外を確認済", "Confirmed: nothing to consult"),
            "reported": ("審議会に報告済", "Reported to the council"),
            "closed": ("完了", "Closed"),
        }
    ),
    acts=MappingProxyType(
        {
            "match": ("通行証と突き合う", "Match a permit"),
            "miss": ("突き合う通行証がない", "Match no permit"),
            "triage": ("仕分ける", "Triage"),
            "assign": ("所属に照会する", "Ask its department"),
            "answer": ("回答する", "Answer"),
            "pass_due_date": ("期限を過ぎる", "Pass the due date"),
            "send_back": ("回答を差し戻す", "Send the answer back"),
            "file_consultation": ("諮問を起案する", "Draft a consultation"),
            "prove_stopped": ("停止を確認する", "Verify that it stopped"),
            "confirm": ("対象外と確認する", "Confirm that nothing is to be consulted"),
            "report": ("審議会に報告する", "Report to the council"),
            "close": ("完了とする", "Close"),
            "see_again": ("再び観測する", "Be seen again"),
        }
    ),
)
"""An observation is never deleted: whatever ends here may be seen again."""

CAMPAIGN_TABLE: Final = StateTable(
    table="campaign",
    ja="接続の調査",
    en="Campaign of the survey",
    first="opened",
    steps=(make_step("opened", "close", "closed", _SECRETARIAT),),
    states=MappingProxyType({"opened": ("調査中", "Open"), "closed": ("終了", "Closed")}),
    acts=MappingProxyType({"close": ("調査を終える", "Close the campaign")}),
)

RETURN_TABLE: Final = StateTable(
    table="return",
    ja="所属の回答",
    en="A department's answer to the survey",
    first="asked",
    steps=(
        *(make_step(state, "sign", "answered", _HEAD) for state in ("asked", "overdue", "answered")),
        make_step("asked", "pass_due_date", "overdue", _CLOCK),
    ),
    states=MappingProxyType(
        {"asked": ("照会中", "Asked"), "answered": ("回答済", "Answered"), "overdue": ("期限超過", "Overdue")}
    ),
    acts=MappingProxyType(
        {"sign": ("署名して回答する", "Sign the answer"), "pass_due_date": ("期限を過ぎる", "Pass the due date")}
    ),
)
"""That there is none is an answer as well, and somebody signs for it."""
