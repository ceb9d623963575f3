"""By which lines somebody could get from one computer to another."""

from dataclasses import replace

from sekisho.kernel import Carriage, Chart, put_on
from sekisho.kernel.network import path_between, paths_to_ours
from tests.unit.kernel.council_story import DOSSIER

ARROW = DOSSIER.chart.connections[0]
PLAIN = replace(DOSSIER.chart.computers[0], ours=True)


def chart_of(*arrows: tuple[str, str, Carriage], theirs: str = "") -> Chart:
    """A chart of computers with one letter each, joined by these arrows, each called by its ends."""
    chart = Chart(networks=DOSSIER.chart.networks, computers=(), connections=())
    for name in sorted({end for source, target, _ in arrows for end in (source, target)} | {"z"}):
        chart = put_on(chart, replace(PLAIN, computer=name, ours=name not in theirs))
    for source, target, carriage in arrows:
        line = replace(ARROW, connection=source + target, source=source, target=target, via=(), carriage=carriage)
        chart = put_on(chart, line)
    return chart


RUN = (("a", "b", Carriage.FILE), ("c", "b", Carriage.PIXELS), ("c", "d", Carriage.RECORD))


def test_a_way_is_a_run_of_lines_whichever_way_they_point() -> None:
    chart = chart_of(*RUN)
    assert path_between(chart, "a", "b") == ("ab",)
    assert path_between(chart, "a", "d") == ("ab", "cb", "cd")
    assert path_between(chart, "d", "a") == ("cd", "cb", "ab")
    assert path_between(chart, "a", "z") == ()
    assert path_between(chart, "a", "a") == ()
    assert path_between(chart, "nobody", "a") == ()


def test_the_shortest_way_is_told_and_a_circle_ends() -> None:
    chart = chart_of(*RUN, ("a", "d", Carriage.FILE))
    assert path_between(chart, "a", "d") == ("ad",)
    assert path_between(chart, "b", "d") in (("ab", "ad"), ("cb", "cd"))


def test_paper_is_no_line() -> None:
    chart = chart_of(("a", "b", Carriage.PAPER), ("b", "c", Carriage.FILE))
    assert path_between(chart, "a", "c") == ()
    assert path_between(chart, "b", "c") == ("bc",)


def test_the_ways_to_all_others_of_ours() -> None:
    chart = chart_of(*RUN, theirs="b")
    assert paths_to_ours(chart, "a") == (("ab", "cb"), ("ab", "cb", "cd"))
    assert paths_to_ours(chart, "z") == ()
