"""The carrier to the door of S1: HTTPS with our certificate; what it answers is compared record by record.

After that it is asked once more what it has, as a stranger would ask (`read_back`): `digests`, which every S1 can say,
unless it was entered otherwise; `records`, where a vendor gives the records themselves back; `none` where it cannot.

S1 takes donation records, and answers with the digest of each. So what is sealed for it is sealed to this house, and
opened in memory only while it is handed over the encrypted line.
"""

import base64
import hashlib
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import httpx
import pyrage

from sekisho.adapters.carriers.addresses import Counterpart
from sekisho.adapters.carriers.away import AwayError
from sekisho.adapters.carriers.calling import TRY_LATER, call
from sekisho.adapters.carriers.sealing import house_identity, open_cargo
from sekisho.adapters.carriers.vendor_copies import VendorCopy, verify_copy
from sekisho.adapters.database.effects import first_time
from sekisho.adapters.database.home import Home
from sekisho.adapters.database.ledgers import append_entry
from sekisho.adapters.database.models import Parcel
from sekisho.adapters.database.turns import writing
from sekisho.adapters.layouts import layouts_in_use
from sekisho.business.hometown_donations.donations import Sent, compare_with_answer, tell_sent
from sekisho.kernel import Acknowledgement, EntryKind, ReasonCode, Recorded, Refused, SekishoError, because

READ_BACK: Final = "read_back"
DIGESTS, RECORDS, NOTHING = "digests", "records", "none"
DOORS: Final[Mapping[str, str]] = {"donation.record": "intake", "response_history": "responses"}
_TAKEN: Final = frozenset({200, 201})
_PATIENCE: Final = httpx.Timeout(120.0, connect=10.0)
_LOG: Final = logging.getLogger("sekisho.carriers")


