"""Observed minus permitted: what covers, and each reason why something is a finding."""

from datetime import UTC, date, datetime

import pytest

from sekisho.business.connection_survey import (
    COVERED,
    END_OF,
    TRIAGE_WORDS,
    WHY_WORDS,
    Approved,
    FindingAnswer,
    LogPeriod,
    OwnNetwork,
    Source,
    SourceBook,
    Survey,
    TechnicalHost,
    Traffic,
    TrafficBook,
    Triage,
    Why,
    check_end,
    is_seen_again,
    make_answer,
    proof_that_it_stopped,
    read_approved,
    read_destination,
    read_networks,
    read_systems,
    read_technical,
)
from sekisho.business.connection_survey import Seen as SeenLine
from sekisho.kernel import Refused, SekishoError
from sekisho.kernel.council import FINDING_TABLE

DAY = 1764201600
MIB = 1 << 20
SPRING = date(2025, 1, 1)
PERMIT = Approved(
    permit="R1-59-01", connection="donations-down", host="choice.example", port=443, department="donation_office",
    direction="inward", not_before="2019-11-19T00:00:00+09:00", not_after="2029-04-01T00:00:00+09:00",
    daily_bytes=10 * MIB,
)  # fmt: skip


def traffic(host: str = "choice.example", department: str = "donation_office", up: int = 0, down: int = 0) -> Traffic:
    """Something that was seen."""
    source = Source(name=department or "10.9.9.9", department=department)
    found = Traffic(source=source, host=host, port=443, received=host, first=DAY, last=DAY)
    there = read_destination(f"{host}:443")
    assert there is not None
    found.add(SeenLine(DAY, "10.1.1.1", there, up, down, refused=False))
    return found


def changed(**changes: object) -> Approved:
    """The permit, but for this."""
    return Approved(**{**{name: getattr(PERMIT, name) for name in Approved.__slots__}, **changes})


CASES = [
    (PERMIT, traffic(), Why.PERMIT),
    (PERMIT, traffic("other.example"), Why.NO_PERMIT),
    (changed(port=8443), traffic(), Why.NO_PERMIT),
    (changed(status="suspended"), traffic(), Why.NOT_IN_FORCE),
    (changed(status="expired"), traffic(), Why.NOT_IN_FORCE),
    (changed(not_after="2025-04-01T00:00:00+09:00"), traffic(), Why.OUTSIDE_TERM),
    (changed(not_before="2026-04-01"), traffic(), Why.OUTSIDE_TERM),
    (PERMIT, traffic(department="personnel"), Why.SOURCE_OUTSIDE),
    (PERMIT, traffic(department=""), Why.SOURCE_OUTSIDE),
    (PERMIT, traffic(down=20 * MIB), Why.PERMIT),
    (PERMIT, traffic(down=40 * MIB), Why.BEYOND_VOLUME),
    (PERMIT, traffic(up=17 * MIB), Why.AGAINST_DIRECTION),
    (PERMIT, traffic("ntp.example"), Why.TECHNICAL),
    (PERMIT, traffic("a.update.example"), Why.REVIEW_PAST),
]


@pytest.mark.parametrize(("approved", "seen", "why"), CASES)
def test_each_reason(approved: Approved, seen: Traffic, why: Why) -> None:
    technical = (
        TechnicalHost(host="ntp.example", purpose="時刻", owner="情報", reviewed=SPRING, until=date(2026, 1, 1)),
        TechnicalHost(host=".update.example", purpose="更新", owner="情報", reviewed=date(2024, 1, 1), until=SPRING),
    )
    judged = Survey([approved], technical, sources_known=True).judge(seen)
    assert judged.why is why
    assert judged.is_covered is (why in COVERED)
    assert bool(judged.permit) is (why not in {Why.NO_PERMIT, Why.TECHNICAL, Why.REVIEW_PAST})


def test_where_no_inventory_says_who_sits_where_a_source_is_not_judged() -> None:
    assert Survey([PERMIT], (), sources_known=False).judge(traffic(department="personnel")).why is Why.PERMIT


