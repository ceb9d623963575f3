"""What this person can do in a matter now: the state table and their roles say it, each act as a form."""

from collections.abc import Iterator
from typing import Final

from django.urls import reverse

from sekisho.adapters.database.council_questions import OWED_IN
from sekisho.adapters.database.queries_council import MatterFile
from sekisho.adapters.database.queries_meetings import MeetingRow
from sekisho.kernel.council import CONSULTATION_TABLE, Question, Role, flatten_dossier
from sekisho.web.components.act_forms import AREA, DATE, SELECT, ActForm, FormField, pick, words_pair
from sekisho.web.office import Office
from sekisho.web.words import Words

_FROM_THE_DOSSIER: Final = (
    "submit",
    "return",
    "accept",
    "put_on_agenda",
    "claim_exemption",
    "confirm_exemption",
    "reject_exemption",
    "circulate",
    "amend",
    "open_session",
    "close_questions",
    "take_back",
    "withdraw",
    "withdraw_change",
)
_OF_DEPARTMENT: Final = frozenset({Role.HEAD, Role.DRAFTER})


def act_url(matter: str, act: str) -> str:
    """Where an act is sent."""
    return reverse("matter_act", args=[matter, act])


def _fields(step: str, meetings: tuple[MeetingRow, ...]) -> tuple[FormField, ...]:
    """What a step needs to know."""
    called = tuple((each.meeting, Words(each.label_ja, each.label_en)) for each in meetings if each.state == "called")
    fields = {
        "return": (FormField(name="reason", words=Words("差し戻す理由", "Reason"), kind=AREA),),
        "put_on_agenda": (
            FormField(name="meeting", words=Words("会議", "Meeting"), kind=SELECT, choices=pick(*called)),
        ),
        "circulate": (
            FormField(
                name="until",
                words=Words("書面意見の締切（その日の17時）", "Written opinions until (17:00 of)"),
                kind=DATE,
            ),
        ),
        "claim_exemption": (
            FormField(name="article", words=Words("条文", "Article")),
            FormField(name="quotation", words=Words("条文の文言", "Its words"), kind=AREA),
        ),
    }
    return fields.get(step, ())


def _not_here(file: MatterFile) -> str:
    """Of the two ways to withdraw, the one that is not this matter's."""
    return "withdraw" if file.is_change else "withdraw_change"


def offers(file: MatterFile, office: Office, meetings: tuple[MeetingRow, ...]) -> Iterator[ActForm]:
    """The steps that this person can take from here."""
    roles, own = set(office.roles), office.department == file.row.department
    for step in CONSULTATION_TABLE.steps_from(file.row.state):
        able = {role for role in step.roles if role in roles and (own or role not in _OF_DEPARTMENT)}
        if step.act not in _FROM_THE_DOSSIER or not able or step.act == _not_here(file):
            continue
        yield ActForm(
            key=step.act,
            url=act_url(file.row.matter, step.act),
            words=words_pair(CONSULTATION_TABLE.acts[step.act]),
            fields=_fields(step.act, meetings),
            main=step.act in {"submit", "accept", "circulate", "open_session"},
        )


def answer_form(file: MatterFile, question: Question, *, text: str = "", back: str = "") -> ActForm:
    """An answer that cites a field, or names the version that changed one; it may begin from words that are there."""
    none = ("", Words("（なし）", "(none)"))
    paths = tuple((path, path) for path in flatten_dossier(file.paper.dossier))
    versions = tuple((str(each.version), f"v{each.version}") for each in file.versions)
    asked = pick((question.question, question.question), chosen=question.question)
    cites, amended = pick(none, *paths, chosen=question.about), pick(none, *versions)
    cites_words, amended_words = (
        Words("根拠となる記載", "The field that says so"),
        Words("または、改めた版", "Or the version"),
    )
    return ActForm(
        key=f"answer-{question.question}",
        url=act_url(file.row.matter, "answer"),
        words=Words("回答する", "Answer"),
        back=back,
        fields=(
            FormField(name="question", words=Words("質問", "Question"), kind=SELECT, choices=asked),
            FormField(name="text", words=Words("回答", "Answer"), kind=AREA, value=text),
            FormField(name="cites", words=cites_words, kind=SELECT, choices=cites, required=False),
            FormField(name="amended_in", words=amended_words, kind=SELECT, choices=amended, required=False),
        ),
    )


def answer_forms(file: MatterFile, office: Office) -> dict[str, tuple[ActForm, ...]]:
    """A form for each question that this person's department still has to answer."""
    if not owes_answers(file, office):
        return {}
    mine = {"", office.person}
    own = (each for each in file.questions if not each.answered and each.answerer in mine)
    return {each.question: (answer_form(file, each),) for each in own}


def owes_answers(file: MatterFile, office: Office) -> bool:
    """Does this person's department owe the answers, and may this person give them?"""
    own = office.department == file.row.department and Role.DRAFTER in office.roles
    return own and file.row.state in OWED_IN


def ask_form(file: MatterFile, back: str) -> ActForm:
    """A question about a field of what was circulated."""
    paths = tuple((path, path) for path in flatten_dossier(file.paper.dossier))
    return ActForm(
        key="ask",
        url=act_url(file.row.matter, "ask"),
        words=Words("質問する", "Ask"),
        back=back,
        fields=(
            FormField(
                name="about", words=Words("どの記載について", "About which field"), kind=SELECT, choices=pick(*paths)
            ),
            FormField(name="text", words=Words("質問", "Question"), kind=AREA),
        ),
    )
