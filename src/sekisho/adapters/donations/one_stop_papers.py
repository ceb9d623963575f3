"""Papers of one-stop applications: the form with its code, the letter about deficiencies, notices on paper (55の7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.documents import typeset
from sekisho.adapters.donations.areas import reading_in, writing_in
from sekisho.adapters.donations.models import NoticeBatchRow, NoticeRow
from sekisho.adapters.donations.notice_queries import printed_forms
from sekisho.adapters.donations.one_stop_cases import CaseDeed, deadlines_in, find_case, move, new_code
from sekisho.adapters.donations.one_stop_desk import send_form
from sekisho.adapters.donations.one_stop_vault import CaseVault
from sekisho.adapters.donations.reading import donation_of
from sekisho.adapters.places import shipped_municipalities
from sekisho.adapters.witnesses.codes import code_picture, read_code
from sekisho.business.hometown_donations.notices import NoticeSender
from sekisho.business.hometown_donations.one_stop import DEFICIENCIES, FORM_FIELDS, Deficiency, KeyedForm
from sekisho.kernel import ReasonCode, Refused, because
from sekisho.records import write_wareki, write_wareki_year

_MARK: Final = "sekisho-one-stop"
_SENTENCE: Final = (
    "あなたへの寄附について、地方税法附則第7条第1項(第8項)の規定による寄附金税額控除に係る申告の特例の適用を"
    "受けようとするときは、下の欄に記載し、{until}までに届くように提出してください。"
)
_CONFIRMATIONS: Final = (
    "① 地方税法附則第7条第1項(第8項)に規定する申告特例対象寄附者である(確定申告・住民税の申告をする必要がない)",
    "② 申告の特例の適用を受けようとする地方団体の長の数が5以下であると見込まれる",
)
_DOCUMENTS: Final = (
    "個人番号カードの両面の写し。お持ちでない方は、通知カードまたは個人番号の記載された住民票の写しと、"
    "運転免許証などの写真付き身元確認書類の写し。"
)
_SHOWN: Final = ("name", "kana", "address", "telephone", "birth")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stationery:
    """What stands on every paper of the office: addressee, sender, whom to ask, and where to go on line."""

    addressee: str
    office: str
    contact: str
    online: str


def code_text(area: str, case: str) -> str:
    """What the code on a form says: an area and a number, and nobody's data."""
    return f"{_MARK}:{area}:{case}"


def case_on_picture(area: str, picture: bytes) -> str:
    """The case whose form was scanned, by the code on it.

    Raises:
        Refused: The code is not one of ours, or of another municipality.
        SekishoError: There is no code on it, or more than one.

    """
    mark, _, rest = read_code(picture).partition(":")
    code_area, _, case = rest.partition(":")
    if mark != _MARK or not case:
        raise Refused([because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="QR", what="-")])
    if code_area != area:
        raise Refused([because(ReasonCode.OTHER_MUNICIPALITY, count=1)])
    return case


def _day(text: str) -> str:
    """A day in the office's calendar, or an empty place to write it."""
    try:
        return write_wareki(date.fromisoformat(text))
    except ValueError:
        return ""


def form_pdf(area: str, cases: Sequence[tuple[str, str]], paper: Stationery, day: date) -> bytes:
    """Application forms, filled in with what the donations say; each with its number's code and its link code.

    Raises:
        Refused: There is no such case.

    """
    sheets = []
    for case, code in cases:
        with reading_in(area):
            row = find_case(area, case)
            until = write_wareki(deadlines_in(area, row.year).forms_until)
        found = donation_of(area, row.donation_id)
        known = dict(found.personal) if found else {}
        known["address"] = found.address if found else ""
        known["birth"] = _day(known.get("birth", ""))
        rows = [[FORM_FIELDS[name][0], known.get(name, "")] for name in _SHOWN]
        rows += [["寄附年月日", write_wareki(row.donated_on)], ["寄附金額", f"{row.amount:,}円"], ["申請年月日", ""]]
        sheets.append(
            {
                "year": f"{write_wareki_year(row.year)}寄附分", "addressee": paper.addressee,
                "number": case, "code": code, "qr": code_picture(code_text(area, case)),
                "sentence": _SENTENCE.format(until=until), "rows": rows, "office": paper.office,
                "confirmations": list(_CONFIRMATIONS), "documents": _DOCUMENTS, "online": paper.online,
            }
        )  # fmt: skip
    head = {"title": "寄附金税額控除に係る申告特例申請書", "author": paper.office, "footer": paper.contact}
    return typeset("one_stop_form", {**head, "sheets": sheets}, day)


