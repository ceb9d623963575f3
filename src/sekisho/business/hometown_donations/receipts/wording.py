"""What stands on a paper for a donor, in the words of the office."""

from sekisho.business.hometown_donations.receipts.papers import PaperKind, Sheet, paper_number
from sekisho.records import write_wareki

_TITLES = {
    PaperKind.RECEIPT: "寄附金受領証明書",
    PaperKind.LETTER: "御礼",
    PaperKind.INVITATION: "ふるさと納税の御案内",
}


def _sentences(sheet: Sheet, use_until: str) -> tuple[str, ...]:
    """The sentences of a paper."""
    match sheet.kind:
        case PaperKind.RECEIPT:
            return (
                "下記のとおり、地方税法第37条の2第1項及び第314条の7第1項に規定する寄附金を受領したことを証明します。",
            )
        case PaperKind.LETTER:
            return (
                "このたびは、温かいご寄附をいただき、誠にありがとうございました。",
                "いただいた寄附金は、お選びいただいた使い道に大切に活用いたします。",
            )
        case _:
            return (
                "先にいただいたご寄附に、あらためて御礼申し上げます。本年のふるさと納税の御案内をお送りします。",
                f"この御案内は、寄附をいただいた方への翌年の御案内という目的だけに、{use_until}までお名前とご住所を使うものです。",
                "今後の御案内が不要な場合は、問い合わせ先までお知らせください。すぐに止めます。",
            )


def sheet_words(sheet: Sheet, use_until: str = "") -> dict[str, object]:
    """A page as data for the typesetter."""
    rows = [("寄附金額", f"金 {sheet.amount:,} 円"), ("受領年月日", write_wareki(sheet.paid_on))]
    if sheet.kind is not PaperKind.RECEIPT:
        rows += [("使い道", sheet.purpose or "指定なし"), ("返礼品", sheet.gift or "なし")]
    return {
        "title": _TITLES[sheet.kind],
        "again": "再発行" if sheet.kind is PaperKind.RECEIPT and sheet.copy else "",
        "number": paper_number(sheet.year, sheet.number),
        "code": sheet.code,
        "postcode": f"〒{sheet.postcode[:3]}-{sheet.postcode[3:]}" if sheet.postcode else "",
        "address": sheet.address,
        "name": f"{sheet.name} 様",
        "sentences": list(_sentences(sheet, use_until)),
        "rows": [list(each) for each in rows],
    }
