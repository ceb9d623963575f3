"""Record layouts as data; Japanese text, numbers and dates; reading, checking and writing records from bytes. Pure."""

from sekisho.records.addresses import Address, fold_address, parse_address
from sekisho.records.areas import CATEGORIES, read_share, registry_area, write_share
from sekisho.records.barcodes import CustomerBarcode, customer_barcode, encode_barcode, extract_address_part
from sekisho.records.characters import decode_text, encode_text, find_private, is_jis_x_0208, unwritable
from sekisho.records.errors import RecordsError
from sekisho.records.examination import Examination, examine, part
from sekisho.records.faults import Fault, FaultCode, mask
from sekisho.records.files import Record, find_unwritable, read, strip_items, write, write_record
from sekisho.records.golden import try_golden
from sekisho.records.kana import full_kana, half_kana, large_kana
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
from sekisho.records.loading import parse_layout
from sekisho.records.lots import LotNumber, fold_lot, parse_lot, parse_lots
from sekisho.records.municipalities import (
    NORTHERN_VILLAGES,
    Municipality,
    MunicipalityTable,
    PlaceKind,
    complete_code,
    read_municipalities,
)
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
from sekisho.records.recognition import FirstRecords, choose_version, first_records, guess_layouts, is_of, likeness
from sekisho.records.shadows import shadow_of_address, shadow_of_lot, shadow_of_name
from sekisho.records.statutory_text import (
    StatutoryText,
    Substitution,
    due_date,
    fold_dashes,
    kind_of_thirteen,
    split_tax,
    write_amount,
    write_birth_fields,
    write_number,
    write_statutory_text,
)
from sekisho.records.variants import VARIANTS, fold_variants
from sekisho.records.vocabulary import parse_vocabulary
from sekisho.records.wareki import ERAS, Era, ReadDate, era_of, fiscal_year, read_date, write_short_wareki, write_wareki

__all__ = [
    "CATEGORIES",
    "ERAS",
    "NORTHERN_VILLAGES",
    "VARIANTS",
    "Address",
    "Confidence",
    "CustomerBarcode",
    "DataClass",
    "Era",
    "Examination",
    "Fault",
    "FaultCode",
    "Field",
    "FieldType",
    "FirstRecords",
    "Item",
    "Layout",
    "LayoutShelf",
    "LotNumber",
    "Municipality",
    "MunicipalityTable",
    "NumberKind",
    "NumberVerdict",
    "Partial",
    "Place",
    "PlaceKind",
    "ReadDate",
    "Record",
    "RecordsError",
    "StatutoryText",
    "Substitution",
    "check_number",
    "choose_version",
    "complete_code",
    "corporate_check_digit",
    "customer_barcode",
    "decode_text",
    "due_date",
    "encode_barcode",
    "encode_text",
    "era_of",
    "examine",
    "extract_address_part",
    "find_private",
    "find_unwritable",
    "first_records",
    "fiscal_year",
    "fold_address",
    "fold_dashes",
    "fold_lot",
    "fold_variants",
    "full_kana",
    "guess_layouts",
    "half_kana",
    "has_individual_number",
    "individual_check_digit",
    "is_jis_x_0208",
    "is_of",
    "kind_of_thirteen",
    "large_kana",
    "likeness",
    "make_shelf",
    "mask",
    "merge",
    "municipality_check_digit",
    "normalise_number",
    "parse_address",
    "parse_layout",
    "parse_lot",
    "parse_lots",
    "parse_vocabulary",
    "part",
    "read",
    "read_date",
    "read_municipalities",
    "read_share",
    "registry_area",
    "shadow_of_address",
    "shadow_of_lot",
    "shadow_of_name",
    "split_tax",
    "strip_items",
    "try_golden",
    "unwritable",
    "write",
    "write_amount",
    "write_birth_fields",
    "write_number",
    "write_record",
    "write_share",
    "write_short_wareki",
    "write_statutory_text",
    "write_wareki",
]
