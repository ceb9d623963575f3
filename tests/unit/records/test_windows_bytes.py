"""Code page 932 as Windows writes it: every one of the 65,536 pairs of bytes, and every character."""

from collections import defaultdict

import pytest

from sekisho.records import decode_text, encode_text

PAIRS = [bytes([lead, trail]) for lead in range(256) for trail in range(256)]


def rank(raw: bytes) -> int:
    """Which of several codes of one character Windows writes: JIS X 0208, then NEC row 13, then IBM at FA to FC."""
    lead = raw[0]
    return {0x87: 1, 0xFA: 2, 0xFB: 2, 0xFC: 2, 0xED: 3, 0xEE: 3}.get(lead, 0)


def codes_of_each_character() -> dict[str, list[bytes]]:
    """Every two-byte character of the code page with its codes."""
    found: dict[str, list[bytes]] = defaultdict(list)
    for raw in PAIRS:
        try:
            text = decode_text(raw, "cp932")
        except UnicodeDecodeError:
            continue
        if len(text) == 1:
            found[text].append(raw)
    return found


CODES = codes_of_each_character()


def test_of_several_codes_the_one_is_written_that_windows_writes() -> None:
    wrong = {text: raws for text, raws in CODES.items() if encode_text(text, "cp932") != min(raws, key=rank)}
    assert not wrong


def test_398_pairs_do_not_come_back_as_on_windows() -> None:
    # The number that Microsoft names for code page 932 (KB 170559).
    assert sum(len(raws) - 1 for raws in CODES.values()) == 398
    assert sum(len(raws) > 1 for raws in CODES.values()) == 396


def test_each_pair_is_read_as_one_text_or_refused_and_what_is_read_is_written_and_read_again() -> None:
    for raw in PAIRS:
        try:
            text = decode_text(raw, "cp932")
        except UnicodeDecodeError as refused:
            assert refused.start in {0, 1}  # noqa: PT017 - both ways are lawful
            continue
        assert decode_text(encode_text(text, "cp932"), "cp932") == text


@pytest.mark.parametrize("encoding", ["cp932", "cp932-jis0208"])
def test_whatever_character_is_written_comes_back_as_itself(encoding: str) -> None:
    written = 0
    for text in map(chr, range(0x110000)):
        try:
            raw = encode_text(text, encoding)
        except UnicodeEncodeError:
            continue
        written += 1
        assert decode_text(raw, encoding) == text
        assert raw != b"?" or text == "?"
    assert written == {"cp932": len(CODES) + 128 + 63, "cp932-jis0208": 6_879 + 128 + 63}[encoding]


def test_the_limited_set_has_the_6879_characters_and_no_more() -> None:
    limited = [raw for raw in PAIRS if raw[0] > 0x80 and not 0xA0 <= raw[0] < 0xE0 and can_be_read(raw)]
    assert len(limited) == 6_879


def can_be_read(raw: bytes) -> bool:
    """Can this pair of bytes be read in the limited set?"""
    try:
        return len(decode_text(raw, "cp932-jis0208")) == 1
    except UnicodeDecodeError:
        return False


@pytest.mark.parametrize(
    ("letters", "codes"),
    [
        ("髙﨑德瀨彅薰", "fbfcfab1fabafb50fa67fb9e"),
        ("①㈱Ⅰ№㍻∵￢≒", "8740878a87548782877e81e681ca81e0"),
        ("ⅰ￤", "fa40fa55"),
    ],
)
def test_letters_with_several_codes(letters: str, codes: str) -> None:
    assert encode_text(letters, "cp932").hex() == codes