def test_the_gate_may_use_every_arrow() -> None:
    seen = traffic(department="")
    gate = Traffic(source=Source(name="gate", gate=True), host=seen.host, port=443, received="x", first=DAY, last=DAY)
    assert Survey([PERMIT], (), sources_known=True).judge(gate).why is Why.PERMIT


def test_tables_are_complete() -> None:
    assert set(WHY_WORDS) == set(Why)
    assert set(TRIAGE_WORDS) == set(Triage) == set(END_OF)
    assert set(END_OF.values()) <= set(FINDING_TABLE.acts)


def test_the_narrowest_network_says_who_sits_there() -> None:
    rows = "ネットワーク,所属,名称\n10.12.0.0/16,city,庁内\n10.12.7.0/24,personnel,人事課\n10.0.0.5/32,gate,関所\n"
    book = SourceBook(read_networks(rows.encode("cp932")))
    assert book.source_of("10.12.7.4") == Source(name="personnel", department="personnel")
    assert book.source_of("10.12.9.4").department == "city"
    assert book.source_of("10.0.0.5").gate
    assert book.source_of("203.0.113.1") == Source(name="203.0.113.1")
    assert SourceBook([]).is_empty
    assert OwnNetwork(network="10.0.0.5/32", department="gate", name="関所") in read_networks(rows.encode())


def test_more_connections_than_can_be_held_are_a_sentence() -> None:
    lines = []
    for number in range(4):
        there = read_destination(f"h{number}.example")
        assert there is not None
        lines.append(SeenLine(DAY, "10.1.1.1", there, 1, 1, refused=False))
    with pytest.raises(SekishoError, match="期間で分けるか"):
        TrafficBook(SourceBook([]), most=3).count(lines)


@pytest.mark.parametrize(
    "body",
    [
        b"\xff\xfe",
        b"[1]",
        b'[{"permit": "a"}]',
        b'[{"permit": "a", "host": "b.example", "port": "443"}]',
        b'[{"permit": "a", "host": "b.example", "port": 443, "not_after": "soon"}]',
        b"b.example 443",
        b"b.example x P1",
    ],
)
def test_permits_that_are_half_understood_are_no_permits(body: bytes) -> None:
    with pytest.raises(SekishoError):
        read_approved(body)


def test_permits_are_read_from_json_and_from_an_allow_list() -> None:
    found = read_approved(b'[{"permit": "P1", "host": "B.Example.", "port": 443, "connection": "c"}]')
    assert (found[0].host, found[0].connection) == ("b.example", "c")
    listed = read_approved(b"# head\nb.example 443 P1,P2\n")
    assert [each.permit for each in listed] == ["P1", "P2"]


@pytest.mark.parametrize(
    "body",
    [
        b"a,b\n1,2\n",
        b"system,destination,data\nx,,y\n",
        b"system,destination,data\nx\n",
        b'system,destination,data\n"x',
    ],
)
def test_an_inventory_that_cannot_be_read_is_a_sentence(body: bytes) -> None:
    with pytest.raises(SekishoError):
        read_systems(body)


def test_a_technical_host_needs_an_owner_and_a_day() -> None:
    head = b"host,purpose,owner,reviewed on,until\n"
    assert read_technical(head + b"*.update.example,updates,it,2026-01-01,2027-01-01\n")[0].covers("a.update.example")
    for day in ("2026/1/5", "令和8年1月5日", "20260105"):
        assert read_technical(head + f"a.example,updates,it,{day},2027-01-01\n".encode())[0].reviewed == date(
            2026, 1, 5
        )
    for wrong in (b"ntp.example,time,,2026-01-01,2027-01-01\n", b"ntp.example,time,it,2026-01-01,\n"):
        with pytest.raises(SekishoError):
            read_technical(head + wrong)


