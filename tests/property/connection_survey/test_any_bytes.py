"""Whatever the bytes: a log is read or refused in a sentence, no line is lost, and what is read is read again alike."""

from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from sekisho.business.connection_survey import (
    EgressLog,
    Seen,
    host_key,
    read_approved,
    read_destination,
    read_networks,
    read_systems,
    read_technical,
)
from sekisho.kernel import SekishoError

SQUID = b"1764201600.412 1 10.1.1.1 TCP_TUNNEL/200 5 CONNECT a.example:443 - HIER_DIRECT/203.0.113.5 -"
COMBINED = b'10.1.1.1 - - [27/Nov/2025:09:00:01 +0900] "GET http://a.example/x HTTP/1.1" 200 5 "-" "-"'
FIREWALL = b"time,src,host,port,bytes,action"
HEADS = st.sampled_from([SQUID, COMBINED, FIREWALL, b""])
LINES = st.lists(
    st.one_of(
        st.binary(max_size=60).map(lambda each: each.replace(b"\n", b"")),
        st.sampled_from([SQUID, COMBINED, b"2025-11-27,10.1.1.1,a.example,443,5,allow"]),
        st.tuples(st.sampled_from([SQUID, COMBINED]), st.integers(0, 90), st.binary(max_size=3)).map(
            lambda cut: cut[0][: cut[1]] + cut[2].replace(b"\n", b"") + cut[0][cut[1] + 1 :]
        ),
    ),
    max_size=12,
)


@given(HEADS, LINES, st.integers(1, 64))
def test_no_line_is_lost_whatever_the_bytes(head: bytes, lines: list[bytes], piece: int) -> None:
    body = b"\n".join([head, *lines, b""])
    try:
        log = EgressLog(body[start : start + piece] for start in range(0, len(body), piece))
        seen = list(log.seen())
    except SekishoError:
        return
    told = log.reading
    assert told.lines == body.count(b"\n")
    assert told.read + told.no_traffic + told.unread_lines() == told.lines
    assert len(seen) == told.read


@given(st.text(max_size=80))
def test_a_hosts_one_spelling_is_its_own(text: str) -> None:
    key = host_key(text)
    assert host_key(key) == key
    assert key.isascii()
    found = read_destination(text)
    assert found is None or host_key(found.host) == found.host


@given(st.sampled_from([read_approved, read_networks, read_systems, read_technical]), st.binary(max_size=200))
def test_a_table_is_read_or_refused_in_a_sentence(read: object, body: bytes) -> None:
    with suppress(SekishoError):
        assert isinstance(read(body), tuple)  # type: ignore[operator]


LABEL = st.from_regex(r"[a-z]([a-z0-9-]{0,8}[a-z0-9])?", fullmatch=True)


@given(LABEL, st.integers(1, 65535), st.integers(0, 10**12), st.booleans())
def test_what_is_written_as_squid_writes_it_is_read_again(label: str, port: int, size: int, refused: object) -> None:
    result = "TCP_DENIED/403" if refused else "TCP_TUNNEL/200"
    line = f"1764201600.001 5 10.1.1.1 {result} {size} CONNECT {label}.example:{port} - HIER_NONE/- - {size}\n"
    seen = list(EgressLog([line.encode()]).seen())
    there = read_destination(f"{label}.example:{port}")
    assert there is not None
    assert seen == [Seen(1764201600, "10.1.1.1", there, size, size, refused=bool(refused))]
