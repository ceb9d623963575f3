"""Preparing records: every rule of the statutory texts by itself, a log that can be replayed, nothing guessed."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.records import (
    RULE_WORDS,
    FieldSubstitution,
    Prepared,
    RecordsError,
    TextRule,
    fold_dashes,
    is_jis_x_0208,
    parse_layout,
    prepare,
    write,
)

LAYOUT = parse_layout(
    """
layout: record
version: "1"
ja: 調書
en: A record
confidence: local
source: made up for this test
effective_from: 2026-01-01
effective_until: null
encoding: cp932-jis0208
newline: crlf
header: false
quoting: never
fields:
  - {"no": 1, name: year, header: 年分, item: year, type: digits, min: 2, max: 2}
  - {"no": 2, name: address, header: 住所又は居所, item: address, type: wide, max: 60, class: personal}
  - {"no": 3, name: name, header: 氏名, item: name, type: wide, max: 30, class: personal}
  - {"no": 4, name: kana, header: フリガナ, item: kana, type: narrow_kana, max: 60, class: personal}
  - {"no": 5, name: reading, header: 読み, item: kana, type: wide_kana, max: 60, class: personal}
  - {"no": 6, name: remarks, header: 摘要, item: remarks, type: wide, max: 300, class: personal}
  - {"no": 7, name: paid, header: 支払金額, item: paid, type: integer, max: 10, class: personal}
  - {"no": 8, name: phone, header: 電話番号, item: telephone, type: narrow, max: 15, class: personal}
  - {"no": 9, name: number, header: 番号, item: number, type: digits, min: 13, max: 13, number: padded_either}
  - {"no": 10, name: era, header: 元号, item: birth_date, type: code, codes: ["1", "2", "3", "4", "5", "9"]}
  - {"no": 11, name: y, header: 年, item: birth_date, type: digits, min: 2, max: 2}
  - {"no": 12, name: m, header: 月, item: birth_date, type: digits, min: 2, max: 2}
  - {"no": 13, name: d, header: 日, item: birth_date, type: digits, min: 2, max: 2}
  - {"no": 14, name: left_y, header: 退職年, item: left, type: digits, min: 2, max: 2}
  - {"no": 15, name: left_m, header: 退職月, item: left, type: digits, min: 2, max: 2}
  - {"no": 16, name: left_d, header: 退職日, item: left, type: digits, min: 2, max: 2}
  - {"no": 17, name: invoice, header: 登録番号, item: invoice, type: narrow, max: 14, number: invoice}
  - {"no": 18, name: memo, header: メモ, item: memo, type: text, max: 40}
checks:
  - {check: era_day, fields: [era, y, m, d]}
  - {check: day, fields: [left_y, left_m, left_d]}
