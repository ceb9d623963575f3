"""S-226 one self-check, ready to be shown: what is asked, what was approved, what the gate knows, the answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.urls import reverse

from sekisho.adapters.database.queries_self_checks import RoundFile
from sekisho.kernel.council import SELF_CHECK_TABLE, CheckAnswer, CheckQuestion, CheckResult, CheckTopic, Role
from sekisho.web.components.act_forms import AREA, ActForm, FormField, words_pair
from sekisho.web.components.chips import Chip
from sekisho.web.components.facts import Choice, Said
from sekisho.web.office import Office
from sekisho.web.pages.council.permit_acts import offered_acts
from sekisho.web.pages.self_checks.gate_words import Known, Names, known_beside
from sekisho.web.pages.self_checks.words import LACKING, NOT_ANSWERED, RESULT_CHIPS, RESULTS, TOPICS
from sekisho.web.words import Words

_OF_DEPARTMENT = frozenset({Role.DRAFTER, Role.HEAD})


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionLine:
    """One question with its answer."""

    key: str
    topic: Words
    subject: Words
    approved: str
    planned: bool
    known: tuple[Known, ...]
    chip: Chip
    choices: tuple[Choice, ...]
    what: str
    since: str
    since_day: date | None
    evidence: str
    digest: str
    asks_evidence: bool
    lacks: tuple[Words, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionGroup:
    """The questions about one arrow, or about the whole connection."""

    key: str
    title: Said
    lines: tuple[QuestionLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence:
    """What follows from an answer that is not as approved: where to go, and what this person can do at once."""

    subject: Said
    chip: Chip
    what: str
    url: str
    act: Said
    forms: tuple[ActForm, ...] = ()


def may_take(file: RoundFile, office: Office, act: str) -> bool:
    """Can this person take this step now, by the table, their roles and their department?"""
    own = office.department == file.view.department
    for step in SELF_CHECK_TABLE.steps_from(file.view.state):
        able = {role for role in step.roles if role in office.roles and (own or role not in _OF_DEPARTMENT)}
        if step.act == act and able:
            return True
    return False


def _choices(answer: CheckAnswer | None) -> tuple[Choice, ...]:
    """The answers to choose from."""
    chosen = str(answer.result) if answer else ""
    options = (("", NOT_ANSWERED.words), *RESULTS.items())
    return tuple(Choice(value=str(value), words=words, chosen=str(value) == chosen) for value, words in options)


def _line(file: RoundFile, question: CheckQuestion, names: Names) -> QuestionLine:
    """One question."""
    answer = file.answers.get(question.key)
    return QuestionLine(
        key=question.key,
        topic=TOPICS[question.topic],
        subject=Words(question.ja, question.en),
        approved=question.approved,
        planned=question.planned,
        known=known_beside(file, question, names),
        chip=RESULT_CHIPS[answer.result] if answer else NOT_ANSWERED,
        choices=_choices(answer),
        what=answer.what if answer else "",
        since=answer.since.isoformat() if answer and answer.since else "",
        since_day=answer.since if answer else None,
        evidence=answer.evidence if answer else "",
        digest=answer.evidence_digest if answer else "",
        asks_evidence=question.evidence,
        lacks=tuple(LACKING[what] for key, what in file.lacking if key == question.key),
    )


def question_groups(file: RoundFile, labels: Names, names: Names) -> tuple[QuestionGroup, ...]:
    """Every question, those about one arrow together."""
    whole = Words("接続の全体", "The whole connection")
    contractors = Words("委託先", "Contractors")
    found = list[QuestionGroup]()
    for key, lines in groupby(file.questions, key=_group_of):
        title = {"": whole, "contractors": contractors}.get(key) or Words(*labels.get(key, (key, key)))
        shown = tuple(_line(file, each, names) for each in lines)
        found.append(QuestionGroup(key=f"g{len(found)}", title=title, lines=shown))
    return tuple(found)


def _group_of(question: CheckQuestion) -> str:
    """Under which heading a question stands."""
    return "contractors" if question.topic is CheckTopic.CONTRACTOR else question.connection


def _where(file: RoundFile, question: CheckQuestion, office: Office) -> tuple[str, Words]:
    """Where what differs is put in order: change the permit, or consult anew from what was published."""
    permit = file.permits.get(question.connection) or next(iter(file.permits.values()), "")
    if not file.matter:
        return reverse("consultation", args=[file.view.consultation]), Words(
            "この諮問を先例に、新しい諮問を起案する", "Consult anew, with this consultation as the precedent"
        )
    if permit and Role.HEAD in office.roles and office.department == file.view.department:
        return reverse("permit_change", args=[permit]), Words(
            "承認された内容を変える（軽微か重要かを確かめる）", "Change what was approved"
        )
    if permit:
        return reverse("permit", args=[permit]), Words(
            "通行証を見る（変更は課長が始めます）", "See the permit; the head begins a change"
        )
    return reverse("matter", args=[file.matter]), Words("諮問を見る", "See the consultation")


def _stops(file: RoundFile, question: CheckQuestion, office: Office) -> tuple[ActForm, ...]:
    """What this person can do to the permits of what ended."""
    permits = [each for each in file.facts.arrows if not question.connection or each.connection == question.connection]
    forms = (form for each in permits for form in _offered(each.permit, each.status, office))
    return tuple(forms)


def _offered(permit: str, status: str, office: Office) -> Iterator[ActForm]:
    """Stopping or revoking one permit; which one it is stands in the button."""
    for form in offered_acts(permit, status, office):
        if form.key in {"suspend", "revoke"}:
            words = Words(f"{permit}：{form.words}", f"{permit}: {form.words}")
            yield ActForm(key=f"{form.key}-{permit}", url=form.url, words=words, fields=form.fields)


def consequences(file: RoundFile, office: Office) -> Iterator[Consequence]:
    """What follows from each answer that is not as approved."""
    for question in file.questions:
        answer = file.answers.get(question.key)
        if answer is None or answer.result is CheckResult.AS_APPROVED:
            continue
        ended = answer.result is CheckResult.ENDED and question.topic in {CheckTopic.NEEDED, CheckTopic.ARROW}
        url, act = _where(file, question, office)
        if ended and file.permits:
            permit = file.permits.get(question.connection) or next(iter(file.permits.values()))
            url, act = reverse("permit", args=[permit]), Words("通行証を止める・取り消す", "Stop or revoke the permit")
        yield Consequence(
            subject=Words(f"{TOPICS[question.topic].ja}：{question.ja}", f"{TOPICS[question.topic].en}: {question.en}"),
            chip=RESULT_CHIPS[answer.result],
            what=answer.what,
            url=url,
            act=act,
            forms=_stops(file, question, office) if ended else (),
        )


def step_forms(file: RoundFile, office: Office) -> Iterator[ActForm]:
    """The steps that this person can take from here, but for answering, which is the table of questions itself."""
    followed = FormField(
        name="followed",
        words=Words("変わっている点・やめた点をどうしたか", "What came of that which is not as approved"),
        kind=AREA,
        required=any(each.result is not CheckResult.AS_APPROVED for each in file.answers.values()),
    )
    fields = {
        "send_back": (FormField(name="reason", words=Words("差し戻す理由", "Why"), kind=AREA),),
        "close": (followed,),
    }
    for act in ("submit", "verify", "send_back", "close"):
        if may_take(file, office, act):
            yield ActForm(
                key=act,
                url=reverse("self_check_act", args=[file.view.number, act]),
                words=words_pair(SELF_CHECK_TABLE.acts[act]),
                fields=fields.get(act, ()),
                main=act in {"submit", "verify"},
            )
