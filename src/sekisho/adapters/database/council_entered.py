"""Conditions of a consultation that was decided before its procedure was kept here, entered from its papers.

They are rows like any other from then on: owned, proved, verified by somebody else, due again, and overdue at the gate.
"""

from sekisho.adapters.database.council_deeds import Deed, note, roles_of, text_digest
from sekisho.adapters.database.council_proposals import not_able
from sekisho.adapters.database.models import ConditionRow
from sekisho.adapters.database.turns import writing
from sekisho.adapters.dossiers.papers import Papers
from sekisho.kernel import EntryKind, Refused
from sekisho.kernel.council import Act, Condition, check_duties, make_condition


def enter_conditions(deed: Deed, papers: Papers) -> tuple[str, ...]:
    """Enter the conditions that stood open when the council had decided; answers those that were not here yet.

    Raises:
        Refused: Not by the secretariat, or an owner or a verifier could not do what is asked of them.

    """
    known = set(ConditionRow.objects.filter(tenant_id=deed.tenant).values_list("condition", flat=True))
    coming = [each for each in papers.annex.conditions if each.state == "open" and each.condition not in known]
    arrows = {each.connection for each in papers.dossier.chart.under_review()}
    with writing():
        check_duties(deed.person, roles_of(deed), Act.ACCEPT, ())
        if reasons := [each for one in coming for each in not_able(deed.tenant, one.owner, one.verifier)]:
            raise Refused(reasons)
        for each in coming:
            named = each.hangs_on.partition("/")[0]
            _enter(deed, each, named if named in arrows else "")
    return tuple(each.condition for each in coming)


def _enter(deed: Deed, condition: Condition, connection: str) -> None:
    """One row with its entry. What hangs on no arrow of its own hangs on every permit of the consultation."""
    make_condition(condition)
    named = {"condition": condition.condition, "consultation": condition.consultation}
    people = {"owner": condition.owner, "verifier": condition.verifier, "hangs_on": condition.hangs_on}
    ConditionRow.objects.create(
        tenant_id=deed.tenant,
        connection=connection,
        text=condition.text,
        kind=condition.kind,
        proof=condition.proof,
        due=condition.due,
        every_days=condition.every_days,
        state=condition.state,
        **named,
        **people,
    )
    facts = {"condition_kind": str(condition.kind), "due": condition.due.isoformat(), "connection": connection}
    told = {"before_this_gate": True, "after": condition.state, "text": text_digest(condition.text)}
    note(deed, EntryKind.CONDITION_ADOPTED, **named, **people, **facts, **told)
