"""The life of a yearly self-check (年次の自己点検): asked, answered by the department, verified, followed up."""

from types import MappingProxyType
from typing import Final

from sekisho.kernel.council.procedure import Role, StateTable, make_step

_DRAFTER, _HEAD = frozenset({Role.DRAFTER}), frozenset({Role.HEAD})
_SECRETARIAT: Final = frozenset({Role.SECRETARIAT})
_CLOCK: Final = frozenset[Role]()
_WITH_THE_DEPARTMENT: Final = ("due", "answering", "sent_back")


SELF_CHECK_TABLE: Final = StateTable(
    table="self_check",
    ja="年次の自己点検",
    en="Yearly self-check",
    first="due",
    steps=(
        make_step("due", "answer", "answering", _DRAFTER),
        make_step("answering", "answer", "answering", _DRAFTER),
        make_step("sent_back", "answer", "answering", _DRAFTER),
        make_step("overdue", "answer", "overdue", _DRAFTER),
        make_step("answering", "submit", "submitted", _HEAD),
        make_step("overdue", "submit", "submitted", _HEAD),
        make_step("submitted", "send_back", "sent_back", _SECRETARIAT),
        make_step("submitted", "verify", "verified", _SECRETARIAT),
        make_step("verified", "close", "closed", _SECRETARIAT),
        *(make_step(state, "pass_due_date", "overdue", _CLOCK) for state in _WITH_THE_DEPARTMENT),
        # With the last permit there is nothing left to check.
        *(make_step(state, "lapse", "lapsed", _CLOCK) for state in (*_WITH_THE_DEPARTMENT, "overdue", "submitted")),
    ),
    states=MappingProxyType(
        {
            "due": ("点検待ち", "Due"),
            "answering": ("回答中", "Being answered"),
            "overdue": ("期限超過", "Overdue"),
            "submitted": ("提出済", "Submitted"),
            "sent_back": ("差戻し", "Sent back"),
            "verified": ("確認済", "Verified"),
            "closed": ("完了", "Closed"),
            "lapsed": ("通行証の終了", "Lapsed with its permits"),
        }
    ),
    acts=MappingProxyType(
        {
            "answer": ("回答を書く", "Answer"),
            "submit": ("確かめて提出する", "Submit"),
            "send_back": ("差し戻す", "Send back"),
            "verify": ("確認する", "Verify"),
            "close": ("完了とする", "Close"),
            "pass_due_date": ("期限を過ぎる", "Pass the due date"),
            "lapse": ("通行証が終わる", "Lapse"),
        }
    ),
)
