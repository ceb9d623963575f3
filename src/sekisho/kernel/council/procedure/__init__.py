"""How the people around a permit proceed: who may do what, in which order, and who may never do both."""

from sekisho.kernel.council.procedure.lives import CONDITION_TABLE, PERMIT_ALIVE, PERMIT_TABLE, QUESTION_TABLE
from sekisho.kernel.council.procedure.roles import DISJOINT, MAY, Act, Duty, Role, check_assignment, check_duties
from sekisho.kernel.council.procedure.surveys import CAMPAIGN_TABLE, FINDING_TABLE, RETURN_TABLE
from sekisho.kernel.council.procedure.tables import StateTable, Step, advance_state, diagram_of, make_step

__all__ = [
    "CAMPAIGN_TABLE",
    "CONDITION_TABLE",
    "DISJOINT",
    "FINDING_TABLE",
    "MAY",
    "PERMIT_ALIVE",
    "PERMIT_TABLE",
    "QUESTION_TABLE",
    "RETURN_TABLE",
    "Act",
    "Duty",
    "Role",
    "StateTable",
    "Step",
    "advance_state",
    "check_assignment",
    "check_duties",
    "diagram_of",
    "make_step",
]
