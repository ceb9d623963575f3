"""Record layouts as data; Japanese text, numbers and dates; reading, checking and writing records from bytes. Pure.

What reads and checks whole files needs arrays and tables (numpy, polars), which are large. They are brought when
they are asked for: a process that reads no records, such as the lane, stays small, and a small command starts at once.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Final

from sekisho.records.addresses import Address, fold_address, parse_address
from sekisho.records.areas import CATEGORIES, read_share, registry_area, write_share
from sekisho.records.barcodes import (
    CustomerBarcode,
    NoBarcodeError,
    customer_barcode,
    encode_barcode,
    extract_address_part,
)
from sekisho.records.characters import decode_text, encode_text, find_private, is_jis_x_0208, unwritable
from sekisho.records.contacts import fold_mail, fold_telephone
from sekisho.records.errors import RecordsError
from sekisho.records.faults import Fault, FaultCode, mask
from sekisho.records.kana import fold_reading, full_kana, half_kana, large_kana
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
    count_individual_numbers,
    has_individual_number,
    has_right_check_digit,
    individual_check_digit,
    municipality_check_digit,
    normalise_number,
)
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
from sekisho.records.substitutions import RULE_WORDS, FieldSubstitution, TextRule
from sekisho.records.variant_rows import VariantSource, VariantState
from sekisho.records.variants import (
    VARIANT_TABLE,
    VARIANTS,
    Undecided,
    Variant,
    find_undecided,
    fold_forms,
    fold_variants,
)
from sekisho.records.vocabulary import parse_vocabulary
from sekisho.records.wareki import (
    ERAS,
    Era,
    ReadDate,
    era_of,
    fiscal_year,
    read_date,
    write_letter_wareki,
    write_short_wareki,
    write_wareki,
    write_wareki_year,
)

if TYPE_CHECKING:
    from sekisho.records.blocks import Block
    from sekisho.records.examination import (
        Declared,
        Engine,
        Examination,
        Hashed,
        Part,
        PartExaminer,
        examine,
        in_this_process,
    )
    from sekisho.records.golden import try_golden
    from sekisho.records.masking import mask_items, unmaskable_items
    from sekisho.records.partial import Partial, Place, merge
    from sekisho.records.parts import part
    from sekisho.records.preparation import Prepared, prepare
    from sekisho.records.reading import Record, read, strip_items
    from sekisho.records.recognition import FirstRecords, choose_version, first_records, guess_layouts, is_of, likeness
    from sekisho.records.rewriting import rewrite
    from sekisho.records.writing import (
        Unwritable,
        UnwritableError,
        WhyUnwritable,
        find_unwritable,
        list_unwritable,
        write,
        write_record,
    )

_ON_DEMAND: Final = {
    name: f"sekisho.records.{module}"
    for module, names in {
        "blocks": ("Block",),
        "examination": (
            "Declared",
            "Engine",
            "Examination",
            "Hashed",
            "Part",
            "PartExaminer",
            "examine",
            "in_this_process",
        ),
        "golden": ("try_golden",),
        "masking": ("mask_items", "unmaskable_items"),
        "partial": ("Partial", "Place", "merge"),
        "parts": ("part",),
        "preparation": ("Prepared", "prepare"),
        "reading": ("Record", "read", "strip_items"),
        "recognition": ("FirstRecords", "choose_version", "first_records", "guess_layouts", "is_of", "likeness"),
        "rewriting": ("rewrite",),
        "writing": (
            "Unwritable",
            "UnwritableError",
            "WhyUnwritable",
            "find_unwritable",
            "list_unwritable",
            "write",
            "write_record",
        ),
    }.items()
    for name in names
}


def __getattr__(name: str) -> object:
    """Bring what is asked for from where it is written.

    Raises:
        AttributeError: There is no such thing here.

    """
    if name not in _ON_DEMAND:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    found: object = getattr(import_module(_ON_DEMAND[name]), name)
    globals()[name] = found
    return found


__all__ = [
    "CATEGORIES", "ERAS", "NORTHERN_VILLAGES", "RULE_WORDS", "VARIANTS", "VARIANT_TABLE", "Address", "Block",
    "Confidence", "CustomerBarcode", "DataClass", "Declared", "Engine", "Era", "Examination", "Fault", "FaultCode",
    "Field", "FieldSubstitution", "FieldType", "FirstRecords", "Hashed", "Item", "Layout", "LayoutShelf",
    "LotNumber", "Municipality", "MunicipalityTable", "NoBarcodeError", "NumberKind", "NumberVerdict", "Part",
    "PartExaminer", "Partial", "Place", "PlaceKind", "Prepared", "ReadDate", "Record", "RecordsError",
    "StatutoryText", "Substitution", "TextRule", "Undecided", "Unwritable", "UnwritableError", "Variant",
    "VariantSource", "VariantState", "WhyUnwritable", "check_number", "choose_version", "complete_code",
    "corporate_check_digit", "count_individual_numbers", "customer_barcode", "decode_text", "due_date",
    "encode_barcode", "encode_text", "era_of", "examine", "extract_address_part", "find_private", "find_undecided",
    "find_unwritable", "first_records", "fiscal_year", "fold_address", "fold_dashes", "fold_forms", "fold_lot",
    "fold_mail", "fold_reading", "fold_telephone", "fold_variants", "full_kana", "guess_layouts", "half_kana",
    "has_individual_number", "has_right_check_digit", "in_this_process", "individual_check_digit", "is_jis_x_0208",
    "is_of", "kind_of_thirteen", "large_kana", "likeness", "list_unwritable", "make_shelf", "mask", "mask_items",
    "merge", "municipality_check_digit", "normalise_number", "parse_address", "parse_layout", "parse_lot",
    "parse_lots", "parse_vocabulary", "part", "prepare", "read", "read_date", "read_municipalities", "read_share",
    "registry_area", "rewrite", "shadow_of_address", "shadow_of_lot", "shadow_of_name", "split_tax", "strip_items",
    "try_golden", "unmaskable_items", "unwritable", "write", "write_amount", "write_birth_fields",
    "write_letter_wareki", "write_number", "write_record", "write_share", "write_short_wareki",
    "write_statutory_text", "write_wareki", "write_wareki_year",
]  # fmt: skip
