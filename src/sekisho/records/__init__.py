"""Record layouts as data; Japanese text, numbers and dates; reading, checking and writing records from bytes. Pure."""

from sekisho.records.areas import CATEGORIES, read_share, registry_area, write_share
from sekisho.records.characters import encode_text, find_private, unwritable
from sekisho.records.errors import RecordsError
from sekisho.records.examination import Examination, examine, part
from sekisho.records.faults import Fault, FaultCode, mask
from sekisho.records.files import Record, find_unwritable, read, strip_items, write, write_record
from sekisho.records.layout import (
    Confidence,
    DataClass,
    Field,
    FieldType,
    Item,
    Layout,
    LayoutShelf,
    make_shelf,
)
from sekisho.records.loading import parse_layout, parse_vocabulary
from sekisho.records.lots import LotNumber, fold_lot, parse_lot, parse_lots
from sekisho.records.numbers import (
    NumberKind,
    NumberVerdict,
    check_number,
    corporate_check_digit,
    has_individual_number,
    individual_check_digit,
    municipality_check_digit,
    normalise_number,
)
from sekisho.records.partial import Partial, Place, merge
from sekisho.records.shadows import shadow_of_address, shadow_of_lot, shadow_of_name
from sekisho.records.wareki import ERAS, Era, ReadDate, era_of, fiscal_year, read_date, write_short_wareki, write_wareki

__all__ = [
    "CATEGORIES",
    "ERAS",
    "Confidence",
    "DataClass",
    "Era",
    "Examination",
    "Fault",
    "FaultCode",
    "Field",
    "FieldType",
    "Item",
    "Layout",
    "LayoutShelf",
    "LotNumber",
    "NumberKind",
    "NumberVerdict",
    "Partial",
    "Place",
    "ReadDate",
    "Record",
    "RecordsError",
    "check_number",
    "corporate_check_digit",
    "encode_text",
    "era_of",
    "examine",
    "find_private",
    "find_unwritable",
    "fiscal_year",
    "fold_lot",
    "has_individual_number",
    "individual_check_digit",
    "make_shelf",
    "mask",
    "merge",
    "municipality_check_digit",
    "normalise_number",
    "parse_layout",
    "parse_lot",
    "parse_lots",
    "parse_vocabulary",
    "part",
    "read",
    "read_date",
    "read_share",
    "registry_area",
    "shadow_of_address",
    "shadow_of_lot",
    "shadow_of_name",
    "strip_items",
    "unwritable",
    "write",
    "write_record",
    "write_share",
    "write_short_wareki",
    "write_wareki",
]
