"""Receipts: numbered per municipality and year, a reissue says so, and a slipped run is stopped at its first piece."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from sekisho.adapters.database.ledgers import read_entries, sequence
from sekisho.adapters.documents import text_of
from sekisho.adapters.donations.acts import opt_out
from sekisho.adapters.donations.areas import reading_in
from sekisho.adapters.donations.models import DonationRow, PaperRow, RunRow
from sekisho.adapters.donations.papers import Setter, print_papers, printable
from sekisho.business.hometown_donations.receipts import PaperKind, Sheet
from sekisho.kernel import ReasonCode, Refused
from tests.fakes.donations import NAGASAKI, NEIGHBOUR, NOW, act_in, deliver, parcel_of, record


def numbers(area: str, kind: PaperKind = PaperKind.RECEIPT, year: int = 2026) -> list[int]:
    with reading_in(area):
        return printable(area, kind, year, NOW.date())


def test_receipts_are_numbered_in_each_municipality_and_each_year(areas: tuple[str, str]) -> None:
    before = record(3, ordered_at="2025-05-01 10:00", paid_on="2025-05-02")
    deliver(NAGASAKI, "p1", parcel_of([record(1), record(2), before]))
    deliver(NEIGHBOUR, "p1", parcel_of([record(1)]))
    for area, year in ((NAGASAKI, 2026), (NAGASAKI, 2025), (NEIGHBOUR, 2026)):
        print_papers(act_in(area), PaperKind.RECEIPT, numbers(area, year=year))
    given = PaperRow.objects.order_by("id").values_list("tenant_id", "year", "number")
    assert list(given) == [(NAGASAKI, 2026, 1), (NAGASAKI, 2026, 2), (NAGASAKI, 2025, 1), (NEIGHBOUR, 2026, 1)]
    assert numbers(NAGASAKI) == []


def test_a_page_names_the_donor_the_amount_and_the_day(areas: tuple[str, str]) -> None:
    deliver(NAGASAKI, "p1", parcel_of([record(1)]))
    (page,) = text_of(print_papers(act_in(NAGASAKI), PaperKind.RECEIPT, numbers(NAGASAKI)).pdf)
    told = "".join(page.split())
    for words in ("寄附金受領証明書", "試験太郎様", "11,000", "令和8年5月2日", "令和8年第000001号", "長崎市長"):
        assert words in told, words
    assert "再発行" not in told


def test_a_reissue_keeps_its_number_and_says_so(areas: tuple[str, str]) -> None:
    deliver(NAGASAKI, "p1", parcel_of([record(1)]))
    wanted = numbers(NAGASAKI)
    print_papers(act_in(NAGASAKI), PaperKind.RECEIPT, wanted)
    (page,) = text_of(print_papers(act_in(NAGASAKI), PaperKind.RECEIPT, wanted).pdf)
    assert "再発行" in page
    assert list(PaperRow.objects.order_by("id").values_list("number", "copy")) == [(1, 0), (1, 1)]


def slip(by: int, *, only_names: bool) -> Setter:
    """The list of donors has slipped against the numbers by so many rows: whole rows, or the addressees alone."""

    def slipped(sheets: Sequence[Sheet]) -> Sequence[Sheet]:
        moved = [*sheets[by:], *sheets[:by]]
        if only_names:
            pairs = zip(sheets, moved, strict=True)
            return [replace(own, name=other.name, address=other.address) for own, other in pairs]
        return [replace(other, number=own.number) for own, other in zip(sheets, moved, strict=True)]

    return slipped


@pytest.mark.parametrize(("by", "only_names"), [(1, False), (3, False), (1, True), (-1, True)])
def test_a_run_that_has_slipped_is_stopped_at_the_first_piece(
    areas: tuple[str, str], by: int, *, only_names: bool
) -> None:
    alike = {"name": "見本　髙子", "amount": "10000"}  # even if names and amounts are all alike
    deliver(NAGASAKI, "p1", parcel_of([record(number, **alike) for number in range(1, 6)]))
    with pytest.raises(Refused) as refused:
        print_papers(act_in(NAGASAKI), PaperKind.RECEIPT, numbers(NAGASAKI), slip(by, only_names=only_names))
    (reason,) = refused.value.reasons
    assert reason.code is ReasonCode.REGISTER_DIFFERS
    assert reason.facts["what"].startswith("1枚目")
    assert RunRow.objects.get().state == "stopped"
    assert not PaperRow.objects.exists()
    sequence(NAGASAKI)
    assert list(read_entries(NAGASAKI))[-1]["kind"] == "held"


def test_what_is_not_paid_gets_no_receipt(areas: tuple[str, str]) -> None:
    deliver(NAGASAKI, "p1", parcel_of([record(1, status="受付", paid_on=""), record(2, status="取消")]))
    assert numbers(NAGASAKI) == []
    with pytest.raises(Refused) as refused:
        print_papers(act_in(NAGASAKI), PaperKind.RECEIPT, [DonationRow.objects.values_list("pk", flat=True)[0]])
    assert {each.code for each in refused.value.reasons} == {ReasonCode.NOT_IN_THIS_STATE}


def test_a_neighbour_prints_nothing_of_ours(areas: tuple[str, str]) -> None:
    deliver(NAGASAKI, "p1", parcel_of([record(1)]))
    with pytest.raises(Refused):
        print_papers(act_in(NEIGHBOUR), PaperKind.RECEIPT, numbers(NAGASAKI))


def test_an_invitation_goes_once_only_while_its_period_runs_and_never_against_a_wish(areas: tuple[str, str]) -> None:
    old = record(4, ordered_at="2024-05-01 10:00", paid_on="2024-05-02")
    deliver(NAGASAKI, "p1", parcel_of([record(1), record(2), record(3), old]))
    unwilling = DonationRow.objects.order_by("id")[1]
    opt_out(act_in(NAGASAKI), unwilling.donor_id, wants_none=True)
    kind = PaperKind.INVITATION
    assert numbers(NAGASAKI, kind, 2024) == []  # its period ended with 2025
    wanted = numbers(NAGASAKI, kind)
    assert unwilling.pk not in wanted
    pages = text_of(print_papers(act_in(NAGASAKI), kind, wanted).pdf)
    assert len(pages) == 2
    assert all("令和9年12月31日まで" in "".join(page.split()) for page in pages)
    assert numbers(NAGASAKI, kind) == []


def test_a_letter_of_thanks_names_the_gift(areas: tuple[str, str]) -> None:
    deliver(NAGASAKI, "p1", parcel_of([record(1)]))
    (page,) = text_of(print_papers(act_in(NAGASAKI), PaperKind.LETTER, numbers(NAGASAKI, PaperKind.LETTER)).pdf)
    assert "びわゼリー" in page


def test_a_run_that_a_kill_ended_gives_its_numbers_back(areas: tuple[str, str]) -> None:
    deliver(NAGASAKI, "p1", parcel_of([record(1)]))
    wanted = numbers(NAGASAKI)

    def killed(sheets: Sequence[Sheet]) -> Sequence[Sheet]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        print_papers(act_in(NAGASAKI), PaperKind.RECEIPT, wanted, killed)
    assert PaperRow.objects.count() == 1
    act = act_in(NAGASAKI)
    print_papers(replace(act, at=NOW + timedelta(hours=2)), PaperKind.RECEIPT, wanted)
    assert list(PaperRow.objects.values_list("number", "copy")) == [(1, 0)]
    assert set(RunRow.objects.values_list("state", flat=True)) == {"stopped", "released"}
