"""`sekisho survey`: egress logs against the permits. Without a database by a file of permits, or by the house's own."""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import click

from sekisho.bootstrap import open_office
from sekisho.business.connection_survey import (
    Approved,
    EgressLog,
    Judged,
    LogReading,
    OwnNetwork,
    Seen,
    SourceBook,
    Survey,
    TechnicalHost,
    TrafficBook,
    read_approved,
    read_networks,
    read_technical,
)
from sekisho.cli.answers import COULD_NOT, NO, YES, answer
from sekisho.cli.files import read_pieces
from sekisho.cli.survey_answers import log_data, seen_data, tell_people
from sekisho.records import Hashed

_FILE = click.Path(path_type=Path)


@dataclass(slots=True, kw_only=True)
class _Against:
    """What the logs are held against, and where that came from."""

    approved: tuple[Approved, ...] = ()
    networks: tuple[OwnNetwork, ...] = ()
    technical: tuple[TechnicalHost, ...] = ()


@dataclass(slots=True, kw_only=True)
class _Heard:
    """What the logs said, with the digest of each."""

    logs: list[tuple[str, str, LogReading]] = field(default_factory=list)
    judged: tuple[Judged, ...] = ()

    def unread(self) -> int:
        """How many lines could not be read."""
        return sum(reading.unread_lines() for _, _, reading in self.logs)


def _whole(path: Path | None) -> bytes:
    """A small file; nothing if none is named."""
    return b"".join(read_pieces(path)) if path is not None else b""


def _against(permits: Path | None, networks: Path | None, technical: Path | None, tenant: str) -> _Against:
    """What was named on the command line; what was not, from the house."""
    named = _Against(
        approved=read_approved(_whole(permits)) if permits else (),
        networks=read_networks(_whole(networks)) if networks else (),
        technical=read_technical(_whole(technical)) if technical else (),
    )
    if permits is not None:
        return named
    open_office(tenant)
    from sekisho.bootstrap.survey import lists_of

    lists = lists_of(tenant)
    named.approved = lists.approved
    named.networks = named.networks or lists.networks
    named.technical = named.technical or lists.technical
    return named


def _read_into(book: TrafficBook, path: Path) -> tuple[str, LogReading]:
    """Read a log and count what it saw; answers its digest and how it was read."""
    hashed = Hashed(read_pieces(path))
    log = EgressLog(hashed)
    book.count(log.seen())
    return hashed.sha256, log.reading


def _keep_as(tenant: str, person: str) -> Callable[[TrafficBook, Path], tuple[str, LogReading]]:
    """The same for a log that is also kept in the survey of the house, in one reading."""
    from sekisho.bootstrap.survey import act_as, take_log

    def read_and_keep(book: TrafficBook, path: Path) -> tuple[str, LogReading]:
        def counted(lines: Iterable[Seen]) -> Iterator[Seen]:
            for each in lines:
                book.count((each,))
                yield each

        taken = take_log(act_as(tenant, person), path.name, read_pieces(path), counted)
        return taken.digest, taken.reading

    return read_and_keep


def _listen(
    logs: tuple[Path, ...],
    against: _Against,
    read: Callable[[TrafficBook, Path], tuple[str, LogReading]] = _read_into,
) -> _Heard:
    """Read every log once, and judge what they saw together."""
    sources = SourceBook(against.networks)
    book, heard = TrafficBook(sources), _Heard()
    for path in logs:
        heard.logs.append((path.name, *read(book, path)))
    survey = Survey(against.approved, against.technical, sources_known=not sources.is_empty)
    heard.judged = tuple(survey.judge(each) for each in book.all())
    return heard


def _status(heard: _Heard) -> int:
    """Nothing unmatched; something unmatched; or lines that nobody could read, behind which something may stand."""
    if any(not each.is_covered for each in heard.judged):
        return NO
    return COULD_NOT if heard.unread() else YES


_RESULTS = {YES: "matched", NO: "unmatched", COULD_NOT: "unclear"}


@click.command()
@click.argument("logs", nargs=-1, required=True, type=_FILE, metavar="LOG...")
@click.option("--permits", type=_FILE, help="通行証のファイル(JSON か許可リスト) / permits as JSON or an allow-list")
@click.option("--networks", type=_FILE, help="庁内ネットワークの一覧(CSV) / our networks, as CSV")
@click.option("--technical", type=_FILE, help="確認済みの技術的な宛先(CSV) / reviewed technical hosts, as CSV")
@click.option("--tenant", default="422011", show_default=True, help="団体コード / municipality")
@click.option(
    "--keep-as", "person", default="", help="この職員として調査に記録する / keep it in the survey, as this person"
)
@click.option("--json", "as_json", is_flag=True, help="機械向け / for machines")
def survey(
    *,
    logs: tuple[Path, ...],
    permits: Path | None,
    networks: Path | None,
    technical: Path | None,
    tenant: str,
    person: str,
    as_json: bool,
) -> None:
    """通信記録を通行証と突き合わせる / egress logs against the permits.

    Squid の access.log、combined 形式、見出しのあるCSVを読む。通行証のない接続があれば終了状態 1、
    読めない行だけが残れば 2 / reads Squid's access.log, combined, or a CSV with headings. Exit status 1 if something is
    covered by no permit, 2 if only lines remain that nobody can read.
    """
    if person:
        _refuse_lists(permits, networks, technical)
    against = _against(permits, networks, technical, tenant)
    sys.exit(_tell(_listen(logs, against, _keep_as(tenant, person) if person else _read_into), as_json=as_json))


def _tell(heard: _Heard, *, as_json: bool) -> int:
    """Say what was heard; answers the exit status."""
    status = _status(heard)
    if not as_json:
        tell_people(heard.logs, heard.judged)
        return status
    counts = Counter("covered" if each.is_covered else "unmatched" for each in heard.judged)
    answer(
        {
            "result": _RESULTS[status],
            "logs": [log_data(*each) for each in heard.logs],
            "covered": [seen_data(each) for each in heard.judged if each.is_covered],
            "unmatched": [seen_data(each) for each in heard.judged if not each.is_covered],
            "counts": {"covered": counts["covered"], "unmatched": counts["unmatched"], "unread": heard.unread()},
        }
    )
    return status


def _refuse_lists(*lists: Path | None) -> None:
    """What is kept is judged by the lists of the house alone.

    Raises:
        UsageError: A list was named.

    """
    if any(each is not None for each in lists):
        message = "--keep-as は関所の台帳だけで判定します / --keep-as judges by the lists of the house alone"
        raise click.UsageError(message)