def test_a_quoted_line_break_stays_and_the_lines_below_keep_their_numbers() -> None:
    head = b"network,department,name\n"
    assert read_networks(head + b'10.1.0.0/16,tax,"a\nb"\n')[0].name == "a\nb"
    with pytest.raises(SekishoError, match="4"):
        read_networks(head + b'10.1.0.0/16,tax,"a\nb"\nnowhere,tax,c\n')


def test_a_technical_host_is_reviewed_until_the_end_of_the_office_s_day() -> None:
    listed = read_technical(b"host,purpose,owner,reviewed on,until\na.example,updates,it,2026-01-01,2026-03-31\n")
    survey = Survey([], listed, sources_known=True)

    def why(text: str) -> Why:
        second = int(datetime.fromisoformat(text).timestamp())
        source = Source(name="tax", department="tax")
        return survey.judge(
            Traffic(source=source, host="a.example", port=443, received="a.example", first=second, last=second)
        ).why

    assert why("2026-03-31T23:59:59+09:00") is Why.TECHNICAL
    assert why("2026-04-01T00:00:00+09:00") is Why.REVIEW_PAST


def test_an_exemption_is_claimed_by_its_article_and_words() -> None:
    said = FindingAnswer(data="被保険者番号", since="平成27年度")
    assert make_answer("f0001", Triage.MUST_CONSULT, said) == said
    with pytest.raises(Refused) as refusal:
        make_answer("f0001", Triage.EXEMPT, said)
    assert len(refusal.value.reasons) == 2


def test_each_triage_has_its_own_end() -> None:
    check_end("f0001", Triage.MUST_STOP, "prove_stopped")
    for kind, act in ((Triage.MUST_STOP, "confirm"), (Triage.MUST_CONSULT, "prove_stopped"), (None, "confirm")):
        with pytest.raises(Refused):
            check_end("f0001", kind, act)


def test_only_a_refusal_or_a_later_log_proves_that_it_stopped() -> None:
    early, noon, late = (datetime(2025, 11, day, tzinfo=UTC) for day in (1, 15, 28))
    old, new = LogPeriod(digest="a", first=early, last=noon), LogPeriod(digest="b", first=late, last=late)
    assert proof_that_it_stopped(noon, None, (old,)) is None
    assert proof_that_it_stopped(noon, early, (old,)) is None
    refused, silent = proof_that_it_stopped(noon, late, ()), proof_that_it_stopped(noon, None, (old, new))
    assert refused is not None
    assert silent is not None
    assert refused.text.startswith("turned_away")
    assert silent.text.startswith("log b ")
    assert refused.until == silent.until == late, "the moment of the proof, whenever somebody accepts it"
    assert proof_that_it_stopped(None, None, (new,)) is None
    assert is_seen_again("stopped_with_proof", Triage.MUST_STOP, late, noon)
    assert not is_seen_again("stopped_with_proof", Triage.MUST_STOP, noon, late)
    assert not is_seen_again("answered", Triage.MUST_STOP, late, noon)
    assert is_seen_again("closed", Triage.MUST_CONSULT, late, None)
    assert not is_seen_again("reported", Triage.MUST_CONSULT, late, None)


class Trusting(Survey):
    """A survey that does not look where traffic comes from."""

    def _fits(self, source: Source, approved: Approved) -> bool:
        return True


@pytest.mark.parametrize(
    ("plant", "missed"),
    [
        ("_outside_term", Why.OUTSIDE_TERM),
        ("_volume", Why.BEYOND_VOLUME),
        ("_fits", Why.SOURCE_OUTSIDE),
    ],
)
def test_a_survey_that_forgets_to_look_is_found_by_the_cases(
    plant: str, missed: Why, monkeypatch: pytest.MonkeyPatch
) -> None:
    if plant != "_fits":
        monkeypatch.setattr(f"sekisho.business.connection_survey.matching.{plant}", lambda *_: None)
    kind = Trusting if plant == "_fits" else Survey
    wrong = {
        why for approved, seen, why in CASES if kind([approved], (), sources_known=True).judge(seen).why is not why
    }
    assert missed in wrong
