"""State machines as tables: one is code, page of the manual and diagram. Whatever is not in it is refused."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from sekisho.kernel.council.procedure.roles import Role
from sekisho.kernel.errors import ReasonCode, Refused, SekishoError, because


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of a state table: from where, by what act, to where, and who may take it.

    A step without roles is taken by the clock or by the gate itself, never by a person.
    """

    before: str
    act: str
    after: str
    roles: frozenset[Role]


def make_step(before: str, act: str, after: str, roles: frozenset[Role]) -> Step:
    """One line of a state table."""
    return Step(before=before, act=act, after=after, roles=roles)


@dataclass(frozen=True, slots=True, kw_only=True)
class StateTable:
    """A whole state machine: its name, its first state, its steps, and the words of every state and act."""

    table: str
    ja: str
    en: str
    first: str
    steps: tuple[Step, ...]
    states: Mapping[str, tuple[str, str]]
    acts: Mapping[str, tuple[str, str]]

    def __post_init__(self) -> None:
        """Every state can be reached and has its words; no act leads from one state to two.

        Raises:
            SekishoError: The table does not hold together.

        """
        used = {self.first, *(step.after for step in self.steps)}
        ambiguous = [
            (one.before, one.act)
            for one, other in pairwise(sorted(self.steps, key=lambda step: (step.before, step.act)))
            if (one.before, one.act) == (other.before, other.act)
        ]
        if used != set(self.states) or {step.act for step in self.steps} != set(self.acts) or ambiguous:
            message = f"the state table {self.table} does not hold together"
            raise SekishoError(message)

    def ends(self) -> frozenset[str]:
        """The states from which nothing leads on."""
        return frozenset(self.states) - {step.before for step in self.steps}

    def steps_from(self, state: str) -> tuple[Step, ...]:
        """What can be done in a state."""
        return tuple(step for step in self.steps if step.before == state)


def advance_state(table: StateTable, subject: str, state: str, act: str, roles: Collection[Role] | None) -> str:
    """The state after this act. Roles are those of the person who acts; nothing stands for the clock or the gate.

    Raises:
        Refused: It cannot be done in this state, or not by somebody with these roles.

    """
    found = next((step for step in table.steps_from(state) if step.act == act), None)
    if found is None:
        raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=subject, state=state)])
    if (roles is None) != (not found.roles) or (roles is not None and found.roles.isdisjoint(roles)):
        raise Refused([because(ReasonCode.NOT_ALLOWED, action=f"{table.table}.{act}")])
    return found.after


def _lines(table: StateTable) -> Iterator[str]:
    """The lines of a diagram."""
    yield "stateDiagram-v2"
    for state, (ja, _) in table.states.items():
        yield f"    {state} : {ja}"
    yield f"    [*] --> {table.first}"
    for step in table.steps:
        yield f"    {step.before} --> {step.after} : {table.acts[step.act][0]}"
    for state in table.states:
        if state in table.ends():
            yield f"    {state} --> [*]"


def diagram_of(table: StateTable) -> str:
    """The table as a Mermaid state diagram, for the manual."""
    return "\n".join(_lines(table))
