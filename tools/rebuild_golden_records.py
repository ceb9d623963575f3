"""Write the golden record files anew: one good file, and one file for each thing that can be wrong, named by it.

Usage: python tools/rebuild_golden_records.py [--check]; the places of the faults are found by searching the bytes for
what was planted, never by our own reader.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

GOLDEN = Path(__file__).resolve().parent.parent / "tests" / "golden" / "records"

HEADINGS = (
    "通知番号,登記所コード,市区町村コード,種別,不動産番号,受付年月日,受付番号,登記年月日,異動の種類,登記の目的,原因,原因日付,"
    "所在,地番,家屋番号,地目(前),地目(後),地積(前),地積(後),種類,構造,床面積(前),床面積(後),所有者氏名,所有者住所,持分,"
    "旧所有者氏名,旧所有者住所,関係地番,外字,支援措置,備考"
)
_TRANSFER = (
    "4201-20260501-000101,4201,422011,土地,4200000000017,2026-05-01,101,2026-05-03,所有権移転,所有権移転,"
    "令和8年4月20日売買,2026-04-20,長崎市桜町,123番4,,,,,,,,,,"
)
_EXTENSION = (
    "4201-20260502-000007,4201,422011,建物,,2026-05-02,7,2026-05-06,増築,建物表題部変更,"
    "令和8年2月1日増築,2026-02-01,長崎市浜町,,45番の2,,,,,居宅,木造かわらぶき二階建,88.40,100.74,"
)
ROWS = (
    _TRANSFER + "髙島 遥,長崎市桜町2番22号,2分の1,稲佐 健,長崎市籠町1番1号,,,,",
    _TRANSFER + '浦上 さくら,長崎市桜町2番22号,2分の1,,,,,,"相続人2名, 持分は等しい"',
    _EXTENSION + "德永 翼,長崎市浜町3番5号,,,,,,1,",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plant:
    """One planted fault: which bytes become which, and where it must be found.

    `byte` counts from the place of the old bytes in the file.
    """

    old: bytes
    new: bytes
    row: int
    column: int
    code: str
    byte: int = 0


def in_cp932(text: str) -> bytes:
    """The bytes as Windows writes them: two letters of these files stand elsewhere in Python's own table."""
    return text.encode("cp932").replace(b"\xee\xe0", b"\xfb\xfc").replace(b"\xed\x9e", b"\xfa\xba")


GOOD = b"".join(in_cp932(line) + b"\r\n" for line in (HEADINGS, *ROWS))
_THIRD = b"4201-20260502"

PLANTS = {
    "not_decodable": Plant(old=b"\xfb\xfc", new=b"\xfd\xfc", row=2, column=24, code="not_decodable"),
    "half_a_character": Plant(old=in_cp932("遥"), new=b"\xfb", row=2, column=24, code="not_decodable"),
    "quote_inside_a_name": Plant(old=in_cp932("浦上"), new=in_cp932('浦"上'), row=3, column=24, code="unclosed_quote"),
    "quoting": Plant(old=in_cp932("稲佐 健"), new=in_cp932('稲"佐" 健'), row=2, column=27, code="quoting"),
    "unclosed_quote": Plant(old=in_cp932("木造"), new=in_cp932('"木造'), row=4, column=21, code="unclosed_quote"),
    "line_end": Plant(old=b"\r\n" + _THIRD, new=b"\n" + _THIRD, row=3, column=32, code="line_end"),
    "column_twice": Plant(old=in_cp932(",備考"), new=in_cp932(",外字"), row=1, column=32, code="column_twice", byte=1),
    "column_count": Plant(old=_THIRD, new=b"," + _THIRD, row=4, column=33, code="column_count"),
    "required": Plant(old=b"101,2026-05-03", new=b",2026-05-03", row=2, column=7, code="required"),
    "too_long": Plant(old=in_cp932("木造かわら"), new=in_cp932("木" * 81), row=4, column=21, code="too_long"),
    "not_digits": Plant(old=b"4200000000017", new=b"420000000001", row=2, column=5, code="not_digits"),
    "not_decimal": Plant(old=b"88.40", new=b"88.405", row=4, column=22, code="not_decimal"),
    "not_date": Plant(old=b"2026-05-03", new=b"2026-02-29", row=2, column=8, code="not_date"),
    "not_in_codes": Plant(old=in_cp932("建物,"), new=in_cp932("家屋,"), row=4, column=4, code="not_in_codes"),
    "not_fraction": Plant(old=in_cp932("2分の1"), new=in_cp932("1/2"), row=2, column=26, code="not_fraction"),
    "not_lot": Plant(old=in_cp932("123番4"), new=in_cp932("番外地"), row=2, column=14, code="not_lot"),
    "lot_that_became_a_date": Plant(
        old=in_cp932("123番4"), new=b"2026/4/1", row=2, column=14, code="damaged_by_spreadsheet"
    ),
    "number_that_became_a_float": Plant(
        old=b"4200000000017", new=b"4.2E+12", row=2, column=5, code="damaged_by_spreadsheet"
    ),
    "control_character": Plant(
        old=in_cp932("長崎市籠町"), new=b"\x07" + in_cp932("長崎市籠町"), row=2, column=28, code="control_character"
    ),
    "blank_line": Plant(old=_THIRD, new=b"\r\n" + _THIRD, row=4, column=2, code="column_count"),
}


