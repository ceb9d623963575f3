"""The sentences about donations and lists of people. The braces name the facts a reason must carry."""

from collections.abc import Mapping
from typing import Final

from sekisho.kernel.errors.codes import ReasonCode

SENTENCES_OF_DONATIONS: Final[Mapping[ReasonCode, tuple[str, str]]] = {
    ReasonCode.APPLICATION_DEFICIENT: (
        "申請 {application} に不備があります: {what}。",
        "Application {application} is not complete: {what}.",
    ),
    ReasonCode.AFTER_DEADLINE: (
        "申請 {application} は期限({until})を過ぎたため、受け付けも変更もできません。",
        "Application {application} cannot be taken or changed after {until}.",
    ),
    ReasonCode.ROW_SEAL_BROKEN: (
        "宛先 {destination} の通知のうち {count} 行({rows})が、封印したときの内容と一致しません。送っていません。",
        "In the notices to {destination}, {count} rows ({rows}) are not as they were sealed. Nothing was sent.",
    ),
    ReasonCode.PEOPLE_LIST_FOUND: (
        "氏名・住所・連絡先などの並んだ一覧({count}行、最初は{row}行目、{where})があります。承認された項目ではありません。",
        "It holds a list of people ({count} rows, the first is {row}, {where}), which was not approved.",
    ),
    ReasonCode.TOO_MANY_TRIES: (
        "確認の入力が続けて間違っています。{minutes}分後にもう一度お試しください。",
        "Too many wrong answers; try again in {minutes} minutes.",
    ),
}
