"""What waits for whom in the council's procedure: the task list, with counts, instead of e-mail."""

from collections.abc import Iterator
from datetime import date, datetime

from sekisho.adapters.database.council_conditions import UNDECIDED, undecided_conditions
from sekisho.adapters.database.council_letters import decides_itself, latest_decision
from sekisho.adapters.database.council_papers import read_paper
from sekisho.adapters.database.council_questions import OWED_IN, recused_from
from sekisho.adapters.database.council_sitting import presider
from sekisho.adapters.database.models import (
    BallotRow,
    ConditionRow,
    Consultation,
    DecisionRow,
    Matter,
    OpinionRow,
    QuestionRow,
    VerdictRow,
)
from sekisho.adapters.database.office_time import end_of, office_day
from sekisho.adapters.database.queries_erasure import erasure_tasks
from sekisho.adapters.database.queries_paper_tasks import paper_tasks
from sekisho.adapters.database.queries_rows import Waiting, Worker
from sekisho.adapters.database.queries_self_checks import self_check_tasks
from sekisho.adapters.database.queries_survey import survey_tasks
from sekisho.kernel.council import ANSWERED_BY_LETTER, CONSULTATION_TABLE, Role, rule_from_data


def _waiting(row: Matter, task: str, count: int = 1, due: datetime | None = None) -> Waiting:
    """A task in a matter."""
    return Waiting(
        task=task,
        matter=row.matter,
        consultation=row.consultation,
        label_ja=row.label_ja,
        label_en=row.label_en,
        count=count,
        due=due,
    )


def _meets_on(row: Matter) -> datetime | None:
    """When the matter's meeting is held, if it has one."""
    return row.meeting.due_on if row.meeting else None


def _of_department(worker: Worker, row: Matter) -> Iterator[Waiting]:
    """What the department that consults has to do."""
    if worker.department != row.department:
        return
    if Role.HEAD in worker.roles and row.state in {"draft", "returned", "amendment_pending"}:
        yield _waiting(row, "submit")
    if Role.DRAFTER in worker.roles:
        if row.state in {"draft", "amendment_pending"}:
            yield _waiting(row, "draft")
        yield from _to_answer(worker, row)


def _to_answer(worker: Worker, row: Matter) -> Iterator[Waiting]:
    """The questions that are this person's to answer: named for it, or nobody named; due on the first of their days."""
    if row.state not in OWED_IN:
        return
    own = QuestionRow.objects.filter(matter=row, answer="", answerer__in=("", worker.person))
    if days := list(own.values_list("answer_by", flat=True)):
        dates = [day for day in days if day is not None]
        yield _waiting(row, "answer", len(days), end_of(min(dates)) if dates else _meets_on(row))


def _of_secretariat(worker: Worker, row: Matter, at: datetime) -> Iterator[Waiting]:
    """What the secretariat has to do."""
    tasks = {
        "submitted": "accept",
        "accepted": "agenda",
        "continued": "agenda",
        "agenda": "circulate",
        "exemption_claimed": "exemption",
    }
    if Role.SECRETARIAT not in worker.roles:
        return
    if row.state in tasks:
        yield _waiting(row, tasks[row.state], due=_meets_on(row))
    if row.state in OWED_IN:
        yield from _to_gather(row, office_day(at))


def _to_gather(row: Matter, today: date) -> Iterator[Waiting]:
    """Questions for which nobody is named, and answers that are past their day."""
    owed = QuestionRow.objects.filter(matter=row, answer="")
    if count := owed.filter(answerer="").count():
        yield _waiting(row, "assign_answer", count, _meets_on(row))
    late = [day for day in owed.filter(answer_by__lt=today).values_list("answer_by", flat=True) if day is not None]
    if late:
        yield _waiting(row, "late_answer", len(late), end_of(min(late)))


def _of_chair(worker: Worker, row: Matter, at: datetime) -> Iterator[Waiting]:
    """What whoever presides over the matter has to do: open, take up, close the questions, put to the vote, count."""
    if row.meeting is None or worker.person != presider(row, at):
        return
    steps = {
        ("circulated", "called"): "open_meeting",
        ("circulated", "open"): "take_up",
        ("in_session", "open"): "close_questions",
        ("deliberating", "open"): "count" if row.motion else "motion",
    }
    if task := steps.get((row.state, row.meeting.state)):
        # What is done in the meeting itself has no date of its own.
        yield _waiting(row, task, due=row.meeting.due_on if task == "open_meeting" else None)
    proposed = ConditionRow.objects.filter(matter=row, state="proposed").count()
    if proposed and row.state in {*UNDECIDED, *ANSWERED_BY_LETTER}:
        yield _waiting(row, "adopt", proposed)


