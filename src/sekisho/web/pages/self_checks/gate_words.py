"""What the gate itself knows, in words: the table of the period, and one line beside each question."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sekisho.adapters.database.queries_self_checks import RoundFile
from sekisho.adapters.database.self_check_facts import ArrowFacts
from sekisho.kernel import reason_from_data
from sekisho.kernel.council import CheckQuestion, CheckTopic, certificate_expired
from sekisho.web.components.dates import long_day
from sekisho.web.components.facts import Said
from sekisho.web.pages.council.permit_acts import CAUSE_WORDS
from sekisho.web.words import Words

_DAYS_OF_A_YEAR: Final = 366
Names = Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One line that the gate knows; one that does not go with the approval is marked."""

    words: Said
    odd: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownArrow:
    """One arrow in the table of what the gate knows."""

    permit: str
    label: Said
    counts: Said
    declared: Said
    beyond: bool
    reasons: tuple[Said, ...]
    late: int
    stop: Said


def _declared(each: ArrowFacts, years: int) -> tuple[Words, bool]:
    """What crossed beside what the council was told for a year, and whether it is more, each begun year counted."""
    words = Words(
        f"{each.crossed:,}回（諮問では年{each.parcels_a_year:,}回）、"
        f"記録 {each.records:,}件（諮問では年{each.records_a_year:,}件）、最多の日 {each.busiest_day:,}回"
        f"（承認は1日{each.parcels_a_day:,}回まで）、一度に最大 {each.most_records:,}件"
        f"（承認は{each.records_at_most:,}件まで）",
        f"{each.crossed:,} crossings ({each.parcels_a_year:,} a year were declared); {each.records:,} records "
        f"({each.records_a_year:,} a year were declared); {each.busiest_day:,} on the busiest day "
        f"(at most {each.parcels_a_day:,}); at most {each.most_records:,} at once (of {each.records_at_most:,})",
    )
    pairs = ((each.records, each.records_a_year), (each.crossed, each.parcels_a_year))
    return words, any(declared and count > declared * years for count, declared in pairs)


def _stop(each: ArrowFacts) -> Words | str:
    """When the permit was stopped last, and why."""
    if not each.stopped_on:
        return Words("止められていません", "never stopped")
    cause = CAUSE_WORDS.get(each.stop_cause, Words("変更の諮問", "a change before the council"))
    day = long_day(date.fromisoformat(each.stopped_on))
    return Words(f"{day}（{cause.ja}）", f"{day} ({cause.en})")


def known_arrows(file: RoundFile, labels: Names) -> tuple[KnownArrow, ...]:
    """The table of what the gate knows, one line an arrow."""
    found = []
    days = (date.fromisoformat(file.facts.until) - date.fromisoformat(file.facts.since)).days
    for each in file.facts.arrows:
        declared, beyond = _declared(each, 1 + days // _DAYS_OF_A_YEAR)
        found.append(
            KnownArrow(
                permit=each.permit,
                label=Words(*labels.get(each.connection, (each.connection, each.connection))),
                counts=Words(
                    f"{each.came:,}回来て、{each.crossed:,}回通り、{each.stopped:,}回止めました",
                    f"{each.came:,} came, {each.crossed:,} crossed, {each.stopped:,} were stopped",
                ),
                declared=declared,
                beyond=beyond,
                reasons=tuple(_counted(one.count, dict(one.last)) for one in each.reasons),
                late=each.late_copies,
                stop=_stop(each),
            )
        )
    return tuple(found)


def _counted(count: int, last: Mapping[str, object]) -> Words:
    """A reason with how often it stopped something."""
    reason = reason_from_data(last)
    return Words(f"{count}回：{reason.ja}", f"{count} times: {reason.en}")


def _of_needed(file: RoundFile) -> Iterator[Known]:
    """Whether it was used at all."""
    crossed = file.facts.crossed
    unused = Words("この期間に一度も通っていません", "Nothing crossed in this period")
    yield (
        Known(words=Words(f"この期間に{crossed:,}回通りました", f"{crossed:,} crossed in this period"))
        if crossed
        else (Known(words=unused, odd=True))
    )


def _of_arrow(arrow: ArrowFacts) -> Iterator[Known]:
    """What came by this arrow."""
    yield Known(
        words=Words(
            f"{arrow.came:,}回のうち{arrow.crossed:,}回通り、{arrow.stopped:,}回止めました",
            f"of {arrow.came:,}, {arrow.crossed:,} crossed and {arrow.stopped:,} were stopped",
        )
    )


def _of_operators(arrow: ArrowFacts, names: Names) -> Iterator[Known]:
    """Who really came, and how often."""
    for person, times in arrow.people.items():
        ja, en = names.get(person, (person, person))
        yield Known(words=Words(f"{ja}：{times:,}回", f"{en}: {times:,}"))
    if not arrow.people:
        yield Known(words=Words("この期間に使った人はいません", "Nobody used it in this period"), odd=True)


def _of_contractor(file: RoundFile, question: CheckQuestion) -> Iterator[Known]:
    """Whether its certificate is still valid by its date."""
    until = next(each.certificate_until for each in file.dossier.processors if question.ja == each.contractor)
    expired = certificate_expired(until, date.fromisoformat(file.facts.until))
    if expired is None:
        yield Known(
            words=Words("認証の期限が日付で届けられていません", "No date of its certificate is on file"), odd=True
        )
        return
    day = long_day(date.fromisoformat(until))
    ran_out = Words(f"認証は{day}で切れています", f"Its certificate ran out on {day}")
    yield (
        Known(words=ran_out, odd=True)
        if expired
        else (Known(words=Words(f"認証は{day}まで有効です", f"Its certificate is valid until {day}")))
    )


def _of_places(arrow: ArrowFacts) -> Iterator[Known]:
    """Copies of this arrow that should be gone."""
    if arrow.late_copies:
        late = arrow.late_copies
        yield Known(words=Words(f"期限を過ぎた写し {late}件", f"{late} copies past their date"), odd=True)


def known_beside(file: RoundFile, question: CheckQuestion, names: Names) -> tuple[Known, ...]:
    """What the gate knows about one question."""
    if question.topic is CheckTopic.NEEDED:
        return tuple(_of_needed(file))
    if question.topic is CheckTopic.CONTRACTOR:
        return tuple(_of_contractor(file, question))
    arrow = next((each for each in file.facts.arrows if each.connection == question.connection), None)
    known: dict[CheckTopic, Callable[[ArrowFacts], Iterator[Known]]] = {
        CheckTopic.ARROW: _of_arrow,
        CheckTopic.OPERATORS: lambda each: _of_operators(each, names),
        CheckTopic.RETENTION: _of_places,
    }
    tell = known.get(question.topic)
    return () if arrow is None or tell is None else tuple(tell(arrow))
