"""What a program says when it acts: the body of each act, field by field."""

from datetime import date, datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import AwareDatetime, ConfigDict, Field

from sekisho.bootstrap.council import StopCause
from sekisho.kernel.council import Choice, ConditionKind, InternalOutcome, ProofKind, Verdict
from sekisho.web.access import Role


class Body(Schema):
    """A body says exactly what it may say; an unknown field is a mistake that is told."""

    model_config = ConfigDict(extra="forbid", use_enum_values=False)


class Terms(Body):
    """The terms of one permit."""

    connection: str
    counterpart: str
    terminals: list[str]
    layouts: list[str]
    types: list[str]
    bytes_at_most: int
    records_at_most: int
    parcels_a_day: int
    erase_within_hours: int
    not_before: str
    not_after: str
    strip_unapproved: bool = False
    number_columns: list[str] = Field(default_factory=list)
    assessment: str = ""
    factors: list[str] = Field(default_factory=list)
    inspections: list[str] = Field(default_factory=list)
    rebuild: bool = False
    house_keeps_days: int = 0
    contractor_keeps_days: int = 0
    key_lent_hours: int = 0


class PaperBody(Body):
    """A dossier as `GET /api/matters/{matter}/versions/{version}` answers it, with the terms of its permits."""

    dossier: dict[str, Any]
    terms: list[Terms] = Field(default_factory=list)


class DraftBody(Body):
    """Begin from a precedent (`c-56` a consultation, `m-m0001` a matter), from nothing, or from whole papers."""

    precedent: str = ""
    paper: PaperBody | None = None


class NumberingBody(Body):
    """The number that the next consultation gets, after those that were numbered on paper."""

    number: int = Field(ge=1, le=999_999)


class ReasonBody(Body):
    """Why it is done, or not done."""

    reason: str


class MeetingBody(Body):
    """Which meeting."""

    meeting: str


class UntilBody(Body):
    """Until when written opinions are taken."""

    until: AwareDatetime


class ExemptionBody(Body):
    """The article that makes a consultation needless, and its words."""

    article: str
    quotation: str


class JudgementBody(Body):
    """Whether the claimed exemption holds."""

    holds: bool


class AskBody(Body):
    """A question about one field of what was circulated."""

    about: str
    text: str
    blocking: bool = True


class AnswerBody(Body):
    """An answer that cites a field, or names the version that changed one."""

    question: str
    text: str
    cites: str = ""
    amended_in: int = Field(default=0, ge=0)


class AssignBody(Body):
    """Who answers which question, and until when."""

    question: str
    answerer: str
    answer_by: date


class QuestionBody(Body):
    """Which question."""

    question: str


class FollowUpBody(Body):
    """What is asked again about the field of a question."""

    question: str
    text: str


class TextBody(Body):
    """A written opinion."""

    text: str


class VerdictBody(Body):
    """What the council says of one data item."""

    connection: str
    item: str
    verdict: Verdict
    reason: str = ""


class TradeOffBody(Body):
    """Which interest prevailed over which, about what, why, and when that is looked at again."""

    about: str
    prevailed: str
    yielded: str
    why: str
    review_on: date


class ConditionBody(Body):
    """A condition as a member proposes it."""

    hangs_on: str = ""
    text: str
    kind: ConditionKind
    proof: ProofKind
    owner: str
    verifier: str
    due: date
    every_days: int = Field(default=0, ge=0, le=3660)


class RaisedBody(ConditionBody):
    """A condition as the secretariat enters it: which member raised it in the meeting."""

    raised_by: str


class ResultBody(Body):
    """The result that is put to the vote."""

    result: str


class VoteBody(Body):
    """How somebody votes on the motion."""

    choice: Choice


class InternalBody(Body):
    """Whether the agency opens it, and why, if that departs from the council's opinion."""

    outcome: InternalOutcome
    reason: str = Field(default="", max_length=2000)


class CastingBody(Body):
    """The chair's casting vote, if there is a tie."""

    casting: Choice | None = None


class InvitationBody(Body):
    """What a meeting is called, where and when it is held, by which rule; the usual one if none is named."""

    label_ja: str = Field(min_length=1, max_length=200)
    label_en: str = Field(min_length=1, max_length=200)
    place: str = Field(min_length=1, max_length=200)
    due_on: AwareDatetime
    rule: str = Field(default="", max_length=100)


class PersonBody(Body):
    """Which member."""

    person: str


class ProofBody(Body):
    """What proves that a condition is met: in words, of which kind (else what was asked for), the paper's SHA-256."""

    proof: str
    kind: ProofKind | None = None
    sha256: str = ""


class StopBody(Body):
    """Why a permit is stopped: a code, so that nothing personal gets into the ledger."""

    cause: StopCause


class RolesBody(Body):
    """The roles that a person holds from now on, instead of those they had."""

    roles: list[Role]


class Why(Schema):
    """One reason why not: its code never changes; its facts are ids, labels of items, counts and dates."""

    code: str
    facts: dict[str, str]
    ja: str
    en: str
    next_ja: str
    next_en: str


class WhyNot(Schema):
    """Every reason at once."""

    reasons: list[Why]


class Done(Schema):
    """What was done, and what came of it: the id of what was made, a number, a digest, the numbers of permits."""

    act: str
    result: list[str]
    at: datetime
    done: Literal[True] = True
