"""Customer barcodes: what of an address goes in, what gets no barcode, every rule of Japan Post."""

import pytest

from sekisho.adapters.places import postal_book
from sekisho.records import RecordsError, customer_barcode, encode_barcode, extract_address_part


@pytest.mark.parametrize(
    ("address", "extracted"),
    [
        ("１丁目３番２号　郵便プラザ５０３室", "1-3-2-503"),
        ("29丁目1524-23 第2郵便ハウス501", "29-1524-23-2-501"),
        ("十番地一の2", "10-1-2"),
        ("二番館 3", "2-3"),
        ("三好ビル", ""),
        ("1−2 コーポ３F", "1-2-3"),
        ("A棟101", "A101"),
        ("4-1(9階)", "4-1-9"),
        ("5−6ー7", "5-6-7"),
    ],
)
def test_what_of_an_address_goes_into_a_barcode(address: str, extracted: str) -> None:
    assert extract_address_part(address) == extracted


@pytest.mark.parametrize(("extracted", "last"), [("29-1524-23-2-501", "-"), ("3-80-25J1-2B", "CC1"), ("1", "CC4")])
def test_what_is_too_long_is_cut_and_what_is_too_short_is_filled(extracted: str, last: str) -> None:
    made = encode_barcode("0640804", extracted)
    assert (len(made.symbols), made.symbols[-1]) == (20, last)


@pytest.mark.parametrize("postcode", ["", "123", "85086855", "ABCDEFG", "850-868"])
def test_a_postcode_has_seven_digits(postcode: str) -> None:
    with pytest.raises(RecordsError, match="7桁"):
        customer_barcode(postcode, "1-1")


def test_only_digits_capitals_and_hyphens_make_a_barcode() -> None:
    with pytest.raises(RecordsError, match="英大文字"):
        encode_barcode("8508685", "4番1号")


@pytest.mark.parametrize(
    ("postcode", "address", "part"),
    [
        ("3170055", "茨城県日立市宮田町6丁目7-14 ABCビル2F", "6丁目7-14 ABCビル2F"),
        ("3170055", "日立市宮田町 6丁目7-14", "6丁目7-14"),
        ("3170055", "6丁目7-14 ABCビル2F", "6丁目7-14 ABCビル2F"),
        ("8508685", "長崎市魚の町4番1号", "4番1号"),
        ("0000000", "6丁目7-14", "6丁目7-14"),
    ],
)
def test_the_town_is_left_out_of_a_barcode(postcode: str, address: str, part: str) -> None:
    assert postal_book().address_part(postcode, address) == part


def test_a_postcode_of_a_large_office_names_it() -> None:
    (office,) = postal_book().towns_of("8508685")
    assert (office.office, office.municipality_code, office.town) == ("長崎市役所", "42201", "魚の町")


def extracted(postcode: str, address: str) -> str:
    """What of an address a barcode holds, by the postal data."""
    return postal_book().customer_barcode(postcode, address).extracted


@pytest.mark.parametrize(
    ("postcode", "address", "part"),
    [
        ("100-0013", "東京都千代田区霞が関1丁目3番2号 郵便プラザ503室", "1-3-2-503"),
        ("100-0013", "千代田区霞ヶ関１丁目３番２号　郵便プラザ５０３室", "1-3-2-503"),
        ("060-0906", "北海道札幌市東区北六条東4丁目1-1", "4-1-1"),
        ("065-0006", "札幌市東区北6条東10丁目2番", "10-2"),
        ("065-0006", "札幌市東区北６条東１０－２", "10-2"),
        ("317-0055", "茨城県日立市宮田町6丁目7-14 ABCビル2F", "6-7-14-2"),
        ("785-0610", "高岡郡檮原町梼原1444番地1", "1444-1"),
        ("8508685", "長崎市魚の町4番1号 3階", ""),
    ],
)
def test_a_barcode_is_made_from_the_text_of_an_address(postcode: str, address: str, part: str) -> None:
    assert extracted(postcode, address) == part


@pytest.mark.parametrize(
    ("postcode", "address", "right"),
    [
        ("060-0906", "札幌市東区北六条東10丁目2番", "065-0006"),
        ("060-0906", "札幌市東区北6条東十丁目2番", "065-0006"),
        ("065-0006", "札幌市東区北六条東3-1", "060-0906"),
    ],
)
def test_the_postcode_of_another_district_is_refused_with_the_right_one(
    postcode: str, address: str, right: str
) -> None:
    with pytest.raises(RecordsError, match=right):
        extracted(postcode, address)


@pytest.mark.parametrize("postcode", ["850-0000", "8500000", "８５０－００００"])
def test_a_postcode_for_all_that_has_none_of_its_own_gets_no_barcode(postcode: str) -> None:
    with pytest.raises(RecordsError, match="00"):
        extracted(postcode, "長崎市どこか1-1")
    with pytest.raises(RecordsError, match="00"):
        customer_barcode(postcode, "1-1")


def test_every_postcode_that_ends_in_00_stands_for_no_town() -> None:
    data = postal_book()._data
    rows = data.execute("SELECT DISTINCT neighborhood FROM postal_data WHERE code LIKE '%00'").fetchall()
    assert rows == [("",)]


@pytest.mark.parametrize(
    ("address", "part"),
    [
        ("3丁目80-25 J1ビル2-B", "3-80-25J1-2B"),
        ("1-2 abビル3", "1-2-3"),
        ("1-2 a b 3", "1-2AB3"),
        ("2F", "2"),
        ("1番F棟", "1F"),
        ("3番2号 5F-B", "3-2-5B"),
        ("4条3丁目2番1号", "4-3-2-1"),
        ("第一ビル 三線4号", "3-4"),
        ("１２番地ノ３", "12-3"),
        ("二丁3番", "2-3"),
        ("三地割4", "3-4"),
        ("1/2&3・4.5", "12345"),
        ("--1--2--", "1-2"),
    ],
)
def test_each_rule_of_extraction(address: str, part: str) -> None:
    assert extract_address_part(address) == part


@pytest.mark.parametrize(
    ("letter", "symbols"), [("A", ["CC1", "0"]), ("J", ["CC1", "9"]), ("K", ["CC2", "0"]), ("Z", ["CC3", "5"])]
)
def test_a_letter_takes_two_symbols(letter: str, symbols: list[str]) -> None:
    assert list(encode_barcode("1000013", letter).symbols[7:9]) == symbols


def test_a_letter_that_only_half_fits_keeps_its_control_code_alone() -> None:
    assert encode_barcode("1000013", "123456789012A").symbols[-1] == "CC1"
    assert encode_barcode("1000013", "12345678901A").symbols[-2:] == ("CC1", "0")
