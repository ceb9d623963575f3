"""The yearly self-check of approved connections, for the screens, the interface, the worker and the demonstration.

Each act answers what it made, writes its entry in the same transaction, and refuses with every reason in both
languages. Import this only once the house is open.
"""

from sekisho.adapters.database.council_deeds import Deed
from sekisho.adapters.database.self_check_clock import call_self_check, pass_self_check_dates, set_check_rule
from sekisho.adapters.database.self_check_desk import (
    answer_self_check,
    close_self_check,
    send_back_self_check,
    submit_self_check,
    verify_self_check,
)

__all__ = [
    "Deed",
    "answer_self_check",
    "call_self_check",
    "close_self_check",
    "pass_self_check_dates",
    "send_back_self_check",
    "set_check_rule",
    "submit_self_check",
    "verify_self_check",
]
