"""The life of one application, as one table: from the donation to the notice, and back when a notice is returned."""

from types import MappingProxyType
from typing import Final

from sekisho.kernel.council import Role, StateTable, make_step

_OFFICERS: Final = frozenset({Role.OPERATOR, Role.HEAD})
# The donor's own act, the clock's and the gate's: none of them is an officer's.
_NOBODY: Final = frozenset[Role]()
_UNFROZEN: Final = ("keyed", "applied", "accepted")

ONE_STOP_TABLE: Final = StateTable(
    table="one_stop",
    ja="ワンストップ特例の申請",
    en="One-stop application",
    first="donated",
    steps=(
        make_step("donated", "send_form", "form_sent", _OFFICERS),
        # The code on a form is kept as a digest only: a form that was lost is printed again with a new one.
        make_step("form_sent", "print_again", "form_sent", _OFFICERS),
        *(make_step(state, "key_in", "keyed", _OFFICERS) for state in ("donated", "form_sent")),
        *(make_step(state, "apply_online", "applied", _NOBODY) for state in ("donated", "form_sent")),
        make_step("keyed", "key_again", "keyed", _OFFICERS),
        # 照合: another person types the form again; only when both agree is it an application.
        make_step("keyed", "verify", "applied", _OFFICERS),
        make_step("applied", "ask_donor", "applied", _OFFICERS),
        make_step("applied", "complete", "applied", _OFFICERS),
        make_step("applied", "accept", "accepted", _OFFICERS),
        *(make_step(state, "refuse_late", "late", _OFFICERS) for state in ("donated", "form_sent", *_UNFROZEN[:2])),
        *(make_step(state, "change", state, _OFFICERS) for state in ("applied", "accepted")),
        *(make_step(state, "change_online", state, _NOBODY) for state in ("applied", "accepted")),
        *(make_step(state, "withdraw", "withdrawn", _OFFICERS) for state in ("form_sent", *_UNFROZEN, "frozen")),
        make_step("accepted", "freeze", "frozen", _NOBODY),
        make_step("frozen", "notify", "notified", _NOBODY),
        make_step("notified", "return", "returned", _NOBODY),
        make_step("returned", "readdress", "frozen", _OFFICERS),
        make_step("returned", "void", "void", _OFFICERS),
        make_step("notified", "correct", "frozen", _OFFICERS),
        make_step("notified", "cancel", "cancelling", _OFFICERS),
        make_step("cancelling", "notify_cancelled", "void", _NOBODY),
    ),
    states=MappingProxyType(
        {
            "donated": ("寄附済み", "Donated"),
            "form_sent": ("申請書送付済み", "Form sent"),
            "keyed": ("入力済み・照合待ち", "Keyed, to be verified"),
            "applied": ("申請受付・審査中", "Applied, being checked"),
            "accepted": ("受付済み", "Accepted"),
            "late": ("期限後のため不受理", "Refused, too late"),
            "frozen": ("確定・通知待ち", "Final, to be notified"),
            "notified": ("通知済み", "Notified"),
            "returned": ("返戻", "Returned"),
            "cancelling": ("取消しの通知待ち", "Cancellation to be notified"),
            "withdrawn": ("取下げ", "Withdrawn"),
            "void": ("無効", "Void"),
        }
    ),
    acts=MappingProxyType(
        {
            "send_form": ("申請書を送る", "Send the form"),
            "print_again": ("申請書を印刷し直す(新しい確認コード)", "Print the form again (with a new code)"),
            "key_in": ("入力する", "Key in"),
            "apply_online": ("オンラインで申請する", "Apply on line"),
            "key_again": ("入力し直す", "Key in again"),
            "verify": ("照合する(別の職員)", "Verify (another officer)"),
            "ask_donor": ("不備を照会する", "Ask the donor"),
            "complete": ("不備を補う", "Complete"),
            "accept": ("受け付ける", "Accept"),
            "refuse_late": ("期限後として受け付けない", "Refuse as too late"),
            "change": ("変更届を受ける", "Take a change notice"),
            "change_online": ("オンラインで変更する", "Change on line"),
            "withdraw": ("取り下げる", "Withdraw"),
            "freeze": ("確定する(期限)", "Make final (deadline)"),
            "notify": ("通知する", "Notify"),
            "return": ("返戻を受ける", "Come back"),
            "readdress": ("宛先を直す", "Readdress"),
            "void": ("無効にする", "Make void"),
            "correct": ("訂正する", "Correct"),
            "cancel": ("取り消す", "Cancel"),
            "notify_cancelled": ("取消しを通知する", "Notify the cancellation"),
        }
    ),
)
"""Whatever is not in it is refused. Steps without roles are the donor's, the clock's or the gate's."""