def send_forms(deed: CaseDeed, donations: Sequence[int], paper: Stationery) -> bytes:
    """Open a case for each of these donations and print its form; if one cannot be, no case is opened.

    The link codes stand in this PDF and nowhere else: a case whose form was not made would be closed to its donor.

    Raises:
        Refused: A donation has a case already, or none can be opened.
        SekishoError: The forms could not be made.

    """
    with writing_in(deed.area):
        sent = [send_form(deed, donation) for donation in donations]
        return form_pdf(deed.area, sent, paper, office_day(deed.at))


def print_again(deed: CaseDeed, paper: Stationery) -> bytes:
    """The form of a case again, with a new code; the one that was lost opens nothing any more.

    Raises:
        Refused: There is no such case, or its form was not sent or is back already.
        SekishoError: The form could not be made; the old code holds.

    """
    code = new_code()
    with writing_in(deed.area):
        row = find_case(deed.area, deed.case, locked=True)
        row.link_search = CaseVault(deed.area).link_search(code)
        move(row, deed, "print_again")
        return form_pdf(deed.area, [(row.number, code)], paper, office_day(deed.at))


def letter_pdf(area: str, case: str, found: Sequence[Deficiency], paper: Stationery, day: date) -> bytes:
    """The letter that asks for what is missing, or that says it came too late.

    Raises:
        Refused: There is no such case.

    """
    with reading_in(area):
        row = find_case(area, case)
        until = write_wareki(deadlines_in(area, row.year).forms_until)
        name = CaseVault(area).open_form(case, bytes(row.sealed))["name"] if row.sealed else ""
    late = Deficiency.TOO_LATE in found
    head = "申告特例申請書の不受理について" if late else "申告特例申請書の不備について"
    data = {
        "title": head, "author": paper.office, "footer": f"整理番号 {case}", "day": write_wareki(day),
        "to": name or "寄附者", "office": paper.office, "heading": head, "number": case, "contact": paper.contact,
        "sentence": "御提出いただいた申告特例申請書に、次の不備がありました。" if not late else
        f"御提出いただいた申告特例申請書は、期限({until})を過ぎて届いたため受け付けられませんでした。",
        "rows": [[DEFICIENCIES[each][0], DEFICIENCIES[each][2]] for each in found],
        "closing": f"{until}までに届くようにお送りください。" if not late else
        "お手数ですが、確定申告で寄附金控除を受けてください。受領証明書が要ります。",
    }  # fmt: skip
    return typeset("one_stop_letter", data, day)


def _sheet(row: NoticeBatchRow, notice: NoticeRow, form: KeyedForm) -> list[list[str]]:
    """One donor's page: form 55-7 as rows."""
    values = form.values
    return [
        ["通知年月日", write_wareki(row.issued_on)],
        ["通知の区分", notice.action],
        ["寄附年分", f"{write_wareki_year(row.year)}分"],
        ["整理番号", notice.reception],
        ["フリガナ", values["kana"]],
        ["氏名", values["name"]],
        ["住所(1月1日現在)", values["address"]],
        ["個人番号", " ".join(values["individual_number"][at : at + 4] for at in (0, 4, 8))],
        ["生年月日", _day(values["birth"])],
        ["性別", values["sex"]],
        ["特例適用対象寄附金の額", f"{notice.total:,}円"],
    ]


def notice_pdf(area: str, batch: str, sender: NoticeSender) -> bytes:
    """The notices of a batch on paper: a cover with the counts, and one page a donor.

    Raises:
        Refused: There is no such batch.
        SekishoError: A number was erased already.

    """
    row, notices = printed_forms(area, batch)
    place = shipped_municipalities().find(row.destination)
    data = {
        "title": f"申告特例通知書 {batch}", "author": sender.name, "footer": f"申告特例通知書 {batch}",
        "day": write_wareki(row.issued_on), "to": f"{place.prefecture}{place.name}長",
        "office": f"{sender.name}({sender.desk} {sender.telephone})",
        "sentence": "地方税法附則第7条第5項(第12項)の規定により、申告特例通知書を送付します。",
        "cover": [["通知件数", f"{row.rows}件"], ["金額の合計", f"{row.total:,}円"], ["束の番号", batch],
                  ["通知団体", f"{sender.name}({sender.code})　{sender.address}"]],
        "sheets": [_sheet(row, notice, form) for notice, form in notices],
    }  # fmt: skip
    return typeset("one_stop_notice", data, row.issued_on)
