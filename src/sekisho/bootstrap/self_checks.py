"""The yearly self-check of approved connections, for the screens, the interface, the worker and the demonstration.

Each act answers what it made, writes its entry in the same transaction, and refuses with every reason in both
languages. Import this only once the house is open.
"""

from sekisho.adapters.database.self_check_clock import call_self_check as call
from sekisho.adapters.database.self_check_clock import pass_self_check_dates as pass_dates
from sekisho.adapters.database.self_check_clock import set_check_rule as set_rule
from sekisho.adapters.database.self_check_desk import answer_self_check as answer
from sekisho.adapters.database.self_check_desk import close_self_check as close
from sekisho.adapters.database.self_check_desk import send_back_self_check as send_back
from sekisho.adapters.database.self_check_desk import submit_self_check as submit
from sekisho.adapters.database.self_check_desk import verify_self_check as verify

__all__ = ["answer", "call", "close", "pass_dates", "send_back", "set_rule", "submit", "verify"]
