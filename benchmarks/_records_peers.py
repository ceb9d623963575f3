"""The peers of benchmarks/records.py, each in a process of its own, with the same ten rules on the same file.

Run by the peers' own Python (BENCH_PEERS): python -m benchmarks._records_peers TOOL FILE ROWS. All columns are read as
text, as ours are. Each reads CP932 the best way it can: the tools on Polars get the file transcoded piece by piece by
Python's codec and read as UTF-8 (less memory and CPU than read_csv(encoding="cp932")); pydantic gets the rows of
Python's csv module; frictionless reads the file itself.
"""

from __future__ import annotations

import codecs
import csv
import importlib
import io
import sys
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from benchmarks._records_clock import Clock, report

if TYPE_CHECKING:
    from collections.abc import Callable

FORM: Final = "^[A-Z]{2}-[0-9]{6}$"
POSTCODE: Final = "^[0-9]{3}-[0-9]{4}$"
TWELVE: Final = "^[0-9]{12}$"
SEXES: Final = ["男", "女", "その他"]
STATES: Final = ["居住", "転出", "死亡", "職権消除", "転入予定"]
LONGEST, MOST = 40, 20_000_000
# The headings of the file by the names of its fields, where a rule needs them.
HEADINGS: Final = {
    "record_id": "整理番号",
    "name": "氏名",
    "birth_date": "生年月日",
    "sex": "性別",
    "individual_number": "個人番号",
    "postcode": "郵便番号",
    "income": "所得",
    "levied": "賦課額",
    "paid": "納付額",
    "state": "異動事由",
    "remarks": "備考",
}
Counts = dict[str, int]
# The rules that frictionless has words for.
LIMITS: Final[dict[str, dict[str, Any]]] = {
    "record_id": {"constraints": {"pattern": FORM.strip("^$")}},
    "name": {"constraints": {"required": True}},
    "sex": {"constraints": {"enum": SEXES}},
    "postcode": {"constraints": {"pattern": POSTCODE.strip("^$")}},
    "income": {"type": "integer", "constraints": {"minimum": 0, "maximum": MOST}},
    "levied": {"type": "integer"},
    "paid": {"type": "integer"},
    "state": {"constraints": {"enum": STATES}},
    "remarks": {"constraints": {"maxLength": LONGEST}},
}


def right_digit(number: str) -> bool:
    """Is the last digit of an Individual Number right? (番号利用法施行規則 art. 5)."""
    if len(number) != 12 or not number.isdecimal() or not number.isascii():
        return False
    weights = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
    rest = sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False)) % 11
    return int(number[11]) == (0 if rest <= 1 else 11 - rest)


def is_day(text: str) -> bool:
    """Is it a day of the calendar?"""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def read_frame(path: Path, rows: int) -> Any:
    """The file as a Polars frame of texts."""
    pl = importlib.import_module("polars")
    decoder, text = codecs.getincrementaldecoder("cp932")(), io.BytesIO()
    with path.open("rb") as file:
        while piece := file.read(8 << 20):
            text.write(decoder.decode(piece).encode())
    text.seek(0)
    names = {heading: name for name, heading in HEADINGS.items()}
    frame = pl.read_csv(text, infer_schema=False, n_rows=rows)
    return frame.rename({heading: name for heading, name in names.items() if heading in frame.columns})


