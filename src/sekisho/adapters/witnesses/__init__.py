"""Being a witness: the small book of somebody outside the house who signs a ledger that only grew, and no other.

Needs no database and no gate: a folder with a key, the ledgers that it is a witness of, and what it saw of each last.
"""

from sekisho.adapters.witnesses.asking import Unreachable, WitnessReply, ask_witness
from sekisho.adapters.witnesses.book import WitnessAnswer, WitnessBook, found_book, open_book
from sekisho.adapters.witnesses.codes import code_picture, read_code
from sekisho.adapters.witnesses.folders import request_from_folder

__all__ = [
    "Unreachable",
    "WitnessAnswer",
    "WitnessBook",
    "WitnessReply",
    "ask_witness",
    "code_picture",
    "found_book",
    "open_book",
    "read_code",
    "request_from_folder",
]
