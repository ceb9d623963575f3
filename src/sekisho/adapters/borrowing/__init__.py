"""The contractor's side (受託者の端末): asks for a lent key for one opening, and writes the file whole or not at all.

It needs nothing of the house: a container, the terminal's certificate, the authority of the gate, and the person's id.
"""

from sekisho.adapters.borrowing.asking import BorrowingDesk, TurnedDownError, ask_key
from sekisho.adapters.borrowing.writing import open_lent, read_container

__all__ = ["BorrowingDesk", "TurnedDownError", "ask_key", "open_lent", "read_container"]
