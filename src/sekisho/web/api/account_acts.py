"""Every act of an administrator on people and terminals. A first password is answered once, and kept nowhere."""

from typing import Final

from django.http import HttpRequest

from sekisho.bootstrap import accounts as office
from sekisho.web.access import Role
from sekisho.web.api import paper_bodies
from sekisho.web.api.acts import anything
from sekisho.web.api.putting import Kind, begin, deed_of, done, put, put_plain, put_spoken
from sekisho.web.sign_in import take_factors_away

_KEEPER: Final = (Role.ADMINISTRATOR,)
ACCOUNT: Final = Kind(name="person", place="/people/{person}", roles=_KEEPER, check=anything, facade=office)
TERMINAL: Final = Kind(name="terminal", place="/terminals/{terminal}", roles=_KEEPER, check=anything, facade=office)

put_plain(ACCOUNT, office.close_account, office.open_account, office.give_password)
put(ACCOUNT, "remove_factors", None, lambda deed, on, _: office.remove_factors(deed, on, take_factors_away))
put_spoken(
    TERMINAL,
    "bind_terminal",
    paper_bodies.FingerprintBody,
    lambda deed, on, said: office.bind_terminal(deed, on, said.fingerprint),
)


@begin(ACCOUNT, "enter_person", _KEEPER)
def _enter(request: HttpRequest, body: paper_bodies.NewcomerBody) -> dict[str, object]:
    """Enter somebody with a first password."""
    deed = deed_of(request)
    newcomer = office.Newcomer(**{**body.dict(), "roles": tuple(str(each) for each in body.roles)})
    return done("person_enter_person", deed, office.enter_person(deed, newcomer))
