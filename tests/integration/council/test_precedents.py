"""Whose papers a draft may begin from: one's own, what is published, and what others have handed in; no draft."""

from dataclasses import replace
from functools import partial

from sekisho.kernel import ReasonCode
from tests.fakes.council import act, circulated, paper_56
from tests.integration.council.conftest import why

OWN, OTHER = "asset_tax", "general_affairs"


def offered(city: str, department: str) -> dict[str, str]:
    """The matters that a department may begin from, with their titles."""
    from sekisho.adapters.database.council_precedents import precedents

    return {each.key: each.label_ja for each in precedents(city, department) if each.key.startswith("m-")}


def test_a_draft_that_was_not_handed_in_is_nobody_else_s_precedent(city: str) -> None:
    from sekisho.adapters.database.council_precedents import paper_like
    from sekisho.bootstrap import council

    matter = council.draft(act(city, "doza"), paper_56())
    key = f"m-{matter}"
    assert key in offered(city, OWN)
    assert key not in offered(city, OTHER)
    assert paper_like(city, OWN, key).dossier.chart == paper_56().dossier.chart
    assert why(lambda: paper_like(city, OTHER, key)) == {ReasonCode.NOT_FOUND}
    council.submit(act(city, "inasa", 1), matter)
    assert paper_like(city, OTHER, key).dossier.purpose == paper_56().dossier.purpose
    council.send_back(act(city, "kazagashira", 2), matter, "概要図を改めること")
    assert key not in offered(city, OTHER)
    assert why(lambda: paper_like(city, OTHER, key)) == {ReasonCode.NOT_FOUND}


def test_while_a_version_is_rewritten_others_copy_the_one_that_was_circulated(city: str) -> None:
    from sekisho.adapters.database.council_precedents import paper_like
    from sekisho.bootstrap import council

    matter, _ = circulated(city)
    council.amend(act(city, "doza"), matter)
    paper = paper_56()
    secret = replace(paper, dossier=replace(paper.dossier, title_ja="書きかけ", purpose="書きかけ"))
    council.revise(act(city, "doza", 1), matter, secret)
    assert offered(city, OWN)[f"m-{matter}"] == "書きかけ"
    assert offered(city, OTHER)[f"m-{matter}"] == paper.dossier.title_ja
    assert paper_like(city, OTHER, f"m-{matter}").dossier.purpose == paper.dossier.purpose


def test_what_was_withdrawn_unread_stays_with_its_department(city: str) -> None:
    from sekisho.bootstrap import council

    matter = council.draft(act(city, "doza"), paper_56())
    council.withdraw(act(city, "inasa", 1), matter)
    assert f"m-{matter}" in offered(city, OWN)
    assert f"m-{matter}" not in offered(city, OTHER)


def test_a_name_that_is_no_precedent_is_refused_and_no_name_is_an_empty_sheet(city: str) -> None:
    from sekisho.adapters.database.council_precedents import empty_paper, paper_like

    assert paper_like(city, OWN, "") == empty_paper()
    for key in ("m-m9999", "c-999", "x", "c-"):
        assert why(partial(paper_like, city, OWN, key)) == {ReasonCode.NOT_FOUND}, key
