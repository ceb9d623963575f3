"""The sentence of every reason, in Japanese and English. The braces name the facts a reason must carry."""

from collections.abc import Mapping
from typing import Final

from sekisho.kernel.errors.codes import ReasonCode
from sekisho.kernel.errors.sentences_of_council import SENTENCES_OF_COUNCIL
from sekisho.kernel.errors.sentences_of_donations import SENTENCES_OF_DONATIONS
from sekisho.kernel.errors.sentences_of_gate import SENTENCES_OF_GATE

SENTENCES: Final[Mapping[ReasonCode, tuple[str, str]]] = {
    **SENTENCES_OF_COUNCIL,
    **SENTENCES_OF_DONATIONS,
    **SENTENCES_OF_GATE,
    ReasonCode.NOT_IDENTIFIED: (
        "利用者または端末を確認できません。",
        "The person or the terminal could not be identified.",
    ),
    ReasonCode.NOT_OF_THIS_AGENCY: (
        "実施機関「{agency}」・所属「{department}」の通行証ではありません。",
        "The permit does not belong to agency {agency}, department {department}.",
    ),
    ReasonCode.NO_PERMIT: (
        "接続「{connection}」に通行証がありません。",
        "There is no permit for connection {connection}.",
    ),
    ReasonCode.PERMIT_ALTERED: (
        "通行証 {permit} の登録内容が、承認された内容と一致しません。",
        "What is registered for permit {permit} differs from what was approved.",
    ),
    ReasonCode.PERMIT_NOT_SIGNED: (
        "通行証 {permit} に発行者の署名が足りません。",
        "Permit {permit} lacks valid signatures of the issuing body.",
    ),
    ReasonCode.PERMIT_NOT_ACTIVE: (
        "通行証 {permit} は有効ではありません(状態 {status})。",
        "Permit {permit} is {status}.",
    ),
    ReasonCode.PERMIT_NOT_YET_VALID: (
        "通行証の有効期間は {not_before} からです。",
        "The permit is valid only from {not_before}.",
    ),
    ReasonCode.PERMIT_EXPIRED: (
        "通行証の有効期間は {not_after} に終わりました。",
        "The permit expired on {not_after}.",
    ),
    ReasonCode.CAVEAT_UNKNOWN: (
        "知らない制限(タグ {tag})が付いています。",
        "The permit carries an unknown caveat (tag {tag}).",
    ),
    ReasonCode.PERSON_NOT_NAMED: (
        "操作者「{person}」は、承認された操作者ではありません。",
        "{person} is not one of the approved operators.",
    ),
    ReasonCode.TERMINAL_NOT_APPROVED: (
        "端末「{terminal}」は、承認された端末ではありません。",
        "Terminal {terminal} is not an approved terminal.",
    ),
    ReasonCode.ROUTE_NOT_APPROVED: (
        "経路「{route}」は承認されていません。承認された経路は「{approved}」です。",
        "Route {route} is not approved; the approved route is {approved}.",
    ),
    ReasonCode.DIRECTION_NOT_APPROVED: (
        "向き「{direction}」は承認されていません。",
        "Direction {direction} is not approved.",
    ),
    ReasonCode.COUNTERPART_NOT_APPROVED: (
        "相手先「{counterpart}」は承認されていません。",
        "Counterpart {counterpart} is not approved.",
    ),
    ReasonCode.OUTSIDE_HOURS: (
        "承認された時間帯({hours})の外です。",
        "Outside the approved hours ({hours}).",
    ),
    ReasonCode.TOO_LARGE: (
        "大きさ {size} バイトが、承認された上限 {limit} バイトを超えています。",
        "{size} bytes exceed the approved {limit} bytes.",
    ),
    ReasonCode.TOO_MANY_PARCELS: (
        "本日 {count} 件目です。承認された頻度は 1 日 {limit} 件までです。",
        "This is parcel {count} of the day; {limit} a day are approved.",
    ),
    ReasonCode.TOO_MANY_RECORDS: (
        "{count} 件の記録が、承認された上限 {limit} 件を超えています。",
        "{count} records exceed the approved {limit}.",
    ),
    ReasonCode.ERASURE_OVERDUE: (
        "削除の期限を過ぎた写しが {count} 件あります。",
        "{count} copies are past their erasure date.",
    ),
    ReasonCode.TICKET_NOT_VALID: (
        "受付票が無効です(使用済み、期限切れ、または別の端末のもの)。",
        "The ticket is not valid (used, expired, or of another terminal).",
    ),
    ReasonCode.KEY_USED_FOR_OTHER_BYTES: (
        "同じ冪等キーで、別の内容が届きました。",
        "The same idempotency key came with different content.",
    ),
    ReasonCode.NO_ROOM: (
        "置き場所の空きが足りないため、{size} バイトを受け取れません。",
        "There is not enough room on the disk for {size} bytes.",
    ),
    ReasonCode.DAY_IS_FULL: (
        "団体 {tenant} が本日受け取れる量 {limit} バイトを超えます。",
        "Municipality {tenant} takes {limit} bytes a day, and this would be more.",
    ),
    ReasonCode.TOO_MANY_AT_ONCE: (
        "同時に受け取れる {limit} 件がすでに送信中です。",
        "{limit} uploads are under way already, which is as many as are taken at once.",
    ),
    ReasonCode.TOO_SLOW: (
        "送信が遅すぎるため打ち切りました。毎秒 {rate} バイト以上が必要です。",
        "The bytes came too slowly and were cut off; at least {rate} bytes a second are needed.",
    ),
    ReasonCode.OFFSET_DIFFERS: (
        "続きの位置が違います。受け取り済みは {offset} バイトです。",
        "This does not continue where we are: {offset} bytes were received.",
    ),
    ReasonCode.CHECKSUM_DIFFERS: (
        "この区切りのチェックサムが一致しません。この区切りは捨てました。",
        "The checksum of this piece differs; the piece was thrown away.",
    ),
    ReasonCode.UPLOAD_GONE: (
        "この送信は期限が過ぎたか、取りやめられています。",
        "This upload has expired or was given up.",
    ),
    ReasonCode.LENGTH_DIFFERS: (
        "届いた長さ {received} バイトが、予告された {announced} バイトと違います。",
        "{received} bytes arrived, {announced} were announced.",
    ),
    ReasonCode.DIGEST_DIFFERS: (
        "届いた内容の指紋が、予告と違います。",
        "The digest differs from the one announced.",
    ),
    ReasonCode.EMPTY_PARCEL: ("中身がありません。", "The parcel is empty."),
    ReasonCode.NOT_INSPECTED: (
        "検査を終えていません。",
        "The content has not been inspected.",
    ),
    ReasonCode.TYPE_NOT_APPROVED: (
        "ファイルの種類「{found}」は承認されていません(承認: {approved})。",
        "Content type {found} is not approved (approved: {approved}).",
    ),
    ReasonCode.ACTIVE_CONTENT: (
        "動作する内容({kinds})が含まれています。",
        "Active content was found ({kinds}).",
    ),
    ReasonCode.LAYOUT_NOT_APPROVED: (
        "記録様式「{layout}」は承認されていません。",
        "Record layout {layout} is not approved.",
    ),
    ReasonCode.RECORDS_FAULTY: (
        "様式に合わない箇所が {count} 件あります(最初は {row} 行 {column} 列、{byte} バイト目: {what})。",
        "{count} faults against the layout (first: row {row}, column {column}, byte {byte}: {what}).",
    ),
    ReasonCode.NOT_SCANNABLE: (
        "検査しきれないため、保留しました: {what_ja}(箇所 {place})。",
        "Held, because it could not be inspected to the end: {what_en} (at {place}).",
    ),
    ReasonCode.HARMFUL: (
        "通せないものが見つかりました: {what_ja}(箇所 {place})。",
        "Something was found that must not pass: {what_en} (at {place}).",
    ),
    ReasonCode.FOREIGN_CANARY: (
        "他の市区町村({municipality})の見張り用の記録が {count} 件あります。取り違えの疑いにより保留しました。",
        "Held: {count} canary records of another municipality ({municipality}) are in it; files may be mixed up.",
    ),
    ReasonCode.NOT_REBUILT: (
        "無害化が承認の条件ですが、この内容は無害化できませんでした。保留しました。",
        "The approval demands that content is rebuilt; this could not be, and is held.",
    ),
    ReasonCode.ITEM_NOT_APPROVED: (
        "承認されていない項目「{label}」({item})が含まれています。",
        "Data item {item} was not approved.",
    ),
    ReasonCode.INDIVIDUAL_NUMBER_FOUND: (
        "個人番号とみられる数字が、項目「{column}」に {count} 件あります(最初は {row} 行)。",
        "{count} apparent Individual Numbers in column {column} (first: row {row}).",
    ),
    ReasonCode.NUMBER_COLUMN_NOT_APPROVED: (
        "様式で個人番号の欄とされている「{column}」({item})は、個人番号を載せてよい欄として承認されていません。",
        "Column {column} ({item}) is for Individual Numbers by its layout, and was not approved as such.",
    ),
    ReasonCode.OTHER_MUNICIPALITY: (
        "他の市区町村の記録が {count} 件あります。",
        "{count} records belong to another municipality.",
    ),
    ReasonCode.PROFILE_TOO_WEAK: (
        "検査の備え「{missing}」がこの機械にありません。",
        "This machine lacks the inspection {missing} that the permit demands.",
    ),
    ReasonCode.NOT_ALLOWED: (
        "この操作を行う権限がありません({action})。",
        "You may not do this ({action}).",
    ),
    ReasonCode.NOT_FOUND: ("「{what}」は見つかりません。", "{what} was not found."),
    ReasonCode.NOT_IN_THIS_STATE: (
        "「{what}」は状態「{state}」のため、この操作はできません。",
        "{what} is in state {state}; this cannot be done now.",
    ),
    ReasonCode.NOT_A_RECIPIENT: (
        "あなたは文書 {document} の受取人ではありません。",
        "You are not a named recipient of document {document}.",
    ),
    ReasonCode.COUNTERPART_REFUSED: (
        "相手先が受け取りませんでした(コード {code})。",
        "The counterpart did not accept it (code {code}).",
    ),
    ReasonCode.INPUT_NOT_UNDERSTOOD: ("{where}: {what}", "{where}: {what}"),
}
