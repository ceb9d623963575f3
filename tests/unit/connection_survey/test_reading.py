"""Egress logs in the formats that offices have: what is read, what is unread and why, what is never kept."""

from pathlib import Path

import pytest

from sekisho.business.connection_survey import (
    LONGEST_LINE,
    UNREAD_WORDS,
    EgressLog,
    LogFormat,
    LogReading,
    Seen,
    Unread,
    read_destination,
)
from sekisho.kernel import SekishoError

GOLDEN = Path(__file__).parents[2] / "golden" / "survey"


def listen(body: bytes, piece: int = 7) -> tuple[list[Seen], LogReading]:
    """Read a log in small pieces."""
    log = EgressLog(body[start : start + piece] for start in range(0, len(body), piece))
    return list(log.seen()), log.reading


def brief(seen: list[Seen]) -> list[tuple[str, str, int, int, int, bool]]:
    """What a line says, without its time."""
    return [(s.source, s.destination.host, s.destination.port, s.up, s.down, s.refused) for s in seen]


def test_squids_own_log_is_read_with_its_tunnels_and_refusals() -> None:
    seen, reading = listen((GOLDEN / "squid_access.log").read_bytes())
    assert brief(seen) == [
        ("10.12.3.21", "choice.example", 443, -1, 5321, False),
        ("10.12.3.21", "choice.example", 443, -1, 48210, False),
        ("10.12.7.4", "storage.example", 443, -1, 3912, True),
        ("10.12.7.4", "hoken.example", 80, -1, 1284, False),
        ("10.12.7.4", "hoken.example", 8080, 4096, 803, False),
        ("10.12.9.9", "2001:db8::7", 8443, -1, 9911, False),
    ]
    assert (reading.format, reading.lines, reading.read, reading.no_traffic) == (LogFormat.SQUID, 9, 6, 1)
    assert [(each.line, each.why) for each in reading.examples] == [(8, Unread.NUMBER), (9, Unread.SHAPE)]
    assert seen[1].destination.received == "Choice.Example."
    assert "hihokensha" not in repr(seen)
    assert "yamada" not in repr(seen)


def test_the_combined_format_is_read_and_a_line_of_a_web_server_is_told_apart() -> None:
    seen, reading = listen((GOLDEN / "combined_access.log").read_bytes())
    assert brief(seen) == [
        ("10.12.3.21", "choice.example", 443, -1, 5321, False),
        ("10.12.7.4", "hoken.example", 80, -1, 912, True),
    ]
    assert seen[0].second == 1764201601
    assert [each.why for each in reading.examples] == [Unread.DESTINATION, Unread.TIME]
    assert "hanako" not in repr(seen)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_firewalls_table_is_read_by_its_headings(encoding: str) -> None:
    seen, reading = listen((GOLDEN / "firewall.csv").read_text("utf-8").encode(encoding))
    assert brief(seen) == [
        ("10.12.3.21", "choice.example", 443, 1200, 5321, False),
        ("10.12.7.4", "xn--r8jz45g.example", 443, 90000, 812, False),
        ("10.12.7.4", "storage.example", 443, 0, 0, True),
    ]
    assert seen[0].second == 1764201601
    assert seen[1].destination.received == "例え.example"
    assert [(each.line, each.why) for each in reading.examples] == [(5, Unread.DESTINATION), (6, Unread.SHAPE)]


def test_a_makers_own_headings_with_day_and_time_apart() -> None:
    seen, _ = listen((GOLDEN / "forti.csv").read_bytes())
    assert [(each.second, each.refused) for each in seen] == [(1764201601, False), (1764201602, True)]


def test_a_time_is_read_as_a_spreadsheet_writes_it() -> None:
    seen, _ = listen(b"time,src,dst\n2025/1/5 9:03:01,10.1.1.1,a.example\n2025-01-05 09:03:01,10.1.1.1,a.example\n")
    assert [each.second for each in seen] == [1736035381] * 2


def test_an_address_stands_where_a_name_is_missing() -> None:
    heading = b"time,src,host,dst,port\n"
    seen, reading = listen(heading + b"2025-11-27T09:00:01+09:00,10.1.1.1,-,203.0.113.7,443\n")
    assert brief(seen) == [("10.1.1.1", "203.0.113.7", 443, -1, -1, False)]
    assert reading.unread_lines() == 0


def test_an_unknown_format_is_a_sentence() -> None:
    with pytest.raises(SekishoError, match="形式が分かりません"):
        listen(b"hello\nworld\n")


def test_a_line_without_end_is_cut_counted_and_not_held() -> None:
    good = b"1764201600.412 1 10.1.1.1 TCP_TUNNEL/200 5 CONNECT a.example:443 - HIER_DIRECT/203.0.113.5 -\n"
    seen, reading = listen(good + b"x" * (LONGEST_LINE * 3) + b"\n" + good, 1 << 12)
    assert len(seen) == 2
    assert reading.unread == {Unread.TOO_LONG: 1}


def test_every_reason_has_its_words() -> None:
    assert set(UNREAD_WORDS) == set(Unread)


@pytest.mark.parametrize(
    ("address", "host", "port"),
    [
        ("https://A.Example./x?y=z", "a.example", 443),
        ("a.example:8443", "a.example", 8443),
        ("http://user:secret@a.example/", "a.example", 80),
        ("[2001:DB8::1]:443", "2001:db8::1", 443),
        ("2001:DB8:0::1", "2001:db8::1", 80),
        ("日本語。example", "xn--wgv71a119e.example", 80),
    ],
)
def test_one_spelling_of_a_destination(address: str, host: str, port: int) -> None:
    found = read_destination(address)
    assert found is not None
    assert (found.host, found.port) == (host, port)


@pytest.mark.parametrize(
    "address", ["", "http://", "a..b", "1.2.3.300", "a.example:0", "a.example:65536", "-a.example"]
)
def test_what_is_no_destination(address: str) -> None:
    assert read_destination(address) is None
