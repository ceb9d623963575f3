"""Rows as the database would hand them over: consultation 56, one crossing, one refusal. All persons are made up."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sekisho.adapters.database.queries_rows import (
    ConsultationRow,
    EntryRow,
    MinuteRow,
    ParcelRow,
    PermitRow,
    SafeguardRow,
)
from sekisho.adapters.dossiers import read_dossier, shipped_dossier
from sekisho.kernel import (
    Chart,
    Permit,
    PermitStatus,
    ReasonCode,
    Signature,
    Specification,
    because,
    compile_caveats,
    digest_of,
)

START = datetime(2026, 11, 24, 6, 41, 7, tzinfo=UTC)
DOSSIER = read_dossier(shipped_dossier())


def chart_of_56() -> Chart:
    return DOSSIER.chart


def consultation_row() -> ConsultationRow:
    put = DOSSIER.consultation
    return ConsultationRow(
        consultation="56",
        number=put["number"],
        title_ja=put["ja"],
        title_en=put["en"],
        department_ja="資産税課",
        department_en="Asset Tax Division",
        meeting_ja=put["meeting"]["ja"],
        meeting_en=put["meeting"]["en"],
        held=str(put["meeting"]["held"]),
        place=put["meeting"]["place"],
        result_ja=put["result"]["ja"],
        result_en=put["result"]["en"],
        decided=str(put["result"]["decided"]),
        source=DOSSIER.source["title"],
        reconstructed=tuple(DOSSIER.source["reconstructed"]),
        chart=chart_of_56(),
        safeguards=tuple(SafeguardRow(**each) for each in put["safeguards"]),
        minutes=tuple(MinuteRow(**each) for each in DOSSIER.minutes),
        permits=tuple((each.specification.connection, each.permit) for each in DOSSIER.approved),
    )


def specification() -> Specification:
    return DOSSIER.terms_of("registry-notices-down")[-1].specification


def permit_row() -> PermitRow:
    approved = specification()
    permit = Permit(
        permit="R1-56-01",
        tenant="422011",
        connection=approved.connection,
        specification_digest=digest_of(approved),
        caveats=compile_caveats(approved),
        status=PermitStatus.ACTIVE,
        issued_at="2019-11-19T11:00:00+09:00",
        signatures=(
            Signature(signer="chair", key="k1", value="00"),
            Signature(signer="mayor_seal", key="k2", value="00"),
        ),
    )
    return PermitRow(
        permit=permit,
        specification=approved,
        label_ja="登記所からの通知(地方税法第382条)の受信",
        label_en="Notices from the registry office",
        consultation="56",
        digest_on_file=digest_of(approved),
        signatures_hold=True,
        names={"lgwan": ("総合行政ネットワーク", "LGWAN")},
    )


def altered_permit_row() -> PermitRow:
    return replace(permit_row(), digest_on_file="f" * 64)


def parcel_row(state: str = "erased", parcel: str = "0192f0c1-7d2e-7aaa-8000-00000000a001") -> ParcelRow:
    return ParcelRow(
        parcel=parcel,
        connection="registry-notices-down",
        label_ja="登記所からの通知(地方税法第382条)の受信",
        label_en="Notices from the registry office",
        permit="R1-56-01",
        state=state,
        at=START,
        direction="inward",
        counterpart_ja="情報連携基盤",
        counterpart_en="Linkage platform",
        records=86,
    )


BY = {"person": "urakami", "terminal": "asset-tax-terminal-1", "agency": "mayor", "department": "asset_tax"}
FOUND = {
    "records": 86,
    "items": ["owner_name", "lot_number", "cause"],
    "unmapped_characters": 2,
    "media_type": "text/csv",
}


def entry(kind: str, seconds: int, **data: object) -> EntryRow:
    frame = {"kind": kind, "permit": "R1-56-01", "digest": "3f9a71c0" * 8, **data}
    at = START + timedelta(seconds=seconds)
    return EntryRow(
        kind=kind,
        at=at,
        parcel=parcel_row().parcel,
        data=frame,
        index=184200 + seconds,
        leaf="b41d90e7" * 8,
        intact=True,
    )


def crossing_entries() -> list[EntryRow]:
    route = ["government_shared_network", "lgwan"]
    return [
        entry("received", 0, size=31234, by=BY, route=route, counterpart="linkage_platform", direction="inward"),
        entry("cleared", 3, found=FOUND, strip=[]),
        entry("leaving", 4, sealed_digest="aa55" * 16, sealed_size=31300, recipient="asset_tax", direction="inward"),
        entry("delivered", 6, receipt="DOC-0001"),
        entry("erasing", 7),
        entry("erased", 8, key="k", key_digest="00" * 32, bytes_removed=31300, searched=3),
    ]


def refused_entries() -> list[EntryRow]:
    reasons = [
        because(ReasonCode.ITEM_NOT_APPROVED, item="sex", label="性別"),
        because(ReasonCode.TOO_MANY_RECORDS, count=30000, limit=20000),
    ]
    found = FOUND | {"items": ["owner_name", "lot_number", "sex"], "records": 30000}
    told = [reason.as_data() for reason in reasons]
    return [
        entry("received", 0, size=31234, by=BY, route=["lgwan"]),
        entry("refused", 2, hall="examination", by=BY, found=found, reasons=told),
    ]
