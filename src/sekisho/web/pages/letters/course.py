"""The course of a letter: decision, letter, both signatures, and then its permits from compiled to active."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from django.urls import reverse

from sekisho.adapters.database.queries_authority import permit_row
from sekisho.adapters.database.queries_council import MatterFile
from sekisho.adapters.database.queries_letters import LetterOnFile
from sekisho.adapters.database.queries_rows import PermitRow
from sekisho.kernel import NOT_ISSUED, Connection, PermitStatus
from sekisho.kernel.council import InternalOutcome, Role, Verdict
from sekisho.web.components.chips import Chip
from sekisho.web.components.facts import Fact
from sekisho.web.components.vocabulary import item_words
from sekisho.web.pages.council.permit_page import is_altered, permit_chip
from sekisho.web.pages.council.permit_waiting import wait_lines
from sekisho.web.pages.deliberation.words import ROLES, VERDICTS
from sekisho.web.words import Words

_STEPS: Final = (
    ("decision", Words("決定", "Decision")),
    ("letter", Words("答申書", "Letter")),
    ("signed", Words("署名", "Signed")),
    ("agency", Words("決裁", "Decided by the agency")),
    ("compiled", Words("通行証の作成", "Compiled")),
    ("validated", Words("検証", "Validated")),
    ("issued", Words("発行", "Issued")),
    ("active", Words("有効", "Active")),
)
_DECLINES: Final = InternalOutcome.DECLINES
_OF_PERMITS: Final = frozenset({"compiled", "validated", "issued", "active"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseStep:
    """One step of the course, and whether it lies behind or is the present one."""

    step: str
    name: Words
    done: bool
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """Something that is still missing before the letter can be signed, with the way to where it is done."""

    words: Words
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PermitStep:
    """A permit that follows from the letter, and where it stands."""

    permit: str
    url: str
    connection: Words
    chip: Chip
    policy: str
    stops: tuple[Words, ...]


_NOT_MADE: Final = Chip(words=Words("まだ作られていません", "Not made yet"), icon="clock", tone="wait")


def issued_rows(tenant: str, file: MatterFile, letter: LetterOnFile | None) -> dict[str, PermitRow | None]:
    """The permits that the decision of this letter names, with their rows where they were issued."""
    named = file.decision.permits.values() if file.decision and letter else ()
    return {permit: permit_row(tenant, permit) for permit in named}


def _works(row: PermitRow) -> bool:
    """Does the permit open the gate today?"""
    return row.permit.status is PermitStatus.ACTIVE and not is_altered(row) and not row.stopped_by


def _done(letter: LetterOnFile | None, rows: dict[str, PermitRow | None]) -> dict[str, bool]:
    """Which steps are done: of the permits' steps those that every one of them has taken."""
    made = bool(rows) and all(rows.values())
    stand = [row.permit.status for row in rows.values() if row]
    signed = letter is not None and not letter.draft
    agency = letter.agency if letter is not None else None
    return {
        "decision": letter is not None,
        "letter": letter is not None and (letter.ready or signed),
        "signed": signed,
        "agency": agency is not None and agency.settled,
        "compiled": made,
        "validated": made and PermitStatus.COMPILED not in stand,
        "issued": made and not set(NOT_ISSUED) & set(stand),
        "active": made and all(_works(row) for row in rows.values() if row),
    }


def course_of(letter: LetterOnFile | None, rows: dict[str, PermitRow | None]) -> tuple[CourseStep, ...]:
    """The whole course; where no permit follows it ends with the signatures, or with the agency's decision."""
    done = _done(letter, rows)
    names = [each for each in _STEPS if _belongs(each[0], letter, rows)]
    here = next((step for step, _ in names if not done[step]), "")
    return tuple(CourseStep(step=step, name=name, done=done[step], here=step == here) for step, name in names)


def _belongs(step: str, letter: LetterOnFile | None, rows: dict[str, PermitRow | None]) -> bool:
    """Is this step one of the course of this letter?"""
    agency = letter.agency if letter is not None else None
    if step == "agency":
        return agency is not None
    declined = agency is not None and agency.decision is not None and agency.decision.outcome is _DECLINES
    return step not in _OF_PERMITS or letter is None or (bool(rows) and not declined)


