"""What this person can do about an assessment now: the state table and their roles say it, each act as a form."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from django.urls import reverse

from sekisho.adapters.assessments import shipped_form
from sekisho.adapters.database.queries_assessments import AssessmentFile, AssessmentLine, VersionView
from sekisho.kernel.council import ASSESSMENT_TABLE, Depth, FormItem, Role, find_place
from sekisho.web.components.act_forms import AREA, DATE, NUMBER, SELECT, ActForm, FormField, pick, words_pair
from sekisho.web.office import Office
from sekisho.web.pages.assessments.words import DEPTHS, FINDINGS, GROUNDS
from sekisho.web.words import Words

_OF_DEPARTMENT: Final = frozenset({Role.DRAFTER, Role.HEAD})
_MAIN: Final = frozenset({"judge_threshold", "review", "open_comment", "give_opinion", "file", "publish"})
_WRITABLE: Final = frozenset({"drafting", "opinion_given"})
_YES_NO: Final = (("", Words("なし", "No")), ("yes", Words("あり", "Yes")))


def _of_threshold(file: AssessmentFile) -> tuple[FormField, ...]:
    """The three numbers of the threshold."""
    said = file.line.threshold
    subjects, handlers = str(said.get("subjects", "")), str(said.get("handlers", ""))
    return (
        FormField(name="subjects", words=Words("対象人数", "Persons covered"), kind=NUMBER, value=subjects),
        FormField(name="handlers", words=Words("取扱者数", "Persons who handle it"), kind=NUMBER, value=handlers),
        FormField(
            name="serious_incident",
            words=Words("1年以内の重大事故", "Serious incident within a year"),
            kind=SELECT,
            choices=pick(*_YES_NO),
            required=False,
        ),
    )


def _of_depth(file: AssessmentFile) -> tuple[FormField, ...]:
    """As deep as demanded, or deeper."""
    demanded = file.line.judgement.depth if file.line.judgement is not None else Depth.BASIC
    options = [(each.word, DEPTHS[each]) for each in Depth if each >= max(demanded, Depth.BASIC)]
    return (FormField(name="depth", words=Words("評価の種類", "Kind of report"), kind=SELECT, choices=pick(*options)),)


def _of_comment(_: AssessmentFile) -> tuple[FormField, ...]:
    """The days of the public comment."""
    short = Words("30日より短くする特段の理由", "Why fewer than 30 days")
    return (
        FormField(name="opens_on", words=Words("開始日", "First day"), kind=DATE),
        FormField(name="closes_on", words=Words("終了日", "Last day"), kind=DATE),
        FormField(name="shortened_because", words=short, required=False),
    )


_FIELDS: Final[Mapping[str, Callable[[AssessmentFile], tuple[FormField, ...]]]] = MappingProxyType(
    {
        "judge_threshold": _of_threshold,
        "begin_draft": _of_depth,
        "open_comment": _of_comment,
        "check_by_third_party": lambda _: (
            FormField(name="body", words=Words("点検する機関", "Who checks"), value=""),
        ),
        "give_opinion": lambda _: (FormField(name="opinion", words=Words("意見", "Opinion"), kind=AREA),),
        "suffer_incident": lambda _: (
            FormField(name="what", words=Words("事故の内容（氏名を書かない）", "What happened (no names)"), kind=AREA),
        ),
    }
)


def act_url(assessment: str, act: str) -> str:
    """Where an act is sent."""
    return reverse("assessment_act", args=[assessment, act])


def _form(file: AssessmentFile, act: str, words: Words, *fields: FormField, key: str = "") -> ActForm:
    """An act as a form."""
    url = act_url(file.line.assessment, act)
    return ActForm(key=key or act, url=url, words=words, fields=fields, main=act in _MAIN)


def _steps(file: AssessmentFile, office: Office) -> Iterator[str]:
    """The steps that this person can take from here."""
    line, own = file.line, office.department == file.line.department
    nothing = line.judgement is not None and line.judgement.depth is Depth.NONE
    for step in ASSESSMENT_TABLE.steps_from(line.state):
        able = {role for role in step.roles if role in office.roles and (own or role not in _OF_DEPARTMENT)}
        ahead = step.act not in {"fix_minor", "change_materially"} or line.newest > line.version
        depth = step.act not in {"begin_draft", "find_none_needed"} or nothing == (step.act == "find_none_needed")
        if able and ahead and depth:
            yield step.act


def writable(line: AssessmentLine, office: Office) -> bool:
    """Can this person write in the newest version?"""
    own = office.department == line.department and Role.DRAFTER in office.roles
    return own and (line.state in _WRITABLE or (line.state == "in_force" and line.newest > line.version))


def _places(view: VersionView) -> list[tuple[str, Words | str]]:
    """Every place that can be written: what is missing first, then what is there, then what stands alone."""
    form = shipped_form()
    missing = [reason.facts["place"] for reason in view.missing if "place" in reason.facts]
    alone = [key for key in form.items if find_place(form, key) is not None]
    keys = [each for each in dict.fromkeys((*missing, *view.report.values, *alone)) if find_place(form, each)]
    return [(key, f"{key} {_item(key).ja[:30]}") for key in keys]


def _item(key: str) -> FormItem:
    """The item of a place that the form has."""
    place = find_place(shipped_form(), key)
    return shipped_form().items["" if place is None else place.item]


def _writing(file: AssessmentFile) -> Iterator[ActForm]:
    """Writing one answer, taking a whole file, saying what is covered, claiming a lighter change."""
    view, answer = file.versions[-1], Words("記載（空にすると消えます）", "Answer (empty takes it away)")
    covers = "\n".join(each.connection for each in view.coverage)
    yield _form(
        file,
        "write_answer",
        Words("項目を書く", "Write an item"),
        FormField(name="place", words=Words("項目", "Item"), kind=SELECT, choices=pick(*_places(view))),
        FormField(name="text", words=answer, kind=AREA, required=False),
    )
    whole = Words("評価書のデータ（YAML）", "Report as data (YAML)")
    yield _form(
        file,
        "write_report",
        Words("データから書く", "Write from data"),
        FormField(name="report", words=whole, kind=AREA),
    )
    yield _form(
        file,
        "cover",
        Words("対象の接続を定める", "Say what is covered"),
        FormField(
            name="connections", words=Words("接続（1行に1つ）", "Connections, one a line"), kind=AREA, value=covers
        ),
    )
    if view.coverage:
        from_arrows = Words("委託の欄（Ⅱ.4）を矢印から書く", "Write part II.4 from the arrows")
        yield _form(file, "write_entrustment", from_arrows)
    yield from _claiming(file, view)


def _claiming(file: AssessmentFile, view: VersionView) -> Iterator[ActForm]:
    """Claiming that a change is not material, while the version before it is in force."""
    material = [(each.place, f"{each.place} {each.label[:30]}") for each in view.changes if each.material]
    if material and file.line.state == "in_force":
        yield _form(
            file,
            "claim",
            Words("重要な変更でないと申し出る", "Claim that a change is not material"),
            FormField(name="place", words=Words("変更箇所", "Change"), kind=SELECT, choices=pick(*material)),
            FormField(
                name="ground",
                words=Words("区分", "Ground"),
                kind=SELECT,
                choices=pick(*((str(each), words) for each, words in GROUNDS.items())),
            ),
            FormField(name="why", words=Words("理由", "Why"), kind=AREA),
        )


def offers(file: AssessmentFile, office: Office) -> Iterator[ActForm]:
    """Everything that this person can do now, but for answers and findings, which stand beside what they are about."""
    for act in _steps(file, office):
        fields = _FIELDS[act](file) if act in _FIELDS else ()
        yield _form(file, act, words_pair(ASSESSMENT_TABLE.acts[act]), *fields)
    own = office.department == file.line.department
    if file.line.state == "in_force" and own and Role.DRAFTER in office.roles and file.line.newest == file.line.version:
        yield _form(file, "begin_next_version", Words("次の版を書き始める", "Begin the next version"))
    if file.line.state == "public_comment" and Role.SECRETARIAT in office.roles:
        text = Words("住民の意見（氏名を書かない）", "Comment of a resident (no name)")
        field = FormField(name="text", words=text, kind=AREA)
        yield _form(file, "receive_comment", Words("意見を登録する", "Enter a comment"), field)
    if writable(file.line, office):
        yield from _writing(file)


def comment_forms(file: AssessmentFile, office: Office) -> dict[str, ActForm]:
    """A form for each comment that this person's department has to answer."""
    view, own = file.at(file.line.version), office.department == file.line.department
    if view is None or view.comment is None or not own or Role.DRAFTER not in office.roles:
        return {}
    if file.line.state != "public_comment":
        return {}
    reflected = Words("評価書に反映した", "The report was changed for it")
    return {
        each.comment: _form(
            file,
            "answer_comment",
            Words("回答する", "Answer"),
            FormField(
                name="comment",
                words=Words("意見", "Comment"),
                kind=SELECT,
                choices=pick((each.comment, each.comment), chosen=each.comment),
            ),
            FormField(name="text", words=Words("回答", "Answer"), kind=AREA),
            FormField(name="reflected", words=reflected, kind=SELECT, choices=pick(*_YES_NO), required=False),
            key=f"answer-{each.comment}",
        )
        for each in view.comment.comments
        if not each.answer
    }


def finding_form(file: AssessmentFile, office: Office) -> ActForm | None:
    """A finding on one point, for a member while the report lies before the council."""
    if file.line.state != "third_party_check" or not {Role.COUNCIL_MEMBER, Role.CHAIR} & set(office.roles):
        return None
    view = file.at(file.line.version)
    found = {each.point for each in view.findings} if view is not None else set()
    points = sorted(shipped_form().points, key=lambda each: each.point in found)
    return _form(
        file,
        "record_finding",
        Words("所見を記録する", "Record the finding"),
        FormField(
            name="point",
            words=Words("観点", "Point"),
            kind=SELECT,
            choices=pick(*((each.point, f"{each.point} {each.ja[:40]}") for each in points)),
        ),
        FormField(
            name="verdict",
            words=Words("判断", "Finding"),
            kind=SELECT,
            choices=pick(*((str(each), words) for each, words in FINDINGS.items())),
        ),
        FormField(
            name="remark",
            words=Words("所見（適当のほかは必須）", "Remark (needed unless suitable)"),
            kind=AREA,
            required=False,
        ),
    )
