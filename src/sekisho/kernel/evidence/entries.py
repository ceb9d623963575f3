"""Entries of the ledger: one way to write each down, and a closed list of kinds.

An entry is canonical JSON (UTF-8, sorted keys, no spaces) of ids, codes, counts, digests and times. It never holds
personal data. The limit of 65,535 bytes is that of the entry bundles of C2SP tlog-tiles.
"""

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from sekisho.kernel.errors import SekishoError

LARGEST_ENTRY: Final = 65_535


class EntryKind(StrEnum):
    """What an entry speaks of. Stored values are never renamed and never reused."""

    RECEIVED = "received"
    CLEARED = "cleared"
    HELD = "held"
    REFUSED = "refused"
    LEAVING = "leaving"
    DELIVERED = "delivered"
    ERASING = "erasing"
    ERASED = "erased"
    VIEWED = "viewed"
    OPENED = "opened"
    PRINTED = "printed"
    EXPORTED = "exported"
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    POSTPONED = "postponed"
    RESUMED = "resumed"
    TENANT_OPENED = "tenant_opened"
    PERMIT_COMPILED = "permit_compiled"
    PERMIT_NOT_VALIDATED = "permit_not_validated"
    PERMIT_VALIDATED = "permit_validated"
    PERMIT_ISSUED = "permit_issued"
    PERMIT_ACTIVATED = "permit_activated"
    PERMIT_HANDED_OVER = "permit_handed_over"
    PERMIT_WORD_HEARD = "permit_word_heard"
    PERMIT_SUSPENDED = "permit_suspended"
    PERMIT_RESUMED = "permit_resumed"
    PERMIT_SUPERSEDED = "permit_superseded"
    PERMIT_START_AGREED = "permit_start_agreed"
    PERMIT_CHANGE_PENDING = "permit_change_pending"
    PERMIT_KEPT = "permit_kept"
    PERMIT_EXPIRED = "permit_expired"
    PERMIT_REVOKED = "permit_revoked"
    ASSESSMENT_STANDING = "assessment_standing"
    CONSULTATION_CHANGED = "consultation_changed"
    CONSULTATION_CHANGE_WITHDRAWN = "consultation_change_withdrawn"
    CONSULTATION_CHANGED_LIGHTLY = "consultation_changed_lightly"
    REPORTED_TO_MEETING = "reported_to_meeting"
    CONSULTATION_EXPIRED = "consultation_expired"
    CONSULTATION_REVOKED = "consultation_revoked"
    CONSULTATION_SUPERSEDED = "consultation_superseded"
    LAYOUT_ADOPTED = "layout_adopted"
    NUMBERING_CONTINUED = "numbering_continued"
    CONSULTATION_DRAFTED = "consultation_drafted"
    CONSULTATION_REVISED = "consultation_revised"
    CONSULTATION_SUBMITTED = "consultation_submitted"
    CONSULTATION_RETURNED = "consultation_returned"
    CONSULTATION_ACCEPTED = "consultation_accepted"
    CONSULTATION_ON_AGENDA = "consultation_on_agenda"
    CONSULTATION_CIRCULATED = "consultation_circulated"
    CONSULTATION_AMENDED = "consultation_amended"
    CONSULTATION_WITHDRAWN = "consultation_withdrawn"
    CONSULTATION_TAKEN_BACK = "consultation_taken_back"
    EXEMPTION_CLAIMED = "exemption_claimed"
    EXEMPTION_CONFIRMED = "exemption_confirmed"
    EXEMPTION_REJECTED = "exemption_rejected"
    QUESTION_ASKED = "question_asked"
    QUESTION_ANSWERED = "question_answered"
    QUESTION_ASSIGNED = "question_assigned"
    ANSWER_ACCEPTED = "answer_accepted"
    QUESTION_FOLLOWED_UP = "question_followed_up"
    OPINION_SEALED = "opinion_sealed"
    MEMBER_RECUSED = "member_recused"
    COUNCIL_RULES_SET = "council_rules_set"
    MEETING_CALLED = "meeting_called"
    MEETING_OPENED = "meeting_opened"
    MEETING_CLOSED = "meeting_closed"
    MEETING_CANCELLED = "meeting_cancelled"
    ACTING_CHAIR_NAMED = "acting_chair_named"
    MEMBER_ARRIVED = "member_arrived"
    MEMBER_LEFT = "member_left"
    SESSION_OPENED = "session_opened"
    QUESTIONS_CLOSED = "questions_closed"
    VERDICT_RECORDED = "verdict_recorded"
    TRADE_OFF_RECORDED = "trade_off_recorded"
    MOTION_PUT = "motion_put"
    MOTION_WITHDRAWN = "motion_withdrawn"
    VOTE_CAST = "vote_cast"
    CONSULTATION_DECIDED = "consultation_decided"
    LETTER_REWRITTEN = "letter_rewritten"
    LETTER_SIGNED = "letter_signed"
    CONSULTATION_DECIDED_INTERNALLY = "consultation_decided_internally"
    INTERNAL_DECISION_SIGNED = "internal_decision_signed"
    CONSULTATION_ANSWERED = "consultation_answered"
    CONSULTATION_IN_FORCE = "consultation_in_force"
    CONDITION_PROPOSED = "condition_proposed"
    CONDITION_ADOPTED = "condition_adopted"
    CONDITION_DROPPED = "condition_dropped"
    CONDITION_AMENDED = "condition_amended"
    PROOF_SUBMITTED = "proof_submitted"
    PROOF_REJECTED = "proof_rejected"
    PROOF_VERIFIED = "proof_verified"
    CONDITION_CLOSED = "condition_closed"
    CONDITION_RECURRED = "condition_recurred"
    CONDITION_OVERDUE = "condition_overdue"
    CONDITION_WAIVER_ASKED = "condition_waiver_asked"
    CONDITION_WAIVED = "condition_waived"
    ROLES_ASSIGNED = "roles_assigned"
    PERSON_ENTERED = "person_entered"
    ACCOUNT_CHANGED = "account_changed"
    TERMINAL_ENROLLED = "terminal_enrolled"
    ALARM_RAISED = "alarm_raised"
    CANARY_REGISTERED = "canary_registered"
    EXAMINED_AGAIN = "examined_again"
    ONE_STOP_ACTED = "one_stop_acted"
    INDIVIDUAL_NUMBER_SHOWN = "individual_number_shown"
    INDIVIDUAL_NUMBER_ERASED = "individual_number_erased"
    IDENTITY_IMAGE_KEPT = "identity_image_kept"
    IDENTITY_IMAGE_ERASED = "identity_image_erased"
    NOTICES_MADE = "notices_made"
    NOTICES_ANSWERED = "notices_answered"
    NOTICE_RETURNED = "notice_returned"
    ASSESSMENT_PLANNED = "assessment_planned"
    ASSESSMENT_VERSION_BEGUN = "assessment_version_begun"
    THRESHOLD_JUDGED = "threshold_judged"
    ASSESSMENT_NOT_NEEDED = "assessment_not_needed"
    ASSESSMENT_BEGUN = "assessment_begun"
    ASSESSMENT_WRITTEN = "assessment_written"
    LIGHTER_CHANGE_CLAIMED = "lighter_change_claimed"
    ASSESSMENT_REVIEWED = "assessment_reviewed"
    COMMENT_OPENED = "comment_opened"
    COMMENT_RECEIVED = "comment_received"
    SENDERS_ERASED = "senders_erased"
    COMMENT_ANSWERED = "comment_answered"
    COMMENT_CLOSED = "comment_closed"
    THIRD_PARTY_CHECK_BEGUN = "third_party_check_begun"
    POINT_FOUND = "point_found"
    ASSESSMENT_OPINION_GIVEN = "assessment_opinion_given"
    ASSESSMENT_REVISED = "assessment_revised"
    ASSESSMENT_FILED = "assessment_filed"
    ASSESSMENT_PUBLISHED = "assessment_published"
    ASSESSMENT_CHECKED = "assessment_checked"
    ASSESSMENT_FIXED = "assessment_fixed"
    ASSESSMENT_CHANGED = "assessment_changed"
    ASSESSMENT_DUE_AGAIN = "assessment_due_again"
    ASSESSMENT_INCIDENT = "assessment_incident"
    ASSESSMENT_ENDED = "assessment_ended"
    MINUTES_DRAFTED = "minutes_drafted"
    MINUTES_ENTERED = "minutes_entered"
    MINUTES_EDITED = "minutes_edited"
    MINUTES_CONFIRMED = "minutes_confirmed"
    MINUTES_OBJECTED = "minutes_objected"
    MINUTES_PASSED_IN_SILENCE = "minutes_passed_in_silence"
    REDACTION_MARKED = "redaction_marked"
    REDACTION_LEAK_FOUND = "redaction_leak_found"
    REDACTION_CHECKED = "redaction_checked"
    MINUTES_PUBLISHED = "minutes_published"
    MINUTES_CORRECTED = "minutes_corrected"
    WITNESS_APPOINTED = "witness_appointed"
    WITNESS_DISMISSED = "witness_dismissed"
    WITNESS_OBJECTED = "witness_objected"
    WITNESS_OVERDUE = "witness_overdue"
    LEDGER_KEEPING_SET = "ledger_keeping_set"
    LEDGER_PRUNED = "ledger_pruned"
    LEDGER_PRUNING_HELD = "ledger_pruning_held"
    LEDGER_PRUNING_STOPPED = "ledger_pruning_stopped"
    ERASURE_LISTED = "erasure_listed"
    ERASURE_STOPPED = "erasure_stopped"
    ERASURE_CONFIRMED = "erasure_confirmed"
    ERASURE_DROPPED = "erasure_dropped"
    ERASURE_OVERDUE = "erasure_overdue"
    COPIES_ERASED = "copies_erased"
    HOLD_SET = "hold_set"
    HOLD_LIFT_AGREED = "hold_lift_agreed"
    HOLD_LIFTED = "hold_lifted"
    CONTRACTOR_KEEPS = "contractor_keeps"
    CONTRACTOR_REMINDED = "contractor_reminded"
    CONTRACTOR_CERTIFIED = "contractor_certified"
    KEY_LENT = "key_lent"
    LENT_KEY_GIVEN = "lent_key_given"
    LENT_KEY_REFUSED = "lent_key_refused"
    KEY_LOAN_ENDED = "key_loan_ended"
    LENT_KEY_DESTROYED = "lent_key_destroyed"
    CARRIED_BY_HAND = "carried_by_hand"
    SELF_CHECK_RULE_SET = "self_check_rule_set"
    SELF_CHECK_DUE = "self_check_due"
    SELF_CHECK_ANSWERED = "self_check_answered"
    SELF_CHECK_SUBMITTED = "self_check_submitted"
    SELF_CHECK_SENT_BACK = "self_check_sent_back"
    SELF_CHECK_VERIFIED = "self_check_verified"
    SELF_CHECK_CLOSED = "self_check_closed"
    SELF_CHECK_OVERDUE = "self_check_overdue"
    SELF_CHECK_LAPSED = "self_check_lapsed"
    EGRESS_LOG_READ = "egress_log_read"
    FINDING_ACTED = "finding_acted"
    SURVEY_LIST_KEPT = "survey_list_kept"
    SURVEY_OPENED = "survey_opened"
    SURVEY_ANSWERED = "survey_answered"
    SURVEY_OVERDUE = "survey_overdue"
    SURVEY_CLOSED = "survey_closed"