@dataclass(frozen=True, slots=True)
class DonationManagerDoor:
    """Hands donation records and response histories over to S1."""

    home: Home
    tenant: str
    counterpart: Counterpart

    def carry(self, recorded: Recorded) -> Acknowledgement:
        """Hand it over, and have it only if S1 has every record as it was sent. The same again is answered the same.

        Raises:
            Refused: S1 does not take it, or its answer differs from what was sent: the parcel stays here.
            AwayError: S1 cannot be reached.

        """
        plain, layout = self._open(recorded), _layout_of(recorded)
        sent = tell_sent(layouts_in_use().choose(layout, plain).layout, plain)
        with self._client() as client:
            answer = self._post(client, DOORS[layout], recorded.waybill.parcel, plain)
            self._must_be_same(recorded, "answer-differs", compare_with_answer(sent, answer))
            read_back = self._read_back(client, recorded, layout, sent)
        facts = {name: str(answer.get(name, "")) for name in ("records", "amount", "new", "known")}
        facts |= {READ_BACK: read_back, "read_back_records": str(sent.records if read_back != NOTHING else 0)}
        return Acknowledgement(number=f"{self.counterpart.counterpart}/{recorded.waybill.parcel}", facts=facts)

    def _read_back(self, client: httpx.Client, recorded: Recorded, layout: str, sent: Sent) -> str:
        """Ask what it has now, and compare that as well; answers how it was asked.

        Raises:
            Refused: It has something else than what it said: the parcel stays here.
            AwayError: It says to come later.

        """
        how, waybill = self.counterpart.settings.get(READ_BACK, DIGESTS), recorded.waybill
        if how == DIGESTS:
            answer = client.get(f"/{DOORS[layout]}/{self.tenant}/{waybill.parcel}/")
            if answer.status_code in TRY_LATER:
                raise AwayError(self.counterpart.counterpart, str(answer.status_code))
            data = _data(answer) if answer.status_code in _TAKEN else {}
            self._must_be_same(recorded, "read-back-differs", compare_with_answer(sent, data))
        elif how == RECORDS:
            name = self.counterpart.counterpart
            copy = VendorCopy(
                tenant=self.tenant, permit=waybill.permit, counterpart=name, parcel=waybill.parcel, sent=sent.rows
            )
            found = verify_copy(self.home, copy, layout, datetime.now(UTC))
            self._must_be_same(recorded, "read-back-differs", () if found.good else ("records",))
        return how

    def _must_be_same(self, recorded: Recorded, what: str, differences: tuple[str, ...]) -> None:
        """Nothing may differ.

        Raises:
            Refused: Something does; an alarm stands in the ledger.

        """
        if differences:
            self._alarm(recorded, what, differences)
            code = f"{what}/{'+'.join(differences)}"
            raise Refused([because(ReasonCode.COUNTERPART_REFUSED, code=code)])

    def _open(self, recorded: Recorded) -> bytes:
        """The plain records, in memory only.

        Raises:
            SekishoError: They are not sealed to this house.

        """
        sealed = open_cargo(self.home, recorded)
        try:
            plain: bytes = pyrage.decrypt(sealed, [house_identity(self.tenant, recorded.waybill.parcel)])
        except pyrage.DecryptError as fault:
            message = f"parcel {recorded.waybill.parcel} is not sealed to this house"
            raise SekishoError(message) from fault
        return plain

    @contextmanager
    def _client(self) -> Iterator[httpx.Client]:
        """One connection."""
        with call(self.home, f"gate-{self.tenant}", self.counterpart, _PATIENCE) as client:
            try:
                yield client
            except httpx.HTTPError as fault:
                raise AwayError(self.counterpart.counterpart, type(fault).__name__) from fault

    def _post(self, client: httpx.Client, door: str, parcel: str, plain: bytes) -> Mapping[str, Any]:
        """What S1 answers to a parcel.

        Raises:
            Refused: It does not take it; with its own code.
            AwayError: It cannot be reached, or says to come later.

        """
        digest = base64.b64encode(hashlib.sha256(plain).digest()).decode()
        headers = {"Sekisho-Parcel": parcel, "Content-Digest": f"sha-256=:{digest}:", "Content-Type": "text/csv"}
        answer = client.post(f"/{door}/{self.tenant}/", content=plain, headers=headers)
        if answer.status_code in TRY_LATER:
            raise AwayError(self.counterpart.counterpart, str(answer.status_code))
        if answer.status_code not in _TAKEN:
            code = f"{answer.status_code}/{_codes(answer)}"
            raise Refused([because(ReasonCode.COUNTERPART_REFUSED, code=code)])
        return _data(answer)

    def _alarm(self, recorded: Recorded, what: str, differences: tuple[str, ...]) -> None:
        """S1's answer is not what was sent: an alarm, once; the internet-side copy is not erased."""
        waybill, at = recorded.waybill, datetime.now(UTC)
        _LOG.warning("parcel %s: %s: %s", waybill.parcel, what, ", ".join(differences))
        with writing():
            if first_time(waybill.tenant, waybill.parcel, what, at):
                frame = {"kind": str(EntryKind.ALARM_RAISED), "tenant": waybill.tenant, "parcel": waybill.parcel}
                facts = {"permit": waybill.permit, "connection": waybill.connection, "differs": list(differences)}
                append_entry(waybill.tenant, {**frame, "at": at.isoformat(), "hall": "exit", **facts})


def _layout_of(recorded: Recorded) -> str:
    """What inspection found the parcel to be.

    Raises:
        SekishoError: It is nothing that S1 has a door for.

    """
    row = Parcel.objects.filter(parcel=recorded.waybill.parcel).only("found").first()
    layout = str((row.found or {}).get("layout", "")) if row else ""
    if layout not in DOORS:
        message = f"parcel {recorded.waybill.parcel}: S1 has no door for {layout or 'this'}"
        raise SekishoError(message)
    return layout


def _data(answer: httpx.Response) -> Mapping[str, Any]:
    """The answer as data; what cannot be read has no records, and so differs."""
    try:
        data = answer.json()
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}


def _codes(answer: httpx.Response) -> str:
    """The codes of S1's own reasons."""
    reasons = _data(answer).get("reasons", ())
    return "+".join(str(each.get("code", "")) for each in reasons if isinstance(each, dict))[:100]