FINDINGS = {
    "sex_column.csv": b"".join(
        line.rstrip(b"\r\n") + in_cp932(",女" if number else ",性別") + b"\r\n"
        for number, line in enumerate(GOOD.splitlines())
    ),
    "private_character.csv": GOOD.replace(in_cp932("髙島"), b"\xf0\x40" + in_cp932("島")),
    "individual_number.csv": GOOD.replace(in_cp932("持分は等しい"), in_cp932("番号１２３４－５６７８－９０１８")),
    "formula.csv": GOOD.replace(in_cp932("長崎市籠町1番1号"), b"=HYPERLINK(1)"),
    "another_city.csv": GOOD.replace(b"4201,422011,", b"4201,422029,", 1),
}


def planted(plant: Plant) -> tuple[bytes, list[int | str]]:
    """The file with the fault in it, and row, column, byte and code of the fault."""
    place = GOOD.index(plant.old)
    data = GOOD[:place] + plant.new + GOOD[place + len(plant.old) :]
    return data, [plant.row, plant.column, place + plant.byte, plant.code]


def without_first_column() -> bytes:
    """The good file without its notice ids."""
    return b"".join(line.partition(b",")[2] for line in GOOD.splitlines(keepends=True))


def whole_files() -> dict[str, tuple[bytes, list[int | str]]]:
    """Files that are wrong as a whole."""
    short = without_first_column()
    return {
        "empty": (b"", [1, 1, 0, "header_unknown"]),
        "in_utf_8": (GOOD.decode("cp932").encode(), [1, 1, 0, "header_unknown"]),
        "column_missing": (short, [1, 31, short.index(b"\r\n"), "column_missing"]),
    }


def golden_files() -> Iterator[tuple[str, bytes]]:
    """Every golden file by name, and the table of what must be found in them."""
    found: dict[str, list[int | str]] = {}
    yield "good.csv", GOOD
    for name, plant in PLANTS.items():
        data, found[name] = planted(plant)
        yield f"{name}.csv", data
    for name, (data, place) in whole_files().items():
        found[name] = place
        yield f"{name}.csv", data
    yield from FINDINGS.items()
    table = "".join(f"  {json.dumps(name)}: {json.dumps(found[name])},\n" for name in sorted(found))
    yield "faults.json", ("{\n" + table.removesuffix(",\n") + "\n}\n").encode()


def main(arguments: list[str]) -> int:
    """Write the files, or say which of them are not what they should be."""
    stale = []
    for name, data in golden_files():
        file = GOLDEN / name
        if "--check" not in arguments:
            file.write_bytes(data)
        elif not file.exists() or file.read_bytes() != data:
            stale.append(name)
    for name in stale:
        print(f"{name} is not what this script writes")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
