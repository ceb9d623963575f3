"""Who may do what, and which duties one person may never hold together.

Separation of duties is checked twice: when a role is given, and again when somebody acts, since the same person may
have drafted last year what they would verify today.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from sekisho.kernel.errors import Reason, ReasonCode, Refused, because


class Role(StrEnum):
    """What somebody is, in a municipality. Stored values are never renamed and never reused."""

    DRAFTER = "drafter"
    HEAD = "head"
    SECRETARIAT = "secretariat"
    CHAIR = "chair"
    COUNCIL_MEMBER = "council_member"
    INFORMATION_SYSTEMS = "information_systems"
    PROTECTION_MANAGER = "protection_manager"
    OPERATOR = "operator"
    AUDITOR = "auditor"
    CONTRACTOR = "contractor"
    ADMINISTRATOR = "administrator"


class Act(StrEnum):
    """What people do around a consultation, a permit and its conditions."""

    DRAFT = "draft"
    ANSWER = "answer"
    SUBMIT = "submit"
    CLAIM_EXEMPTION = "claim_exemption"
    ACCEPT = "accept"
    CIRCULATE = "circulate"
    ASK = "ask"
    GATHER_QUESTIONS = "gather_questions"
    PREPARE_LETTER = "prepare_letter"
    GIVE_OPINION = "give_opinion"
    RECORD_VERDICT = "record_verdict"
    PROPOSE_CONDITION = "propose_condition"
    VOTE = "vote"
    PRESIDE = "preside"
    SIGN_LETTER = "sign_letter"
    ISSUE = "issue"
    STOP = "stop"
    RESUME = "resume"
    REVOKE = "revoke"
    CHANGE = "change"
    SUBMIT_PROOF = "submit_proof"
    VERIFY_PROOF = "verify_proof"
    CROSS = "cross"
    READ_ALL = "read_all"
    KEEP_ACCOUNTS = "keep_accounts"
    REVIEW_ASSESSMENT = "review_assessment"
    PUBLISH_ASSESSMENT = "publish_assessment"
    CHECK_ASSESSMENT = "check_assessment"
    KEEP_MINUTES = "keep_minutes"
    CONFIRM_MINUTES = "confirm_minutes"
    CHECK_REDACTION = "check_redaction"
    CALL_SELF_CHECK = "call_self_check"
    ANSWER_SELF_CHECK = "answer_self_check"
    SUBMIT_SELF_CHECK = "submit_self_check"
    VERIFY_SELF_CHECK = "verify_self_check"
    SET_CHECK_RULE = "set_check_rule"
    DECIDE_INTERNALLY = "decide_internally"
    COUNTERSIGN = "countersign"


_MAY: Final[Mapping[Role, frozenset[Act]]] = {
    Role.DRAFTER: frozenset({Act.DRAFT, Act.ANSWER, Act.SUBMIT_PROOF, Act.ANSWER_SELF_CHECK}),
    Role.HEAD: frozenset(
        {Act.SUBMIT, Act.CLAIM_EXEMPTION, Act.CHANGE, Act.REVIEW_ASSESSMENT, Act.SUBMIT_SELF_CHECK},
    ),
    Role.SECRETARIAT: frozenset(
        {Act.ACCEPT, Act.CIRCULATE, Act.SIGN_LETTER, Act.ISSUE, Act.STOP, Act.VERIFY_PROOF}
        | {Act.PUBLISH_ASSESSMENT, Act.KEEP_MINUTES, Act.CHECK_REDACTION}
        | {Act.GATHER_QUESTIONS, Act.PREPARE_LETTER, Act.CALL_SELF_CHECK, Act.VERIFY_SELF_CHECK},
    ),
    Role.CHAIR: frozenset(
        {Act.PRESIDE, Act.ASK, Act.GIVE_OPINION, Act.VOTE, Act.SIGN_LETTER, Act.ISSUE, Act.REVOKE}
        | {Act.CHECK_ASSESSMENT, Act.CONFIRM_MINUTES, Act.CHECK_REDACTION, Act.SET_CHECK_RULE},
    ),
    Role.COUNCIL_MEMBER: frozenset(
        {Act.ASK, Act.GIVE_OPINION, Act.RECORD_VERDICT, Act.PROPOSE_CONDITION, Act.VOTE}
        | {Act.CHECK_ASSESSMENT, Act.CONFIRM_MINUTES, Act.CHECK_REDACTION},
    ),
    Role.INFORMATION_SYSTEMS: frozenset({Act.STOP, Act.RESUME, Act.VERIFY_PROOF, Act.COUNTERSIGN}),
    Role.PROTECTION_MANAGER: frozenset({Act.STOP, Act.RESUME, Act.DECIDE_INTERNALLY}),
    Role.OPERATOR: frozenset({Act.CROSS}),
    Role.AUDITOR: frozenset({Act.READ_ALL}),
    Role.CONTRACTOR: frozenset({Act.SUBMIT_PROOF}),
    Role.ADMINISTRATOR: frozenset({Act.KEEP_ACCOUNTS}),
}
MAY: Final = MappingProxyType(_MAY)

_APART: Final[Mapping[Role, frozenset[Role]]] = {
    Role.SECRETARIAT: frozenset({Role.COUNCIL_MEMBER, Role.CHAIR, Role.DRAFTER, Role.HEAD, Role.OPERATOR}),
    Role.CHAIR: frozenset({Role.OPERATOR, Role.HEAD, Role.DRAFTER}),
    Role.COUNCIL_MEMBER: frozenset({Role.HEAD, Role.DRAFTER}),
    # Whoever drafts does not submit, and neither of the two verifies what was promised.
    Role.DRAFTER: frozenset({Role.HEAD, Role.INFORMATION_SYSTEMS}),
    # Whoever runs the gate neither issues what it obeys nor crosses it.
    Role.INFORMATION_SYSTEMS: frozenset({Role.SECRETARIAT, Role.CHAIR, Role.HEAD, Role.OPERATOR}),
    # An administrator keeps accounts, and takes no step of any procedure.
    Role.ADMINISTRATOR: frozenset(Role) - {Role.ADMINISTRATOR},
    Role.AUDITOR: frozenset(Role) - {Role.AUDITOR},
    Role.CONTRACTOR: frozenset(Role) - {Role.CONTRACTOR},
}
DISJOINT: Final = frozenset(frozenset({role, other}) for role, others in _APART.items() for other in others)
"""Every pair of roles that one person may never hold together."""

_ON_THE_OPINION: Final = (Act.DRAFT, Act.SUBMIT, Act.VOTE, Act.PRESIDE, Act.SIGN_LETTER)
"""Whoever had a part in what was asked or in the council's opinion on it does not decide for the agency."""
_NEVER_BOTH: Final[Mapping[Act, frozenset[Act]]] = MappingProxyType(
    {
        Act.SUBMIT: frozenset({Act.DRAFT}),
        Act.VERIFY_PROOF: frozenset({Act.SUBMIT_PROOF, Act.DRAFT, Act.SUBMIT}),
        Act.VOTE: frozenset({Act.DRAFT, Act.SUBMIT, Act.ANSWER}),
        Act.ISSUE: frozenset({Act.DRAFT, Act.SUBMIT, Act.ISSUE}),
        Act.SIGN_LETTER: frozenset({Act.DRAFT, Act.SUBMIT, Act.SIGN_LETTER}),
        Act.RESUME: frozenset({Act.RESUME}),
        Act.DECIDE_INTERNALLY: frozenset({*_ON_THE_OPINION, Act.COUNTERSIGN}),
        Act.COUNTERSIGN: frozenset({*_ON_THE_OPINION, Act.DECIDE_INTERNALLY}),
        Act.REVIEW_ASSESSMENT: frozenset({Act.DRAFT, Act.ANSWER}),
        Act.PUBLISH_ASSESSMENT: frozenset({Act.DRAFT, Act.ANSWER, Act.CHECK_ASSESSMENT}),
        Act.CHECK_ASSESSMENT: frozenset(
            {Act.DRAFT, Act.ANSWER, Act.REVIEW_ASSESSMENT, Act.PUBLISH_ASSESSMENT},
        ),
        Act.CONFIRM_MINUTES: frozenset({Act.KEEP_MINUTES}),
        Act.SUBMIT_SELF_CHECK: frozenset({Act.ANSWER_SELF_CHECK}),
        Act.VERIFY_SELF_CHECK: frozenset({Act.ANSWER_SELF_CHECK, Act.SUBMIT_SELF_CHECK}),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """What somebody has done in one matter: a consultation with its permits and conditions."""

    person: str
    act: Act


def check_assignment(person: str, roles: Collection[Role]) -> None:
    """May one person hold these roles together?

    Raises:
        Refused: With every pair that may not be held together.

    """
    held = frozenset(roles)
    pairs = sorted(tuple(sorted(pair)) for pair in DISJOINT if pair <= held)
    reasons = [
        because(ReasonCode.DUTIES_NOT_SEPARATE, person=person, one=str(one), other=str(other)) for one, other in pairs
    ]
    if reasons:
        raise Refused(reasons)


def _objections(person: str, act: Act, done: Iterable[Duty]) -> list[Reason]:
    """Every earlier act of this person in the matter that forbids this one."""
    mine = {duty.act for duty in done if duty.person == person}
    return [
        because(ReasonCode.DUTIES_NOT_SEPARATE, person=person, one=str(other), other=str(act))
        for other in sorted(_NEVER_BOTH.get(act, frozenset()) & mine)
    ]


def check_duties(person: str, roles: Collection[Role], act: Act, done: Iterable[Duty]) -> None:
    """May this person, with these roles, do this in a matter in which so much was done before?

    Raises:
        Refused: No role of theirs may, or they did something before that one person may not do as well.

    """
    reasons = _objections(person, act, done)
    if not any(act in MAY[role] for role in roles):
        reasons.insert(0, because(ReasonCode.NOT_ALLOWED, action=str(act)))
    if reasons:
        raise Refused(reasons)
