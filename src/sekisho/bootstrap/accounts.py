"""The accounts of a municipality: everything an administrator can do, each as one verb, and opening a municipality.

Every verb takes who acts (`council.act_as`), changes everything or nothing, and writes its entry in the same
transaction. Import this only once the house is open.
"""

from datetime import datetime

from sekisho.adapters.database.accounts import (
    Newcomer,
    as_roles,
    bind_terminal,
    close_account,
    enter_first_administrator,
    enter_person,
    give_password,
    keep_own_password,
    open_account,
    remove_factors,
)
from sekisho.adapters.database.contractor_terminals import ContractorTerminal, enter_contractor_terminal
from sekisho.adapters.database.council_deeds import Deed
from sekisho.adapters.database.ledgers import sequence
from sekisho.adapters.database.municipalities import Opening, open_municipality
from sekisho.adapters.database.queries_people import PersonRow, departments_of, people_of
from sekisho.adapters.database.turns import writing

__all__ = [
    "ContractorTerminal",
    "Newcomer",
    "Opening",
    "PersonRow",
    "as_roles",
    "bind_terminal",
    "close_account",
    "departments_of",
    "enter_contractor_terminal",
    "enter_person",
    "give_password",
    "keep_own_password",
    "open_account",
    "open_with_administrator",
    "people_of",
    "remove_factors",
]


def open_with_administrator(opening: Opening, administrator: Newcomer, at: datetime) -> str:
    """Enter a municipality with its first administrator, both or neither; answers the first password.

    Raises:
        Refused: The administrator cannot be entered; with every reason.
        SekishoError: The municipality is here already.

    """
    with writing():
        open_municipality(opening, at)
        deed = Deed(tenant=opening.code, person=administrator.person, at=at)
        password = enter_first_administrator(deed, administrator)
    sequence(opening.code)
    return password
