"""The file that benchmarks/records.py measures on: 30 columns in CP932, 10 rules, and faults planted at known places.

A block of 50,000 different records (about 11 MB, so that no chunk of a reader sees a record twice) is written again
and again; in some of the blocks one record for each rule is spoiled. It is written block by block: any size fits.
"""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

from sekisho.records.characters import encode_text
from sekisho.records.numbers import individual_check_digit

if TYPE_CHECKING:
    from sekisho.records.layout import Layout

BLOCK: Final = 50_000
SEXES: Final = ("男", "女", "その他")
STATES: Final = ("居住", "転出", "死亡", "職権消除", "転入予定")
FORM: Final = "[A-Z]{2}-[0-9]{6}"
POSTCODE: Final = "[0-9]{3}-[0-9]{4}"
LONGEST_REMARK: Final = 40
MOST_INCOME: Final = 20_000_000

# The ten rules: the field that bears the fault, and a value that breaks this rule and no other.
PLANTED: Final = {
    "record_id": "A1-00012",  # regex form
    "name": "",  # required
    "birth_date": "1999-02-29",  # date
    "income": "20000001",  # range
    "individual_number": "",  # check digit; made below: the right number with another last digit
    "sex": "不明",  # code list
    "postcode": "8508685",  # postal code
    "levied": "0",  # cross-field: levied >= paid, and paid is never 0
    "remarks": "あ" * (LONGEST_REMARK + 1),  # length
    "state": "不在",  # second code list
}

LAYOUT: Final = """
layout: bench_residents
version: "2026-bench"
ja: 計測用の住民の記録
en: Residents, made up for measuring
confidence: local
source: benchmarks
effective_from: 2026-04-01
effective_until: null
encoding: cp932
newline: crlf
header: true
fields:
  - {name: record_id, header: 整理番号, item: notice_id, type: text, max: 20,
     pattern: "%(form)s", form: 英字2字-数字6桁}
  - {name: name, header: 氏名, item: name, type: text, max: 40, required: true, class: personal}
  - {name: kana, header: フリガナ, item: kana, type: text, max: 60, class: personal}
  - {name: birth_date, header: 生年月日, item: birth_date, type: date, class: personal}
  - {name: sex, header: 性別, item: sex, type: code, codes: [%(sexes)s], class: sensitive}
  - {name: individual_number, header: 個人番号, item: individual_number, type: digits, min: 12, max: 12,
     number: individual, class: individual_number}
  - {name: postcode, header: 郵便番号, item: postcode, type: text, max: 8,
     pattern: "%(postcode)s", form: 数字3桁-数字4桁, class: personal}
  - {name: address, header: 住所, item: address, type: text, max: 80, class: personal}
  - {name: income, header: 所得, item: income, type: integer, max: 12,
     at_least: 0, at_most: %(income)s, class: sensitive}
  - {name: levied, header: 賦課額, item: price, type: integer, max: 12, class: personal}
  - {name: paid, header: 納付額, item: price, type: integer, max: 12, class: personal}
  - {name: state, header: 異動事由, item: cause, type: code, codes: [%(states)s]}
  - {name: remarks, header: 備考, item: remarks, type: text, max: %(remark)s, class: personal}
%(rest)s
checks:
  - {check: at_least, fields: [levied, paid]}
golden:
  - values: {record_id: AB-000001, name: 長崎太郎, levied: "2", paid: "1"}
    faults: {}
"""
# The other 17 columns, as a city's extract has them: short words, codes and amounts, some empty.
REST: Final = (
    *(f"word{n}" for n in range(1, 4)),
    *(f"code{n}" for n in range(1, 5)),
    *(f"sum{n}" for n in range(1, 11)),
)
COLUMNS: Final = 30
SURNAMES: Final = ("髙田", "山﨑", "浜口", "松尾", "田中", "出島", "諫早", "深堀", "中村", "吉田", "佐々木", "林")
GIVEN: Final = ("花子", "太郎", "さくら", "一郎", "美咲", "健", "結衣", "大輔", "陽菜", "翔")
KANA: Final = ("タカダ", "ヤマサキ", "ハマグチ", "マツオ", "タナカ", "デジマ", "イサハヤ", "フカホリ")
TOWNS: Final = ("桜町", "魚の町", "出島町", "滑石三丁目", "東長崎", "深堀町一丁目", "神ノ島町二丁目")
WORDS: Final = ("", "", "窓口", "郵送", "電子申請", "本庁", "支所", "継続", "確認済", "国保", "後期")


def make_layout() -> Layout:
    """The layout of the file, as a municipality writes it down."""
    from sekisho.records.loading import parse_layout

    types = {"sum": "integer, max: 9", "wor": "text, max: 20", "cod": "text, max: 20"}
    rest = "\n".join(
        f"  - {{name: {name}, header: 項目{place}, item: remarks, type: {types[name[:3]]}}}"
        for place, name in enumerate(REST, start=1)
    )
    return parse_layout(
        LAYOUT
        % {
            "form": FORM,
            "postcode": POSTCODE,
            "sexes": ", ".join(SEXES),
            "states": ", ".join(STATES),
            "income": MOST_INCOME,
            "remark": LONGEST_REMARK,
            "rest": rest,
        }
    )


