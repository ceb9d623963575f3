"""The sentences about erasing and carrying, in Japanese and English. The braces name the facts a reason must carry."""

from collections.abc import Mapping
from typing import Final

from sekisho.kernel.errors.codes import ReasonCode

SENTENCES_OF_GATE: Final[Mapping[ReasonCode, tuple[str, str]]] = {
    ReasonCode.ERASURE_TOO_LARGE: (
        "削除名簿 {number} は保管中 {kept} 件のうち {count} 件を消そうとしています(一度に {limit} 件まで)。",
        "Erasure list {number} wants {count} of {kept} copies; {limit} may go at once.",
    ),
    ReasonCode.ERASURE_NOT_SEARCHED: (
        "鍵 {key} が残っていないことをまだ確かめていないため、削除の証明は出せません。",
        "Nobody has yet searched for what is left of key {key}, so there is no certificate.",
    ),
    ReasonCode.NOT_ON_ERASURE_LIST: (
        "写し {copy} は、署名された削除名簿 {number} にありません。",
        "Copy {copy} is not on the signed erasure list {number}.",
    ),
    ReasonCode.ON_HOLD: (
        "写し {copy} は、法的保全 {hold} のため消せません。",
        "Copy {copy} is on legal hold {hold} and cannot be erased.",
    ),
    ReasonCode.LAYOUT_CHANGED: (
        "様式 {layout} {version} は検査したときのものではありません。除く・伏せる項目が分からず、渡していません。",
        "Layout {layout} {version} is not what the file was inspected by: what to hide is not known, nothing was sent.",
    ),
    ReasonCode.COUNTERPART_AWAY: (
        "相手先「{counterpart}」に届けられませんでした({why})。写しは関所にあります。次は {next} に試します。",
        "{counterpart} could not be reached ({why}). The copy is still at the gate; the next try is at {next}.",
    ),
    ReasonCode.KEY_LENT_TOO_LONG: (
        "接続「{connection}」の鍵の貸出し {hours} 時間は、委託先で保存してよい {days} 日より長くなっています。",
        "On connection {connection} the key is lent for {hours} hours, longer than the {days} days of keeping.",
    ),
    ReasonCode.KEY_NOT_LENT: (
        "荷物 {parcel} の鍵は、この通行証では貸し出せません。",
        "The key of parcel {parcel} is not lent under this permit.",
    ),
    ReasonCode.KEY_LOAN_OVER: (
        "荷物 {parcel} の鍵の貸出しは {ended} に終わっています。もう開けません。",
        "The key of parcel {parcel} was lent until {ended}. It cannot be opened any more.",
    ),
}
