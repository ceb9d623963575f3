"""Response history (対応履歴) from the city to S1: one answer to a donor, by an arrow and a permit of its own.

Import this only once the house is open.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sekisho.adapters.database.office_time import OFFICE_TIME
from sekisho.adapters.database.permits import permit_for
from sekisho.adapters.layouts import codes_in, layouts_in_use
from sekisho.bootstrap.intake import Drop, take_bytes
from sekisho.kernel import Credential, SekishoError
from sekisho.records import write

LAYOUT: Final = "response_history"


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What was answered to a donor: to which donation, when, how, about what, in which words."""

    portal: str
    order_number: str
    answered_at: datetime
    channel: str
    subject: str
    answer: str
    closed: bool


def response_choices() -> dict[str, tuple[str, ...]]:
    """The words that the layout allows in each field that has a choice."""
    return codes_in(LAYOUT)


def response_connection(tenant: str) -> str:
    """The connection on which response histories go.

    Raises:
        SekishoError: None was approved.

    """
    row = permit_for(tenant, LAYOUT, "outward")
    if row is None:
        message = "対応履歴の通行証がありません / no permit covers response histories"
        raise SekishoError(message)
    return str(row.connection)


def write_response(tenant: str, said: Response) -> bytes:
    """The record, in the layout's own form."""
    layout = layouts_in_use().choose(LAYOUT, b"").layout
    values = {
        "city_code": tenant,
        "portal": said.portal,
        "order_number": said.order_number.strip(),
        "answered_at": f"{said.answered_at.astimezone(OFFICE_TIME):%Y-%m-%d %H:%M}",
        "channel": said.channel,
        "subject": said.subject,
        "answer": " ".join(said.answer.split()),
        "closed": "済" if said.closed else "継続",
    }
    return b"".join(write(layout, [values]))


def send_response(tenant: str, bearer: tuple[str, str], said: Response) -> str:
    """Bring an answer to the gate, as (terminal, person); answers with the parcel's number.

    Raises:
        Refused: The gate does not let it in.
        SekishoError: No permit covers it.

    """
    body = write_response(tenant, said)
    credential = Credential(kind="shell", value="/".join(bearer))
    name = f"{said.portal}/{said.order_number}/{said.answered_at.isoformat()}"
    drop = Drop(tenant=tenant, connection=response_connection(tenant), credential=credential, name=name)
    return take_bytes(drop, body)
