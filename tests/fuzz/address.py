"""Addresses, lots, numbers, barcodes and search keys: whatever the text, an answer or a declared fault."""

from contextlib import suppress

from sekisho.adapters.places import shipped_municipalities
from sekisho.records import (
    NumberKind,
    RecordsError,
    check_number,
    complete_code,
    customer_barcode,
    encode_barcode,
    extract_address_part,
    find_undecided,
    fold_variants,
    has_individual_number,
    parse_address,
    parse_lots,
    shadow_of_address,
    shadow_of_lot,
    shadow_of_name,
    write_statutory_text,
)

TABLE = shipped_municipalities()
TOWNS = ("魚の町", "桜町", "大字三重", "三ッ山町", "南山手町", "霞が関", "北六条東", "桧町", "")


def _try_numbers(text: str) -> None:
    """A number has a verdict, and a valid one is its own normal form."""
    has_individual_number(text)
    for kind in NumberKind:
        verdict = check_number(kind, text)
        assert verdict.valid is (not verdict.reason)
        assert not verdict.valid or check_number(kind, verdict.normalised) == verdict
    with suppress(RecordsError):
        assert complete_code(complete_code(text)) == complete_code(text)
    with suppress(RecordsError):
        for lot in parse_lots(text):
            assert parse_lots(lot.canonical())[0].canonical() == lot.canonical()


def _try_barcode(text: str) -> None:
    """A barcode has 67 bars, and its values add up to a multiple of nineteen."""
    with suppress(RecordsError):
        customer_barcode(text[:8], text[8:])
    made = encode_barcode("8508685", extract_address_part(text))
    order = [*"0123456789-", *(f"CC{number}" for number in range(1, 9))]
    assert sum(order.index(symbol) for symbol in (*made.symbols, made.check_symbol)) % 19 == 0
    assert (len(made.symbols), len(made.bars)) == (20, 67)


def try_one(data: bytes) -> None:
    """Take a text apart in every way that an address, a name or a number is taken apart."""
    text = data.decode("utf-8", "surrogateescape")
    with suppress(RecordsError):
        found = parse_address(text, TABLE, lambda _: TOWNS)
        assert found.text == text
        assert found.code in TABLE.rows
    for shadow in (shadow_of_address, shadow_of_name, shadow_of_lot, fold_variants):
        assert shadow(shadow(text)) == shadow(text)
    written = write_statutory_text(text)
    assert written.unwritable or not write_statutory_text(written.text).substitutions
    assert all(each.character in text for each in find_undecided(text))
    _try_numbers(text)
    _try_barcode(text)
