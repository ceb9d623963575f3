"""The municipality's own layouts: they take the place of the shipped ones, all of them or none."""

from pathlib import Path

import pytest

from sekisho.adapters.layouts import OWN, OfficeShelf, layouts_in_use, shipped_files, weigh_layout
from sekisho.records import RecordsError, parse_layout, try_golden

FIELDS = """
fields:
  - {name: city_code, header: 市区町村コード, item: city_code, type: digits, min: 6, max: 6, required: true}
  - {name: remarks, header: 備考, item: remarks, type: text, max: 10}
"""
GOLDEN = """
golden:
  - {values: {city_code: "422011", remarks: よし}, faults: {}}
  - {change: {city_code: "42201"}, faults: {city_code: not_digits}}
"""
HEAD = """
layout: price_notice
version: "2019-reconstructed"
ja: 価格等の通知(当市)
en: Price notices of our city
confidence: local
source: 当市の協議
effective_from: 2019-11-19
effective_until: null
encoding: cp932
newline: crlf
header: true
"""
OURS = HEAD + FIELDS + GOLDEN
NEWER = OURS.replace('"2019-reconstructed"', '"2027"').replace("2019-11-19", "2027-04-01")
CLOSED = OURS.replace("effective_until: null", "effective_until: 2027-03-31")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of our own layouts."""
    (tmp_path / "layouts").mkdir()
    return tmp_path / "layouts"


def put(folder: Path, name: str, text: str) -> Path:
    """Lay a layout into the folder by hand."""
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def named(office: OfficeShelf, name: str) -> list[tuple[str, str]]:
    """Version and origin of each version of a layout."""
    return [(each.version, each.origin) for each in office.shelf.layouts if each.layout == name]


def test_without_a_folder_everything_is_shipped(tmp_path: Path) -> None:
    office = layouts_in_use(tmp_path / "nowhere")
    assert {each.origin for each in office.shelf.layouts} == {"shipped"}
    assert len(office.files) == len(shipped_files())


def test_a_file_of_ours_replaces_the_shipped_one_of_the_same_version(folder: Path) -> None:
    office = layouts_in_use(put(folder, "a.yaml", OURS))
    assert named(office, "price_notice") == [("2019-reconstructed", OWN)]
    found = office.file_of(office.shelf.find("price_notice"))
    assert (found.name, len(found.sha256)) == ("a.yaml", 64)
    assert ("2019-reconstructed", "shipped") in named(office, "registry_notice"), "the others stay"


def test_a_file_of_ours_adds_a_version_when_the_older_one_ends(folder: Path) -> None:
    put(folder, "a.yaml", CLOSED)
    office = layouts_in_use(put(folder, "b.yaml", NEWER))
    assert named(office, "price_notice") == [("2019-reconstructed", OWN), ("2027", OWN)]


def test_what_is_changed_in_the_folder_is_seen_at_once_and_what_is_taken_out_too(folder: Path) -> None:
    put(folder, "a.yaml", OURS)
    assert layouts_in_use(folder).shelf.find("price_notice").ja == "価格等の通知(当市)"
    put(folder, "a.yaml", OURS.replace("(当市)", "(わが市)"))
    assert layouts_in_use(folder).shelf.find("price_notice").ja == "価格等の通知(わが市)"
    (folder / "a.yaml").unlink()
    assert layouts_in_use(folder).shelf.find("price_notice").origin == "shipped"


BROKEN = {
    "not YAML": (OURS.replace("fields:", "fields: ["), "not YAML"),
    "an unknown key": (OURS + "colour: red\n", "colour"),
    "an unknown item": (OURS.replace("item: remarks", "item: gossip"), "remarks: gossip"),
    "no golden records": (HEAD + FIELDS, "golden"),
    "a golden record that is wrong": (OURS.replace('"422011"', '"42201"'), "golden record 1"),
    "a fault that is not found": (OURS.replace("{city_code: not_digits}", "{remarks: required}"), "golden record 2"),
    "a value that cannot be written": (OURS.replace("よし", "😀"), "golden record 1"),
    "a name that is a path": (OURS.replace("layout: price_notice", "layout: ../price_notice"), "plain names"),
    "two versions on one date": (NEWER, "hold on one date"),
}


@pytest.mark.parametrize("what", sorted(BROKEN))
def test_one_broken_file_and_none_of_ours_is_used(folder: Path, what: str) -> None:
    text, place = BROKEN[what]
    put(folder, "a-good.yaml", OURS.replace("price_notice", "registry_notice"))
    put(folder, "broken.yaml", text)
    with pytest.raises(RecordsError) as refused:
        layouts_in_use(folder)
    assert "broken.yaml" in str(refused.value)
    assert place in str(refused.value)


def test_a_file_that_would_silently_not_be_read_is_named(folder: Path) -> None:
    with pytest.raises(RecordsError, match=r"a\.yml"):
        layouts_in_use(put(folder, "a.yml", OURS))


def test_two_files_of_one_version_are_refused(folder: Path) -> None:
    put(folder, "a.yaml", OURS)
    with pytest.raises(RecordsError, match=r"b\.yaml.*a\.yaml"):
        layouts_in_use(put(folder, "b.yaml", OURS))


def test_what_an_editor_leaves_behind_is_no_layout(folder: Path) -> None:
    put(folder, ".a.yaml.swp", "x")
    put(folder, "notes.txt", "x")
    assert {each.origin for each in layouts_in_use(folder).shelf.layouts} == {"shipped"}


def test_bytes_that_are_no_text_are_refused_with_their_place() -> None:
    with pytest.raises(RecordsError, match="byte 3"):
        weigh_layout(b"ab\n\xff", "x.yaml")
    with pytest.raises(RecordsError, match="larger"):
        weigh_layout(b"#" * (1 << 21), "x.yaml")


def test_a_golden_record_says_what_must_be_found() -> None:
    try_golden(parse_layout(OURS))
    with pytest.raises(RecordsError, match=r"golden record 2.*not_digits"):
        try_golden(parse_layout(OURS.replace("faults: {city_code: not_digits}", "faults: {}")))
