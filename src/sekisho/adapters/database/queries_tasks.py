"""What waits for whom in the council's procedure: the task list, with counts, instead of e-mail."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sekisho.adapters.database.council_questions import recused_from
from sekisho.adapters.database.models import BallotRow, ConditionRow, DecisionRow, Matter, OpinionRow, QuestionRow
from sekisho.kernel.council import CONSULTATION_TABLE, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A task of the procedure: what is to be done, in which matter, and how many of it."""

    task: str
    matter: str
    consultation: str
    label_ja: str
    label_en: str
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """Whose tasks are asked for."""

    tenant: str
    person: str
    department: str
    roles: tuple[str, ...]


def _waiting(row: Matter, task: str, count: int = 1) -> Waiting:
    """A task in a matter."""
    return Waiting(
        task=task,
        matter=row.matter,
        consultation=row.consultation,
        label_ja=row.label_ja,
        label_en=row.label_en,
        count=count,
    )


def _of_department(worker: Worker, row: Matter) -> Iterator[Waiting]:
    """What the department that consults has to do."""
    if worker.department != row.department:
        return
    if Role.HEAD in worker.roles and row.state in {"draft", "returned"}:
        yield _waiting(row, "submit")
    if Role.DRAFTER in worker.roles:
        if row.state == "draft":
            yield _waiting(row, "draft")
        asked = QuestionRow.objects.filter(matter=row, answer="").count()
        if asked and row.state in {"agenda", "circulated", "in_session", "deliberating"}:
            yield _waiting(row, "answer", asked)


def _of_secretariat(worker: Worker, row: Matter) -> Iterator[Waiting]:
    """What the secretariat has to do."""
    tasks = {"submitted": "accept", "accepted": "agenda", "continued": "agenda", "agenda": "circulate"}
    if Role.SECRETARIAT in worker.roles and row.state in tasks:
        yield _waiting(row, tasks[row.state])


def _signed_as(row: Matter) -> set[str]:
    """As what the letter was signed already."""
    found = DecisionRow.objects.filter(matter=row).order_by("ballot_round").last()
    return {each["role"] for each in found.signatures} if found else set()


def _to_sign(worker: Worker, row: Matter) -> Iterator[Waiting]:
    """A letter without this person's signature."""
    if row.state not in {"approved", "approved_with_conditions", "opinion_given", "ratified"}:
        return
    own = {str(Role.CHAIR), str(Role.SECRETARIAT)} & set(worker.roles)
    if own and not own & _signed_as(row):
        yield _waiting(row, "sign")


def _of_member(worker: Worker, row: Matter, at: datetime) -> Iterator[Waiting]:
    """What a member of the council has to do."""
    if row.meeting is None or worker.person not in row.meeting.members or worker.person in recused_from(row):
        return
    opinions = OpinionRow.objects.filter(matter=row, version=row.version, person=worker.person)
    if row.state == "circulated" and row.opinions_until and at < row.opinions_until and not opinions.exists():
        yield _waiting(row, "opinion")
    ballots = BallotRow.objects.filter(matter=row, ballot_round=row.ballot_round, person=worker.person)
    voting = row.state == "deliberating" and row.motion and worker.person != row.meeting.chair
    if voting and not ballots.exists():
        yield _waiting(row, "vote")


def _conditions(worker: Worker) -> Iterator[Waiting]:
    """Proofs that this person owes, and proofs that they have to check."""
    rows = ConditionRow.objects.filter(tenant_id=worker.tenant).select_related("matter").order_by("due")
    for row in rows.filter(owner=worker.person, state__in=("open", "overdue")):
        yield _waiting(row.matter, "prove")
    for row in rows.filter(verifier=worker.person, state="proof_submitted"):
        yield _waiting(row.matter, "verify")


def tasks_of(worker: Worker, at: datetime) -> tuple[Waiting, ...]:
    """Everything that waits for this person."""
    found: list[Waiting] = []
    at_rest = (*CONSULTATION_TABLE.ends(), "in_force")
    rows = Matter.objects.filter(tenant_id=worker.tenant).exclude(state__in=at_rest)
    for row in rows.select_related("meeting").order_by("id"):
        found += (*_of_department(worker, row), *_of_secretariat(worker, row))
        found += (*_to_sign(worker, row), *_of_member(worker, row, at))
    return (*found, *_conditions(worker))
