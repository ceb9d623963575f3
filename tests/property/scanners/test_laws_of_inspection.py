"""Laws of inspection: however a stream is cut, and whoever looks at the parts, the answer is the same."""

from collections import Counter
from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from sekisho.adapters.engines import over_processes
from sekisho.adapters.scanners.canaries import Canary, CanarySearch, needles_for
from sekisho.adapters.scanners.directory import ArchiveFault, read_directory, unpack
from sekisho.adapters.scanners.looking import look_through
from sekisho.adapters.scanners.rules import RuleBook
from sekisho.adapters.scanners.structure import GIF, JPEG, PDF, PNG, structure_faults
from sekisho.adapters.scanners.tools import Tools
from tests.integration.scanners.zips import Entry, build

SEARCH = CanarySearch(needles=(("a", b"abab"), ("b", b"ba"), ("c", b"abcabcabc")))
PLAIN = Tools(rules=RuleBook(rules=None, digest=""))
_texts = st.lists(st.sampled_from([b"a", b"b", b"ab", b"abc", b"x"]), max_size=40).map(b"".join)


def counted(data: bytes) -> Counter[str]:
    """How often each needle stands in the whole."""
    return Counter(
        {
            name: count
            for name, needle in SEARCH.needles
            if (count := sum(data.startswith(needle, at) for at in range(len(data))))
        }
    )


def pieces(data: bytes, cuts: list[int]) -> list[bytes]:
    """The data cut at these places."""
    places = [0, *sorted(cut % (len(data) + 1) for cut in cuts), len(data)]
    return [data[one:other] for one, other in pairwise(places)]


@settings(max_examples=400)
@given(_texts, st.lists(st.integers(0, 200), max_size=12))
@example(b"abab", [1, 2, 3])
@example(b"abcabcabc", [1, 2, 3, 4, 5, 6, 7, 8])
def test_canaries_are_found_wherever_a_stream_is_cut(data: bytes, cuts: list[int]) -> None:
    found = SEARCH.search(pieces(data, cuts))
    assert Counter({each.municipality: each.count for each in found}) == counted(data)


@given(_texts, _texts, _texts)
def test_it_does_not_matter_which_neighbours_are_joined_first(one: bytes, two: bytes, three: bytes) -> None:
    first, second, third = map(SEARCH.part, (one, two, three))
    left = SEARCH.merge(SEARCH.merge(first, second), third)
    right = SEARCH.merge(first, SEARCH.merge(second, third))
    assert left == right == SEARCH.merge(SEARCH.part(one + two), third)


def test_other_processes_find_what_this_one_finds() -> None:
    search = CanarySearch(needles=needles_for([Canary(municipality="401307", text="見張り番 架空子")]))
    data = b"x" * 999 + "見張り番 架空子".encode("cp932") + b"y" * 999
    parts = pieces(data, [1_005])
    elsewhere: list[object] = list(over_processes(2)(search.part, parts))  # type: ignore[arg-type]  # of any part
    assert elsewhere == [search.part(each) for each in parts]
    assert search.search(parts)[0].count == 1


_spoiled = st.builds(
    lambda data, at, value: data[: at % len(data)] + bytes([value]) + data[at % len(data) + 1 :],
    st.sampled_from([build(Entry()), build(Entry(), Entry(name=b"b.csv", data=b"x" * 99))]),
    st.integers(0, 10_000),
    st.integers(0, 255),
)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300) | _spoiled)
def test_whatever_the_bytes_a_look_ends_with_a_verdict_and_a_second_look_with_the_same(data: bytes) -> None:
    assert look_through(data, PLAIN) == look_through(data, PLAIN)


@settings(max_examples=200)
@given(_spoiled)
def test_what_is_unpacked_is_never_more_than_the_directory_says(data: bytes) -> None:
    try:
        _, members = read_directory(data, 10)
        unpacked = [(len(unpack(data, each)), each.size) for each in members]
    except ArchiveFault:
        return
    assert all(length == size for length, size in unpacked)


@given(
    st.sampled_from([(PNG, b"\x89PNG\r\n\x1a\n"), (GIF, b"GIF89a"), (JPEG, b"\xff\xd8\xff"), (PDF, b"%PDF-")]),
    st.binary(),
)
def test_a_heading_alone_is_never_enough(kind: tuple[str, bytes], rest: bytes) -> None:
    assert list(structure_faults(kind[0], kind[1] + rest.replace(b"%%EOF", b"")))