_KINDS: Final = frozenset(EntryKind)
_WRITER: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_OF_A_CONDITION: Final = ("condition_", "proof_")
_CHECK_RULE: Final = "self_check_rule"


def subject_of(entry: Mapping[str, object]) -> str:
    """What an entry speaks of, if it says where something stands that the gate compares with its register; or nothing.

    A permit; the conditions of a consultation; where an assessment or a self-check stands; the rule of self-checks.
    """
    kind = str(entry.get("kind", ""))
    if kind.startswith("permit_"):
        return f"permit/{entry.get('permit', '')}"
    if kind.startswith(_OF_A_CONDITION):
        return f"condition/{entry.get('consultation', '')}"
    if kind == EntryKind.ASSESSMENT_STANDING:
        return f"assessment/{entry.get('assessment', '')}"
    if kind == EntryKind.SELF_CHECK_RULE_SET:
        return _CHECK_RULE
    if kind.startswith("self_check_"):
        return f"self_check/{entry.get('consultation', '')}"
    return ""


class LedgerFault(SekishoError):
    """The ledger, or something that claims to be of it, does not hold together."""


def _check(value: object) -> None:
    """Only what has one way of being written: texts, whole numbers, yes and no, lists and tables of them."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if not isinstance(key, str):
                message = "an entry's keys are texts"
                raise LedgerFault(message)
            _check(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _check(inner)
    elif value is not None and not isinstance(value, str | int):
        message = f"an entry cannot hold a {type(value).__name__}"
        raise LedgerFault(message)


def canonical_bytes(data: object) -> bytes:
    """One way to write data down: JSON in UTF-8, keys sorted, no spaces. What is signed and hashed is written so."""
    return _WRITER.encode(data).encode()


def encode_entry(entry: Mapping[str, object]) -> bytes:
    """The canonical bytes of an entry.

    Raises:
        LedgerFault: It has no known kind, holds something without one way of writing, or is too large.

    """
    _check(entry)
    if entry.get("kind") not in _KINDS:
        message = f"unknown kind of entry: {entry.get('kind')}"
        raise LedgerFault(message)
    encoded = canonical_bytes(dict(entry))
    if len(encoded) > LARGEST_ENTRY:
        message = f"an entry of {len(encoded)} bytes is too large"
        raise LedgerFault(message)
    return encoded


def decode_entry(encoded: bytes) -> Mapping[str, Any]:
    """Read an entry; only its canonical writing is accepted.

    Raises:
        LedgerFault: It is not an entry, or not written the one way.

    """
    try:
        entry = json.loads(encoded)
    except ValueError as fault:
        message = "an entry is not JSON"
        raise LedgerFault(message) from fault
    if not isinstance(entry, dict) or encode_entry(entry) != encoded:
        message = "an entry is not written the canonical way"
        raise LedgerFault(message)
    return entry
