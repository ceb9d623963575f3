"""A condition as lists show it, with what this person can do about it now."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from sekisho.adapters.database.queries_council import ConditionView
from sekisho.kernel.council import CONDITION_TABLE, Condition, ProofKind, Role, is_overdue, stops_permit
from sekisho.web.components.act_forms import AREA, SELECT, ActForm, FormField, pick, words_pair
from sekisho.web.components.chips import Chip
from sekisho.web.components.dates import in_office_time, long_day
from sekisho.web.office import Office
from sekisho.web.pages.deliberation.words import CONDITION_KINDS, PROOFS, condition_chip
from sekisho.web.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionLine:
    """One condition of S-255."""

    number: str
    matter_url: str
    text: str
    raised_by: Words | str
    on: str
    kind: Words
    proof: Words
    owner: Words
    verifier: Words
    due: str
    overdue: bool
    chip: Chip
    proof_text: str
    proof_kind: Words | str
    proof_paper: str
    remark: str
    waiver: str
    forms: tuple[ActForm, ...]


def _steps(view: ConditionView, office: Office) -> Iterator[str]:
    """The steps that this person can take."""
    condition, roles = view.condition, set(office.roles)
    if office.person == view.presider:
        roles.add(Role.CHAIR)  # also whoever acts for the chair in this matter
    for step in CONDITION_TABLE.steps_from(condition.state):
        if not step.roles & roles or step.act == "amend":  # worded anew on S-240, beside the letter
            continue
        if step.act == "submit_proof" and office.person != condition.owner:
            continue
        if step.act in {"verify", "reject_proof"} and office.person != condition.verifier:
            continue
        if step.act == "waive" and not view.waiver_reason:
            continue
        yield step.act


def _proof_fields(condition: Condition) -> tuple[FormField, ...]:
    """What is asked of whoever hands a proof in; the kind that the council asked for is chosen already."""
    kinds = pick(*((str(each), PROOFS[each]) for each in ProofKind), chosen=str(condition.proof))
    hint = Words(
        "写真・画面の写し・報告書などのファイルがあるとき。確かめる人は、同じファイルかどうかをこれで見分けます。",
        "If there is a file: a photograph, a screenshot, a report. The verifier knows the same file by it.",
    )
    return (
        FormField(name="proof_kind", words=Words("証拠の種類", "Kind of proof"), kind=SELECT, choices=kinds),
        FormField(
            name="proof",
            words=Words("証拠の内容・番号・置き場所", "What it shows, its number, its place"),
            kind=AREA,
        ),
        FormField(
            name="proof_paper",
            words=Words("ファイルの指紋（SHA-256、16進64字）", "SHA-256 of the file, 64 hexadecimal digits"),
            hint=hint,
            required=False,
        ),
    )


def _form(condition: Condition, act: str) -> ActForm:
    """A step as a form."""
    fields = {
        "submit_proof": _proof_fields(condition),
        "ask_waiver": (FormField(name="reason", words=Words("免除する理由", "Why it is waived"), kind=AREA),),
        "reject_proof": (FormField(name="reason", words=Words("認めない理由", "Why not"), kind=AREA),),
    }
    return ActForm(
        key=f"{act}-{condition.condition}",
        url=reverse("condition_act", args=[condition.condition, act]),
        words=words_pair(CONDITION_TABLE.acts[act]),
        fields=fields.get(act, ()),
        main=act in {"submit_proof", "verify"},
    )


def _url_of(view: ConditionView) -> str:
    """Where the matter is shown, or the consultation that was decided before the procedure was kept here."""
    return (
        reverse("matter", args=[view.matter])
        if view.matter
        else reverse("consultation", args=[view.condition.consultation])
    )


def condition_lines(
    views: Iterable[ConditionView], office: Office, names: Mapping[str, tuple[str, str]]
) -> tuple[ConditionLine, ...]:
    """Each condition with its state today."""
    today = in_office_time(timezone.now()).date()
    return tuple(
        ConditionLine(
            number=each.condition.condition,
            matter_url=_url_of(each),
            text=each.condition.text,
            raised_by=Words(*names[each.raised_by]) if each.raised_by in names else "",
            on=each.condition.hangs_on,
            kind=CONDITION_KINDS[each.condition.kind],
            proof=PROOFS[each.condition.proof],
            owner=Words(*names.get(each.condition.owner, ("", ""))),
            verifier=Words(*names.get(each.condition.verifier, ("", ""))),
            due=long_day(each.condition.due),
            overdue=is_overdue(each.condition, today),
            chip=condition_chip(each.condition.state, stops=stops_permit(each.condition, today)),
            proof_text=each.proof_text,
            proof_kind=PROOFS.get(each.proof_kind, ""),
            proof_paper=each.proof_paper,
            remark=each.remark,
            waiver=each.waiver_reason,
            forms=tuple(_form(each.condition, act) for act in _steps(each, office)),
        )
        for each in views
    )
