"""Write the golden files of the shipped layouts anew: good ones, and files that are each wrong in one way, named by it.

Usage: python tools/rebuild_golden_layouts.py [--check]; what is planted is said in golden_layouts.yaml. Where it must
be found is known from where it was written, or searched for in those bytes, never found by our own reader.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import yaml

TOOLS = Path(__file__).resolve().parent
GOLDEN = TOOLS.parent / "tests" / "golden" / "layouts"
# Windows writes these with other bytes than Python's own table.
WINDOWS: Final = {"髙": b"\xfb\xfc", "﨑": b"\xfa\xb1", "德": b"\xfa\xba"}
MARK: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Row:
    """One row before it is bytes: its values, each as bytes, and its line end."""

    values: tuple[bytes, ...]
    end: bytes = b"\r\n"

    def written(self) -> bytes:
        """The row as bytes."""
        return b",".join(self.values) + self.end

    def start(self, column: int) -> int:
        """Where the value of this column begins in the row."""
        return sum(len(value) + 1 for value in self.values[: column - 1])


@dataclass(frozen=True, slots=True)
class Golden:
    """One layout's entry of golden_layouts.yaml."""

    name: str
    data: Mapping[str, Any]

    @property
    def headings(self) -> list[str]:
        """The headings, if the layout has them."""
        return self.data["headings"].split(",") if "headings" in self.data else []

    def encoded(self, text: str, *, bare: bool = False) -> bytes:
        """A value as bytes; between quotation marks where it must be, and not if it is to stand bare."""
        if not bare and any(mark in text for mark in ',"\n'):
            text = '"' + text.replace('"', '""') + '"'
        if self.data.get("encoding", "cp932") != "cp932":
            return text.encode()
        return b"".join(WINDOWS.get(each) or each.encode("cp932") for each in text)

    def column(self, key: str) -> int:
        """The number of a column, given by number or heading."""
        return int(key) if key.isdecimal() else self.headings.index(key) + 1

    def row(self, values: Mapping[str, str]) -> Row:
        """A row from the values of some of its columns."""
        texts = {self.column(key): value for key, value in values.items()}
        width = len(self.headings) or int(self.data["width"])
        return Row(tuple(self.encoded(texts.get(number, "")) for number in range(1, width + 1)))

    def rows(self) -> list[Row]:
        """All rows of the good file, the heading first."""
        heading = [Row(tuple(self.encoded(each) for each in self.headings))] if self.headings else []
        return heading + [self.row(values) for values in self.data["rows"]]

    def file(self, rows: list[Row]) -> bytes:
        """A whole file."""
        return self.mark + b"".join(row.written() for row in rows)

    @property
    def mark(self) -> bytes:
        """What a file begins with."""
        return MARK if self.data.get("encoding") == "utf-8-bom" else b""


@dataclass(frozen=True, slots=True)
class Bad:
    """A bad file, and what must be found in it."""

    data: bytes
    fault: Mapping[str, Any]


def changed(golden: Golden, row: Row, plant: Mapping[str, Any]) -> Row:
    """The row with the fault planted in it."""
    values = list(row.values)
    for key, text in plant.get("set", {}).items():
        values[golden.column(key) - 1] = golden.encoded(text, bare="bare" in plant)
    for key, code in plant.get("raw", {}).items():
        values[golden.column(key) - 1] = bytes.fromhex(code)
    if "drop" in plant:
        del values[golden.column(plant["drop"]) - 1]
    return replace(row, values=tuple(values), end=plant.get("end", "\r\n").encode())


def place_in(golden: Golden, row: Row, plant: Mapping[str, Any]) -> int:
    """Where in its row the fault must be found."""
    if plant.get("where") == "end of row":
        return len(row.written()) - len(row.end)
    if plant.get("where") == "start of row":
        return 0
    column = golden.column(plant["column"])
    at = golden.encoded(plant["at"], bare=True) if "at" in plant else bytes.fromhex(plant.get("at_hex", ""))
    return row.start(column) + row.values[column - 1].index(at)


def planted(golden: Golden, plant: Mapping[str, Any]) -> Bad:
    """One bad file of a layout: a row changed, or put in once more at the end with a change."""
    rows = golden.rows()
    if "again" in plant:
        rows.append(rows[int(plant["again"]) - 1])
    number = int(plant.get("row", len(rows)))
    rows[number - 1] = changed(golden, rows[number - 1], plant)
    byte = len(golden.file(rows[: number - 1])) + place_in(golden, rows[number - 1], plant)
    fault = {"row": number, "column": golden.column(plant["column"]), "byte": byte, "code": plant["code"]}
    words = {key: plant[key] for key in ("found", "allowed") if key in plant}
    return Bad(golden.file(rows), fault | words)


def numbers(declared: Mapping[str, Any]) -> dict[str, Any]:
    """What was declared, with numbers for their digits."""
    return {name: int(value) if isinstance(value, str) else numbers(value) for name, value in declared.items()}


def of_the_whole(golden: Golden, plant: Mapping[str, Any], layouts: Mapping[str, Golden]) -> Bad:
    """A file that only as a whole is wrong: of another layout, or not what its sender said of it."""
    if "other" in plant:
        other = layouts[plant["other"]]
        return Bad(other.file(other.rows()), {"row": 1, "column": 1, "byte": 0, "code": plant["code"]})
    rows = golden.rows()
    data = golden.file(rows)
    column = golden.column(plant["column"])
    fault = {"row": len(rows), "column": column, "byte": len(data), "code": plant["code"]}
    return Bad(data, {**fault, "declared": numbers(plant["declared"])})


def files_of(golden: Golden, layouts: Mapping[str, Golden]) -> Iterator[tuple[str, bytes]]:
    """Every file of a layout, and the table of what must be found in them."""
    ending = "csv" if golden.headings else "txt"
    yield f"good.{ending}", golden.file(golden.rows())
    table = []
    for name, plant in sorted(golden.data["bad"].items()):
        whole = "other" in plant or "declared" in plant
        bad = of_the_whole(golden, plant, layouts) if whole else planted(golden, plant)
        yield f"{name}.{ending}", bad.data
        table.append(f'  "{name}.{ending}": {json.dumps(bad.fault, ensure_ascii=False)}')
    yield "faults.json", ("{\n" + ",\n".join(table) + "\n}\n").encode()


def golden_files() -> Iterator[tuple[str, bytes]]:
    """Every golden file of every layout, by its place in the folder."""
    text = (TOOLS / "golden_layouts.yaml").read_text(encoding="utf-8")
    plants = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - safer still: every value stays the text it is
    layouts = {name: Golden(name, data) for name, data in plants.items()}
    for name, golden in layouts.items():
        for file, data in files_of(golden, layouts):
            yield f"{name}/{file}", data


def main(arguments: list[str]) -> int:
    """Write the files, or say which of them are not what they should be."""
    stale = []
    for name, data in golden_files():
        file = GOLDEN / name
        if "--check" not in arguments:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        elif not file.exists() or file.read_bytes() != data:
            stale.append(name)
    for name in stale:
        print(f"{name} is not what this script writes")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
