"""What stands on a crossing's page about keeping it: a hold, a wait for the counterpart, the certificate."""

from dataclasses import dataclass

from django.urls import reverse

from sekisho.adapters.database.queries_erasure import hold_of_parcel
from sekisho.adapters.database.queries_gate import why_waiting
from sekisho.web.access import Role
from sekisho.web.components.act_forms import AREA, ActForm, FormField
from sekisho.web.components.dates import long_moment
from sekisho.web.office import Office
from sekisho.web.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A hold in words, why a delivery waits, the address of the certificate, and the form that sets a hold."""

    hold: Words | str = ""
    waits: tuple[Words, ...] = ()
    certificate: str = ""
    form: ActForm | None = None


NOTHING_KEPT = Kept()


def _hold_form(parcel: str) -> ActForm:
    """The form that puts a crossing on hold."""
    hint = Words(
        "訴訟・監査など。氏名などの個人情報は書かないでください。", "A lawsuit, an audit. Write no personal data."
    )
    return ActForm(
        key="hold",
        url=reverse("keeping_act", args=["hold", parcel]),
        words=Words("法的保全にする", "Put it on legal hold"),
        fields=(FormField(name="why", words=Words("保全の理由", "Why"), kind=AREA, hint=hint),),
    )


def keeping_of_crossing(office: Office, parcel: str) -> Kept:
    """What is to be said about keeping one crossing."""
    hold = hold_of_parcel(office.tenant, parcel)
    words: Words | str = ""
    if hold is not None:
        day = long_moment(hold.set_at)
        words = Words(f"{hold.hold}　{day}から。理由：{hold.why}", f"{hold.hold} since {day}: {hold.why}")
    found = why_waiting(office.tenant, parcel)
    may_hold = Role.PROTECTION_MANAGER in office.roles and hold is None and not found.erased
    return Kept(
        hold=words,
        waits=tuple(Words(each.ja, each.en) for each in found.reasons),
        certificate=reverse("certificate", args=[parcel]) if found.erased else "",
        form=_hold_form(parcel) if may_hold else None,
    )
