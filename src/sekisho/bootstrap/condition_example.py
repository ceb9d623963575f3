"""The conditions of the meeting of November 2019, followed from then until today: proved, verified, due again.

Whoever owes a condition hands its proof in, the verifier looks at it, and the secretariat closes what is done. One that
recurs is proved in every round that has come; so its permit crosses today, and stops on the day it is not proved again.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Final

from sekisho.adapters.database.council_entered import enter_conditions
from sekisho.adapters.database.models import ConditionRow
from sekisho.adapters.database.office_time import OFFICE_TIME, office_day
from sekisho.adapters.dossiers.papers import Papers
from sekisho.adapters.dossiers.proofs import HandedIn, shipped_proofs
from sekisho.bootstrap import council
from sekisho.bootstrap.house import now
from sekisho.kernel.council import ConditionKind

_DECIDED: Final = date(2019, 11, 19)
_NOON: Final = time(12, 0)
_EARLIER: Final = timedelta(days=14)  # how long before its date a proof is handed in
_AHEAD: Final = timedelta(days=30)  # a round that comes due within these days is proved already


def _deed(tenant: str, person: str, on: date) -> council.Deed:
    """Somebody acts on this day."""
    return council.act_as(tenant, person, datetime.combine(on, _NOON, OFFICE_TIME))


def _prove(row: ConditionRow, text: str, on: date) -> None:
    """The owner hands in, and the verifier verifies, on one day."""
    council.submit_proof(_deed(row.tenant_id, row.owner, on), row.condition, text)
    council.verify_proof(_deed(row.tenant_id, row.verifier, on), row.condition)


def _prove_rounds(row: ConditionRow, text: str, today: date) -> None:
    """Prove every round of a recurring condition that has come, until the next one is not due."""
    while row.due <= today + _AHEAD:
        _prove(row, text, min(row.due - _EARLIER, today))
        row.refresh_from_db()


def _follow(row: ConditionRow, handed: HandedIn, secretary: str, today: date) -> None:
    """Bring one condition to where it stands today."""
    if row.kind == ConditionKind.RECURRING:
        _prove_rounds(row, handed.text, today)
    elif handed.on is not None and row.state == "open":
        _prove(row, handed.text, handed.on)
        council.close_condition(_deed(row.tenant_id, secretary, handed.on), row.condition)


def enter_from_papers(tenant: str, papers: Papers, secretary: str) -> Mapping[str, str]:
    """Enter the conditions of a consultation that no council decided here; answers them by what the dossier calls them.

    Raises:
        Refused: Somebody who owes or verifies one is not able to do it here; with every reason.

    """
    return {each: each for each in enter_conditions(_deed(tenant, secretary, _DECIDED), papers)}


def follow_conditions(tenant: str, secretary: str, conditions: Mapping[str, str]) -> None:
    """Play what was handed in since for these conditions, which are given by what their dossiers call them.

    Raises:
        Refused: Whoever owes, verifies or closes one is not able to do it here.

    """
    today = office_day(now())
    for handed in shipped_proofs():
        named = conditions.get(handed.condition, "")
        row = ConditionRow.objects.filter(tenant_id=tenant, condition=named).first() if named else None
        if row is not None:
            _follow(row, handed, secretary, today)
