"""What the codes of the kernel and of the dossiers are called on screen, in both languages."""

from typing import Final

from sekisho.kernel import Direction, EntryKind, Zone
from sekisho.web.words import Words

ZONES: Final[dict[str, Words]] = {
    Zone.MY_NUMBER: Words("マイナンバー利用事務系", "Individual Number zone"),
    Zone.LGWAN: Words("LGWAN接続系", "LGWAN zone"),
    Zone.INTERNET: Words("インターネット接続系", "Internet zone"),
    Zone.OUTSIDE: Words("庁外", "Outside"),
}

DIRECTIONS: Final[dict[str, Words]] = {
    Direction.INWARD: Words("受入れ", "Inward"),
    Direction.OUTWARD: Words("持出し", "Outward"),
    Direction.INSIDE: Words("庁内", "Inside"),
    Direction.BEYOND: Words("庁外どうし", "Beyond"),
}
DIRECTION_ICONS: Final[dict[str, str]] = {Direction.INWARD: "down", Direction.OUTWARD: "up"}

ENTRY_KINDS: Final[dict[str, Words]] = {
    EntryKind.RECEIVED: Words("受け取り", "Received"),
    EntryKind.CLEARED: Words("検査済み", "Cleared"),
    EntryKind.HELD: Words("保留", "Held"),
    EntryKind.REFUSED: Words("止めました", "Stopped"),
    EntryKind.LEAVING: Words("持ち出しの記録", "Leaving"),
    EntryKind.DELIVERED: Words("引き渡し", "Delivered"),
    EntryKind.ERASING: Words("削除の開始", "Erasing"),
    EntryKind.ERASED: Words("削除", "Erased"),
    EntryKind.VIEWED: Words("閲覧", "Viewed"),
    EntryKind.OPENED: Words("文書を開いた", "Opened"),
    EntryKind.PRINTED: Words("印刷", "Printed"),
    EntryKind.EXPORTED: Words("出力", "Exported"),
    EntryKind.PROPOSED: Words("異動案の作成", "Proposed"),
    EntryKind.ACCEPTED: Words("異動の反映", "Accepted"),
    EntryKind.REJECTED: Words("異動を採らない", "Rejected"),
    EntryKind.WITHDRAWN: Words("反映の取消し", "Withdrawn"),
    EntryKind.POSTPONED: Words("異動の保留", "Postponed"),
    EntryKind.RESUMED: Words("保留の解除", "Resumed"),
    EntryKind.TENANT_OPENED: Words("団体の登録", "Municipality entered"),
    EntryKind.PERMIT_ISSUED: Words("通行証の発行", "Permit issued"),
    EntryKind.PERMIT_RESUMED: Words("通行証の再開", "Permit resumed"),
    EntryKind.ALARM_RAISED: Words("判断の警報", "Decision alarm"),
    EntryKind.PERMIT_SUSPENDED: Words("通行証の停止", "Permit suspended"),
    EntryKind.PERMIT_SUPERSEDED: Words("通行証の差替え", "Permit superseded"),
    EntryKind.PERMIT_START_AGREED: Words("通行証の再開への同意", "Start of a permit agreed to"),
    EntryKind.PERMIT_CHANGE_PENDING: Words("変更の諮問による停止", "Permit waits for a change"),
    EntryKind.PERMIT_KEPT: Words("承認のまま維持", "Kept as approved"),
    EntryKind.PERMIT_EXPIRED: Words("通行証の満了", "Permit expired"),
    EntryKind.PERMIT_REVOKED: Words("通行証の取消し", "Permit revoked"),
    EntryKind.ASSESSMENT_STANDING: Words("評価の効力の登録", "Standing of an assessment"),
    EntryKind.CONSULTATION_CHANGED: Words("重要な変更の申出", "Material change"),
    EntryKind.CONSULTATION_EXPIRED: Words("諮問の期間満了", "Consultation expired"),
    EntryKind.CONSULTATION_REVOKED: Words("諮問の取消し", "Consultation revoked"),
    EntryKind.CONSULTATION_SUPERSEDED: Words("諮問の更新", "Consultation superseded"),
    EntryKind.LAYOUT_ADOPTED: Words("様式の採用", "Layout adopted"),
    EntryKind.CONSULTATION_DRAFTED: Words("諮問の起案", "Consultation drafted"),
    EntryKind.CONSULTATION_REVISED: Words("諮問書の修正", "Dossier revised"),
    EntryKind.CONSULTATION_SUBMITTED: Words("諮問の提出", "Consultation submitted"),
    EntryKind.CONSULTATION_RETURNED: Words("諮問の差戻し", "Consultation returned"),
    EntryKind.CONSULTATION_ACCEPTED: Words("諮問の受理", "Consultation accepted"),
    EntryKind.CONSULTATION_ON_AGENDA: Words("議題への追加", "Put on the agenda"),
    EntryKind.CONSULTATION_CIRCULATED: Words("資料の送付", "Circulated"),
    EntryKind.CONSULTATION_AMENDED: Words("資料の変更の開始", "Amendment begun"),
    EntryKind.CONSULTATION_WITHDRAWN: Words("諮問の取下げ", "Consultation withdrawn"),
    EntryKind.CONSULTATION_TAKEN_BACK: Words("諮問の引取り", "Consultation taken back"),
    EntryKind.EXEMPTION_CLAIMED: Words("適用除外の申出", "Exemption claimed"),
    EntryKind.EXEMPTION_CONFIRMED: Words("適用除外の確認", "Exemption confirmed"),
    EntryKind.EXEMPTION_REJECTED: Words("適用除外を認めない", "Exemption rejected"),
    EntryKind.QUESTION_ASKED: Words("質問", "Question asked"),
    EntryKind.QUESTION_ANSWERED: Words("回答", "Question answered"),
    EntryKind.OPINION_SEALED: Words("書面意見の封入", "Written opinion sealed"),
    EntryKind.MEMBER_RECUSED: Words("委員の除斥", "Member recused"),
    EntryKind.MEETING_CALLED: Words("会議の招集", "Meeting called"),
    EntryKind.MEETING_OPENED: Words("開会", "Meeting opened"),
    EntryKind.MEETING_CLOSED: Words("閉会", "Meeting closed"),
    EntryKind.MEETING_CANCELLED: Words("会議の中止", "Meeting cancelled"),
    EntryKind.MEMBER_ARRIVED: Words("委員の出席", "Member arrived"),
    EntryKind.MEMBER_LEFT: Words("委員の退席", "Member left"),
    EntryKind.SESSION_OPENED: Words("審議の開始", "Session opened"),
    EntryKind.QUESTIONS_CLOSED: Words("質疑の終了", "Questions closed"),
    EntryKind.VERDICT_RECORDED: Words("項目の扱いの記録", "Verdict recorded"),
    EntryKind.TRADE_OFF_RECORDED: Words("利益の比較の記録", "Trade-off recorded"),
    EntryKind.MOTION_PUT: Words("採決の提案", "Motion put"),
    EntryKind.VOTE_CAST: Words("投票", "Vote cast"),
    EntryKind.CONSULTATION_DECIDED: Words("決定", "Decided"),
    EntryKind.LETTER_SIGNED: Words("答申書への署名", "Decision letter signed"),
    EntryKind.CONSULTATION_ANSWERED: Words("答申", "Answered"),
    EntryKind.CONSULTATION_IN_FORCE: Words("通行証の効力発生", "In force"),
    EntryKind.CONDITION_PROPOSED: Words("条件の提案", "Condition proposed"),
    EntryKind.CONDITION_ADOPTED: Words("条件の採用", "Condition adopted"),
    EntryKind.CONDITION_DROPPED: Words("条件の不採用", "Condition dropped"),
    EntryKind.PROOF_SUBMITTED: Words("証拠の提出", "Proof submitted"),
    EntryKind.PROOF_REJECTED: Words("証拠を認めない", "Proof rejected"),
    EntryKind.PROOF_VERIFIED: Words("証拠の確認", "Proof verified"),
    EntryKind.CONDITION_CLOSED: Words("条件の完了", "Condition closed"),
    EntryKind.CONDITION_RECURRED: Words("条件の次の回", "Condition recurs"),
    EntryKind.CONDITION_OVERDUE: Words("条件の期限超過", "Condition overdue"),
    EntryKind.CONDITION_WAIVED: Words("条件の免除", "Condition waived"),
    EntryKind.ROLES_ASSIGNED: Words("役割の付与", "Roles assigned"),
    EntryKind.PERSON_ENTERED: Words("職員・委員の登録", "Person entered"),
    EntryKind.ACCOUNT_CHANGED: Words("利用と認証の変更", "Account or sign-in changed"),
    EntryKind.TERMINAL_ENROLLED: Words("端末の登録", "Terminal enrolled"),
    EntryKind.ASSESSMENT_PLANNED: Words("評価の計画", "Assessment planned"),
    EntryKind.ASSESSMENT_VERSION_BEGUN: Words("評価書の次の版の開始", "Next version of a report begun"),
    EntryKind.THRESHOLD_JUDGED: Words("しきい値判断", "Threshold judged"),
    EntryKind.ASSESSMENT_NOT_NEEDED: Words("評価不要の判断", "Assessment not needed"),
    EntryKind.ASSESSMENT_BEGUN: Words("評価書の作成の開始", "Report begun"),
    EntryKind.ASSESSMENT_WRITTEN: Words("評価書の記載", "Report written"),
    EntryKind.LIGHTER_CHANGE_CLAIMED: Words("重要な変更でないとの申出", "Lighter change claimed"),
    EntryKind.ASSESSMENT_REVIEWED: Words("評価書の庁内点検", "Report reviewed"),
    EntryKind.COMMENT_OPENED: Words("意見募集の開始", "Public comment opened"),
    EntryKind.SENDERS_ERASED: Words("意見を送った人の氏名の削除", "Names of commenters erased"),
    EntryKind.COMMENT_RECEIVED: Words("住民の意見の受付", "Comment received"),
    EntryKind.COMMENT_ANSWERED: Words("住民の意見への回答", "Comment answered"),
    EntryKind.COMMENT_CLOSED: Words("意見募集の終了", "Public comment closed"),
    EntryKind.THIRD_PARTY_CHECK_BEGUN: Words("第三者点検の開始", "Third-party check begun"),
    EntryKind.POINT_FOUND: Words("点検の所見", "Finding on a point"),
    EntryKind.ASSESSMENT_OPINION_GIVEN: Words("評価書への意見", "Opinion on a report given"),
    EntryKind.ASSESSMENT_REVISED: Words("評価書の修正", "Report revised"),
    EntryKind.ASSESSMENT_FILED: Words("評価書の提出", "Report filed"),
    EntryKind.ASSESSMENT_PUBLISHED: Words("評価書の公表", "Report published"),
    EntryKind.ASSESSMENT_CHECKED: Words("評価書の年次の見直し", "Report checked yearly"),
    EntryKind.ASSESSMENT_FIXED: Words("評価書の軽微な修正", "Report fixed"),
    EntryKind.ASSESSMENT_CHANGED: Words("評価書の重要な変更", "Report changed materially"),
    EntryKind.ASSESSMENT_DUE_AGAIN: Words("評価の再実施の時期", "Assessment due again"),
    EntryKind.ASSESSMENT_INCIDENT: Words("重大事故による再評価", "Assessed again after an incident"),
    EntryKind.ASSESSMENT_ENDED: Words("評価の終了", "Assessment ended"),
    EntryKind.MINUTES_DRAFTED: Words("会議録の案", "Minutes drafted"),
    EntryKind.MINUTES_ENTERED: Words("公表済みの会議録の登録", "Published minutes entered"),
    EntryKind.MINUTES_EDITED: Words("会議録の整理", "Minutes edited"),
    EntryKind.MINUTES_CONFIRMED: Words("会議録の確認", "Minutes confirmed"),
    EntryKind.MINUTES_OBJECTED: Words("会議録への異議", "Minutes objected to"),
    EntryKind.MINUTES_PASSED_IN_SILENCE: Words("会議録に異議なし", "Minutes passed in silence"),
    EntryKind.REDACTION_MARKED: Words("非公開部分の確認（一人）", "Redaction checked by one"),
    EntryKind.REDACTION_LEAK_FOUND: Words("非公開の語の発見", "Word to be removed found"),
    EntryKind.REDACTION_CHECKED: Words("非公開部分の確認", "Redaction checked"),
    EntryKind.MINUTES_PUBLISHED: Words("会議録の公開", "Minutes published"),
    EntryKind.MINUTES_CORRECTED: Words("会議録の訂正", "Minutes corrected"),
}

