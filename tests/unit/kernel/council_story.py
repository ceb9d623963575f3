"""A small dossier, complete in every field, for the tests of the council."""

from dataclasses import replace

from sekisho.kernel import Carriage, Chart, Computer, Connection, DataItem, Direction, Network, Zone, make_chart
from sekisho.kernel.council import (
    ConnectionSheet,
    Dossier,
    Feasibility,
    ItemUse,
    Processor,
    Retention,
    Safeguard,
    SafeguardKind,
)

CITY = Network(
    network="city",
    label_ja="庁内",
    label_en="City",
    zone=Zone.LGWAN,
    owner="長崎市",
    installer="長崎市",
    operator="情報システム課",
    closed="閉域",
)
BUREAU = replace(CITY, network="bureau", label_ja="法務局", label_en="Bureau", zone=Zone.OUTSIDE, owner="不明")
TERMINAL = Computer(
    computer="terminal",
    label_ja="端末",
    label_en="Terminal",
    network="city",
    owner="長崎市",
    installer="長崎市",
    operator="資産税課",
    place="資産税課",
    ours=True,
)
PLATFORM = replace(TERMINAL, computer="platform", network="bureau", owner="法務局", place="不明", ours=False)
NAME = DataItem(item="owner_name", ja="氏名", en="Name", use="課税")
LOT = DataItem(item="lot_number", ja="地番", en="Lot", use="特定")
DOWN = Connection(
    connection="down",
    badge="a",
    label_ja="通知の受信",
    label_en="Notices",
    source="platform",
    target="terminal",
    via=("bureau", "city"),
    direction=Direction.INWARD,
    carriage=Carriage.FILE,
    items=(NAME, LOT),
    legal_basis="地方税法第382条",
    under_review=True,
)
SHEET = ConnectionSheet(
    connection="down",
    purpose="課税客体の把握",
    function="ファイルダウンロード機能",
    trigger="変更があったとき",
    parcels_a_year=250,
    records_a_year=20_000,
    subjects=("土地家屋の所有者",),
    operators=("urakami",),
    factors=("password", "certificate"),
    items=(
        ItemUse(item="owner_name", necessity="納税義務者の認定", legal_basis="地方税法第343条", alternative="なし"),
        ItemUse(item="lot_number", necessity="土地の特定", legal_basis="地方税法第381条", alternative="なし"),
    ),
    retention=(
        Retention(place="platform", hours=24, reason="受領確認まで", method="自動削除"),
        Retention(place="terminal", hours=24, reason="取込みまで", method="鍵の破棄"),
    ),
    safeguards=(
        Safeguard(safeguard="login", kind=SafeguardKind.PERSONNEL, text="個人の番号", feasibility=Feasibility.DONE),
        Safeguard(safeguard="line", kind=SafeguardKind.TECHNICAL, text="閉域", feasibility=Feasibility.DONE),
        Safeguard(safeguard="lock", kind=SafeguardKind.PHYSICAL, text="施錠", feasibility=Feasibility.PLANNED),
    ),
)
CHART: Chart = make_chart((CITY, BUREAU), (TERMINAL, PLATFORM), (DOWN,))
PRINTER = Processor(
    contractor="printer",
    works_for="長崎市",
    task="印字",
    place_of_data="市内の工場",
    certificate="プライバシーマーク",
    certificate_until="2027-03-31",
)
DOSSIER = Dossier(
    consultation="56",
    version=1,
    title_ja="登記所との通知のオンライン化",
    title_en="Notices on line",
    tenant="422011",
    agency="mayor",
    department="asset_tax",
    regime="ordinance",
    purpose="課税",
    before="紙とUSB",
    after="オンライン",
    planned_changes="なし",
    already_in_use_since="none",
    chart=CHART,
    sheets=(SHEET,),
    processors=(PRINTER,),
)
FRONT = ("title_ja", "title_en", "agency", "department", "regime", "purpose", "before", "after", "planned_changes")
SEX = DataItem(item="sex", ja="性別", en="Sex", use="不明")


def with_sheet(sheet: ConnectionSheet) -> Dossier:
    """The dossier with another sheet."""
    return replace(DOSSIER, sheets=(sheet,))


def with_arrow(arrow: Connection) -> Dossier:
    """The dossier with another arrow."""
    return replace(DOSSIER, chart=replace(CHART, connections=(arrow,)))
