"""Any passage and any specification, for property tests."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from sekisho.kernel import Direction, Findings, NumberFound, Passage, Specification
from tests.fakes.office import ROUTE, SPECIFICATION

_names = st.sampled_from(["urakami", "inasa", "dejima", "mayor", "asset_tax", "asset-tax-terminal-1", "other", ""])
_routes = st.sampled_from([ROUTE, ("internet",), (), ("lgwan", "government_shared_network")])
_items = st.frozensets(st.sampled_from(["lot_number", "owner_name", "sex", "individual_number"]))

FINDINGS = st.builds(
    Findings,
    media_type=st.sampled_from(["text/csv", "application/pdf"]),
    layout=st.sampled_from(["registry_notice", "price_notice", ""]),
    size=st.integers(0, 2_000),
    records=st.integers(0, 200),
    items=_items,
    fault_count=st.integers(0, 3),
    individual_numbers=st.sampled_from([(), (NumberFound(column="remarks", count=2, first_row=7),)]),
    other_municipality=st.integers(0, 2),
    number_columns=st.sampled_from([{}, {"individual_number": "individual_number"}]),
    active_content=st.sampled_from([(), ("formula",), ("script", "macro")]),
)
PASSAGES = st.builds(
    Passage,
    at=st.datetimes(min_value=datetime(2018, 1, 1), max_value=datetime(2031, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - hypothesis adds the zone
    agency=_names,
    department=_names,
    person=_names,
    terminal=_names,
    route=_routes,
    direction=st.sampled_from(list(Direction)),
    counterpart=st.sampled_from(["linkage_platform", "portal"]),
    announced_size=st.integers(0, 2_000),
    parcels_today=st.integers(0, 8),
    overdue_erasures=st.integers(0, 1),
    found=st.none() | FINDINGS,
)
_texts = st.text(max_size=8)
_tuples = st.lists(_texts, max_size=3).map(tuple)
SPECIFICATIONS = st.just(SPECIFICATION) | st.builds(
    Specification,
    tenant=_texts,
    consultation=_texts,
    connection=_texts,
    agency=_texts,
    department=_texts,
    counterpart=_texts,
    direction=st.sampled_from([str(each) for each in Direction]),
    route=_tuples,
    persons=_tuples,
    terminals=_tuples,
    items=_tuples,
    strip_unapproved=st.booleans(),
    layouts=_tuples,
    types=_tuples,
    bytes_at_most=st.integers(0, 10**9),
    records_at_most=st.integers(0, 10**6),
    parcels_a_day=st.integers(0, 100),
    not_before=_texts,
    not_after=_texts,
    erase_within_hours=st.integers(0, 100),
    legal_basis=_texts,
    as_of=_texts,
    masked_items=_tuples,
)
