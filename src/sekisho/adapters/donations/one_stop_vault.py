"""What keeps one-stop applications apart: a key for each form, another for each Individual Number, and three more.

The row seals have a key of their own, and so has the search key by which two rows are known to name one number. Nobody
who can open a form can therefore open a number, make a seal, or ask whether a number is here.
"""

import hmac
from collections.abc import Mapping, Sequence
from typing import Final

from sekisho.adapters.database.sealing import Seals
from sekisho.adapters.keys import Destroyed, check_searched, open_key_store

_FORM: Final = "one-stop"
_NUMBER: Final = "individual-number"
_IMAGE: Final = "identity-image"


def number_key(case: str) -> str:
    """The id of the key that alone opens one Individual Number."""
    return f"subject/{_NUMBER}/{case}"


def form_key(case: str) -> str:
    """The id of the key that alone opens one form: name, address, birthday."""
    return f"subject/{_FORM}/{case}"


def image_key(image: str) -> str:
    """The id of the key that alone opens one picture."""
    return f"subject/{_IMAGE}/{image}"


class CaseVault:
    """Seals and opens the cases of one area; keys are fetched once."""

    def __init__(self, area: str) -> None:
        self.area = area
        self._store, self._seals = open_key_store(), Seals(area)
        self.row_key: bytes = self._store.make(area, "one-stop/row-seal")
        self._person: bytes = self._store.make(area, "one-stop/person-search")
        self._link: bytes = self._store.make(area, "one-stop/link-search")

    def person_search(self, number: str) -> str:
        """That two rows name one number, and not which."""
        return hmac.digest(self._person, number.encode(), "sha256").hex()

    def link_search(self, code: str) -> str:
        """A link code as it is kept: the database gives nobody a way in."""
        return hmac.digest(self._link, code.encode(), "sha256").hex()

    def _seal(self, kind: str, name: str, values: Mapping[str, str]) -> bytes:
        """Seal under a subject's own key."""
        subject = f"{kind}/{name}"
        self._seals.prepare([subject])
        return self._seals.seal(subject, f"donations_{kind}/{name}", values)

    def fetch_keys(self, cases: Sequence[str]) -> None:
        """Fetch what opens these cases in one go; a key that is gone is not made anew."""
        wanted = [key(case) for case in cases for key in (form_key, number_key)]
        self._seals.prepare(key.removeprefix("subject/") for key in self._store.present(self.area, wanted))

    def make_number_keys(self, cases: Sequence[str]) -> None:
        """The keys of so many numbers at once: the key store writes to its disk once, and not once a form."""
        self._seals.prepare(f"{_NUMBER}/{case}" for case in cases)

    def make_form_keys(self, cases: Sequence[str]) -> None:
        """The keys of so many forms at once."""
        self._seals.prepare(f"{_FORM}/{case}" for case in cases)

    def _open(self, kind: str, name: str, sealed: bytes) -> dict[str, str]:
        """Open what was sealed so."""
        return self._seals.open(f"{kind}/{name}", f"donations_{kind}/{name}", sealed)

    def seal_form(self, case: str, values: Mapping[str, str]) -> bytes:
        """The form without its number."""
        return self._seal(_FORM, case, {name: value for name, value in values.items() if name != "individual_number"})

    def open_form(self, case: str, sealed: bytes) -> dict[str, str]:
        """The form without its number."""
        return self._open(_FORM, case, sealed)

    def seal_number(self, case: str, values: Mapping[str, str]) -> bytes:
        """A number; or a first keying that still waits for the second, which holds one."""
        return self._seal(_NUMBER, case, values)

    def open_number(self, case: str, sealed: bytes) -> dict[str, str]:
        """A number, or a first keying.

        Raises:
            KeyFault: It was erased.

        """
        return self._open(_NUMBER, case, sealed)

    def seal_image(self, image: str, encoded: str) -> bytes:
        """Seal a scanned form or identity document under a key of its own."""
        return self._seal(_IMAGE, image, {"image": encoded})

    def open_image(self, image: str, sealed: bytes) -> str:
        """A picture.

        Raises:
            KeyFault: It was erased.

        """
        return self._open(_IMAGE, image, sealed)["image"]

    def destroy(self, keys: list[str]) -> list[Destroyed]:
        """Destroy keys; what they locked is gone, in every backup too.

        Raises:
            SekishoError: Nobody could search for what is left of one of them yet; it is tried again.

        """
        gone = self._store.destroy(self.area, keys)
        check_searched(gone)
        return gone
