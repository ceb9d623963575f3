"""Taking the tally of one part of a file, record by record, for the rules over the whole file."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field

from sekisho.records.blocks import cut_fields
from sekisho.records.columns import Columns
from sekisho.records.layout import CheckKind, LayoutCheck
from sekisho.records.rules import whole_numbers
from sekisho.records.tallies import Keys, Seen, Tally, digest, first_two


def field_start(record: bytes, column: int, *, quotes: bool) -> int:
    """Where in a record this column begins."""
    if column == 1:
        return 0
    if quotes and b'"' in record:
        return sum(map(len, cut_fields(record)[: column - 1])) + column - 1
    return len(record) - len(record.split(b",", column - 1)[-1])


@dataclass(frozen=True, slots=True, kw_only=True)
class _FileRule:
    """A rule over the whole file, bound: which of the chosen values are its own, and which is its condition."""

    number: int
    check: LayoutCheck
    column: int
    own: tuple[int, ...]
    when: int | None

    def applies(self, picked: Sequence[str]) -> bool:
        """Does its condition hold in this record?"""
        if self.check.when is None:
            return True
        value = picked[self.when] if self.when is not None else ""
        return value in self.check.when.codes if self.check.when.codes else value != ""


@dataclass(slots=True)
class _Gathered:
    """What one rule has gathered so far."""

    digests: "array[int]" = field(default_factory=lambda: array("Q"))
    rows: "array[int]" = field(default_factory=lambda: array("Q"))
    bytes: "array[int]" = field(default_factory=lambda: array("Q"))
    last: tuple[str, ...] | None = None
    seen: list[Seen] = field(default_factory=list)
    total: int = 0


class Tallier:
    """Takes the tally of one part. `chosen` are the columns, counted from 1, whose values it wants to be handed."""

    def __init__(self, columns: Columns) -> None:
        places = {column.name: number for number, column in reversed(list(enumerate(columns.known, start=1)))}
        checks = [
            (number, check)
            for number, check in enumerate(columns.layout.file_checks)
            if all(name in places for name in check.fields)
        ]
        names = [name for _, check in checks for name in (*check.fields, *([check.when.field] if check.when else []))]
        self.quotes = columns.quotes
        self.chosen = tuple(dict.fromkeys(places[name] for name in names if name in places))
        self.rules = [self._bind(number, check, places) for number, check in checks]
        self.gathered = {rule.number: _Gathered() for rule in self.rules}

    def _bind(self, number: int, check: LayoutCheck, places: dict[str, int]) -> _FileRule:
        """A rule with the places of its values among the chosen ones."""
        when = places.get(check.when.field) if check.when else None
        return _FileRule(
            number=number,
            check=check,
            column=places[check.fields[0]],
            own=tuple(self.chosen.index(places[name]) for name in check.fields),
            when=None if when is None else self.chosen.index(when),
        )

    def add(self, row: int, offset: int, record: bytes, picked: Sequence[str]) -> None:
        """Count one record in."""
        for rule in self.rules:
            if rule.applies(picked):
                self._count(rule, (row, offset, record), tuple(picked[place] for place in rule.own))

    def _count(self, rule: _FileRule, where: tuple[int, int, bytes], own: tuple[str, ...]) -> None:
        """Count one record in under one rule."""
        row, offset, record = where
        gathered = self.gathered[rule.number]
        if rule.check.check is CheckKind.TOTAL:
            gathered.total += sum(whole_numbers(own) or [0])
        elif rule.check.check is CheckKind.UNIQUE:
            if not own[0]:
                return  # a key without its first part names nothing that could stand twice
            gathered.digests.append(digest(own))
            gathered.rows.append(row)
            gathered.bytes.append(offset + field_start(record, rule.column, quotes=self.quotes))
        elif own != gathered.last:
            gathered.last = own
            byte = offset + field_start(record, rule.column, quotes=self.quotes)
            seen = Seen(rule=rule.number, digest=digest(own), row=row, column=rule.column, byte=byte)
            gathered.seen = list(first_two([*gathered.seen, seen]))

    def tally(self) -> Tally:
        """Everything counted."""
        of_kind = {
            kind: [(rule, self.gathered[rule.number]) for rule in self.rules if rule.check.check is kind]
            for kind in CheckKind
        }
        return Tally(
            sums=tuple((rule.check.fields[0], each.total) for rule, each in of_kind[CheckKind.TOTAL]),
            values=tuple(seen for _, each in of_kind[CheckKind.SAME] for seen in each.seen),
            keys=tuple(
                Keys(rule=rule.number, column=rule.column, digests=each.digests, rows=each.rows, bytes=each.bytes)
                for rule, each in of_kind[CheckKind.UNIQUE]
            ),
        )
