"""An item that the council masked crosses in its place, and its value is nowhere: told from the verdict to the file."""

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sekisho.business.registry_notices import with_sex
from sekisho.kernel import (
    Clearance,
    Erased,
    ReasonCode,
    Refused,
    Stored,
    Waybill,
    specification_from_data,
)
from tests.integration.conftest import Office
from tests.integration.council.conftest import city as _city
from tests.integration.council.conftest import why
from tests.integration.gate.test_crossing import DOWN, notices
from tests.integration.gate.test_inspection import codes, landed, last_entry, office_with, send
from tests.integration.gate.test_sent_again import everything_stored

city = _city
MARK = "秘女印秘"
SPELLINGS = (MARK.encode(), MARK.encode("cp932"))


def marked() -> bytes:
    """Notices with a column that holds a value found nowhere else."""
    return notices(20, with_sex).replace("女".encode("cp932"), SPELLINGS[1]).replace("男".encode("cp932"), SPELLINGS[1])


def rows_of(body: bytes) -> list[list[str]]:
    """The rows of a file, the heading first."""
    return list(csv.reader(body.decode("cp932").splitlines()))


def differing(before: bytes, after: bytes) -> Iterator[tuple[str, str, str]]:
    """Where two files of one form differ: the heading of the column, the value before and after."""
    one, other = rows_of(before), rows_of(after)
    assert [len(row) for row in one] == [len(row) for row in other]
    for plain, hidden in zip(one, other, strict=True):
        yield from ((name, value, now) for name, value, now in zip(one[0], plain, hidden, strict=True) if value != now)


def test_a_masked_item_crosses_in_its_column_and_its_value_is_kept_nowhere(home: Path, transactional_db: None) -> None:
    office, body = office_with(masked_items=("sex",)), marked()
    outcome = send(office, body)
    assert isinstance(outcome, Erased)
    parcel = outcome.waybill.parcel
    entry = last_entry(office, parcel, "cleared")
    assert (entry["mask"], entry["strip"]) == (["sex"], [])
    changed = list(differing(body, landed(office, parcel)))
    assert {(name, now) for name, _, now in changed} == {("性別", "＊＊＊＊")}
    assert {value for _, value, _ in changed} == {MARK}
    stored = list(everything_stored(office, home))
    assert any("＊＊＊＊".encode("cp932") in each for each in stored), "the search opens what can be opened"
    assert not [each for each in stored for spelling in SPELLINGS if spelling in each]
    (home / "planted").write_bytes(body)
    assert any(SPELLINGS[1] in each for each in everything_stored(office, home))


def test_the_same_file_is_refused_where_the_item_was_not_masked(office: Office) -> None:
    assert codes(send(office, marked())) == {ReasonCode.ITEM_NOT_APPROVED}


def test_from_the_council_s_verdict_to_the_hidden_values(city: str) -> None:
    from sekisho.adapters.database.models import PermitRow
    from sekisho.bootstrap import council
    from tests.fakes.council import act, approve, deliberating, judge_items

    # Given a council that masks the cause of a registration,
    matter, _ = deliberating(city)
    judge_items(city, matter, masked=("cause",))
    approve(city, matter)
    council.sign_letter(act(city, "kazagashira", 60), matter)
    assert council.sign_letter(act(city, "oura", 61), matter) == ("R1-56-01", "R1-56-02")
    approved = specification_from_data(PermitRow.objects.get(tenant_id=city, connection=DOWN).specification)
    assert approved.masked_items == ("cause",)
    assert "cause" not in approved.items
    policy = json.loads(bytes(PermitRow.objects.get(tenant_id=city, connection=DOWN).document))["policy"]
    assert '@masked_items("cause")' in policy
    # when notices come, then all columns arrive, and of the cause and its day nothing.
    office, body = Office(tenant=city, dossier=None), notices()  # type: ignore[arg-type]  # only the code is asked for
    outcome = send(office, body)
    assert isinstance(outcome, Erased)
    changed = list(differing(body, landed(office, outcome.waybill.parcel)))
    assert {(name, now) for name, _, now in changed} == {("原因", "＊＊＊＊"), ("原因日付", "")}
    assert last_entry(office, outcome.waybill.parcel, "cleared")["mask"] == ["cause"]


