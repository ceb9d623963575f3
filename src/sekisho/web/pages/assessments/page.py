"""S-275 評価: one assessment as facts ready to be shown."""

from collections.abc import Iterator, Mapping
from types import SimpleNamespace
from typing import Any, Final

from django.urls import reverse

from sekisho.adapters.assessments import shipped_form
from sekisho.adapters.database.queries_assessments import AssessmentFile, VersionView, changes_of_versions
from sekisho.adapters.documents import report_parts, shown_answer
from sekisho.kernel import Coverage
from sekisho.kernel.council import Judgement, ReportChange
from sekisho.web.components.act_forms import ActForm
from sekisho.web.components.dates import long_day, short_moment
from sekisho.web.components.facts import Fact
from sekisho.web.pages.assessments.words import (
    ASPECTS,
    CLOCKS,
    DEPTHS,
    FILINGS,
    MATERIAL,
    NOT_MATERIAL,
    OCCASIONS,
    OPEN_POINT,
    STAGES,
    clock_chip,
    finding_chip,
    next_action,
    state_chip,
)
from sekisho.web.words import Words

Part = SimpleNamespace
OWN_RULE: Final = Words("この団体の、国より厳しい規則", "This municipality's own, stricter rule")
NATIONAL_RULE: Final = Words("国の規則", "The national rule")
_NOT_WRITTEN_YET: Final = frozenset({"planned", "threshold_judged", "not_needed"})


def stages_of(state: str) -> list[Part]:
    """How far the procedure has come."""
    at = next(number for number, (_, states) in enumerate(STAGES) if state in states)
    return [Part(name=name, done=number < at, here=number == at) for number, (name, _) in enumerate(STAGES)]


def threshold_facts(judgement: Judgement | None, numbers: Mapping[str, int]) -> tuple[Fact, ...]:
    """What the threshold was judged by, and which rule gave the result."""
    if judgement is None:
        return ()
    subjects, handlers = numbers["subjects"], numbers["handlers"]
    incident = Words("あり", "Yes") if numbers["serious_incident"] else Words("なし", "No")
    people = Words(f"{subjects:,}人", f"{subjects:,}")
    return (
        Fact(name=Words("対象人数", "Persons covered"), value=people),
        Fact(name=Words("取扱者数", "Persons who handle it"), value=Words(f"{handlers:,}人", f"{handlers:,}")),
        Fact(name=Words("1年以内の重大事故", "Serious incident within a year"), value=incident),
        Fact(
            name=Words("結果と規則", "Result and rule"),
            value=DEPTHS[judgement.depth],
            more=Words(judgement.rule.ja, judgement.rule.en),
        ),
        Fact(
            name=Words("規則の出典", "Source of the rule"),
            value=judgement.source,
            more=OWN_RULE if judgement.table == "local" else NATIONAL_RULE,
        ),
    )


def change_line(change: ReportChange) -> Part:
    """One row of the table of changes."""
    form = shipped_form()
    return Part(
        place=change.place,
        label=change.label,
        before=shown_answer(form, change.place, change.before),
        after=shown_answer(form, change.place, change.after),
        chip=MATERIAL if change.material else NOT_MATERIAL,
        filed=FILINGS[change.filed],
        why=change.explanation,
    )


def changes_part(file: AssessmentFile, view: VersionView, before: int, after: int) -> Part:
    """The table of changes: that of the newest version, or of any two that were asked for."""
    older, newer = file.at(before), file.at(after)
    asked = older is not None and newer is not None and before < after
    rows = changes_of_versions(older, newer) if asked and older and newer else view.changes
    if not asked:
        before, after = max((each.version for each in file.versions if each.version < view.version), default=0), 0
    return Part(
        rows=[change_line(each) for each in rows],
        before=before,
        after=after if asked else view.version,
        versions=[each.version for each in file.versions],
        material=sum(each.material for each in rows),
    )