def _without_verdict(row: Matter) -> int:
    """How many data items under review nobody has judged yet."""
    arrows = read_paper(row).dossier.chart.under_review()
    items = {(each.connection, item.item) for each in arrows for item in each.items}
    judged = VerdictRow.objects.filter(matter=row, version=row.version).values_list("connection", "item")
    return len(items - set(judged))


def _signed_as(row: Matter) -> set[str]:
    """As what the letter was signed already."""
    found = DecisionRow.objects.filter(matter=row).order_by("ballot_round").last()
    return {each["role"] for each in found.signatures} if found else set()


def _to_sign(worker: Worker, row: Matter, at: datetime) -> Iterator[Waiting]:
    """A letter without this person's signature."""
    if row.state not in ANSWERED_BY_LETTER:
        return
    own = {str(Role.CHAIR)} if worker.person == presider(row, at) else {str(Role.SECRETARIAT)} & set(worker.roles)
    if own and not own & _signed_as(row) and not undecided_conditions(row):
        yield _waiting(row, "sign")


def _of_agency(worker: Worker, row: Matter) -> Iterator[Waiting]:
    """What the two of the agency have to do after the council's opinion."""
    deciding, signing = Role.PROTECTION_MANAGER in worker.roles, Role.INFORMATION_SYSTEMS in worker.roles
    if deciding and row.state == "answered" and not decides_itself(latest_decision(row)):
        yield _waiting(row, "decide_internally")
    if signing and row.state == "agency_decided":
        yield _waiting(row, "countersign")


def _of_member(worker: Worker, row: Matter, at: datetime) -> Iterator[Waiting]:
    """What a member of the council has to do."""
    if row.meeting is None or worker.person not in row.meeting.members or worker.person in recused_from(row):
        return
    opinions = OpinionRow.objects.filter(matter=row, version=row.version, person=worker.person)
    if row.state == "circulated" and row.opinions_until and at < row.opinions_until and not opinions.exists():
        yield _waiting(row, "opinion", due=row.opinions_until)
    taken = QuestionRow.objects.filter(matter=row, asked_by=worker.person, settled="").exclude(answer="").count()
    if taken and row.state in OWED_IN:
        yield _waiting(row, "take_answer", taken, _meets_on(row))
    ballots = BallotRow.objects.filter(matter=row, ballot_round=row.ballot_round, person=worker.person)
    ballot = rule_from_data(row.meeting.rule).chair_votes or worker.person != presider(row, at)
    voting = row.state == "deliberating" and row.motion and ballot
    if voting and not ballots.exists():
        yield _waiting(row, "vote")
    if row.state == "deliberating" and Role.COUNCIL_MEMBER in worker.roles and (count := _without_verdict(row)):
        yield _waiting(row, "judge", count)


def _conditions(worker: Worker) -> Iterator[Waiting]:
    """Proofs that this person owes, and proofs that they have to check."""
    rows = ConditionRow.objects.filter(tenant_id=worker.tenant).select_related("matter").order_by("due")
    for row in rows.filter(owner=worker.person, state__in=("open", "overdue")):
        yield _about(row, "prove")
    for row in rows.filter(verifier=worker.person, state="proof_submitted"):
        yield _about(row, "verify")
    if Role.SECRETARIAT in worker.roles:
        for row in rows.filter(state="verified"):
            yield _about(row, "close")


def _about(row: ConditionRow, task: str) -> Waiting:
    """A task about a condition, until the end of the day on which it is due."""
    due = end_of(row.due)
    if row.matter is not None:
        return _waiting(row.matter, task, due=due)
    put = Consultation.objects.filter(tenant_id=row.tenant_id, consultation=row.consultation).first()
    ja, en = (put.label_ja, put.label_en) if put else (row.text, row.text)
    return Waiting(task=task, matter="", consultation=row.consultation, label_ja=ja, label_en=en, due=due)


def tasks_of(worker: Worker, at: datetime) -> tuple[Waiting, ...]:
    """Everything that waits for this person."""
    found: list[Waiting] = []
    at_rest = (*CONSULTATION_TABLE.ends(), "in_force")
    rows = Matter.objects.filter(tenant_id=worker.tenant).exclude(state__in=at_rest)
    for row in rows.select_related("meeting").order_by("id"):
        found += (*_of_department(worker, row), *_of_secretariat(worker, row, at))
        found += (*_of_chair(worker, row, at), *_to_sign(worker, row, at), *_of_member(worker, row, at))
        found += _of_agency(worker, row)
    found += (*_conditions(worker), *paper_tasks(worker, at), *erasure_tasks(worker, at))
    return (*found, *self_check_tasks(worker, at), *survey_tasks(worker))
