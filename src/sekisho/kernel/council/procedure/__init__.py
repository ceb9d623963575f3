"""How the people around a permit proceed: who may do what, in which order, and who may never do both."""

from sekisho.kernel.council.procedure.lives import CONDITION_TABLE, PERMIT_TABLE, QUESTION_TABLE
from sekisho.kernel.council.procedure.roles import DISJOINT, MAY, Act, Duty, Role, check_assignment, check_duties
from sekisho.kernel.council.procedure.tables import StateTable, Step, advance_state, diagram_of, make_step

__all__ = [
    "CONDITION_TABLE",
    "DISJOINT",
    "MAY",
    "PERMIT_TABLE",
    "QUESTION_TABLE",
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
