"""S-210 諮問, while it is on its way: the dossier as the council reads it, as facts ready to be shown."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from sekisho.adapters.database.queries_council import MatterFile
from sekisho.kernel import Reason
from sekisho.kernel.council import (
    ANSWERED_BY_LETTER,
    ConnectionSheet,
    Dossier,
    Feasibility,
    missing_in_papers,
)
from sekisho.web.components.act_forms import ActForm
from sekisho.web.components.chips import Chip
from sekisho.web.components.dates import short_moment
from sekisho.web.components.facts import Fact
from sekisho.web.components.vocabulary import SAFEGUARDS, item_words, words_of
from sekisho.web.flowmap import draw
from sekisho.web.pages.charting.gaps import Gap, gaps_of
from sekisho.web.pages.council.consultation_page import ArrowLine, NodeLine, arrow_lines, node_lines
from sekisho.web.pages.council.papers_part import PaperSection
from sekisho.web.pages.council.permit_page import FACTOR_WORDS
from sekisho.web.pages.deliberation.custody_part import custody_facts
from sekisho.web.pages.deliberation.question_rows import QuestionRow, question_rows
from sekisho.web.pages.deliberation.trade_offs import Weighed, weighed_rows
from sekisho.web.pages.deliberation.words import FEASIBILITIES, REGIME_WORDS, matter_chip, number_of
from sekisho.web.words import Words

Answers = Mapping[str, tuple[ActForm, ...]]
"""How each question can be answered, by the question's number."""
_STAGES: Final = (
    (Words("起案", "Draft"), ("draft",)),
    (Words("受付", "Taken in"), ("submitted", "accepted", "exemption_claimed", "exempt", "withdrawn")),
    (Words("資料の送付", "Circulated"), ("agenda", "circulated")),
    (Words("審議", "Deliberation"), ("in_session", "deliberating", "continued", "returned", "rejected")),
    (Words("答申", "Answer"), (*sorted(ANSWERED_BY_LETTER), "answered", "agency_decided", "agency_declined")),
    (Words("通行証", "Permits"), ("in_force", "amendment_pending", "expired", "revoked", "superseded")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stage of the procedure, and whether it lies behind or is the present one."""

    name: Words
    done: bool
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UseRow:
    """One data item of an arrow: why, by which law, what was considered instead."""

    words: Words
    necessity: str
    legal_basis: str
    alternative: str
    number: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardRow:
    """One safeguard, and how real it is."""

    kind: Words
    text: str
    chip: Chip


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPart:
    """Everything about one arrow under review."""

    title: str
    facts: tuple[Fact, ...]
    uses: tuple[UseRow, ...]
    guards: tuple[GuardRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLine:
    """A version with the way to what changed in it."""

    version: int
    frozen: str
    digest: str
    changes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterPage:
    """Everything on S-210."""

    number: Words
    title: Words
    under: str
    chip: Chip
    stages: tuple[Stage, ...]
    missing: tuple[Reason, ...]
    map: SafeString
    arrows: tuple[ArrowLine, ...]
    nodes: tuple[NodeLine, ...]
    front: tuple[Fact, ...]
    sheets: tuple[SheetPart, ...]
    questions: tuple[QuestionRow, ...]
    weighed: tuple[Weighed, ...]
    versions: tuple[VersionLine, ...]
    forms: tuple[ActForm, ...]
    matter: str
    edit_url: str
    gaps: tuple[Gap, ...]
    remark: str
    papers: tuple[PaperSection, ...]

    @property
    def decision_url(self) -> str:
        """Where it is decided on."""
        return reverse("matter_decision", args=[self.matter])

    @property
    def questions_url(self) -> str:
        """Where its questions stand."""
        return reverse("matter_questions", args=[self.matter])

    @property
    def chart_url(self) -> str:
        """Where its chart is drawn."""
        return reverse("matter_chart", args=[self.matter])


def stages_of(state: str) -> tuple[Stage, ...]:
    """How far it has come."""
    here = next((index for index, (_, states) in enumerate(_STAGES) if state in states), 0)
    return tuple(Stage(name=name, done=index < here, here=index == here) for index, (name, _) in enumerate(_STAGES))


def _front(dossier: Dossier) -> tuple[Fact, ...]:
    """The front page."""
    none = Words("未記入", "Not written yet")
    words = (
        (Words("手続", "Procedure"), str(words_of(REGIME_WORDS, dossier.regime)) if dossier.regime else ""),
        (Words("目的", "Purpose"), dossier.purpose),
        (Words("これまで", "Until now"), dossier.before),
        (Words("これから", "From now on"), dossier.after),
        (Words("予定する変更", "Planned changes"), dossier.planned_changes),
        (Words("既に使っているか", "In use since"), dossier.already_in_use_since),
    )
    contractors = tuple(
        Fact(
            name=Words("委託先", "Contractor"),
            value=f"{each.works_for} → {each.contractor}　{each.task}",
            more=f"{each.certificate}（{each.certificate_until}）　{each.place_of_data}",
        )
        for each in dossier.processors
    )
    claim = dossier.exemption
    exempt = Words("諮問不要の申出", "Claimed exemption")
    claims = (Fact(name=exempt, value=claim.article, more=f"{claim.quotation}　{claim.claimed_by}"),) if claim else ()
    custody = custody_facts(dossier)
    return (*(Fact(name=name, value=value or none) for name, value in words), *claims, *contractors, *custody)


def _sheet_facts(dossier: Dossier, sheet: ConnectionSheet) -> Iterator[Fact]:
    """What is put about an arrow: why, when, how much, who, how long at which place."""
    labels = {each.computer: Words(each.label_ja, each.label_en) for each in dossier.chart.computers}
    yield Fact(name=Words("目的", "Purpose"), value=sheet.purpose)
    yield Fact(name=Words("機能", "Function"), value=sheet.function)
    yield Fact(name=Words("きっかけ", "Trigger"), value=sheet.trigger)
    volume = Words(
        f"年 {sheet.parcels_a_year:,} 回・{sheet.records_a_year:,} 件",
        f"{sheet.parcels_a_year:,} parcels, {sheet.records_a_year:,} records a year",
    )
    yield Fact(name=Words("回数・件数", "Volume"), value=volume)
    yield Fact(name=Words("対象者", "Subjects"), value="、".join(sheet.subjects))
    yield Fact(name=Words("操作者", "Operators"), value="、".join(sheet.operators))
    factors = "、".join(str(words_of(FACTOR_WORDS, each)) for each in sheet.factors)
    yield Fact(name=Words("本人確認の手段", "Means of sign-in"), value=factors)
    for each in sheet.retention:
        place = labels.get(each.place, each.place)
        name = Words(f"保管（{place}）", f"Kept ({place})")
        kept = Words(f"{each.hours} 時間", f"{each.hours} hours")
        yield Fact(name=name, value=kept, more=f"{each.reason}　{each.method}")


def _guard(feasibility: Feasibility) -> Chip:
    """How real a safeguard is, as a chip."""
    tone, icon = {"done": ("good", "check"), "planned": ("wait", "clock")}.get(feasibility, ("quiet", "info"))
    return Chip(words=FEASIBILITIES[feasibility], icon=icon, tone=tone)


def _sheets(dossier: Dossier) -> Iterator[SheetPart]:
    """One part for each arrow under review."""
    for sheet in dossier.sheets:
        arrow = dossier.chart.connection_named(sheet.connection)
        label = Words(arrow.label_ja, arrow.label_en) if arrow else sheet.connection
        yield SheetPart(
            title=f"{arrow.badge if arrow else ''}　{label}",
            facts=tuple(_sheet_facts(dossier, sheet)),
            uses=tuple(
                UseRow(
                    words=item_words(use.item),
                    necessity=use.necessity,
                    legal_basis=use.legal_basis,
                    alternative=use.alternative,
                    number=use.individual_number,
                )
                for use in sheet.items
            ),
            guards=tuple(
                GuardRow(kind=words_of(SAFEGUARDS, each.kind), text=each.text, chip=_guard(each.feasibility))
                for each in sheet.safeguards
            ),
        )


def _versions(file: MatterFile) -> Iterator[VersionLine]:
    """Every version, and what changed since the one before."""
    address = reverse("matter_changes", args=[file.row.matter])
    for each in file.versions:
        yield VersionLine(
            version=each.version,
            frozen=short_moment(each.frozen_at) if each.frozen_at else "",
            digest=each.digest,
            changes=f"{address}?before={each.version - 1}&after={each.version}" if each.version > 1 else "",
        )


def draw_map(dossier: Dossier) -> SafeString:
    """The map of the connections; nothing where none were drawn yet."""
    if not dossier.chart.computers:
        return mark_safe("")
    drawn: SafeString = mark_safe(draw(dossier.chart, str(Words("接続の概要図", "Map of the connections"))))  # noqa: S308
    return drawn


def matter_page(
    file: MatterFile, whole: tuple[PaperSection, ...], forms: tuple[ActForm, ...], answers: Answers, *, may_edit: bool
) -> MatterPage:
    """S-210 from what is on file; the whole paper, field by field, stands at its end."""
    row, dossier = file.row, file.paper.dossier
    meeting = Words(row.meeting.label_ja, row.meeting.label_en) if row.meeting else ""
    return MatterPage(
        number=number_of(row.consultation),
        title=Words(row.label_ja, row.label_en),
        under=f"{Words(row.department_ja, row.department_en)}　{meeting}",
        chip=matter_chip(row.state),
        stages=stages_of(row.state),
        missing=missing_in_papers(dossier, file.paper.terms),
        map=draw_map(dossier),
        arrows=arrow_lines(dossier.chart, dossier),
        nodes=tuple(node_lines(dossier.chart)),
        front=_front(dossier),
        sheets=tuple(_sheets(dossier)),
        questions=question_rows(file.questions, answers),
        weighed=weighed_rows(file.trade_offs, dossier),
        versions=tuple(_versions(file)),
        forms=forms,
        matter=row.matter,
        edit_url=reverse("matter_edit", args=[row.matter]) if may_edit else "",
        gaps=tuple(gaps_of(row.matter, dossier, file.paper.terms)) if may_edit else (),
        remark=row.remark,
        papers=whole,
    )