ITEMS: Final[dict[str, Words]] = {
    "notice_id": Words("通知番号", "Notice number"),
    "office": Words("登記所", "Registry office"),
    "city_code": Words("市区町村コード", "Municipality code"),
    "property_kind": Words("土地・家屋の別", "Land or house"),
    "real_property_number": Words("不動産番号", "Real property number"),
    "reception": Words("受付番号", "Reception number"),
    "registration_date": Words("登記年月日", "Date of registration"),
    "purpose": Words("登記の目的", "Purpose of registration"),
    "cause": Words("登記原因", "Cause of registration"),
    "location": Words("所在", "Location"),
    "lot_number": Words("地番", "Lot number"),
    "house_number": Words("家屋番号", "House number"),
    "land_category": Words("地目", "Land category"),
    "land_area": Words("地積", "Land area"),
    "house_kind": Words("家屋の種類", "Kind of house"),
    "structure": Words("構造", "Structure"),
    "floor_area": Words("床面積", "Floor area"),
    "owner_name": Words("所有者の氏名", "Owner's name"),
    "owner_address": Words("所有者の住所", "Owner's address"),
    "owner_share": Words("持分", "Share"),
    "previous_owner_name": Words("前所有者の氏名", "Previous owner's name"),
    "previous_owner_address": Words("前所有者の住所", "Previous owner's address"),
    "split_merge_relation": Words("分筆・合筆の関係", "Split or merger"),
    "remarks": Words("備考", "Remarks"),
    "fiscal_year": Words("年度", "Fiscal year"),
    "price": Words("価格（評価額）", "Price (assessed value)"),
    "base_year_kind": Words("基準年度の区分", "Base year"),
    "correction": Words("修正の区分", "Correction"),
    "sex": Words("性別", "Sex"),
    "date_of_birth": Words("生年月日", "Date of birth"),
    "individual_number": Words("個人番号", "Individual Number"),
}

