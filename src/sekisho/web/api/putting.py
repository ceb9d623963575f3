"""How an act gets its address: the body it needs, the one verb of a facade that it calls, what it answers.

Nothing is decided here. Roles, separation of duties, states and refusals are those of the facade, as at the screens.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from inspect import Parameter, Signature
from types import ModuleType
from typing import Any, Final, TypeVar

from django.http import HttpRequest
from ninja import Schema

from sekisho.bootstrap import council
from sekisho.web.access import Role
from sekisho.web.api import bodies
from sekisho.web.api.doors import offer
from sekisho.web.office import Office, office_in

Said = TypeVar("Said", bound=Schema)
Check = Callable[[Office, str], object]
REFUSALS: Final = {401: bodies.WhyNot, 403: bodies.WhyNot, 404: bodies.WhyNot, 409: bodies.WhyNot, 422: bodies.WhyNot}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What acts are done to: how its addresses begin, who may come in, whether it is theirs to touch, by which facade.

    Acts of another facade than the council's carry the kind in their name, since both may have one of the same name.
    """

    name: str
    place: str
    roles: tuple[Role, ...]
    check: Check
    facade: ModuleType = field(default=council)

    def id_of(self, act: str) -> str:
        """What the document calls an act."""
        return act if self.facade is council else f"{self.name}_{act}"


def _results(made: object) -> list[str]:
    """What came of an act, as ids and numbers."""
    if made is None or isinstance(made, bool):
        return []
    if isinstance(made, tuple):
        return [str(each) for each in made]
    return [str(getattr(made, "result", made))]


def done(act: str, deed: council.Deed, made: object) -> dict[str, object]:
    """The answer to an act."""
    return {"act": act, "result": _results(made), "at": deed.at}


def deed_of(request: HttpRequest) -> council.Deed:
    """Who acts: whoever is signed in, by the installation's clock."""
    office = office_in(request)
    return council.act_as(office.tenant, office.person)


def put(kind: Kind, act: str, body: type[Schema] | None, do: Callable[[council.Deed, str, Any], object]) -> None:
    """Put an act at its address."""

    def view(request: HttpRequest, **said: Any) -> dict[str, object]:
        kind.check(office_in(request), said[kind.name])
        deed = deed_of(request)
        return done(act, deed, do(deed, said[kind.name], said.get("body")))

    named = [
        Parameter("request", Parameter.POSITIONAL_OR_KEYWORD, annotation=HttpRequest),
        Parameter(kind.name, Parameter.POSITIONAL_OR_KEYWORD, annotation=str),
    ]
    if body is not None:
        named.append(Parameter("body", Parameter.POSITIONAL_OR_KEYWORD, annotation=body))
    view.__signature__ = Signature(named)  # type: ignore[attr-defined]  # read by ninja and by inspect
    verb = getattr(kind.facade, act)
    offer(
        "POST",
        f"{kind.place}/{act.replace('_', '-')}",
        kind.roles,
        act=kind.id_of(act),
        operation_id=kind.id_of(act),
        tags=[kind.name],
        summary=str(verb.__doc__).partition("\n")[0],
        response={200: bodies.Done, **REFUSALS},
    )(view)


def put_plain(kind: Kind, *verbs: Callable[[council.Deed, str], object]) -> None:
    """Acts that need no more than the thing they are done to."""
    for verb in verbs:
        name = next(each for each in kind.facade.__all__ if getattr(kind.facade, each) is verb)
        put(kind, name, None, lambda deed, on, _, verb=verb: verb(deed, on))  # type: ignore[misc]  # bound early


def put_spoken(kind: Kind, act: str, body: type[Said], do: Callable[[council.Deed, str, Said], object]) -> None:
    """An act with something to say."""
    put(kind, act, body, do)


def begin(
    kind: Kind, act: str, roles: Iterable[Role], *, also: tuple[int, ...] = ()
) -> Callable[[Callable[..., object]], object]:
    """An act that makes something new, so that there is nothing yet to do it to; `also` names what else may come."""
    summary = str(getattr(kind.facade, act).__doc__).partition("\n")[0]
    answers = {200: bodies.Done, **dict.fromkeys((401, 403, *also, 409, 422), bodies.WhyNot)}
    place, name = kind.place.partition("/{")[0], kind.id_of(act)
    return offer("POST", place, roles, act=name, operation_id=name, tags=[kind.name], summary=summary, response=answers)