@pytest.mark.parametrize(
    ("item", "connection", "code"),
    [
        ("registration_date", DOWN, ReasonCode.MASK_DOES_NOT_FIT),
        ("lot_number", "registry-prices-up", ReasonCode.MASK_OUTSIDE_GATE),
    ],
)
def test_what_the_gate_could_not_hide_is_told_to_the_member_who_would_mask_it(
    city: str, item: str, connection: str, code: ReasonCode
) -> None:
    from sekisho.bootstrap import council
    from sekisho.kernel import Carriage
    from sekisho.kernel.council import ItemVerdict, Verdict
    from tests.fakes.council import act, deliberating, paper_56

    paper = paper_56()
    chart = paper.dossier.chart
    on_paper = tuple(
        replace(each, carriage=Carriage.PAPER) if each.connection == "registry-prices-up" else each
        for each in chart.connections
    )
    dossier = replace(paper.dossier, chart=replace(chart, connections=on_paper))
    terms = tuple(each for each in paper.terms if each.connection == DOWN)
    matter, _ = deliberating(city, replace(paper, dossier=dossier, terms=terms))
    said = ItemVerdict(connection=connection, item=item, verdict=Verdict.MASK, reason="要らない")
    assert why(lambda: council.record_verdict(act(city, "megane", 25), matter, said)) == {code}
    council.record_verdict(act(city, "megane", 25), matter, replace(said, verdict=Verdict.DROP))


def test_a_permit_that_would_mask_what_cannot_be_masked_is_not_issued(home: Path, transactional_db: None) -> None:
    with pytest.raises(Refused) as refusal:
        office_with(masked_items=("registration_date", "no_such_item", "lot_number"))
    told = "\n".join(reason.en for reason in refusal.value.reasons)
    assert "item registration_date of layout registry_notice cannot be masked" in told
    assert "item no_such_item cannot be masked: no approved layout holds it" in told
    assert "item lot_number cannot be masked: it is also among the items that cross as they are" in told


@pytest.mark.parametrize("taken", ["strip", "mask"])
def test_what_was_inspected_by_another_layout_is_not_sealed(home: Path, transactional_db: None, taken: str) -> None:
    """Between inspection and sealing somebody corrected the layout: nobody knows any more what its columns hold."""
    from sekisho.adapters.carriers import AgeSealer
    from sekisho.adapters.database.home import find_home
    from sekisho.adapters.layouts import layouts_in_use

    office, body = office_with(), marked()
    file = layouts_in_use().choose("registry_notice", body)
    stored = Stored(size=len(body), digest="5e", place="inline")
    waybill = Waybill(parcel="p1", tenant=office.tenant, connection=DOWN, permit="R1-56-01", digest="5e")
    sex, none = frozenset({"sex"}), frozenset[str]()
    clearance = Clearance(
        waybill=waybill,
        stored=stored,
        layout="registry_notice",
        counterpart="linkage_platform",
        direction="inward",
        layout_version=file.layout.version,
        layout_sha256=file.sha256,
        strip=sex if taken == "strip" else none,
        mask=sex if taken == "mask" else none,
    )
    sealer = AgeSealer(find_home(), lambda _: iter([body]))
    assert sealer.seal(clearance).size > 0
    for changed in (replace(clearance, layout_sha256="0" * 64), replace(clearance, layout_version="2027")):
        with pytest.raises(Refused) as refusal:
            sealer.seal(changed)
        assert [each.code for each in refusal.value.reasons] == [ReasonCode.LAYOUT_CHANGED]
