"""What is noted while one part of a file is read: faults with their places, and values in the wrong place."""

from sekisho.records.columns import Columns
from sekisho.records.faults import Fault, FaultCode, mask
from sekisho.records.partial import Partial, Place, merge_codes, merge_places
from sekisho.records.tallies import NO_TALLY, Tally


class Notebook:
    """The notes of one part; rows and bytes count from the part's own beginning. All faults count, `keep` are kept."""

    def __init__(self, columns: Columns, municipality: str, keep: int) -> None:
        self.columns = columns
        self.municipality = municipality
        self.keep = keep
        self.faults: list[Fault] = []
        self.fault_count = 0
        self.places: dict[str, dict[str, Place]] = {"numbers": {}, "private": {}, "formulas": {}}
        self.foreign = 0

    def fault(self, place: tuple[int, int, int], code: FaultCode, found: str = "", rule: str = "") -> None:
        """Note a fault at a row, column and byte; `rule` says in words what a rule over several fields asks."""
        known = self.columns.at(place[1])
        self._note(place, code, mask(found) if found else "", rule or (known.allowed if known else ""))

    def structure(self, place: tuple[int, int, int], code: FaultCode, found: str, wanted: str) -> None:
        """Note a fault of the form of a record, where not the field but the layout says what is allowed.

        What was found is told as it is: a number, a line end, the code of a character, never a value.
        """
        self._note(place, code, found, wanted)

    def _note(self, place: tuple[int, int, int], code: FaultCode, found: str, wanted: str) -> None:
        """Count a fault, and keep it while there is room."""
        self.fault_count += 1
        if len(self.faults) >= self.keep:
            return
        row, column, byte = place
        known = self.columns.at(column)
        name, label = (known.name, known.ja) if known else ("", "")
        self.faults.append(
            Fault(row=row, column=column, byte=byte, code=code, field=name, label=label, found=found, allowed=wanted)
        )

    def place(self, what: str, column: int, row: int, codes: tuple[str, ...] = ()) -> None:
        """Note a value in the wrong place."""
        known = self.columns.at(column)
        name = known.name if known else f"column{column}"
        found = Place(column=name, count=1, first_row=row, codes=merge_codes(codes, ()))
        before = self.places[what].get(name)
        self.places[what][name] = found if before is None else merge_places((before,), (found,), 0)[0]

    def partial(self, rows: int, size: int, tally: Tally | None = None) -> Partial:
        """Everything noted."""
        sort = {what: tuple(places[name] for name in sorted(places)) for what, places in self.places.items()}
        return Partial(
            rows=rows,
            size=size,
            faults=tuple(self.faults),
            fault_count=self.fault_count,
            foreign=self.foreign,
            tally=tally or NO_TALLY,
            **sort,
        )