SPEAKERS: Final[dict[str, Words]] = {
    "member": Words("委員", "Member"),
    "agency": Words("実施機関", "Implementing agency"),
    "secretariat": Words("事務局", "Secretariat"),
    "chair": Words("会長", "Chair"),
}

SAFEGUARDS: Final[dict[str, Words]] = {
    "personnel": Words("人的", "Personnel"),
    "technical": Words("技術的", "Technical"),
    "physical": Words("物理的", "Physical"),
}

CHECKED_PARTS: Final[dict[str, Words]] = {
    "items": Words("データ項目の一覧", "the list of data items"),
    "persons": Words("操作者", "the operators"),
    "terminals": Words("端末の番号", "the ids of terminals"),
    "layouts": Words("ファイルの様式", "the file layouts"),
    "types": Words("ファイルの形式", "the file types"),
    "volume": Words("件数・大きさ", "the volumes"),
    "validity": Words("有効期間", "the dates of validity"),
}


def item_words(item: str) -> Words:
    """What a data item is called; an item the vocabulary does not know is shown by its id."""
    return ITEMS.get(item, Words(item, item))


def words_of(table: dict[str, Words], code: str) -> Words:
    """What a code is called; an unknown one is shown as it is."""
    return table.get(code, Words(code, code))


def short_parcel(parcel: str) -> str:
    """The end of a parcel's id, long enough to say on the telephone."""
    return parcel if len(parcel) <= 24 else f"{parcel[:4]}…{parcel[-8:]}"  # noqa: PLR2004 - the width of a list column
