"""What `sekisho survey` says: to machines each connection as an object, to people a line for each that is a finding."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import click

from sekisho.business.connection_survey import OFFICE, UNREAD_WORDS, WHY_WORDS, Judged, LogReading


def log_data(name: str, digest: str, reading: LogReading) -> dict[str, object]:
    """One log: how much of it could be read, and what is wrong with the rest."""
    return {
        "name": name,
        "sha256": digest,
        "format": str(reading.format),
        "lines": reading.lines,
        "read": reading.read,
        "no_traffic": reading.no_traffic,
        "unread": reading.unread_lines(),
        "unread_kinds": {str(why): count for why, count in sorted(reading.unread.items())},
        "unread_lines": [
            {
                "line": each.line,
                "why": str(each.why),
                **dict(zip(("ja", "en", "next_ja", "next_en"), UNREAD_WORDS[each.why], strict=True)),
            }
            for each in reading.examples
        ],
    }


def _count(known: int) -> int | None:
    """A number of bytes, or nothing where no log tells it."""
    return known if known >= 0 else None


def seen_data(judged: Judged) -> dict[str, object]:
    """One connection that was seen, and what is said of it."""
    traffic = judged.traffic
    ja, en = WHY_WORDS[judged.why]
    first, last = (datetime.fromtimestamp(each, UTC).isoformat() for each in (traffic.first, traffic.last))
    return {
        "source": traffic.source.name,
        "department": traffic.source.department,
        "host": traffic.host,
        "received": traffic.received,
        "port": traffic.port,
        "first": first,
        "last": last,
        "times": traffic.times,
        "turned_away": traffic.refused,
        "bytes_up": _count(traffic.up),
        "bytes_down": _count(traffic.down),
        "why": str(judged.why),
        "ja": ja,
        "en": en,
        "permit": judged.permit,
        "connection": judged.connection,
        "detail": judged.detail,
    }


def _day(second: int) -> str:
    """A day by the office's clock."""
    return f"{datetime.fromtimestamp(second, OFFICE):%Y-%m-%d}"


def _line(judged: Judged) -> str:
    """One connection for people."""
    traffic = judged.traffic
    ja, en = WHY_WORDS[judged.why]
    by = f" [{judged.permit} {judged.connection}]" if judged.permit else ""
    days = f"{_day(traffic.first)}〜{_day(traffic.last)}"
    return f"{traffic.source.name} → {traffic.received}:{traffic.port}  {traffic.times}回 {days}  {ja} / {en}{by}"


def tell_people(logs: Iterable[tuple[str, str, LogReading]], judged: Sequence[Judged]) -> None:
    """Each log, each line that could not be read, each finding; what is covered is counted."""
    for name, _, reading in logs:
        click.echo(f"{name}: {reading.format} {reading.lines}行 / lines, {reading.unread_lines()} 読めない行 / unread")
        for each in reading.examples:
            ja, en, next_ja, next_en = UNREAD_WORDS[each.why]
            click.echo(f"  {each.line}行目: {ja}。{next_ja} / line {each.line}: {en}; {next_en}", err=True)
    findings = [each for each in judged if not each.is_covered]
    for finding in findings:
        click.echo(_line(finding))
    covered = len(judged) - len(findings)
    click.echo(
        f"認められた接続 {covered}、認められていない接続 {len(findings)} / {covered} covered, {len(findings)} not"
    )