def _number(chance: Random) -> str:
    """A made-up Individual Number with its check digit."""
    first = f"{chance.randrange(10**11):011}"
    return f"{first}{individual_check_digit(first)}"


def make_record(chance: Random) -> dict[str, str]:
    """One synthetic resident with nothing wrong; some addresses and remarks break their line."""
    paid = chance.randrange(1, 300_000)
    line = "\r\n" if chance.random() < 0.02 else ""
    address = f"長崎県長崎市{chance.choice(TOWNS)}{chance.randrange(1, 99)}番{chance.randrange(1, 40)}号"
    return {
        "record_id": f"{chance.choice('ABCDEFG')}{chance.choice('QRSTUV')}-{chance.randrange(10**6):06}",
        "name": f"{chance.choice(SURNAMES)}　{chance.choice(GIVEN)}",
        "kana": f"{chance.choice(KANA)}　{chance.choice(KANA)}",
        "birth_date": f"{chance.randrange(1930, 2026)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}",
        "sex": chance.choice(SEXES),
        "individual_number": _number(chance),
        "postcode": f"85{chance.randrange(10)}-{chance.randrange(10**4):04}",
        "address": address + (f"{line}出島荘{chance.randrange(1, 300)}号室" if line or chance.random() < 0.3 else ""),
        "income": str(chance.randrange(0, 12_000_000, 1000)),
        "levied": str(paid + chance.randrange(0, 100_000, 100)),
        "paid": str(paid),
        "state": chance.choice(STATES),
        "remarks": chance.choice(WORDS) + chance.choice(WORDS),
        **{name: chance.choice(WORDS) for name in REST[:3]},
        **{
            name: f"{chance.choice('ABCD')}{chance.randrange(1000):03}-{chance.randrange(100):02}" for name in REST[3:7]
        },
        **{name: str(chance.randrange(1, 10**6)) if chance.random() < 0.7 else "" for name in REST[7:]},
    }


def as_bytes(record: dict[str, str]) -> bytes:
    """The record as Windows writes it: CP932, quotation marks where a line breaks, CR LF."""
    values = [f'"{value}"' if "\n" in value else value for value in record.values()]
    return encode_text(",".join(values), "cp932") + b"\r\n"


def _spoil(record: dict[str, str], field: str) -> dict[str, str]:
    """The same record with one rule broken."""
    value = PLANTED[field]
    if field == "individual_number":
        right = record[field]
        value = right[:-1] + str((int(right[-1]) + 1) % 10)
    return {**record, field: value}


def plan_faults(blocks: int) -> dict[int, int]:
    """How many faults of each rule stand in which block: five in the first, one in each of five spread over the rest.

    So a tool that can only read the first 50,000 records has something to find, too. Together 10 of each of 10 rules:
    a hundred, as many as an examination keeps.
    """
    return {**{number * (blocks - 1) // 5: 1 for number in range(1, 6)}, 0: 5}


def count_planted(rows: int, read: int) -> int:
    """How many faults each rule has to find in the first records of a file of so many."""
    blocks = -(-rows // BLOCK)
    return sum(count for block, count in plan_faults(blocks).items() if block * BLOCK < read)


class Maker:
    """Makes files of any size from one block of records."""

    def __init__(self, size: int = BLOCK) -> None:
        chance = Random(1)
        self.records = [make_record(chance) for _ in range(size)]
        self.lines = [as_bytes(record) for record in self.records]

    def block(self, number: int, rows: int, faults: int) -> bytes:
        """So many records, with so many faults of each rule, in each block at other places."""
        lines = self.lines[:rows]
        step = max(1, rows // max(1, faults * len(PLANTED)))
        for place, field in enumerate(list(PLANTED) * faults):
            at = (number * 7919 + place * step) % rows
            lines[at] = as_bytes(_spoil(self.records[at], field))
        return b"".join(lines)

    def write(self, path: Path, rows: int, everywhere: int = 0) -> None:
        """Write a file of so many records; `everywhere` plants so many faults of each rule in every block instead."""
        blocks = -(-rows // BLOCK)
        plan = dict.fromkeys(range(blocks), everywhere) if everywhere else plan_faults(blocks)
        clean = b"".join(self.lines)
        with path.open("wb") as file:
            names = [field.header for field in make_layout().fields]
            file.write(",".join(names).encode("cp932") + b"\r\n")
            for number in range(blocks):
                size, faults = min(BLOCK, rows - number * BLOCK), plan.get(number, 0)
                file.write(clean if size == BLOCK and not faults else self.block(number, size, faults))


if __name__ == "__main__":
    Maker().write(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
