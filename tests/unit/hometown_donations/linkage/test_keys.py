"""One person's spellings are one key, and two people's are two: names, readings, addresses, telephones, mail."""

import pytest

from sekisho.adapters.linkage import place_book
from sekisho.business.hometown_donations.linkage import Donor, make_keys, name_keys
from sekisho.business.hometown_donations.linkage.places import locate
from sekisho.records import fold_mail, fold_reading, fold_telephone


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("髙橋　真", "高橋 眞"),
        ("渡邉一郎", "渡辺　一郎"),
        ("𠮷田 髙子", "吉田高子"),
        ("龍田 櫻", "竜田桜"),
        ("SMITH John", "john　smith"),
        ("㈱長崎海産", "株式会社長崎海産"),
        ("長崎海産株式会社", "(株)長崎海産"),
    ],
)
def test_a_name_in_two_spellings_is_one_key(one: str, other: str) -> None:
    assert name_keys(one, "").name == name_keys(other, "").name


@pytest.mark.parametrize(
    ("one", "other"), [("裕子", "祐子"), ("山田太郎", "山田花子"), ("長崎海産", "株式会社長崎海産")]
)
def test_two_names_stay_two_keys(one: str, other: str) -> None:
    assert name_keys(one, "").name != name_keys(other, "").name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("シヅカ", "しずか"),
        ("ｻﾄｳ ｼﾞｭﾝ", "サトウ　ジユン"),
        ("オーノ", "オノ"),
        ("ヂンナイ", "ジンナイ"),
        ("キョウコ", "キヨウコ"),
    ],
)
def test_a_reading_in_two_spellings_is_one_key(one: str, other: str) -> None:
    assert fold_reading(one) == fold_reading(other)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("090-1234-5678", "09012345678"),
        ("+81 90-1234-5678", "09012345678"),
        ("＋８１（０）９５−８２２−８８８８", "0958228888"),
        ("9012345678", "09012345678"),
        ("958228888", "0958228888"),
        ("0000000000", ""),
        ("12345", ""),
        ("なし", ""),
    ],
)
def test_a_telephone_number_is_its_digits_with_the_zero(written: str, folded: str) -> None:
    assert fold_telephone(written) == folded


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Hana@Example.JP", "hana@example.jp"),
        ("ｈａｎａ@example.jp", "hana@example.jp"),
        ("ha***@example.jp", ""),
        ("info@example.jp", ""),
        ("hana@example", ""),
    ],
)
def test_a_mail_address_that_many_read_or_that_is_masked_says_nothing(written: str, folded: str) -> None:
    assert fold_mail(written) == folded


ONE = "長崎県長崎市桜町2番22号"


@pytest.mark.parametrize(
    ("written", "postcode"),
    [
        ("長崎市桜町２－２２", ""),
        ("長崎県長崎市 桜町二番二二号", ""),
        ("長崎県長崎市桜町2の22", ""),
        ("〒850-0031 長崎市桜町2‐22", ""),
    ],
)
def test_an_address_in_many_spellings_is_one_key(written: str, postcode: str) -> None:
    assert locate(written, postcode, place_book()).address == locate(ONE, "", place_book()).address


def test_the_room_is_the_last_number_and_the_building_may_be_glued_on() -> None:
    found = locate("長崎市桜町2-22第二ｺｰﾎﾟ301号室", "", place_book())
    assert (found.address, found.room) == (locate(ONE, "", place_book()).address, "301")


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("東京都千代田区霞ヶ関三丁目1番1号", "13101|霞ケ関|3-1-1"),
        ("千代田区霞が関3-1-1", "13101|霞ケ関|3-1-1"),
        ("北海道札幌市中央区北一条西二丁目", "01101|北1条西|2"),
        ("長与町嬉里郷659番地1", "42307|嬉里郷|659-1"),
        ("長崎県西彼杵郡長与町嬉里郷659-1", "42307|嬉里郷|659-1"),
        ("京都府京都市中京区寺町通御池上る上本能寺前町488番地", "26104|上本能寺前町|488"),
    ],
)
def test_districts_counties_and_street_names_are_read(written: str, key: str) -> None:
    assert locate(written, "", place_book()).address == key


def test_the_postcode_decides_between_two_towns_of_one_name() -> None:
    tokyo = locate("府中市宮町1-1", "1830023", place_book())
    hiroshima = locate("府中市府中町1-1", "7268601", place_book())
    assert tokyo.prefecture == "東京都"
    assert (hiroshima.prefecture, hiroshima.address[0]) in {("広島県", "3"), ("", "?")}


def test_an_address_that_cannot_be_taken_apart_is_compared_whole() -> None:
    one, other = locate("どこか遠い所 1-2", "", place_book()), locate("どこか遠い所１－２", "", place_book())
    assert one.address == other.address
    assert one.address.startswith("?")


def test_no_key_is_made_of_what_is_missing() -> None:
    keys = make_keys(Donor(donation="d", name="山田 太郎", birth="昭和"), place_book())
    assert (keys.address, keys.telephone, keys.mail, keys.birth, keys.kana) == ("", "", "", "", "")