def lacking_for(letter: LetterOnFile, matter: str) -> tuple[Lacking, ...]:
    """What is still missing before both have signed, each with its link."""
    decided = reverse("matter_decision", args=[matter])
    undecided = (
        Lacking(
            words=Words(f"条件 {each} を付けるかどうか、会長が決める", f"The chair adopts condition {each}, or not"),
            url=f"#{each}",
        )
        for each in letter.undecided
    )
    faults = (Lacking(words=Words(each.ja, each.en), url=decided) for each in letter.faults)
    unsigned = (
        Lacking(words=Words(f"{ROLES[role].ja}の署名", f"The signature of: {ROLES[role].en}"), url="#signatures")
        for role in (Role.SECRETARIAT, Role.CHAIR)
        if role not in letter.signed_by
    )
    return (*undecided, *faults, *unsigned)


_NOT_FINISHED: Final[Mapping[PermitStatus, Words]] = MappingProxyType(
    {
        PermitStatus.COMPILED: Words(
            "検証で止まっています。「通行証の発行をやり直す」を押すと、直すところがすべて示されます",
            "It waits for its validation: “Issue the permits again” tells everything that has to be put right",
        ),
        PermitStatus.VALIDATED: Words(
            "検証は済み、署名で止まっています。「通行証の発行をやり直す」で署名から続けます",
            "It is validated and waits for its signatures: “Issue the permits again” goes on from there",
        ),
        PermitStatus.ISSUED: Words(
            "期間の初日に、時計により有効になります。それまで関所は開きません",
            "It becomes active by the clock on its first day; until then the gate stays closed",
        ),
    }
)


def _stops(row: PermitRow) -> tuple[Words, ...]:
    """Why a permit does not open the gate: the step in which it waits, and what speaks against it."""
    if lines := wait_lines(row):
        return tuple(each.words for each in lines)
    waits = _NOT_FINISHED.get(PermitStatus(row.permit.status))
    return (*((waits,) if waits else ()), *(Words(each.ja, each.en) for each in row.stopped_by))


def permit_steps(file: MatterFile, rows: dict[str, PermitRow | None]) -> tuple[PermitStep, ...]:
    """Each permit with its arrow and where it stands."""
    chart, view = file.paper.dossier.chart, file.decision
    arrows = {permit: chart.connection_named(connection) for connection, permit in view.permits.items()} if view else {}
    return tuple(
        PermitStep(
            permit=permit,
            url=reverse("permit", args=[permit]) if row else "",
            connection=Words(f"{arrow.badge} {arrow.label_ja}", f"{arrow.badge} {arrow.label_en}")
            if (arrow := arrows.get(permit))
            else Words("", ""),
            chip=permit_chip(row) if row else _NOT_MADE,
            policy=row.permit.specification_digest if row else "",
            stops=_stops(row) if row else (),
        )
        for permit, row in rows.items()
    )


def tallies_of(file: MatterFile) -> tuple[Fact, ...]:
    """For each arrow how many items were kept, masked, dropped or left open; what was not kept by its name."""
    said = {(each.connection, each.item): each.verdict for each in file.verdicts}
    return tuple(
        _tally(arrow, [(item.item, said.get((arrow.connection, item.item))) for item in arrow.items])
        for arrow in file.paper.dossier.chart.under_review()
    )


def _tally(arrow: Connection, judged: list[tuple[str, Verdict | None]]) -> Fact:
    """The counts of one arrow."""
    counts = [(VERDICTS[each], sum(verdict is each for _, verdict in judged)) for each in Verdict]
    counts.append((Words("未定", "open"), sum(verdict is None for _, verdict in judged)))
    apart = [(item_words(item), VERDICTS[verdict]) for item, verdict in judged if verdict not in {None, Verdict.KEEP}]
    return Fact(
        name=Words(f"{arrow.badge} {arrow.label_ja}", f"{arrow.badge} {arrow.label_en}"),
        value=Words(
            "・".join(f"{words.ja} {count}" for words, count in counts if count),
            ", ".join(f"{words.en} {count}" for words, count in counts if count),
        ),
        more=Words(
            "、".join(f"{item.ja}：{words.ja}" for item, words in apart),
            ", ".join(f"{item.en}: {words.en}" for item, words in apart),
        )
        if apart
        else "",
    )
