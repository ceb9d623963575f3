"""What members deliberate on shows the whole paper: whatever field of dossier or terms is changed, it says so."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from enum import StrEnum
from html import unescape
from typing import Any

import pytest
from django.test import Client

from sekisho.bootstrap import council
from sekisho.kernel.council import (
    ComputerCard,
    CredentialCustody,
    Dossier,
    ExemptionClaim,
    Note,
    NoteKind,
    PermitTerms,
    Processor,
)
from tests.fakes.council import act, enter_people, paper_56
from tests.unit.web.two_offices import NAGASAKI, client_of, open_office

pytestmark = pytest.mark.django_db
# Ids that nobody reads, what the office itself fills in, and the English words, which have a test of their own.
IDS = {"Network.network", "Computer.computer", "Connection.connection", "DataItem.item", "Safeguard.safeguard"}
IDS |= {
    "ComputerCard.computer",
    "CredentialCustody.credential",
    "Note.note",
    "ConnectionSheet.connection",
    "ItemUse.item",
    "PermitTerms.connection",
}
BY_THE_OFFICE = {"Dossier.consultation", "Dossier.version", "Dossier.tenant", "Dossier.agency", "Dossier.department"}
ENGLISH = {"Dossier.title_en", "Network.label_en", "Computer.label_en", "Connection.label_en", "DataItem.en"}
# A field that names something else on the chart: by what it can be exchanged.
NAMES: Mapping[str, object] = {
    "Computer.network": "lgwan",
    "Connection.source": "linkage_platform",
    "Connection.target": paper_56().dossier.chart.computers[0].computer,
    "Connection.via": ("lgwan",),
    "Retention.place": "lgwan",
    "Dossier.regime": "act_2023",
    "Dossier.assumed": ("before",),
    "PermitTerms.not_before": "2031-02-03T00:00:00+09:00",
    "PermitTerms.not_after": "2032-02-03T00:00:00+09:00",
}


def full_paper() -> council.Paper:
    """Consultation 56 with something in every field, also in those that are empty as a rule."""
    paper = paper_56()
    chart = paper.dossier.chart
    arrows = [
        replace(each, items=tuple(replace(item, written_as=("column",)) for item in each.items))
        for each in chart.connections
    ]
    card = ("form", "lock", "state", "maker", "tenancy")
    many = dict.fromkeys(("departments", "custodians", "operators", "shared_with"), ("ひとり",))
    custody = CredentialCustody(credential="login", exception="理由", exception_until="2031-03-31", **many)
    names = ("works_for", "task", "place_of_data", "certificate", "certificate_until")
    dossier = replace(
        paper.dossier,
        chart=replace(chart, connections=tuple(arrows)),
        processors=(Processor(contractor="委託先", **dict.fromkeys(names, "あり")),),
        exemption=ExemptionClaim(article="第9条", quotation="ことば", claimed_by="課長"),
        assumed=("purpose",),
        devices=(ComputerCard(computer=chart.computers[0].computer, **dict.fromkeys(card, "あり")),),
        credentials=(custody,),
        notes=(Note(note="n1", kind=NoteKind.TERM, on="gateway", text="ことば"),),
    )
    terms = (
        replace(
            each,
            number_columns=("c",),
            assessment="a",
            factors=("f",),
            inspections=("i",),
            rebuild=True,
            house_keeps_days=7,
            contractor_keeps_days=8,
            key_lent_hours=9,
        )
        for each in paper.terms
    )
    return replace(paper, dossier=dossier, terms=tuple(terms))


def changed(value: Any, wanted: Mapping[str, Any]) -> Any:
    """The same facts with some fields changed, each the first time that it comes up; those are crossed off."""
    new: dict[str, Any] = {}
    for each in fields(value):
        name, inner = f"{type(value).__name__}.{each.name}", getattr(value, each.name)
        if name in wanted and name not in DONE:
            DONE.add(name)
            new[each.name] = wanted[name]
        elif isinstance(inner, tuple) and inner and is_dataclass(inner[0]):
            new[each.name] = tuple(changed(part, wanted) for part in inner)
        elif is_dataclass(inner):
            new[each.name] = changed(inner, wanted)
    return replace(value, **new)


DONE: set[str] = set()


def with_changes(paper: council.Paper, wanted: Mapping[str, Any]) -> council.Paper:
    """A paper with these fields changed."""
    DONE.clear()
    dossier: Dossier = changed(paper.dossier, wanted)
    return replace(paper, dossier=dossier, terms=tuple(changed(each, wanted) for each in paper.terms))


def first_values(value: Any, found: dict[str, Any], open_fields: set[str]) -> dict[str, Any]:
    """The first value of every field of every kind of fact in here; and the fields for which there is no sample yet."""
    for each in fields(value):
        name, inner = f"{type(value).__name__}.{each.name}", getattr(value, each.name)
        parts = inner if isinstance(inner, tuple) else (inner,)
        if not parts and name not in found:
            open_fields.add(name)
        elif parts and is_dataclass(parts[0]):
            found[name] = None
            for part in parts:
                first_values(part, found, open_fields)
        elif parts:
            found.setdefault(name, inner)
    return found


def samples(paper: council.Paper) -> dict[str, Any]:
    """The first value of every field of dossier and terms; one without a sample is a mistake of this test."""
    found, open_fields = dict[str, Any](), set[str]()
    for each in (paper.dossier, paper.terms[0]):
        first_values(each, found, open_fields)
    assert open_fields <= set(found), open_fields - set(found)
    return {name: value for name, value in found.items() if value is not None}


def split(values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Fields that can carry a mark of their own, and those that only can be turned round."""
    marks, turned = dict[str, Any](), dict[str, Any]()
    for number, (name, value) in enumerate(values.items()):
        if name in NAMES:
            turned[name] = NAMES[name]
        elif isinstance(value, bool):
            turned[name] = not value
        elif isinstance(value, StrEnum):
            turned[name] = next(each for each in type(value) if each != value)
        elif isinstance(value, int):
            marks[name] = 70_000 + number
        else:
            text = f"目印{number:03}　{name}"
            marks[name] = (text,) if isinstance(value, tuple) else text
    return marks, turned


