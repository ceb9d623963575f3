"""Adopting a layout of our own, by the installation's clock; its entry gets its place in the ledger at once."""

from sekisho.adapters.layouts import LayoutFile
from sekisho.bootstrap.house import now


def adopt_layout_file(body: bytes, name: str, person: str) -> LayoutFile:
    """Check a layout, write down who adopts it, and use it from now on.

    Raises:
        RecordsError: It cannot be used.
        SekishoError: Nobody of that name is known here.

    """
    from sekisho.adapters.database.adoptions import adopt_layout
    from sekisho.adapters.database.ledgers import sequence_all

    adopted = adopt_layout(body, name, person, now())
    sequence_all()
    return adopted
