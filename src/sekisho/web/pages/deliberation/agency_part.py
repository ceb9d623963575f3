"""The agency's own decision (決裁) on S-215 and S-240: what it says, who signed it, and the forms of the two who do."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from sekisho.adapters.database.queries_council import MatterFile
from sekisho.adapters.database.queries_internal import AgencyView, agency_view
from sekisho.kernel.council import CONSULTATION_TABLE, InternalOutcome, Role
from sekisho.web.components.act_forms import AREA, SELECT, ActForm, FormField, pick
from sekisho.web.components.facts import Fact
from sekisho.web.office import Office
from sekisho.web.pages.deliberation.offers import act_url
from sekisho.web.words import Words

_OUTCOMES: Final = {
    InternalOutcome.OPENS: Words("実施する", "It is opened"),
    InternalOutcome.DECLINES: Words("実施しない", "It is not opened"),
}
_ROLES: Final = {
    Role.PROTECTION_MANAGER: Words("個人情報保護管理者", "Protection manager"),
    Role.INFORMATION_SYSTEMS: Words("情報システム課", "Information systems"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyStamp:
    """A place for a signature, with the name of whoever signed there."""

    role: Words
    name: Words | str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyPart:
    """The agency's decision as the page shows it."""

    facts: tuple[Fact, ...]
    stamps: tuple[AgencyStamp, ...]
    forms: tuple[ActForm, ...]
    pdf_url: str = ""


def _facts(view: AgencyView) -> Iterator[Fact]:
    """What was decided, on which opinion, and why if it departs from it."""
    if (said := view.decision) is None:
        return
    yield Fact(name=Words("決裁", "Decision"), value=_OUTCOMES[said.outcome])
    yield Fact(
        name=Words("審議会の意見", "The council's opinion"), value=Words(*CONSULTATION_TABLE.states[said.opinion])
    )
    if said.departs:
        yield Fact(name=Words("意見と異なる理由", "Why it departs from the opinion"), value=said.reason)
    yield Fact(name=Words("決裁日", "Decided on"), value=said.decided_on)


def _forms(view: AgencyView, file: MatterFile, office: Office, back: str) -> Iterator[ActForm]:
    """Deciding, for the protection manager; signing second, for information systems."""
    matter, roles = file.row.matter, set(office.roles)
    if file.row.state == "answered" and Role.PROTECTION_MANAGER in roles:
        outcomes = pick(*((str(each), words) for each, words in _OUTCOMES.items()))
        words = Words("理由（審議会の意見と異なるときは必ず）", "Reason (needed if it departs from the opinion)")
        yield ActForm(
            key="agency",
            url=act_url(matter, "decide_internally"),
            words=Words("決裁して署名する", "Decide and sign"),
            back=back,
            main=True,
            fields=(
                FormField(name="outcome", words=Words("決裁", "Decision"), kind=SELECT, choices=outcomes),
                FormField(name="reason", words=words, kind=AREA, required=False),
            ),
        )
    if file.row.state == "agency_decided" and Role.INFORMATION_SYSTEMS in roles and not view.settled:
        words = Words("決裁に署名し、通行証を発行する", "Sign the decision and issue the permits")
        yield ActForm(key="countersign", url=act_url(matter, "countersign"), words=words, back=back, main=True)


def agency_part(file: MatterFile, office: Office, names: Mapping[str, tuple[str, str]], back: str) -> AgencyPart | None:
    """The agency's decision on this matter; nothing where the council decides itself."""
    view = agency_view(office.tenant, file.row.matter)
    if view is None:
        return None
    stamps = tuple(
        AgencyStamp(
            role=_ROLES[role],
            name=Words(*names[view.signed_by[role]]) if role in view.signed_by else "",
            key=view.digest,
        )
        for role in view.roles
    )
    return AgencyPart(
        facts=tuple(_facts(view)),
        stamps=stamps,
        forms=tuple(_forms(view, file, office, back)),
        pdf_url=reverse("internal_decision_pdf", args=[file.row.matter]) if view.decision else "",
    )
