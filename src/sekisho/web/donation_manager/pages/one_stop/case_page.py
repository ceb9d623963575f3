"""S-353 申請: one case on a page: what is known, what is missing, and what can be done with it now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.urls import reverse

from sekisho.adapters.donations.models import IdentityImageRow
from sekisho.adapters.donations.notice_queries import CaseView
from sekisho.adapters.donations.one_stop_numbers import IMAGE_KINDS, SHOWING_REASONS
from sekisho.business.hometown_donations.one_stop import CHANGEABLE, FORM_FIELDS, ONE_STOP_TABLE
from sekisho.records import write_wareki
from sekisho.web.access import Role
from sekisho.web.components.act_forms import SELECT, ActForm, FormField, pick
from sekisho.web.components.chips import Chip
from sekisho.web.components.facts import Fact
from sekisho.web.donation_manager.pages.one_stop.fields import (
    IDENTITY_WORDS,
    deficiency_words,
    form_fields,
    identity_field,
    shown_value,
    state_chip,
)
from sekisho.web.office import Office
from sekisho.web.words import Words

_PLAIN_STEPS = frozenset({"print_again", "accept", "ask_donor", "refuse_late", "withdraw", "void", "cancel"})
_MAIN = frozenset({"accept"})
_LONG_STEPS = {
    "complete": Words("補った内容を記録する", "Record what was completed"),
    "change": Words("変更届(第55号の6)を記録する", "Record a change notice"),
    "correct": Words("訂正して送り直す", "Correct and send again"),
    "readdress": Words("1月1日の住所を直して送り直す", "Correct the address of 1 January and send again"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A step that was refused: which, what was typed for it, and why; it comes back so."""

    act: str = ""
    typed: Mapping[str, str] = field(default_factory=dict, repr=False)
    faults: tuple[Words, ...] = ()

    def over(self, act: str, values: Mapping[str, str]) -> Mapping[str, str]:
        """These values, or what was typed instead of them for this step."""
        return {**values, **self.typed} if act == self.act else values


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageLine:
    """A picture in the list, with the day of its erasure."""

    words: Words
    url: str
    row: IdentityImageRow


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    """Everything on the page."""

    case: str
    chip: Chip
    facts: tuple[Fact, ...]
    form: tuple[Fact, ...]
    missing: tuple[tuple[Words, Words], ...]
    acts: tuple[ActForm, ...]
    long_acts: tuple[ActForm, ...]
    images: tuple[ImageLine, ...]
    number_form: ActForm | None
    number: str
    faults: tuple[Words, ...]


def _facts(view: CaseView) -> Iterator[Fact]:
    """What is known of the case itself."""
    row = view.row
    yield Fact(name=Words("寄附年月日", "Donated on"), value=write_wareki(row.donated_on))
    yield Fact(name=Words("寄附金額", "Amount"), value=Words(f"{row.amount:,}円", f"{row.amount:,} yen"))
    if row.received_on:
        yield Fact(name=Words("受付日", "Received on"), value=write_wareki(row.received_on))
    if row.keyed_by:
        yield Fact(name=Words("入力", "Keyed by"), value=row.keyed_by)
    if row.verified_by:
        yield Fact(name=Words("照合", "Verified by"), value=row.verified_by)
    documents = "、".join(IDENTITY_WORDS[each].ja for each in row.identity)
    named = ", ".join(IDENTITY_WORDS[each].en for each in row.identity)
    yield Fact(name=Words("本人確認書類", "Identity documents"), value=Words(documents or "なし", named or "none"))
    sealed = Words("封印済み", "Sealed") if row.row_seal else Words("まだ", "Not yet")
    yield Fact(name=Words("行の封印", "Row seal"), value=sealed, good=bool(row.row_seal))
    yield Fact(name=Words("個人番号の保存期限", "Number kept until"), value=write_wareki(row.keep_until))
    if row.number_proof:
        gone = Words("鍵を壊して削除しました", "Erased, its key destroyed")
        yield Fact(name=Words("個人番号", "Individual Number"), value=gone, good=True)


def _form_facts(view: CaseView) -> Iterator[Fact]:
    """The form, without its number."""
    for name, (ja, en) in FORM_FIELDS.items():
        if view.values.get(name):
            yield Fact(name=Words(ja, en), value=shown_value(name, view.values[name]))


def _plain_acts(view: CaseView) -> Iterator[ActForm]:
    """Steps that need nothing but a button."""
    for step in ONE_STOP_TABLE.steps_from(view.row.state):
        if step.act in _PLAIN_STEPS and not (step.act == "accept" and view.row.deficiencies):
            if step.act == "ask_donor" and not view.row.deficiencies:
                continue
            url = reverse("one_stop_act", args=[view.row.number, step.act])
            yield ActForm(key=step.act, url=url, words=Words(*ONE_STOP_TABLE.acts[step.act]), main=step.act in _MAIN)


def _filed(typed: str) -> FormField:
    """When a change notice came."""
    hint = Words("例 R9.1.8", "e.g. R9.1.8")
    return FormField(name="received_on", words=Words("届いた日", "Received on"), value=typed, hint=hint)


def _fields_of(view: CaseView, act: str, tried: Tried) -> tuple[FormField, ...]:
    """The fields of a step, with what stands in the form or was typed."""
    if act == "complete":
        typed = tried.over(act, view.values)
        return (*form_fields(typed), identity_field(typed, {}))
    if act == "readdress":
        return form_fields(tried.over(act, view.values), names=("address",))
    typed = tried.over(act, {})
    changed = form_fields(typed, names=CHANGEABLE)  # empty stays as it is
    return (_filed(typed.get("received_on", "")), *changed) if act == "change" else changed


def _long_acts(view: CaseView, tried: Tried) -> Iterator[ActForm]:
    """Steps with fields of their own."""
    case, possible = view.row.number, {step.act for step in ONE_STOP_TABLE.steps_from(view.row.state)}
    possible -= set() if view.row.deficiencies else {"complete"}
    possible -= set() if view.row.row_seal else {"change"}
    for act, words in _LONG_STEPS.items():
        if act in possible:
            url, fields = reverse("one_stop_act", args=[case, act]), _fields_of(view, act, tried)
            yield ActForm(key=act, url=url, words=words, fields=fields)


def _number_form(view: CaseView, office: Office) -> ActForm | None:
    """The way to the number, for a head and a reason."""
    if Role.HEAD not in office.roles or not view.number_kept:
        return None
    reasons = pick(*((code, Words(*words)) for code, words in SHOWING_REASONS.items()))
    reason = FormField(name="reason", words=Words("表示する理由", "Reason"), kind=SELECT, choices=reasons)
    words = Words("個人番号を表示する(記録に残ります)", "Show the Individual Number (recorded)")
    url = reverse("one_stop_number", args=[view.row.number])
    return ActForm(key="number", url=url, words=words, fields=(reason,))


def case_page(view: CaseView, office: Office, number: str, tried: Tried) -> CasePage:
    """The page of a case."""
    images = tuple(
        ImageLine(
            words=Words(*IMAGE_KINDS[each.kind]),
            url=reverse("one_stop_image", args=[view.row.number, each.image]),
            row=each,
        )
        for each in view.images
    )
    return CasePage(
        case=view.row.number,
        chip=state_chip(view.row.state),
        facts=tuple(_facts(view)),
        form=tuple(_form_facts(view)),
        missing=deficiency_words(view.row.deficiencies),
        acts=tuple(_plain_acts(view)),
        long_acts=tuple(_long_acts(view, tried)),
        images=images,
        number_form=_number_form(view, office),
        number=number,
        faults=tried.faults,
    )
