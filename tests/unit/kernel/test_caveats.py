"""Every caveat: what it lets by, what it objects to, and the exact bytes under its permanent tag."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sekisho.kernel import (
    AgencyOnly,
    AssessmentInForce,
    AssessmentOpinion,
    AssessmentStanding,
    BytesAtMost,
    Caveat,
    CounterpartOnly,
    Direction,
    DirectionOnly,
    ErasureNotOverdue,
    FactorDemanded,
    Findings,
    HoursOnly,
    ItemsMasked,
    ItemsOnly,
    LayoutsOnly,
    NoActiveContent,
    NoFaultyRecords,
    NoIndividualNumberOutside,
    NumberFound,
    OwnMunicipalityOnly,
    ParcelsADayAtMost,
    Passage,
    PersonsOnly,
    ProfileDemanded,
    ReasonCode,
    RebuiltOnly,
    RecordFault,
    RecordsAtMost,
    RouteOnly,
    SekishoError,
    TerminalsOnly,
    TypesOnly,
    ValidBetween,
    caveat_from_data,
    caveat_to_data,
    describe,
)

FOUND = Findings(
    media_type="text/csv",
    layout="a",
    size=10,
    records=10,
    items=frozenset({"x"}),
    profile=frozenset({"p"}),
    rebuilt_sha256="0",
)
PASSAGE = Passage(
    at=datetime.fromisoformat("2026-11-24T10:00:00+09:00"),
    agency="mayor",
    department="asset_tax",
    person="urakami",
    terminal="t1",
    route=("n1", "n2"),
    direction=Direction.INWARD,
    counterpart="platform",
    announced_size=10,
    parcels_today=1,
    overdue_erasures=0,
    found=FOUND,
    factors=("passkey", "password"),
    assessment=AssessmentStanding(assessment="a", in_force_from=datetime(2019, 1, 1, tzinfo=UTC)),
)
_YEAR = {"not_before": "2026-11-24T10:00:00+09:00", "not_after": "2026-11-24T10:00:01+09:00"}

TABLE: list[tuple[Caveat, list[object], dict[str, object], ReasonCode]] = [
    (
        ValidBetween(**_YEAR),
        [1, *_YEAR.values()],
        {"at": datetime.fromisoformat("2026-11-24T09:59:59.999+09:00")},
        ReasonCode.PERMIT_NOT_YET_VALID,
    ),
    (
        ValidBetween(**_YEAR),
        [1, *_YEAR.values()],
        {"at": datetime.fromisoformat("2026-11-24T10:00:01+09:00")},
        ReasonCode.PERMIT_EXPIRED,
    ),
    (
        AgencyOnly(agency="mayor", department="asset_tax"),
        [2, "mayor", "asset_tax"],
        {"agency": "water"},
        ReasonCode.NOT_OF_THIS_AGENCY,
    ),
    (
        AgencyOnly(agency="mayor", department="asset_tax"),
        [2, "mayor", "asset_tax"],
        {"department": "water"},
        ReasonCode.NOT_OF_THIS_AGENCY,
    ),
    (PersonsOnly(persons=("urakami",)), [3, ["urakami"]], {"person": "dejima"}, ReasonCode.PERSON_NOT_NAMED),
    (TerminalsOnly(terminals=("t1",)), [4, ["t1"]], {"terminal": "t2"}, ReasonCode.TERMINAL_NOT_APPROVED),
    (RouteOnly(route=("n1", "n2")), [5, ["n1", "n2"]], {"route": ("n2", "n1")}, ReasonCode.ROUTE_NOT_APPROVED),
    (
        DirectionOnly(direction="inward"),
        [6, "inward"],
        {"direction": Direction.OUTWARD},
        ReasonCode.DIRECTION_NOT_APPROVED,
    ),
    (
        CounterpartOnly(counterpart="platform"),
        [7, "platform"],
        {"counterpart": "portal"},
        ReasonCode.COUNTERPART_NOT_APPROVED,
    ),
    (BytesAtMost(limit=10), [8, 10], {"announced_size": 11}, ReasonCode.TOO_LARGE),
    (BytesAtMost(limit=10), [8, 10], {"found": replace(FOUND, size=11)}, ReasonCode.TOO_LARGE),
    (ParcelsADayAtMost(limit=2), [9, 2], {"parcels_today": 2}, ReasonCode.TOO_MANY_PARCELS),
    (
        HoursOnly(first="10:00", last="17:00"),
        [10, "10:00", "17:00"],
        {"at": datetime.fromisoformat("2026-11-24T17:00:00+09:00")},
        ReasonCode.OUTSIDE_HOURS,
    ),
    (
        HoursOnly(first="10:00", last="17:00"),
        [10, "10:00", "17:00"],
        {"at": datetime.fromisoformat("2026-11-24T09:59:00+09:00")},
        ReasonCode.OUTSIDE_HOURS,
    ),
    (ErasureNotOverdue(), [11, 0], {"overdue_erasures": 1}, ReasonCode.ERASURE_OVERDUE),
    (
        TypesOnly(types=("text/csv",)),
        [20, ["text/csv"]],
        {"found": replace(FOUND, media_type="application/pdf")},
        ReasonCode.TYPE_NOT_APPROVED,
    ),
    (LayoutsOnly(layouts=("a",)), [21, ["a"]], {"found": replace(FOUND, layout="b")}, ReasonCode.LAYOUT_NOT_APPROVED),
    (
        ItemsOnly(items=("x",)),
        [22, ["x"], False],
        {"found": replace(FOUND, items=frozenset({"x", "sex"}))},
        ReasonCode.ITEM_NOT_APPROVED,
    ),
    (NoFaultyRecords(), [23, 0], {"found": replace(FOUND, fault_count=1)}, ReasonCode.RECORDS_FAULTY),
    (
        NoFaultyRecords(),
        [23, 0],
        {
            "found": replace(
                FOUND, fault_count=1, first_fault=RecordFault(row=2, column=3, byte=9, what="日付ではありません")
            )
        },
        ReasonCode.RECORDS_FAULTY,
    ),
    (
        NoIndividualNumberOutside(),
        [24, []],
        {"found": replace(FOUND, individual_numbers=(NumberFound(column="remarks", count=1, first_row=2),))},
        ReasonCode.INDIVIDUAL_NUMBER_FOUND,
    ),
    (
        NoIndividualNumberOutside(columns=("number",)),
        [24, ["number"]],
        {"found": replace(FOUND, number_columns={"number": "n", "spouse_number": "individual_number"})},
        ReasonCode.NUMBER_COLUMN_NOT_APPROVED,
    ),
    (RecordsAtMost(limit=10), [25, 10], {"found": replace(FOUND, records=11)}, ReasonCode.TOO_MANY_RECORDS),
    (
        NoActiveContent(allowed=("link",)),
        [26, ["link"]],
        {"found": replace(FOUND, active_content=("link", "macro"))},
        ReasonCode.ACTIVE_CONTENT,
    ),
    (OwnMunicipalityOnly(), [27, 0], {"found": replace(FOUND, other_municipality=1)}, ReasonCode.OTHER_MUNICIPALITY),
    (
        FactorDemanded(factors=("one_time_code", "passkey")),
        [13, ["one_time_code", "passkey"]],
        {"factors": ("password",)},
        ReasonCode.FACTOR_MISSING,
    ),
    (
        AssessmentInForce(assessment="a"),
        [12, "a"],
        {"assessment": None},
        ReasonCode.ASSESSMENT_NOT_IN_FORCE,
    ),
    (
        ProfileDemanded(inspections=("p",)),
        [28, ["p"]],
        {"found": replace(FOUND, profile=frozenset())},
        ReasonCode.PROFILE_TOO_WEAK,
    ),
    (
        RebuiltOnly(),
        [29],
        {"found": replace(FOUND, rebuilt_sha256="")},
        ReasonCode.NOT_REBUILT,
    ),
    (
        ItemsMasked(items=("sex", "age")),
        [30, ["sex", "age"]],
        {"found": replace(FOUND, items=frozenset({"x", "sex"}))},
        ReasonCode.ITEM_NOT_APPROVED,
    ),
]


@pytest.mark.parametrize(("caveat", "data", "change", "code"), TABLE)
def test_a_caveat_is_silent_for_what_was_approved_and_speaks_for_the_rest(
    caveat: Caveat, data: list[object], change: dict[str, object], code: ReasonCode
) -> None:
    assert caveat.objections(PASSAGE) == ()
    against = caveat.objections(replace(PASSAGE, **change))  # type: ignore[arg-type]
    assert [reason.code for reason in against] == [code]
    for reason in against:
        assert reason.ja
        assert reason.en
        assert reason.next_ja
        assert reason.next_en
    assert caveat_to_data(caveat) == data
    assert caveat_from_data(data) == caveat
    words = describe(caveat)
    assert words.tag == data[0]
    assert words.ja != words.en


def test_every_tag_stands_in_the_table_above() -> None:
    from sekisho.kernel.authority.caveats import CAVEATS

    assert set(CAVEATS) == {data[0] for _, data, _, _ in TABLE}


@pytest.mark.parametrize("caveat", [each for each, *_ in TABLE if not each.at_entrance])
def test_what_was_not_inspected_does_not_cross(caveat: Caveat) -> None:
    against = caveat.objections(replace(PASSAGE, found=None))
    assert [reason.code for reason in against] == [ReasonCode.NOT_INSPECTED]


def test_an_allowed_column_may_hold_its_number() -> None:
    there = {"number": "individual_number"}
    found = replace(
        FOUND, individual_numbers=(NumberFound(column="number", count=5, first_row=1),), number_columns=there
    )
    assert NoIndividualNumberOutside(columns=("number",)).against(found) == ()


@pytest.mark.parametrize("data", [None, [], ["1"], [999, "x"], [1], [8, 10, "later"], {"tag": 1}], ids=repr)
def test_what_is_no_caveat_of_this_version_is_not_read_as_one(data: object) -> None:
    with pytest.raises(SekishoError):
        caveat_from_data(data)


def test_a_caveat_reads_as_a_sentence_of_the_approval() -> None:
    assert describe(PersonsOnly(persons=("urakami", "inasa"))).ja == "操作者: urakami, inasa のみ"
    assert describe(NoIndividualNumberOutside()).en == "Individual Numbers nowhere but in: -"


FIRST, LAST = datetime(2026, 4, 1, tzinfo=UTC), datetime(2027, 4, 1, tzinfo=UTC)
LITTLE = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("change", "at", "holds"),
    [
        ({}, FIRST, True),
        ({}, FIRST - LITTLE, False),
        ({}, LAST - LITTLE, True),
        ({}, LAST, False),
        ({"in_force_until": None}, LAST, True),
        ({"opinion": AssessmentOpinion.SUITABLE}, FIRST, True),
        ({"opinion": AssessmentOpinion.UNSUITABLE}, FIRST, False),
        ({"assessment": "another"}, FIRST, False),
    ],
)
def test_a_permit_waits_for_its_assessment(change: dict[str, Any], at: datetime, holds: bool) -> None:
    standing = replace(AssessmentStanding(assessment="a", in_force_from=FIRST, in_force_until=LAST), **change)
    passage = replace(PASSAGE, at=at, assessment=standing)
    assert (AssessmentInForce(assessment="a").objection(passage) is None) is holds
