"""From an approved specification to policy text (規則文) in Cedar: always the same text, and only two policies.

What was approved is not copied into the text. It stands in the register, and the text names its digest, so that the
limits that the guards compare are those that the council saw, or nothing crosses.
"""

import unicodedata
from dataclasses import dataclass
from typing import Final

from sekisho.kernel import ReasonCode, Refused, Specification, because, digest_of

NOT_IN_A_TEXT: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Kinds of characters that can break a line or hide something: refused, never escaped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where an approval comes from: which minutes, and the day of the decision."""

    minutes: str
    decided_on: str


def quote(text: str) -> str:
    """A text as a Cedar string.

    Raises:
        ValueError: It holds a character that could break a line or hide something.

    """
    for character in text:
        if unicodedata.category(character) in NOT_IN_A_TEXT:
            message = f"U+{ord(character):04X} has no place in a policy text"
            raise ValueError(message)
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def name_connection(specification: Specification) -> str:
    """The connection's name among all municipalities."""
    return f"{specification.tenant}/{specification.connection}"


_TEXT: Final = """\
@id({grants})
@consultation({consultation})
@decided_on({decided_on})
@minutes({minutes})
@legal_basis({legal_basis})
@as_of({as_of})
{masked}@reason_ja("審議会の承認を受けた結合です")
@reason_en("the council approved this connection")
permit (
  principal is Sekisho::Person,
  action in [Sekisho::Action::"enter", Sekisho::Action::"cross"],
  resource == Sekisho::Connection::{connection}
);

@id({holds})
@reason_ja("登録されている内容が、承認された内容と一致しません")
@reason_en("what is registered differs from what was approved")
forbid (principal, action, resource == Sekisho::Connection::{connection})
unless {{ resource.specification == {digest} }};
"""


def _masked(specification: Specification) -> str:
    """The items that cross with their values hidden, as a note; nothing if there is none, as in every older text.

    Raises:
        ValueError: One of them cannot be written into a policy text.

    """
    named = ", ".join(specification.masked_items)
    return f"@masked_items({quote(named)})\n" if named else ""


def compile_policy(permit: str, specification: Specification, origin: Origin) -> str:
    """The two policies of a permit: it grants this connection, and it holds it to exactly what was approved.

    Raises:
        Refused: Something that was approved cannot be written into a policy text.

    """
    try:
        return _TEXT.format(
            grants=quote(f"P-{permit}"),
            holds=quote(f"S-{permit}"),
            consultation=quote(specification.consultation),
            decided_on=quote(origin.decided_on),
            minutes=quote(origin.minutes),
            legal_basis=quote(specification.legal_basis),
            as_of=quote(specification.as_of),
            masked=_masked(specification),
            connection=quote(name_connection(specification)),
            digest=quote(digest_of(specification)),
        )
    except ValueError as fault:
        raise Refused([because(ReasonCode.POLICY_NOT_VALID, permit=repr(permit), what=fault)]) from fault