"""
)
VECTORS = json.loads((Path(__file__).parents[2] / "golden" / "formats" / "vectors.json").read_text(encoding="utf-8"))[
    "vectors"
]


def replay(record: Mapping[str, str], log: tuple[FieldSubstitution, ...]) -> dict[str, str]:
    """The original changed step by step as the log says; each step begins with what the one before it left."""
    values = dict(record)
    for each in log:
        assert values.get(each.field, "") == each.before != each.after
        values[each.field] = each.after
    return values


def prepared(**record: str) -> Prepared:
    """A record as it is sent; the original is kept, and its log leads to what is sent."""
    original = dict(record)
    made = prepare(LAYOUT, record)
    assert record == original
    assert replay(record, made.substitutions) == made.values
    return made


@pytest.mark.parametrize(
    ("field", "before", "after", "rules"),
    [
        ("name", "大藏　斎藤", "大蔵　斎藤", [TextRule.FORMER_FORM]),
        ("name", "齊藤　龍", "齊藤　龍", []),
        ("name", " 髙﨑  健 ", "高崎　健", [TextRule.FULL_WIDTH, TextRule.VARIANT, TextRule.SPACES]),
        ("name", "斎藤　辻\U000e0100", "斎藤　辻", [TextRule.SELECTOR]),
        ("name", "㈱ﾅｶﾞｻｷA", "（株）ナガサキＡ", [TextRule.SYMBOL, TextRule.FULL_WIDTH]),
        ("name", "か\u3099んだ　遥", "がんだ　遥", [TextRule.COMPOSED]),
        ("name", "神田　渚", "神田　渚", []),
        ("address", "〒850-8685 長崎市、桜町2,3", "長崎市　桜町２・３", [*"fpc"]),
        ("address", "桜町1〜2−3—4", "桜町１～２－３―４", [TextRule.FULL_WIDTH, TextRule.LOOK_ALIKE]),
        ("remarks", "①1000円②ⅢNo.\n㎡ 'a'", "（１）１０００円（２）ＩＩＩＮｏ．　ｍ２　’ａ’", [*"sbfl"]),
        ("kana", "ながさき　ヴェルディ タロ－", "ﾅｶﾞｻｷ ｳﾞｪﾙﾃﾞｨ ﾀﾛｰ", [TextRule.KANA]),
        ("kana", "ヰヱヮ　ョウ", "ｲｴﾜ ｮｳ", [TextRule.KANA]),
        ("reading", "ﾅｶﾞｻｷ  ﾀﾛｰ", "ナガサキ　タロー", [TextRule.KANA]),
        ("paid", "￥1,200,000円", "1200000", [TextRule.AMOUNT]),
        ("paid", "△１，０００", "-1000", [TextRule.AMOUNT]),
        ("phone", "０３（３５８１）４１６１", "03(3581)4161", [TextRule.HALF_WIDTH]),
        ("phone", "095－825‐5151", "095-825-5151", [TextRule.HALF_WIDTH]),
        ("number", "1234-5678-9018", "0123456789018", [TextRule.NUMBER]),
        ("number", "7000012050002", "7000012050002", []),
        ("number", "0123456789018", "0123456789018", []),
        ("invoice", "ｔ７００００１２０５０００２", "T7000012050002", [TextRule.NUMBER]),
        ("year", "令和8年分", "08", [TextRule.YEAR]),
        ("year", "２０２６", "08", [TextRule.HALF_WIDTH, TextRule.YEAR]),
        ("year", "平成31年", "01", [TextRule.YEAR]),
        ("year", "元", "01", [TextRule.YEAR]),
        ("memo", "1〜2", "1～2", [TextRule.LOOK_ALIKE]),
    ],
)
def test_each_rule_is_applied_and_named(field: str, before: str, after: str, rules: list[str]) -> None:
    made = prepared(**{field: before})
    assert made.values[field] == after
    short = {"f": "full_width", "p": "postcode", "c": "comma", "s": "symbol", "b": "line_break", "l": "look_alike"}
    assert sorted(each.rule for each in made.substitutions) == sorted(short.get(rule, rule) for rule in rules)
    assert made.unwritable == ()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("paid", "1,20"),
        ("paid", "約千円"),
        ("number", "123456789012"),
        ("number", "不明"),
        ("invoice", "T1"),
        ("year", "不明"),
        ("year", "1800"),
        ("era", "9"),
        ("left_y", "不明"),
        ("left_y", "平成32年5月1日"),
    ],
)
def test_what_is_not_clearly_one_thing_is_left_for_the_examination(field: str, value: str) -> None:
    made = prepared(**{field: value})
    assert made.values == {field: value}
    assert made.substitutions == ()


def test_a_name_that_cannot_be_written_is_listed_until_somebody_gives_it_in_kana() -> None:
    record = {"name": "彅田　遥", "remarks": "彅"}
    made = prepare(LAYOUT, record)
    assert made.values == record
    assert [(each.field, each.code_points) for each in made.unwritable] == [
        ("name", ("U+5F45",)),
        ("remarks", ("U+5F45",)),
    ]
    told = prepare(LAYOUT, record, kana={"name": "ﾅｷﾞﾀ ﾊﾙｶ", "remarks": "ナギ"})
    assert told.values == {"name": "ナギタ　ハルカ", "remarks": "彅"}
    assert replay(record, told.substitutions) == told.values
    assert next(each.rule for each in told.substitutions) is TextRule.GIVEN_KANA
    assert [each.field for each in told.unwritable] == ["remarks"]
    assert prepare(LAYOUT, {"name": "浦上"}, kana={"name": "ウラカミ"}).values == {"name": "浦上"}


def test_a_field_that_the_layout_does_not_have_is_not_prepared() -> None:
    for record, kana in (({"colour": "red"}, {}), ({}, {"colour": "red"})):
        with pytest.raises(RecordsError, match="colour"):
            prepare(LAYOUT, record, kana)


@pytest.mark.parametrize("written", ["令和元年9月30日", "2019-09-30", "R1.9.30", "令和１年９月３０日"])
def test_a_date_of_birth_in_one_text_is_spread_over_its_four_fields(written: str) -> None:
    made = prepared(era=written)
    vector = next(each for each in VECTORS if each["id"] == "rec-birth")
    assert ",".join(made.values[name] for name in ("era", "y", "m", "d")) == vector["expected"]["fields"]
    assert {each.rule for each in made.substitutions} == {TextRule.DAY}
    assert b"".join(write(LAYOUT, [made.values])).count(b",5,01,09,30,") == 1


def test_parts_of_days_are_written_in_two_digits() -> None:
    born = prepared(era="昭和", y="3", m="５", d="1").values
    assert [born[name] for name in ("era", "y", "m", "d")] == ["1", "03", "05", "01"]
    left = prepared(left_y="2026年5月1日").values
    assert [left[name] for name in ("left_y", "left_m", "left_d")] == ["08", "05", "01"]
    left = prepared(left_y="元", left_m="5", left_d="31").values
    assert [left[name] for name in ("left_y", "left_m", "left_d")] == ["01", "05", "31"]


def test_the_golden_fields_of_statutory_records() -> None:
    fields = {each["id"]: each for each in VECTORS if each["kind"] in {"nta_field", "kana"}}
    amount, kana = fields["rec-amount"], fields["kana-1"]
    assert prepared(paid=amount["input"]).values["paid"] == amount["expected"]["field"]
    half = prepared(kana=kana["input"]["full"]).values["kana"]
    assert (half, len(half)) == (kana["expected"]["half"], kana["expected"]["half_len"])


def test_the_golden_characters_are_only_folded_where_that_is_enough_and_replaced_elsewhere() -> None:
    for vector in (each for each in VECTORS if each["kind"] == "encoding"):
        made = prepared(remarks=vector["input"])
        allowed = vector["expected"]["nta_allowed_after_dash_fold"]
        assert (made.values["remarks"] == fold_dashes(vector["input"])) is allowed
        assert made.unwritable == ()


def test_characters_that_unicode_would_exchange_unseen_are_exchanged_by_the_table_and_logged() -> None:
    # NFC and NFKC turn U+FA19 into U+795E, and nobody would know.
    made = prepared(name="\ufa19田　㈱")
    assert made.values["name"] == "神田　（株）"
    assert {each.rule for each in made.substitutions} == {TextRule.SYMBOL, TextRule.VARIANT}
    assert prepared(memo="\ufa19か\u3099").values["memo"] == "\ufa19か\u3099"


def test_every_rule_has_its_words() -> None:
    assert set(RULE_WORDS) == set(TextRule)
    made = prepared(paid="1,000")
    (entry,) = made.substitutions
    assert entry.as_data() == {"field": "paid", "before": "1,000", "after": "1000", "rule": "amount"}
    assert (entry.ja, entry.en) == RULE_WORDS[TextRule.AMOUNT]


TEXTS = st.text(st.characters(codec="utf-8") | st.sampled_from("①㈱髙﨑𠮷〜−—ｶﾞｱか\u3099、,〒1 　\n"), max_size=12)
FIELDS = st.sampled_from([field.name for field in LAYOUT.fields])


@given(record=st.dictionaries(FIELDS, TEXTS, max_size=6))
def test_whatever_is_prepared_can_be_replayed_and_is_written_or_listed(record: dict[str, str]) -> None:
    made = prepared(**record)
    again = prepare(LAYOUT, made.values)
    assert again.values == made.values, "what was prepared is prepared"
    if not made.unwritable:
        assert b"?" not in b"".join(write(LAYOUT, [made.values])) or "?" in "".join(record.values())


@given(text=TEXTS)
def test_a_wide_text_becomes_full_width_or_is_listed(text: str) -> None:
    made = prepared(remarks=text)
    listed = {code for each in made.unwritable for code in each.code_points}
    left = [each for each in made.values["remarks"] if not is_jis_x_0208(each)]
    assert all(f"U+{ord(each):04X}" in listed or ord(each) < 0xA0 for each in left)


@given(day=st.dates(date(1926, 12, 25), date(2099, 12, 31)))
def test_every_day_is_spread_alike_however_it_is_written(day: date) -> None:
    assert prepared(era=day.isoformat()).values == prepared(era=f"{day.year}年{day.month}月{day.day}日").values