def written(value: Any) -> str:
    """A mark as it is read."""
    return value[0] if isinstance(value, tuple) else f"{value:,}" if isinstance(value, int) else value


def unread(page: str, marks: Mapping[str, Any]) -> list[str]:
    """The fields of which the page does not show the mark."""
    return [name for name, value in marks.items() if written(value) not in page and str(value) not in page]


def page_of(client: Client, paper: council.Paper) -> str:
    """S-210 of a draft with this paper, but for what differs with each draft."""
    matter = council.draft(act(NAGASAKI, "doza"), paper)
    answer = client.get(f"/matters/{matter}/")
    assert answer.status_code == 200
    body = unescape(answer.content.decode()).partition("<main")[2]
    shown = body.replace(matter, "m").partition("<h2>版</h2>")
    return f"{shown[0]}{shown[2].partition('</section>')[2]}"


@pytest.fixture
def drafter(db: None) -> Client:
    open_office(NAGASAKI)
    enter_people(NAGASAKI)
    return client_of("doza")


def test_every_field_of_dossier_and_terms_stands_on_the_page_of_a_matter(drafter: Client) -> None:
    paper = full_paper()
    values, aside = samples(paper), IDS | BY_THE_OFFICE | ENGLISH
    assert aside < set(values), aside - set(values)
    marks, turned = split({name: value for name, value in values.items() if name not in aside})
    page = page_of(drafter, with_changes(paper, marks))
    assert set(marks) == DONE
    assert unread(page, marks) == []
    assert unread(page.replace(written(marks["Network.carrier"]), ""), marks) == ["Network.carrier"]
    plain = page_of(drafter, paper)
    assert page_of(drafter, paper) == plain
    silent = [name for name, value in turned.items() if page_of(drafter, with_changes(paper, {name: value})) == plain]
    assert silent == []


def test_a_reader_of_english_reads_the_english_words(drafter: Client) -> None:
    drafter.cookies["sekisho_language"] = "en"
    marks = {name: f"mark {name}" for name in ENGLISH}
    matter = council.draft(act(NAGASAKI, "doza"), with_changes(full_paper(), marks))
    assert unread(drafter.get(f"/matters/{matter}/").content.decode(), marks) == []


def test_the_page_of_the_vote_has_every_term(drafter: Client) -> None:
    paper = full_paper()
    terms = {name: value for name, value in samples(paper).items() if name.startswith("PermitTerms.")}
    marks, turned = split({name: value for name, value in terms.items() if name not in IDS})
    matter = council.draft(act(NAGASAKI, "doza"), with_changes(paper, marks))
    page = unescape(drafter.get(f"/matters/{matter}/decision/").content.decode())
    assert unread(page, marks) == []
    assert len(marks) + len(turned) == len(fields(PermitTerms)) - 1