def comment_part(view: VersionView, forms: Mapping[str, ActForm], senders: Mapping[str, str]) -> Part | None:
    """The public comment with what came in and what was answered; who sent it, only for whoever answers."""
    if view.comment is None:
        return None
    days = (view.comment.closes_on - view.comment.opens_on).days
    return Part(
        period=Words(
            f"{long_day(view.comment.opens_on)}から{long_day(view.comment.closes_on)}まで",
            f"{long_day(view.comment.opens_on)} to {long_day(view.comment.closes_on)}",
        ),
        days=Words(f"{days}日間", f"{days} days"),
        short=view.comment.shortened_because,
        rows=[
            Part(said=each, form=forms.get(each.comment), sender=senders.get(each.comment, "") if forms else "")
            for each in view.comment.comments
        ],
    )


def check_part(view: VersionView) -> Part:
    """The third-party check, every point of it, found or not."""
    found = {each.point: each for each in view.findings}
    rows = [
        Part(
            point=point.point,
            aspect=ASPECTS[point.aspect],
            ja=point.ja,
            chip=finding_chip(found[point.point].verdict) if point.point in found else OPEN_POINT,
            remark=found[point.point].remark if point.point in found else "",
        )
        for point in shipped_form().points
    ]
    held = "" if view.check is None else long_day(view.check.held_on)
    return Part(rows=rows, body=view.check_body, held=held, opinion=view.opinion, found=len(found))


def coverage_line(covered: Coverage) -> Part:
    """One connection that a version covers: with whom, and with which items; or its name alone."""
    known = covered.particulars
    if known is None:
        return Part(name=covered.connection, told=Words("接続の名前のみ", "its name only"))
    items = ", ".join(known.items)
    told = Words(f"相手先 {known.counterpart}、項目 {items}", f"with {known.counterpart}: {items}")
    return Part(name=covered.connection, told=told)


def version_lines(file: AssessmentFile) -> Iterator[Part]:
    """Each version with the digests of what was laid before whom, and its PDF."""
    for view in reversed(file.versions):
        published = view.published_on
        yield Part(
            version=view.version,
            published=long_day(published) if published else "",
            in_force=view.version == file.line.in_force,
            digest=view.digest,
            shown=[
                Part(name=OCCASIONS[each.occasion], at=short_moment(each.at), digest=each.digest) for each in view.shown
            ],
            covers=[coverage_line(each) for each in view.coverage],
            pdf=reverse("assessment_pdf", args=[file.line.assessment, view.version]),
        )


def front(file: AssessmentFile) -> tuple[Fact, ...]:
    """The assessment in short."""
    line = file.line
    none = Words("まだありません", "None yet")
    in_force: Words | str = Words(f"第{line.in_force}版", f"Version {line.in_force}") if line.in_force else none
    return (
        Fact(name=Words("所属", "Department"), value=Words(line.department_ja, line.department_en)),
        Fact(name=Words("有効な版", "In force"), value=in_force),
        Fact(name=Words("次にすること", "What comes next"), value=next_action(line)),
    )


def assessment_page(file: AssessmentFile, view: VersionView, asked: tuple[int, int], forms: Mapping[str, Any]) -> Part:
    """Everything on S-275."""
    line = file.line
    return Part(
        assessment=line.assessment,
        title=Words(line.label_ja, line.label_en),
        chip=state_chip(line.state),
        stages=stages_of(line.state),
        version=view.version,
        depth=DEPTHS[view.report.depth],
        missing=view.missing if view.published_on is None and line.state not in _NOT_WRITTEN_YET else (),
        threshold=threshold_facts(line.judgement, line.threshold),
        clocks=[Part(name=CLOCKS[each.clock], on=long_day(each.on), chip=clock_chip(each)) for each in line.clocks],
        changes=changes_part(file, view, *asked),
        comment=comment_part(view, forms["comments"], forms["senders"]),
        check=check_part(view) if view.check_body or view.findings else None,
        finding=forms["finding"],
        forms=forms["offers"],
        versions=tuple(version_lines(file)),
        front=front(file),
        parts=report_parts(shipped_form(), view.report),
        url=reverse("assessment", args=[line.assessment]),
    )
