"""Columns that a portal renamed: what differs, and what an officer says each column is.

Mapping files a new version of the layout, with an entry; until then nothing of the portal's file is loaded. Import
this only once the house is open.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from sekisho.adapters.database.connectors import begin_run, end_run, find_connector, ignore_headings, run_now
from sekisho.adapters.database.models import ConnectorMode, ConnectorRow, ConnectorRunRow, RunOutcome
from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.layouts import layouts_in_use
from sekisho.bootstrap.adoption import adopt_layout_file
from sekisho.bootstrap.house import now
from sekisho.business.hometown_donations.donations import (
    PORTALS,
    HeadingDifference,
    close_layout,
    compare_headings,
    extend_layout,
    guess_mapping,
    read_headings,
)
from sekisho.kernel import SekishoError
from sekisho.records import Layout, RecordsError


def look_at_headings(row: ConnectorRow, head: bytes) -> tuple[HeadingDifference, Mapping[str, str]]:
    """How a file's headings differ from the layout in use, and a first guess of which is which.

    Raises:
        RecordsError: The file has no headings in the layout's code.

    """
    office = layouts_in_use()
    layout: Layout = office.choose(PORTALS[row.portal].layout, head).layout
    headings = read_headings(layout, head)
    difference = compare_headings(layout, headings, office.shelf.vocabulary, row.ignored)
    return difference, guess_mapping(layout, difference, headings)


def difference_as_data(difference: HeadingDifference, guesses: Mapping[str, str]) -> dict[str, object]:
    """The difference as it is kept with a run: headings only."""
    return {
        "layout": difference.layout,
        "version": difference.version,
        "fingerprint": difference.fingerprint,
        "missing": [[each.field, each.heading, each.required] for each in difference.missing],
        "unknown": list(difference.unknown),
        "surplus": list(difference.surplus),
        "guesses": dict(guesses),
    }


def note_mismatch(tenant: str, connector: str, person: str, head: bytes) -> int:
    """Look at the headings of an officer's file; answers the run that waits to be mapped, or 0 if nothing differs.

    Raises:
        RecordsError: The file has no headings in the layout's code.
        SekishoError: There is no such connector.

    """
    row = find_connector(tenant, connector)
    difference, guesses = look_at_headings(row, head)
    if not difference.stops:
        return 0
    run = begin_run(row, None, person, now())
    return end_run(run, RunOutcome.MISMATCH, now(), detail=difference_as_data(difference, guesses)).pk


def settle_mismatch(tenant: str, run: int, mapping: Mapping[str, str], ignored: Sequence[str], person: str) -> str:
    """Map the columns of a waiting run of this municipality, once; answers the new version of the layout, if any.

    Raises:
        SekishoError: No such run waits here.

    """
    rows = ConnectorRunRow.objects.select_related("connector")
    row = rows.filter(tenant_id=tenant, pk=run, outcome=RunOutcome.MISMATCH).first()
    if row is None:
        message = f"割当てを待つ実行 {run} はありません / no such run waits to be mapped"
        raise SekishoError(message)
    version = map_columns(row, mapping, ignored, person)
    why = f"見出しを割り当てました(版 {version or '—'}) / the columns were mapped"
    end_run(row, RunOutcome.REFUSED, now(), detail={**row.detail, "why": why})
    if row.connector.mode == ConnectorMode.ROBOT:
        run_now(row.connector, now())
    return version


def map_columns(run: ConnectorRunRow, mapping: Mapping[str, str], ignored: Sequence[str], person: str) -> str:
    """File the new version of the layout that an officer mapped on screen.

    Answers with the new version; empty if nothing was mapped and only headings are left out.

    Raises:
        RecordsError: The mapping does not fit, or leaves something open.

    """
    row = run.connector
    detail = run.detail
    missing = {field: required for field, _, required in detail["missing"]}
    unknown = set(detail["unknown"])
    strangers = set(mapping) - set(missing) or set(mapping.values()) - unknown or set(ignored) - unknown
    open_fields = set(missing) - set(mapping)
    if strangers or open_fields or unknown - set(mapping.values()) - set(ignored):
        message = (
            "すべての列に割当て(又は使わない)を選んでください / every column must be mapped, or said not to be used"
        )
        raise RecordsError(message)
    version = _file_version(detail, mapping, person) if mapping else ""
    ignore_headings(row, ignored)
    return version


def _file_version(detail: Mapping[str, object], mapping: Mapping[str, str], person: str) -> str:
    """Write the new version from the one in use, and adopt it from today on; the one in use ends yesterday.

    A version that begins today is replaced by itself with more names: two versions never hold on one day.
    """
    office, today = layouts_in_use(), office_day(now())
    layout = str(detail["layout"])
    known = office.version(layout, str(detail["version"]))
    text, own = office.file_of(known).text, known.effective_from >= today
    name = known.version if own else today.isoformat()
    body = extend_layout(text, mapping, known.effective_from if own else today, name)
    if not own:
        closed = close_layout(text, today - timedelta(days=1))
        adopt_layout_file(closed.encode(), f"{layout}@{known.version}.yaml", person)
    adopt_layout_file(body.encode(), f"{layout}@{name}.yaml", person)
    return name
