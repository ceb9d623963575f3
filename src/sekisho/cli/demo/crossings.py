"""Carrying out the attempts: real files over real connections, through the lane's own door."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPSConnection
from random import Random
from time import monotonic, sleep
from typing import Any, Final

import httpx

from sekisho.adapters.carriers import LinkagePlatform
from sekisho.adapters.carriers.calling import client_context
from sekisho.adapters.database.ledgers import pending
from sekisho.adapters.database.models import Parcel, PermitRow
from sekisho.adapters.database.property_ledgers import read_priced
from sekisho.adapters.database.turns import writing
from sekisho.adapters.layouts import shipped_layouts
from sekisho.business.registry_notices import make_rows, notice_file, with_number, with_sex, write_price_notices
from sekisho.cli.demo.city import SEED, City
from sekisho.cli.demo.story import DOWN, Attempt, Cargo
from sekisho.kernel import SekishoError

_ENDS: Final = frozenset({"erased", "held", "turned_away"})
_PATIENCE_SECONDS: Final = 120


def edit_row(row: PermitRow, specification: dict[str, Any]) -> None:
    """Write another specification into the row, as someone with the database's password could."""
    with writing():
        PermitRow.objects.filter(pk=row.pk).update(specification=specification)


@dataclass(slots=True, kw_only=True)
class Gate:
    """The gate as the demonstration's terminals see it."""

    city: City
    port: str
    notices: int
    done: dict[str, Attempt] = field(default_factory=dict)

    @contextmanager
    def terminal(self, name: str) -> Iterator[httpx.Client]:
        """A connection from this terminal, with its certificate."""
        context = client_context(self.city.home, name)
        url = f"https://localhost:{self.port}"
        with httpx.Client(base_url=url, verify=context, timeout=60, trust_env=False) as client:
            yield client

    def headers(self, attempt: Attempt, size: int) -> dict[str, str]:
        """What a terminal announces."""
        return {
            "Content-Length": str(attempt.announced or size),
            "Idempotency-Key": attempt.attempt,
            "Sekisho-Tenant": self.city.tenant,
            "Sekisho-Person": attempt.person,
            "Sekisho-Route": ",".join(attempt.route),
            "Sekisho-Direction": "inward" if attempt.connection == DOWN else "outward",
            "Sekisho-Counterpart": "linkage_platform",
        }

    def put(self, attempt: Attempt, body: Iterator[bytes], size: int) -> str:
        """One attempt at the lane's door; answers the parcel's id, whatever came of it."""
        with self.terminal(attempt.terminal) as client:
            headers = self.headers(attempt, size)
            answer = client.put(f"/parcels/{attempt.connection}", content=body, headers=headers)
        return self._note(attempt, answer.status_code, answer.text)

    def _note(self, attempt: Attempt, status: int, text: str) -> str:
        """Remember which parcel an attempt became."""
        parcel = str(json.loads(text).get("parcel", ""))
        if not parcel:
            message = f"the lane answered {status} to {attempt.attempt}"
            raise SekishoError(message)
        self.done[parcel] = attempt
        return parcel

    def cargo(self, attempt: Attempt) -> bytes:
        """The file that an attempt carries."""
        shelf, chance = shipped_layouts(), Random(f"{SEED}/{attempt.attempt}")
        layout = shelf.find("registry_notice")
        rows = make_rows(chance, self.city.properties, self.notices)
        makers: dict[Cargo, Callable[[], Iterator[bytes]]] = {
            Cargo.NOTICES: lambda: notice_file(layout, rows),
            Cargo.NOTICES_WITH_SEX: lambda: with_sex(layout, rows),
            Cargo.NOTICES_WITH_NUMBER: lambda: with_number(layout, rows, chance),
            Cargo.PRICES: lambda: write_price_notices(
                shelf.find("price_notice"),
                read_priced(self.city.tenant, 2026),
                municipality=self.city.tenant,
                fiscal_year=2026,
            ),
        }
        return b"".join(makers[attempt.cargo]())

    def attempt(self, attempt: Attempt) -> str:
        """Carry out one attempt from its beginning to its end."""
        body = self.cargo(attempt)
        return self.wait_for(self.put(attempt, iter([body]), len(body)))

    def fetch(self, attempt: Attempt) -> str:
        """Fetch what waits at the platform straight into the lane; acknowledge only what is in the ledger."""
        platform = LinkagePlatform(self.city.home, f"gate-{self.city.tenant}")
        parcel = ""
        for file in platform.waiting():
            with platform.stream(file) as pieces:
                parcel = self.put(attempt, pieces, int(file["size"]))
            platform.acknowledge(file)
        return self.wait_for(parcel)

    def announce_only(self, attempt: Attempt, size: int) -> str:
        """Announce more bytes than are allowed and send none: the lane must refuse before it takes one."""
        context = client_context(self.city.home, attempt.terminal)
        line = HTTPSConnection("localhost", int(self.port), context=context, timeout=60)
        try:
            line.putrequest("PUT", f"/parcels/{attempt.connection}")
            for name, value in self.headers(attempt, size).items():
                line.putheader(name, value)
            line.endheaders()
            answer = line.getresponse()
            return self.wait_for(self._note(attempt, answer.status, answer.read().decode()))
        finally:
            line.close()

    def under_edited_permit(self, attempt: Attempt) -> str:
        """The same attempt while somebody has edited an approved field in the database behind our back."""
        rows = PermitRow.objects.filter(tenant_id=self.city.tenant, connection=attempt.connection, status="active")
        row = rows.get()
        approved = dict(row.specification)
        edit_row(row, {**approved, "parcels_a_day": approved["parcels_a_day"] * 10})
        try:
            return self.attempt(attempt)
        finally:
            edit_row(row, approved)

    def wait_for(self, parcel: str) -> str:
        """Wait until a parcel is at its end and the tree has all its entries.

        Raises:
            SekishoError: It did not get there in time.

        """
        until = monotonic() + _PATIENCE_SECONDS
        while monotonic() < until:
            state = Parcel.objects.filter(parcel=parcel).values_list("state", flat=True).first()
            if state in _ENDS and not pending(self.city.tenant):
                return parcel
            sleep(0.05)
        message = f"parcel {parcel} did not come to its end; its state is {state}"
        raise SekishoError(message)


def announce_notices(gate: Gate, attempt: Attempt, control: str) -> None:
    """The registry office's side: put the notices into the city's waiting list at the platform."""
    body = gate.cargo(attempt)
    with httpx.Client(timeout=60, trust_env=False) as client:
        url = f"http://127.0.0.1:{control}/control/notices/{gate.city.tenant}/notices.csv"
        json.loads(client.post(url, content=body).raise_for_status().text)
