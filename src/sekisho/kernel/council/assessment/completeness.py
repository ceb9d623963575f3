"""Is a report complete? Every answer that its depth asks for at this stage, for every system, file and contract."""

from collections.abc import Iterator, Mapping

from sekisho.kernel.council.assessment.form import FormItem, ReportForm, Stage
from sekisho.kernel.council.assessment.places import find_place, groups_of, key_at, label_at
from sekisho.kernel.council.assessment.report import AssessmentReport
from sekisho.kernel.council.assessment.threshold import Depth
from sekisho.kernel.errors import Reason, ReasonCode, because

Numbers = Mapping[str, int]
Instances = Mapping[str, frozenset[tuple[tuple[str, int], ...]]]


def _missing(form: ReportForm, item: FormItem, key: str) -> Reason:
    """One missing answer."""
    return because(ReasonCode.DOSSIER_INCOMPLETE, place=key, what=label_at(form, item))


def _instances(form: ReportForm, report: AssessmentReport) -> Instances:
    """For each repeated part, which of it the report speaks of (with the numbers of the parts around it)."""
    found: dict[str, set[tuple[tuple[str, int], ...]]] = {group: set() for group in form.groups}
    for key in report.values:
        place = find_place(form, key)
        numbers = {} if place is None else dict(place.numbers)
        for group in numbers:
            outer = tuple(
                (each, numbers[each]) for each in form.groups if group == each or group.startswith(f"{each}.")
            )
            found[group].add(outer)
    for each in form.groups.values():
        if each.same_as:
            found[each.group] |= {((each.group, number),) for ((_, number),) in found[each.same_as]}
    return {group: frozenset(numbers) for group, numbers in found.items()}


def _is_asked(form: ReportForm, report: AssessmentReport, item: FormItem, numbers: Numbers) -> bool:
    """Does the answer to another item make this one needed?"""
    if item.when is None:
        return True
    return report.values.get(key_at(form, item.when.item, numbers)) in item.when.among


def _of_item(
    form: ReportForm,
    report: AssessmentReport,
    item: FormItem,
    instances: Instances,
) -> Iterator[Reason]:
    """The missing answers to one item, for each of the parts it stands in."""
    groups = groups_of(form, item.item)
    for numbers in sorted(instances[groups[-1]]) if groups else [()]:
        key = key_at(form, item.item, dict(numbers))
        if key not in report.values and _is_asked(form, report, item, dict(numbers)):
            yield _missing(form, item, key)


def _of_counts(form: ReportForm, report: AssessmentReport, depth: Depth) -> Iterator[Reason]:
    """Parts of which there are none though one is needed, or another number than the report itself says."""
    instances = _instances(form, report)
    for group in form.groups.values():
        asked = any(
            item.asked_by(depth, Stage.DRAFTED) and groups_of(form, item.item)[-1:] == (group.group,)
            for item in form.items.values()
        )
        numbers = sorted(dict(each)[group.group] for each in instances[group.group])
        if asked and len(numbers) < group.at_least:
            yield because(ReasonCode.DOSSIER_INCOMPLETE, place=group.group, what=form.headings[group.group])
        if group.counted_by:
            yield from _of_counted(form, report, group.group)
        else:
            yield from _of_gaps(form, group.group, instances[group.group])


def _of_gaps(form: ReportForm, group: str, found: frozenset[tuple[tuple[str, int], ...]]) -> Iterator[Reason]:
    """A part that is left out: a second system or file without a first."""
    before = {(*each[:-1], (group, number)) for each in found for number in range(1, each[-1][1])}
    for numbers in sorted(before - found):
        place = key_at(form, group, dict(numbers))
        yield because(ReasonCode.DOSSIER_INCOMPLETE, place=place, what=form.headings[group])


def _of_counted(form: ReportForm, report: AssessmentReport, group: str) -> Iterator[Reason]:
    """A part whose number the report states: they are numbered from one on, and there are as many as it says."""
    counted_by, instances = form.groups[group].counted_by, _instances(form, report)
    outers = {tuple(each[:-1]) for each in instances[group]} | set(instances[groups_of(form, counted_by)[-1]])
    for outer in sorted(outers):
        numbers = sorted(each[-1][1] for each in instances[group] if tuple(each[:-1]) == outer)
        key = key_at(form, counted_by, dict(outer))
        stated = report.values.get(key, 0)
        if numbers != list(range(1, int(str(stated)) + 1)):
            what = f"{key} = {stated} ≠ {group} {', '.join(map(str, numbers)) or '0'}"
            yield because(ReasonCode.FIELD_NOT_UNDERSTOOD, where=key, what=what)


def missing_answers(
    form: ReportForm, report: AssessmentReport, depth: Depth | None = None, stage: Stage | None = None
) -> tuple[Reason, ...]:
    """Every answer still missing, in the order of the form; at the report's own depth and stage if none are named."""
    deep = report.depth if depth is None else depth
    far = report.stage if stage is None else stage
    instances = _instances(form, report)
    asked = [item for item in form.items.values() if item.asked_by(deep, far)]
    return (
        *(reason for item in asked for reason in _of_item(form, report, item, instances)),
        *_of_counts(form, report, deep),
    )
