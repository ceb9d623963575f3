"""What the API answers: plain rows of ids, states, dates and texts of the council. People are ids, never names."""

from datetime import date, datetime
from typing import Any

from ninja import Schema

from sekisho.adapters.database.queries_council import ConditionView
from sekisho.web.api.shown_papers import AgencyShown, CouncilRuleShown


class Session(Schema):
    """Who is signed in, and the token that every act carries as `X-CSRFToken`."""

    tenant: str
    person: str
    department: str
    roles: list[str]
    csrf_token: str


class ConsultationShown(Schema):
    """A consultation of the register."""

    consultation: str
    number: str
    title_ja: str
    title_en: str
    department_ja: str
    department_en: str
    meeting_ja: str
    meeting_en: str
    held: date
    place: str
    result_ja: str
    result_en: str
    decided: date
    source: str
    reconstructed: list[str]
    permits: list[str]


class Field(Schema):
    """One field of the papers: path, value, and the turn of the minutes that says it; without one it is assumed."""

    path: str
    value: str
    source: str
    assumed: bool


class Turn(Schema):
    """One utterance of the published minutes: who spoke is a role."""

    part: str
    role: str
    ja: str


class ConsultationWhole(ConsultationShown):
    """A consultation with its chart, its papers and its minutes."""

    chart: dict[str, Any]
    papers: list[Field]
    minutes: list[Turn]


class MatterShown(Schema):
    """A consultation on its way."""

    matter: str
    consultation: str
    label_ja: str
    label_en: str
    agency: str
    department: str
    state: str
    version: int
    meeting: str
    opinions_until: datetime | None
    motion: str
    remark: str


class VersionShown(Schema):
    """A version of a dossier; a frozen one is never written again."""

    version: int
    digest: str
    frozen_at: datetime | None


class MatterWhole(MatterShown):
    """A consultation on its way, with its versions and who takes no part, wrote an opinion, or voted."""

    versions: list[VersionShown]
    recused: list[str]
    opined: list[str]
    voted: list[str]


class PaperShown(Schema):
    """One version of the papers: the dossier as data, and the terms of its permits."""

    version: int
    dossier: dict[str, Any]
    terms: list[dict[str, Any]]


class ChangeShown(Schema):
    """What changed in one field, and how much that weighs: editorial, minor or material."""

    path: str
    before: str | int | bool | None
    after: str | int | bool | None
    weight: str


class QuestionShown(Schema):
    """A question about one field, with its answer."""

    question: str
    asked_by: str
    version: int
    about: str
    text: str
    blocking: bool
    answer: str
    cites: str
    amended_in: int
    answered: bool
    state: str
    follows: str
    answerer: str
    answer_by: date | None


class OpinionShown(Schema):
    """A written opinion that this reader may see now."""

    person: str
    version: int
    text: str
    given_at: datetime


class VerdictShown(Schema):
    """What the council says of one data item."""

    connection: str
    item: str
    verdict: str
    reason: str


class TradeOffShown(Schema):
    """Which interest prevailed over which, and why."""

    about: str
    prevailed: str
    yielded: str
    why: str
    review_on: str


class MeetingShown(Schema):
    """A meeting, whoever is in the room now, and the matters on its agenda that this reader may see."""

    meeting: str
    label_ja: str
    label_en: str
    place: str
    due_on: datetime
    state: str
    chair: str
    members: list[str]
    present: list[str]
    rule: CouncilRuleShown
    agenda: list[str]


class ConditionShown(Schema):
    """A condition: who owes what, to whom, until when, and whether it keeps a permit closed today."""

    condition: str
    matter: str
    consultation: str
    hangs_on: str
    text: str
    kind: str
    proof: str
    owner: str
    verifier: str
    due: date
    every_days: int
    state: str
    proof_text: str
    proof_kind: str
    proof_sha256: str
    remark: str
    overdue: bool
    stops_permit: bool

    @classmethod
    def of(cls, view: ConditionView, *, overdue: bool, stops: bool) -> "ConditionShown":
        """A condition as it stands today."""
        said = view.condition
        names = ("condition", "consultation", "hangs_on", "text", "kind", "proof", "owner", "verifier", "due", "state")
        return cls(
            **{name: getattr(said, name) for name in names},
            every_days=said.every_days,
            matter=view.matter,
            proof_text=view.proof_text,
            proof_kind=view.proof_kind,
            proof_sha256=view.proof_paper,
            remark=view.remark,
            overdue=overdue,
            stops_permit=stops,
        )


class DecisionShown(Schema):
    """A decision with its counts, the digest of its letter, who signed, and the permits that follow."""

    result: str
    decided_on: str
    version: int
    dossier_digest: str
    regime: str
    kept: dict[str, list[str]]
    masked: dict[str, list[str]]
    conditions: list[str]
    trade_offs: list[TradeOffShown]
    in_favour: int
    against: int
    abstained: int
    casting: bool
    letter_digest: str
    signed_by: dict[str, str]
    permits: dict[str, str]
    agency: AgencyShown | None
    letter: dict[str, Any]


class PersonShown(Schema):
    """Somebody of the municipality with their roles: an id, never a name."""

    person: str
    department: str
    roles: list[str]
    is_active: bool


class TaskShown(Schema):
    """Something that waits for whoever is signed in."""

    task: str
    matter: str
    consultation: str
    label_ja: str
    label_en: str
    count: int
    due: datetime | None
