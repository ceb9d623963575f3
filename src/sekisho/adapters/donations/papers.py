"""Print runs for donors: numbers are given, pages are set and read again, and nothing leaves unless each is right.

A page is compared with the register, not with the list that it was set from: the number on it is looked up, and the
donation that has this number says whose name and amount must stand there.
"""

import hashlib
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import pikepdf
from django.db.models import Max

from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.database.sealing import Seals
from sekisho.adapters.documents import text_of, typeset
from sekisho.adapters.donations.acts import Act, note_act
from sekisho.adapters.donations.area_settings import AreaSettings, settings_of
from sekisho.adapters.donations.areas import reading_in, take_turn, writing_in
from sekisho.adapters.donations.models import DonationRow, PaperRow, RunRow
from sekisho.adapters.donations.reading import open_rows
from sekisho.adapters.donations.sealed_donations import PAID
from sekisho.business.hometown_donations.receipts import PaperKind, Piece, Sheet, first_wrong, paper_code, sheet_words
from sekisho.kernel import EntryKind, ReasonCode, Refused, because
from sekisho.records import write_wareki

PAGES_AT_ONCE: Final = 50
MOST: Final = 2_000
ABANDONED_AFTER: Final = timedelta(hours=1)
MADE, RELEASED, STOPPED = "made", "released", "stopped"
_TITLES: Final = {
    PaperKind.RECEIPT: "寄附金受領証明書",
    PaperKind.LETTER: "お礼状",
    PaperKind.INVITATION: "翌年の御案内",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run that was released: its number, how many pages were read again and found right, and the PDF."""

    run: int
    pieces: int
    pdf: bytes


Setter = Callable[[Sequence[Sheet]], Sequence[Sheet]]


def as_written(sheets: Sequence[Sheet]) -> Sequence[Sheet]:
    """The sheets as they are; a test puts a slip in its place."""
    return sheets


def mark_of(seals: Seals, kind: str, number: int, order: str) -> str:
    """The mark of a number and the donation it was given to."""
    return seals.search_key(f"paper/{kind}/{number}/{order}")


def printable(area: str, kind: PaperKind, year: int, today: date) -> list[int]:
    """The donations of a year for which this paper has not been printed yet; the area must be open.

    An invitation goes to a donor once, while the keeping period of that use runs, and never to one who wants none.
    """
    rows = DonationRow.objects.filter(tenant_id=area, year=year, status=PAID, erased_at__isnull=True)
    if kind is PaperKind.INVITATION:
        rows = rows.filter(invite_until__gte=today, donor__opted_out_at__isnull=True)
    printed = PaperRow.objects.filter(tenant_id=area, kind=kind, year=year)
    if kind is not PaperKind.INVITATION:
        return list(rows.exclude(id__in=printed.values("donation")).order_by("id").values_list("id", flat=True)[:MOST])
    invited = rows.exclude(donor__in=printed.values("donation__donor"))
    newest = invited.values("donor").annotate(last=Max("id")).order_by("last")
    return list(newest.values_list("last", flat=True)[:MOST])


def waiting(area: str, kind: PaperKind, year: int, today: date) -> int:
    """How many papers of this kind could be printed now."""
    with reading_in(area):
        return len(printable(area, kind, year, today))


def _check_each(rows: Sequence[DonationRow], wanted: Sequence[int]) -> None:
    """Every donation that was asked for is here, paid and not erased.

    Raises:
        Refused: One is not.

    """
    good = {row.pk for row in rows if row.status == PAID and row.erased_at is None and row.year is not None}
    for number in wanted:
        if number not in good:
            raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=f"donation {number}", state="not paid")])


def _free_abandoned(act: Act) -> None:
    """A run that a kill ended before anything left is over, and its numbers are free again."""
    left = RunRow.objects.filter(tenant_id=act.area, state=MADE, made_at__lt=act.at - ABANDONED_AFTER)
    PaperRow.objects.filter(tenant_id=act.area, run__in=left).delete()
    left.update(state=STOPPED)


def _number(act: Act, kind: PaperKind, rows: Sequence[DonationRow]) -> tuple[RunRow, list[PaperRow]]:
    """Give each donation its number of this kind and year; one that has a number keeps it and counts a copy."""
    take_turn(f"{act.area}/paper-number")
    _free_abandoned(act)
    year = rows[0].year or 0
    own = PaperRow.objects.filter(tenant_id=act.area, kind=kind)
    numbers = own.values("year").annotate(last=Max("number")).values_list("year", "last")
    last = dict[int, int](numbers)
    copies = {
        donation: (number, copy)
        for donation, number, copy in own.filter(donation__in=rows)
        .values("donation")
        .annotate(first=Max("number"), top=Max("copy"))
        .values_list("donation", "first", "top")
    }
    run = RunRow.objects.create(
        tenant_id=act.area, kind=kind, year=year, pieces=len(rows), state=MADE,
        made_by=act.standing.person, made_at=act.at,
    )  # fmt: skip
    papers = []
    for row in rows:
        known, row_year = copies.get(row.pk), row.year or 0
        if known is None:
            last[row_year] = last.get(row_year, 0) + 1
        number, copy = (last[row_year], 0) if known is None else (known[0], known[1] + 1)
        papers.append(
            PaperRow(tenant_id=act.area, run=run, donation=row, kind=kind, year=row_year, number=number, copy=copy)
        )
    return run, PaperRow.objects.bulk_create(papers, batch_size=200)


def _sheets(area: str, kind: PaperKind, papers: Sequence[PaperRow]) -> Iterator[Sheet]:
    """The pages of a run, each written for the donation of its paper."""
    seals = Seals(area)
    for paper, facts in zip(papers, open_rows(area, [each.donation for each in papers]), strict=True):
        yield Sheet(
            kind=kind,
            year=paper.year,
            number=paper.number,
            copy=paper.copy,
            mark=mark_of(seals, kind, paper.number, paper.donation.order_search),
            name=facts.personal.get("name", ""),
            postcode=facts.personal.get("postcode", ""),
            address=facts.address,
            amount=facts.amount,
            paid_on=facts.paid_on or facts.ordered_on,
            gift=facts.gift_name,
            purpose=facts.purpose,
        )


def register_pieces(area: str, run: int) -> list[Piece]:
    """What must stand on each page of a run, read anew from the register."""
    seals = Seals(area)
    papers = PaperRow.objects.filter(tenant_id=area, run_id=run).select_related("donation").order_by("id")
    rows = list(papers)
    facts = open_rows(area, [each.donation for each in rows])
    return [
        Piece(
            code=paper_code(
                PaperKind(paper.kind), paper.year, paper.number, paper.copy,
                mark_of(seals, paper.kind, paper.number, paper.donation.order_search),
            ),
            name=each.personal.get("name", ""),
            address=each.address,
            amount=each.amount,
        )
        for paper, each in zip(rows, facts, strict=True)
    ]  # fmt: skip


def _set(sheets: Sequence[Sheet], said: AreaSettings, today: date) -> bytes:
    """Some pages as a PDF."""
    kind = sheets[0].kind
    use_until = write_wareki(date(sheets[0].year + said.keeping.invitation_years, 12, 31))
    data = {
        "title": _TITLES[kind],
        "author": said.issuer,
        "day": write_wareki(today),
        "issuer": said.issuer,
        "contact": said.contact,
        "sheets": [sheet_words(each, use_until) for each in sheets],
    }
    return typeset("donation_papers", data, today)


def _verified(sheets: Sequence[Sheet], pieces: Sequence[Piece], said: AreaSettings, today: date) -> Iterator[bytes]:
    """The run in parts; each part is read again, page by page, before the next is set.

    Raises:
        Refused: A page is not its donor's; nothing of the run leaves.

    """
    for first in range(0, len(sheets), PAGES_AT_ONCE):
        part = _set(sheets[first : first + PAGES_AT_ONCE], said, today)
        wrong = first_wrong(text_of(part), pieces[first : first + PAGES_AT_ONCE])
        if wrong is not None:
            place = first + wrong
            what = f"{place}枚目 / page {place}"
            raise Refused(
                [because(ReasonCode.REGISTER_DIFFERS, what=what, registered=_code(pieces, place), written="-")]
            )
        yield part


def _code(pieces: Sequence[Piece], place: int) -> str:
    """The code of a page by its place in the run."""
    return pieces[place - 1].code if place <= len(pieces) else "-"


def _joined(parts: Sequence[bytes]) -> bytes:
    """The parts as one PDF."""
    if len(parts) == 1:
        return parts[0]
    whole, taken = pikepdf.new(), io.BytesIO()
    for part in parts:
        with pikepdf.open(io.BytesIO(part)) as opened:
            whole.pages.extend(opened.pages)
    whole.save(taken)
    return taken.getvalue()


def _close(act: Act, run: RunRow, state: str, pdf: bytes = b"") -> None:
    """Write down how a run ended; the numbers of one that was stopped were never seen by anybody and are free again."""
    kind = EntryKind.PRINTED if state == RELEASED else EntryKind.HELD
    digest = hashlib.sha256(pdf).hexdigest() if pdf else ""
    with writing_in(act.area):
        if state == STOPPED:
            PaperRow.objects.filter(tenant_id=act.area, run=run).delete()
        verified = run.pieces if state == RELEASED else 0
        RunRow.objects.filter(tenant_id=act.area, pk=run.pk).update(state=state, sha256=digest, verified=verified)
        note_act(act, kind, what=f"{run.kind} run {run.pk}", count=run.pieces, digest=digest)


def print_papers(act: Act, kind: PaperKind, donations: Sequence[int], setter: Setter = as_written) -> Run:
    """Print papers for these donations: numbered, set, read again; or nothing at all.

    Raises:
        Refused: There is nothing to print, a donation is not paid, or a page was not its donor's.

    """
    if not donations:
        raise Refused([because(ReasonCode.EMPTY_PARCEL)])
    today = office_day(act.at)
    with writing_in(act.area):
        found = DonationRow.objects.filter(tenant_id=act.area, pk__in=donations[:MOST]).order_by("id")
        rows = list(found)
        _check_each(rows, donations[:MOST])
        run, papers = _number(act, kind, rows)
    try:
        with reading_in(act.area):
            said, pieces = settings_of(act.area), register_pieces(act.area, run.pk)
            sheets = setter(list(_sheets(act.area, kind, papers)))
        pdf = _joined(list(_verified(sheets, pieces, said, today)))
    except Exception:
        _close(act, run, STOPPED)
        raise
    _close(act, run, RELEASED, pdf)
    return Run(run=run.pk, pieces=len(rows), pdf=pdf)


def runs_of(area: str) -> list[RunRow]:
    """The latest runs of an area."""
    with reading_in(area):
        return list(RunRow.objects.filter(tenant_id=area).order_by("-id")[:30])
