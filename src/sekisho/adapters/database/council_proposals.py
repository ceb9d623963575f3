"""Proposing a condition: what it hangs on, who owes it and who checks it, which member raised it."""

from dataclasses import dataclass
from datetime import date

from sekisho.adapters.database.council_deeds import Bench, Deed, bench, text_digest
from sekisho.adapters.database.council_papers import read_paper
from sekisho.adapters.database.council_sitting import sitting
from sekisho.adapters.database.models import ConditionRow, Matter, Person
from sekisho.kernel import EntryKind, Reason, ReasonCode, Refused, because
from sekisho.kernel.council import (
    CONDITION_TABLE,
    Act,
    Condition,
    ConditionKind,
    Dossier,
    ProofKind,
    Role,
    make_condition,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A condition as a member proposes it."""

    hangs_on: str
    text: str
    kind: ConditionKind
    proof: ProofKind
    owner: str
    verifier: str
    due: date
    every_days: int = 0


def arrow_of_condition(matter: Matter | None, hangs_on: str) -> str:
    """The arrow that a condition hangs on; nothing if on the whole or on a credential, which all permits use."""
    named = hangs_on.partition("/")[0]
    return named if matter is not None and named in _arrows(read_paper(matter).dossier) else ""


def _arrows(dossier: Dossier) -> set[str]:
    """The arrows under review."""
    return {each.connection for each in dossier.chart.under_review()}


def condition_of(row: ConditionRow) -> Condition:
    """A condition as its row says."""
    return Condition(
        condition=row.condition,
        consultation=row.consultation,
        hangs_on=row.hangs_on,
        text=row.text,
        kind=ConditionKind(row.kind),
        proof=ProofKind(row.proof),
        owner=row.owner,
        verifier=row.verifier,
        due=row.due,
        every_days=row.every_days,
        state=row.state,
    )


def _not_held(tenant: str, person: str, *roles: Role) -> list[Reason]:
    """Why this is nobody of this municipality with one of these roles; nothing if it is."""
    found = Person.objects.filter(tenant_id=tenant, username=person, is_active=True).first()
    able = found is not None and found.has_role(*roles)
    return [] if able else [because(ReasonCode.NOT_FOUND, what=f"{person} ({', '.join(roles)})")]


def not_able(tenant: str, owner: str, verifier: str) -> list[Reason]:
    """Why one of the two could not do what a condition asks of them."""
    return [
        *_not_held(tenant, owner, Role.DRAFTER, Role.CONTRACTOR),
        *_not_held(tenant, verifier, Role.SECRETARIAT, Role.INFORMATION_SYSTEMS),
    ]


def propose_condition(deed: Deed, matter: str, proposed: Proposed) -> str:
    """Propose a condition; it hangs on an arrow, an item (arrow/item), a credential, or on the whole matter (nothing).

    Raises:
        Refused: Owner and verifier are one or not able to do it, there is no such arrow, a vote is open, or not by a
            member who sits.

    """
    with bench(deed, matter) as work:
        work.allow(Act.PROPOSE_CONDITION)
        work.must_be("in_session", "deliberating")
        sitting(work)
        work.no_open_vote()
        return keep_condition(work, check_proposed(work, proposed), deed.person)


def check_proposed(work: Bench, proposed: Proposed) -> Proposed:
    """Can it hang there (the whole, an arrow, an item, a credential), and can both do what it asks of them?

    Raises:
        Refused: There is no such arrow, or nobody with that role; with every reason.

    """
    dossier = read_paper(work.row).dossier
    places = {"", *_arrows(dossier), *(each.credential for each in dossier.credentials)}
    places |= {f"{each.connection}/{item.item}" for each in dossier.chart.under_review() for item in each.items}
    reasons = [because(ReasonCode.NOT_FOUND, what=proposed.hangs_on)] if proposed.hangs_on not in places else []
    reasons += not_able(work.deed.tenant, proposed.owner, proposed.verifier)
    if not proposed.text.strip():
        reasons.append(because(ReasonCode.DOSSIER_INCOMPLETE, place="condition", what="text"))
    if reasons:
        raise Refused(reasons)
    return proposed


def keep_condition(work: Bench, proposed: Proposed, raised_by: str) -> str:
    """The row of a condition, numbered within its consultation, with the member who raised it."""
    count = ConditionRow.objects.filter(matter=work.row).count()
    row = ConditionRow(
        tenant_id=work.deed.tenant,
        matter=work.row,
        condition=f"{work.row.consultation}-c{count + 1}",
        consultation=work.row.consultation,
        state=CONDITION_TABLE.first,
        raised_by=raised_by,
    )
    word_condition(row, proposed)
    work.note(EntryKind.CONDITION_PROPOSED, condition=row.condition, raised_by=raised_by, **told_of(row))
    return row.condition


def word_condition(row: ConditionRow, proposed: Proposed) -> None:
    """Write what was proposed into the row.

    Raises:
        Refused: Owner and verifier are one person, or a recurring condition does not say how often.

    """
    for name in Proposed.__slots__:
        setattr(row, name, getattr(proposed, name))
    row.connection = arrow_of_condition(row.matter, row.hangs_on)
    make_condition(condition_of(row))
    row.save()


def told_of(row: ConditionRow) -> dict[str, str]:
    """What the ledger has of a condition: who, what it hangs on, until when; of its words only the digest."""
    return {
        "condition_kind": str(row.kind),
        "due": row.due.isoformat(),
        "owner": row.owner,
        "verifier": row.verifier,
        "hangs_on": row.hangs_on,
        "connection": row.connection,
        "text": text_digest(row.text),
    }
