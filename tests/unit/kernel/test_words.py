"""The exact words: what a refusal names, and what a fault says. People act on them, so they do not drift."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from sekisho.kernel import (
    Acknowledgement,
    Caveat,
    Findings,
    Handling,
    LandedDocument,
    NumberFound,
    Reason,
    ReasonCode,
    Refused,
    SekishoError,
    Signature,
    Waybill,
    because,
    canonical_bytes,
    caveat_from_data,
    digest_of,
    handle,
    make_chart,
    make_delivered,
    permit_document,
    permit_from_data,
    reason_from_data,
    specification_from_data,
    specification_to_data,
)
from sekisho.kernel.authority.caveats import CAVEATS, register
from sekisho.kernel.authority.caveats_at_entrance import ErasureNotOverdue
from sekisho.kernel.authority.caveats_on_content import (
    ItemsOnly,
    LayoutsOnly,
    NoActiveContent,
    NoIndividualNumberOutside,
    TypesOnly,
)
from sekisho.kernel.council import (
    Act,
    ChangeClass,
    Condition,
    ConditionKind,
    Difference,
    ProofKind,
    Role,
    advance_state,
    check_duties,
    judge_threshold,
    make_condition,
)
from sekisho.kernel.council.consultation.changes import _always
from sekisho.kernel.council.procedure import PERMIT_TABLE, Duty, make_step
from tests.fakes.office import NOW, SPECIFICATION, permit_of
from tests.unit.kernel.council_story import CITY, DOWN, PLATFORM, TERMINAL
from tests.unit.kernel.test_caveats import FOUND, PASSAGE, TABLE

CAVEAT_WORDS = [
    "The permit is valid only from 2026-11-24T10:00:00+09:00.",
    "The permit expired on 2026-11-24T10:00:01+09:00.",
    "The permit does not belong to agency mayor, department asset_tax.",
    "The permit does not belong to agency mayor, department asset_tax.",
    "dejima is not one of the approved operators.",
    "Terminal t2 is not an approved terminal.",
    "Route n2 → n1 is not approved; the approved route is n1 → n2.",
    "Direction outward is not approved.",
    "Counterpart portal is not approved.",
    "11 bytes exceed the approved 10 bytes.",
    "11 bytes exceed the approved 10 bytes.",
    "This is parcel 3 of the day; 2 a day are approved.",
    "Outside the approved hours (10:00-17:00).",
    "Outside the approved hours (10:00-17:00).",
    "1 copies are past their erasure date.",
    "Content type application/pdf is not approved (approved: text/csv).",
    "Record layout b is not approved.",
    "Data item sex was not approved.",
    "1 faults against the layout (first: row -, column -, byte -: -).",
    "1 faults against the layout (first: row 2, column 3, byte 9: 日付ではありません).",
    "1 apparent Individual Numbers in column remarks (first: row 2).",
    "Column spouse_number (individual_number) is for Individual Numbers by its layout, and was not approved as such.",
    "11 records exceed the approved 10.",
    "Active content was found (macro).",
    "1 records belong to another municipality.",
    "The person did not sign in by an approved factor (one_time_code, passkey).",
    "The protection assessment a is not in force.",
    "This machine lacks the inspection p that the permit demands.",
    "The approval demands that content is rebuilt; this could not be, and is held.",
    "Data item sex was not approved.",
]


@pytest.mark.parametrize(("case", "words"), list(zip(TABLE, CAVEAT_WORDS, strict=True)))
def test_what_a_caveat_says(case: tuple[Caveat, object, dict[str, object], ReasonCode], words: str) -> None:
    caveat, _, change, _ = case
    (reason,) = caveat.objections(replace(PASSAGE, **change))  # type: ignore[arg-type]
    assert reason.en == words


def test_an_item_is_called_by_its_label_or_else_by_its_id() -> None:
    found = replace(FOUND, items=frozenset({"sex", "age"}), item_labels={"sex": "性別"})
    reasons = ItemsOnly(items=()).against(found)
    assert sorted(reason.ja for reason in reasons) == [
        "承認されていない項目「age」(age)が含まれています。",
        "承認されていない項目「性別」(sex)が含まれています。",
    ]


@pytest.mark.parametrize(
    ("caveat", "found", "words"),
    [
        (TypesOnly(types=("a/b", "c/d")), replace(FOUND, media_type="x/y"), "x/y is not approved (approved: a/b, c/d)"),
        (LayoutsOnly(layouts=("a",)), replace(FOUND, layout=""), "Record layout - is not approved"),
        (NoActiveContent(allowed=()), replace(FOUND, active_content=("macro", "link")), "(macro, link)"),
        (
            NoIndividualNumberOutside(),
            replace(FOUND, individual_numbers=(NumberFound(column="c", count=7, first_row=4),)),
            "7 apparent Individual Numbers in column c (first: row 4)",
        ),
    ],
)
def test_lists_and_holes_in_what_a_caveat_says(caveat: Caveat, found: Findings, words: str) -> None:
    (reason,) = caveat.objections(replace(PASSAGE, found=found))
    assert words in reason.en


FAULTS: list[tuple[Callable[[], object], str]] = [
    (lambda: caveat_from_data({}), "a caveat is a list that begins with its tag"),
    (lambda: caveat_from_data([999, "x"]), "unknown caveat tag 999"),
    (lambda: caveat_from_data([8, 10, 11]), "caveat 8 has fields that this version does not know"),
    (lambda: caveat_from_data([8]), "caveat 8 lacks a field"),
    (lambda: register(ErasureNotOverdue), "tag 11 is taken"),
    (lambda: specification_from_data({}), "the specification's fields are not the known ones"),
    (lambda: permit_from_data(b"{}", "active", ()), "the permit document cannot be read"),
    (lambda: reason_from_data({"code": "x", "facts": []}), "a reason's facts are not a table"),
    (lambda: reason_from_data({"code": "x"}), "unknown reason in the ledger: x"),
    (lambda: Refused([]), "a refusal needs a reason"),
]


@pytest.mark.parametrize(("act", "words"), FAULTS, ids=[words for _, words in FAULTS])
def test_what_a_fault_says(act: Callable[[], object], words: str) -> None:
    with pytest.raises(SekishoError) as fault:
        act()
    assert str(fault.value) == words


def test_two_reasons_are_told_apart() -> None:
    both = Refused([because(ReasonCode.NOT_INSPECTED), because(ReasonCode.EMPTY_PARCEL)])
    assert str(both) == "not_inspected; empty_parcel"


def test_a_reason_without_facts_is_read_back() -> None:
    assert reason_from_data({"code": "not_inspected"}) == because(ReasonCode.NOT_INSPECTED)


@pytest.mark.parametrize(
    ("code", "next_en"),
    [
        (ReasonCode.RECORDS_FAULTY, "Ask the sender for a corrected file."),
        (ReasonCode.NO_PERMIT, "If it is needed, put the change to the council."),
        (ReasonCode.TICKET_NOT_VALID, "Send it again."),
        (ReasonCode.DOSSIER_INCOMPLETE, "Complete it, then submit it again."),
        (ReasonCode.RECUSED, "Somebody else has to do this."),
        (ReasonCode.CONDITION_OPEN, "Settle that first."),
        (ReasonCode.PERMIT_ALTERED, "Call the information systems division."),
        (
            ReasonCode.PERSON_NOT_NAMED,
            "Try again as an approved operator, at the approved terminal, by the approved route.",
        ),
    ],
)
def test_what_to_do_next(code: ReasonCode, next_en: str) -> None:
    facts = dict.fromkeys(("count", "row", "column", "byte", "what", "connection", "permit", "person", "item"), "x")
    reason = Reason(code=code, facts={**facts, "place": "x", "condition": "x"})
    assert reason.next_en == next_en


def refusal_of(act: Callable[[], object]) -> list[tuple[ReasonCode, dict[str, str]]]:
    """Every reason of a refusal, with its facts."""
    with pytest.raises(Refused) as refusal:
        act()
    return [(reason.code, dict(reason.facts)) for reason in refusal.value.reasons]


DOCUMENT = LandedDocument(
    document="doc-1", tenant="422011", parcel="p", recipients=frozenset({"urakami"}), erase_by=NOW
)
TIMEOUT = Condition(
    condition="61-C1",
    consultation="61",
    hangs_on="viewing",
    text="30分で切れること",
    kind=ConditionKind.RECURRING,
    proof=ProofKind.SCREENSHOT,
    owner="glover",
    verifier="glover",
    due=date(2020, 2, 19),
)
DUTIES = ReasonCode.DUTIES_NOT_SEPARATE
REFUSALS: list[tuple[Callable[[], object], list[tuple[ReasonCode, dict[str, str]]]]] = [
    (
        lambda: handle(DOCUMENT, "dejima", Handling.OPENED, NOW - timedelta(days=1)),
        [(ReasonCode.NOT_A_RECIPIENT, {"document": "doc-1"})],
    ),
    (
        lambda: handle(DOCUMENT, "urakami", Handling.OPENED, NOW),
        [(ReasonCode.NOT_IN_THIS_STATE, {"what": "doc-1", "state": "past_erasure_date"})],
    ),
    (
        lambda: make_chart((CITY, CITY), (TERMINAL,), ()),
        [(ReasonCode.INPUT_NOT_UNDERSTOOD, {"where": "chart", "what": "city: 2"})],
    ),
    (
        lambda: make_chart((CITY,), (TERMINAL, PLATFORM), (DOWN,)),
        [(ReasonCode.NOT_FOUND, {"what": "bureau"})],
    ),
    (
        lambda: judge_threshold(-1, 2, serious_incident=False),
        [(ReasonCode.FIELD_NOT_UNDERSTOOD, {"where": "threshold", "what": "-1, 2"})],
    ),
    (
        lambda: advance_state(PERMIT_TABLE, "R1", "active", "suspend", {Role.OPERATOR}),
        [(ReasonCode.NOT_ALLOWED, {"action": "permit.suspend"})],
    ),
    (
        lambda: check_duties("inasa", [Role.OPERATOR], Act.SUBMIT, [Duty(person="inasa", act=Act.DRAFT)]),
        [
            (ReasonCode.NOT_ALLOWED, {"action": "submit"}),
            (DUTIES, {"person": "inasa", "one": "draft", "other": "submit"}),
        ],
    ),
    (
        lambda: make_condition(TIMEOUT),
        [
            (DUTIES, {"person": "glover", "one": "owner", "other": "verifier"}),
            (ReasonCode.DOSSIER_INCOMPLETE, {"place": "61-C1", "what": "every_days"}),
        ],
    ),
]


@pytest.mark.parametrize(("act", "reasons"), REFUSALS)
def test_what_a_refusal_names(act: Callable[[], object], reasons: list[tuple[ReasonCode, dict[str, str]]]) -> None:
    assert refusal_of(act) == reasons


def test_what_is_signed_is_written_in_one_way() -> None:
    assert canonical_bytes({"b": 1, "a": ["髙", None]}) == '{"a":["髙",null],"b":1}'.encode()
    data = specification_to_data(SPECIFICATION)
    assert isinstance(data["items"], list)
    assert digest_of(specification_from_data(data)) == digest_of(SPECIFICATION)
    assert specification_to_data(specification_from_data(data)) == data


def test_a_condition_may_recur_every_day() -> None:
    daily = replace(TIMEOUT, verifier="kazagashira", every_days=1)
    assert make_condition(daily) is daily


def test_a_permit_read_again_has_its_signatures() -> None:
    signed = replace(permit_of(), signatures=(Signature(signer="mayor", key="00", value="11"),))
    assert permit_from_data(permit_document(signed), signed.status, signed.signatures) == signed


def test_a_maker_keeps_all_that_it_is_given() -> None:
    waybill = Waybill(parcel="p", tenant="nagasaki", connection="56", permit="R1-56-01")
    answer = Acknowledgement(number="R-1")
    delivered = make_delivered(waybill, answer)
    assert (delivered.waybill, delivered.acknowledgement) == (waybill, answer)
    step = make_step("draft", "submit", "submitted", frozenset({Role.OPERATOR}))
    assert (step.before, step.act, step.after, step.roles) == (
        "draft",
        "submit",
        "submitted",
        frozenset({Role.OPERATOR}),
    )


def test_the_same_weight_whichever_way_it_changed() -> None:
    change = Difference(path="x", before=1, after=2)
    assert _always(ChangeClass.MINOR)(change) is ChangeClass.MINOR


def test_a_caveat_is_entered_under_its_tag(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(CAVEATS, ErasureNotOverdue.tag)
    assert register(ErasureNotOverdue) is ErasureNotOverdue
    assert CAVEATS[ErasureNotOverdue.tag] is ErasureNotOverdue
