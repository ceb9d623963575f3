"""The carrier over HTTPS, as to the Legal Affairs Bureau's platform: our certificate, pinned authority and keys."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import httpx

from sekisho.adapters.carriers.addresses import find_counterpart
from sekisho.adapters.carriers.away import AwayError
from sekisho.adapters.carriers.calling import TRY_LATER, call
from sekisho.adapters.carriers.receipts import read_receipt
from sekisho.adapters.carriers.sealing import cargo_name, freight
from sekisho.adapters.database.home import Home
from sekisho.kernel import Acknowledgement, ReasonCode, Recorded, Refused, because

_PIECE: Final = 1 << 18


@dataclass(frozen=True, slots=True)
class LinkagePlatform:
    """Uploads sealed price notices, and lists, fetches and acknowledges files that wait for us."""

    home: Home
    certificate: str
    name: str = "linkage_platform"

    @contextmanager
    def _client(self) -> Iterator[httpx.Client]:
        """One connection; redirects are not followed."""
        with call(self.home, self.certificate, find_counterpart(self.home, self.name)) as client:
            try:
                yield client
            except httpx.HTTPError as fault:
                raise AwayError(self.name, type(fault).__name__) from fault

    def carry(self, recorded: Recorded) -> Acknowledgement:
        """Upload; the parcel's id is the idempotency key, so that twice is once.

        Raises:
            Refused: The platform will not take it.
            SekishoError: It is closed or out of reach; try again later.

        """
        headers = {"Idempotency-Key": recorded.waybill.parcel, "Sekisho-Digest": recorded.cargo.digest}
        headers["Content-Length"] = str(recorded.cargo.size)
        with freight(self.home, recorded) as sealed, self._client() as client:
            pieces = iter(lambda: sealed.read(_PIECE), b"")
            answer = client.put(f"/upload/files/{cargo_name(recorded)}", content=pieces, headers=headers)
        if answer.status_code in TRY_LATER:
            raise AwayError(self.name, str(answer.status_code))
        if answer.status_code not in {200, 201}:
            code = f"{answer.status_code}/{_code(answer)}"
            raise Refused([because(ReasonCode.COUNTERPART_REFUSED, code=code)])
        return read_receipt(answer.content, find_counterpart(self.home, self.name).receipt_key, recorded)

    def waiting(self) -> list[dict[str, Any]]:
        """The files that wait for us, each once, in their own order."""
        with self._client() as client:
            answer = client.get("/download/files")
            answer.raise_for_status()
        files = sorted(answer.json()["files"], key=lambda each: (each["sequence"], each["file"]))
        once = {each["sha256"]: each for each in reversed(files)}
        return [each for each in files if once[each["sha256"]] is each]

    @contextmanager
    def stream(self, file: dict[str, Any]) -> Iterator[Iterator[bytes]]:
        """The bytes of one file as they come."""
        with self._client() as client, client.stream("GET", f"/download/files/{file['file']}") as answer:
            answer.raise_for_status()
            yield answer.iter_bytes(65_536)

    def acknowledge(self, file: dict[str, Any]) -> None:
        """We have it, durably and in the ledger."""
        with self._client() as client:
            answer = client.post(f"/download/files/{file['file']}/acknowledgement", json={"sha256": file["sha256"]})
            answer.raise_for_status()


def _code(answer: httpx.Response) -> str:
    """The platform's own code of a refusal."""
    try:
        return str(answer.json().get("code", ""))
    except ValueError:
        return ""