def rules_in_polars() -> dict[str, Any]:
    """The rules that the tools on Polars do not bring along, as expressions; true is right."""
    pl = importlib.import_module("polars")
    number = pl.col("individual_number").cast(pl.UInt64, strict=False)
    weighed = [(number // 10 ** (place + 1) % 10) * (place + 2 if place < 6 else place - 4) for place in range(11)]
    rest = pl.sum_horizontal(weighed) % 11
    digit = pl.when(rest <= 1).then(0).otherwise(11 - rest)
    income, levied, paid = (pl.col(name).cast(pl.Int64, strict=False) for name in ("income", "levied", "paid"))
    return {
        "birth_date": pl.col("birth_date").str.to_date("%Y-%m-%d", strict=False).is_not_null(),
        "income": income.is_between(0, MOST),
        "individual_number": pl.col("individual_number").str.contains(TWELVE) & (digit == number % 10),
        "levied": levied >= paid,
    }


def dataframely(path: Path, rows: int, clock: Clock) -> Counts:
    """Filter a frame by a schema, and read the table of failures."""
    dy, own = importlib.import_module("dataframely"), rules_in_polars()
    clock.start()
    frame = read_frame(path, rows)
    clock.lap("read")
    columns: dict[str, Any] = {name: dy.String(nullable=True) for name in frame.columns}
    columns |= {
        "record_id": dy.String(nullable=True, regex=FORM),
        "name": dy.String(nullable=False),
        "sex": dy.String(nullable=True, check=lambda value: value.is_in(SEXES)),
        "postcode": dy.String(nullable=True, regex=POSTCODE),
        "state": dy.String(nullable=True, check=lambda value: value.is_in(STATES)),
        "remarks": dy.String(nullable=True, max_length=LONGEST),
    }
    rules = {f"rule_{name}": dy.rule()(_always(each)) for name, each in own.items()}
    schema = type(dy.Schema)("Residents", (dy.Schema,), {**columns, **rules})
    _, failures = schema.filter(frame)
    failures.invalid()
    counts = {rule.removeprefix("rule_").split("|")[0]: count for rule, count in failures.counts().items()}
    clock.lap("rules")
    return counts


def _always(expression: Any) -> Callable[..., Any]:
    """A rule of dataframely that is this expression."""
    return lambda _: expression


def pandera(path: Path, rows: int, clock: Clock) -> Counts:
    """Validate a frame lazily, and read the table of failure cases."""
    pa, own = importlib.import_module("pandera.polars"), rules_in_polars()
    clock.start()
    frame = read_frame(path, rows)
    clock.lap("read")
    checks: dict[str, Any] = {
        "record_id": pa.Check.str_matches(FORM),
        "sex": pa.Check.isin(SEXES),
        "postcode": pa.Check.str_matches(POSTCODE),
        "state": pa.Check.isin(STATES),
        "remarks": pa.Check.str_length(max_value=LONGEST),
        **{name: pa.Check(_lazily(own[name]), name=name) for name in ("birth_date", "income", "individual_number")},
    }
    columns = {name: pa.Column(str, checks.get(name), nullable=name != "name") for name in frame.columns}
    schema = pa.DataFrameSchema(columns, checks=pa.Check(_lazily(own["levied"]), name="levied"))
    try:
        schema.validate(frame, lazy=True)
        counts: Counts = {}
    except importlib.import_module("pandera.errors").SchemaErrors as faults:
        cases = faults.failure_cases
        counts = {}
        for column, check in zip(cases["column"].to_list(), cases["check"].to_list(), strict=True):
            name = "levied" if check == "levied" else column
            counts[name] = counts.get(name, 0) + 1
    clock.lap("rules")
    return counts


def _lazily(expression: Any) -> Callable[[Any], Any]:
    """A check of pandera that is this expression."""
    return lambda data: data.lazyframe.select(expression)


def pydantic(path: Path, rows: int, clock: Clock) -> Counts:
    """Validate row by row: a model of the ten rules, the other columns as texts."""
    py = importlib.import_module("pydantic")
    clock.start()
    with path.open(encoding="cp932", newline="") as file:
        reader = csv.reader(file)
        names = {heading: name for name, heading in HEADINGS.items()}
        fields = [names.get(heading, heading) for heading in next(reader)]
        records = [dict(zip(fields, values, strict=True)) for values in islice(reader, rows)]
    clock.lap("read")
    adapter = _model(py, fields)
    counts: Counts = {}
    for record in records:
        try:
            adapter.validate_python(record)
        except py.ValidationError as found:
            for each in found.errors(include_url=False, include_context=False):
                name = str(each["loc"][0]) if each["loc"] else "levied"
                counts[name] = counts.get(name, 0) + 1
    clock.lap("rules")
    return counts


def _must(test: Callable[[Any], bool]) -> Callable[[Any], Any]:
    """A validator that refuses what does not pass the test."""

    def check(value: Any) -> Any:
        """Pass the value on.

        Raises:
            ValueError: It does not pass.

        """
        if not test(value):
            raise ValueError
        return value

    return check


def _model(py: Any, fields: list[str]) -> Any:
    """The ten rules as a pydantic model."""
    digit = py.AfterValidator(_must(right_digit))
    day = py.AfterValidator(_must(is_day))
    kinds: dict[str, Any] = {
        "record_id": Annotated[str, py.Field(pattern=FORM)],
        "name": Annotated[str, py.Field(min_length=1)],
        "birth_date": Annotated[str, day],
        "sex": Literal[tuple(SEXES)],
        "individual_number": Annotated[str, digit],
        "postcode": Annotated[str, py.Field(pattern=POSTCODE)],
        "income": Annotated[int, py.Field(ge=0, le=MOST)],
        "levied": int,
        "paid": int,
        "state": Literal[tuple(STATES)],
        "remarks": Annotated[str, py.Field(max_length=LONGEST)],
    }
    model = py.create_model("Resident", **{name: (kinds.get(name, str), ...) for name in fields})
    ordered = py.AfterValidator(_must(lambda resident: resident.levied >= resident.paid))
    return py.TypeAdapter(Annotated[model, ordered])


def frictionless(path: Path, rows: int, clock: Clock) -> Counts:
    """Validate the file itself, as it lies there."""
    fl = importlib.import_module("frictionless")
    by_heading = {heading: name for name, heading in HEADINGS.items()}
    with path.open(encoding="cp932", newline="") as file:
        headings = next(csv.reader(file))
    fields = [
        {"name": heading, "type": "string", **LIMITS.get(by_heading.get(heading, ""), {})} for heading in headings
    ]
    schema = fl.Schema.from_descriptor({"fields": fields})
    resource = fl.Resource(path=path.name, basepath=str(path.parent), encoding="cp932", format="csv", schema=schema)
    checklist = fl.Checklist(checks=[_row_check(fl)])
    fl.Resource(resource.to_descriptor(), basepath=str(path.parent)).validate(limit_rows=1)  # it imports as it runs
    clock.start()
    made = resource.validate(checklist, limit_rows=rows, limit_errors=1_000_000)
    counts: Counts = {}
    for heading, note in made.flatten(["fieldName", "note"]):
        name = by_heading.get(heading, "") or str(note)
        counts[name] = counts.get(name, 0) + 1
    clock.lap("read and rules")
    return counts


def _row_check(fl: Any) -> Any:
    """The check digit and the comparison of two fields, for which frictionless has no constraint; and the date.

    Its own type of a date asks strptime, which costs twice as much.
    """

    def validate_row(_: Any, row: Any) -> Any:
        """Say what is wrong with a row."""
        if not right_digit(row[HEADINGS["individual_number"]] or ""):
            yield fl.errors.RowError.from_row(row, note="individual_number")
        if not is_day(row[HEADINGS["birth_date"]] or ""):
            yield fl.errors.RowError.from_row(row, note="birth_date")
        if row[HEADINGS["levied"]] < row[HEADINGS["paid"]]:
            yield fl.errors.RowError.from_row(row, note="levied")

    names = {"type": "own-rules", "Errors": [fl.errors.RowError], "validate_row": validate_row}
    return type("OwnRules", (fl.Check,), names)()


TOOLS: Final = {"dataframely": dataframely, "pandera": pandera, "pydantic": pydantic, "frictionless": frictionless}


def main(tool: str, file: str, rows: str) -> None:
    """Measure one tool."""
    clock = Clock()
    counts = TOOLS[tool](Path(file), int(rows), clock)
    report(clock, int(rows), {name: count for name, count in counts.items() if count})


if __name__ == "__main__":
    main(*sys.argv[1:])
