"""The council's office: everything that somebody can do in a consultation, each as one verb.

Every verb takes who acts (`act_as`), changes everything or nothing, writes its entry in the same transaction, and
refuses with every reason in both languages. Import this only once the house is open.
"""

from datetime import datetime

from sekisho.adapters.database import council_internal, council_letters
from sekisho.adapters.database.council_acting_chairs import name_acting_chair, name_acting_chair_of_meeting
from sekisho.adapters.database.council_changes import (
    change_lightly,
    change_materially,
    keep_as_approved,
    present_terms,
    withdraw_change,
)
from sekisho.adapters.database.council_conditions import (
    ask_waiver,
    close_condition,
    pass_due_dates,
    reject_proof,
    submit_proof,
    verify_proof,
    waive_condition,
)
from sekisho.adapters.database.council_deeds import Deed
from sekisho.adapters.database.council_dossiers import (
    REVISED_MEANWHILE,
    accept,
    amend,
    circulate,
    claim_exemption,
    draft,
    judge_exemption,
    put_on_agenda,
    revise,
    send_back,
    submit,
    take_back,
    withdraw,
)
from sekisho.adapters.database.council_gathering import accept_answer, assign_answer, follow_up
from sekisho.adapters.database.council_internal import awaits_agency, decide_internally
from sekisho.adapters.database.council_letter_conditions import (
    adopt_condition,
    amend_condition,
    drop_condition,
    enter_condition,
)
from sekisho.adapters.database.council_letters import issue_permits
from sekisho.adapters.database.council_meetings import (
    Invitation,
    arrive,
    call_meeting,
    cancel_meeting,
    close_meeting,
    close_questions,
    leave,
    open_meeting,
    open_session,
)
from sekisho.adapters.database.council_numbering import continue_numbering
from sekisho.adapters.database.council_papers import Paper, set_next_consultation
from sekisho.adapters.database.council_proposals import Proposed, propose_condition
from sekisho.adapters.database.council_questions import (
    Asked,
    Reply,
    answer,
    ask,
    give_opinion,
    read_opinions,
    recuse,
)
from sekisho.adapters.database.council_roles import assign_roles
from sekisho.adapters.database.council_rules import rules_for, set_rules
from sekisho.adapters.database.council_verdicts import record_trade_off, record_verdict
from sekisho.adapters.database.council_votes import decide, put_to_vote, vote, withdraw_motion
from sekisho.adapters.database.ledgers import sequence
from sekisho.adapters.database.permit_deeds import agree_to_start, revoke_permit, stop_permit
from sekisho.adapters.database.permits import StopCause
from sekisho.bootstrap.house import now

__all__ = [
    "REVISED_MEANWHILE",
    "Asked",
    "Deed",
    "Invitation",
    "Paper",
    "Proposed",
    "Reply",
    "StopCause",
    "accept",
    "accept_answer",
    "act_as",
    "adopt_condition",
    "agree_to_start",
    "amend",
    "amend_condition",
    "answer",
    "arrive",
    "ask",
    "ask_waiver",
    "assign_answer",
    "assign_roles",
    "call_meeting",
    "cancel_meeting",
    "change_lightly",
    "change_materially",
    "circulate",
    "claim_exemption",
    "close_condition",
    "close_meeting",
    "close_questions",
    "continue_numbering",
    "countersign",
    "decide",
    "decide_internally",
    "draft",
    "drop_condition",
    "enter_condition",
    "follow_up",
    "give_opinion",
    "issue_permits",
    "judge_exemption",
    "keep_as_approved",
    "leave",
    "name_acting_chair",
    "name_acting_chair_of_meeting",
    "open_meeting",
    "open_session",
    "pass_due_dates",
    "present_terms",
    "propose_condition",
    "put_on_agenda",
    "put_to_vote",
    "read_opinions",
    "record_trade_off",
    "record_verdict",
    "recuse",
    "reject_proof",
    "revise",
    "revoke_permit",
    "rules_for",
    "send_back",
    "set_next_consultation",
    "set_rules",
    "sign_letter",
    "stop_permit",
    "submit",
    "submit_proof",
    "take_back",
    "verify_proof",
    "vote",
    "waive_condition",
    "withdraw",
    "withdraw_change",
    "withdraw_motion",
]


def act_as(tenant: str, person: str, at: datetime | None = None) -> Deed:
    """Who acts, by the installation's clock."""
    return Deed(tenant=tenant, person=person, at=at or now())


def sign_letter(deed: Deed, matter: str) -> tuple[str, ...]:
    """Sign the decision letter. The second signature issues the permits of its arrows; answers their numbers.

    Where the agency decides after the council's opinion, no permit follows before it has.

    Raises:
        Refused: Nothing to sign, signed already, or this is not for this person.

    """
    if not council_letters.sign_letter(deed, matter) or awaits_agency(deed.tenant, matter):
        return ()
    permits = issue_permits(deed, matter)
    sequence(deed.tenant)
    return permits


def countersign(deed: Deed, matter: str) -> tuple[str, ...]:
    """Sign the agency's decision as the second person, which issues the permits of its arrows; answers their numbers.

    Raises:
        Refused: Nothing to sign, signed already, or this is not for this person.

    """
    if not council_internal.countersign(deed, matter):
        return ()
    permits = issue_permits(deed, matter)
    sequence(deed.tenant)
    return permits
