"""Everything that somebody does in the survey comes through these doors; who may do what is decided by the office."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from sekisho.adapters.database.queries_survey import campaign_views, finding_view
from sekisho.bootstrap import survey as office
from sekisho.kernel import ReasonCode, Refused, SekishoError, because
from sekisho.web.access import EVERYBODY, open_to, refuse
from sekisho.web.components.dates import read_day
from sekisho.web.office import office_in
from sekisho.web.words import Words

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

_TRIAGES: Final = frozenset(map(str, office.Triage))
_LARGEST_TABLE: Final = 4 << 20


def _day(said: QueryDict) -> date:
    """The day that was typed.

    Raises:
        Refused: It is none.

    """
    found = read_day(said.get("due", ""))
    if found is None:
        raise Refused([because(ReasonCode.FIELD_NOT_UNDERSTOOD, where="due", what=said.get("due", "")[:20])])
    return found


def _triage(deed: office.Deed, finding: str, said: QueryDict) -> None:
    """The kind that was chosen.

    Raises:
        Refused: There is no such kind.

    """
    kind = said.get("kind", "")
    if kind not in _TRIAGES:
        raise Refused([because(ReasonCode.FIELD_NOT_UNDERSTOOD, where="kind", what=kind[:20])])
    office.triage(deed, finding, office.Triage(kind))


def _answer(deed: office.Deed, finding: str, said: QueryDict) -> None:
    """What a department says."""
    told = {name: said.get(name, "") for name in ("data", "since", "basis", "quotation")}
    office.answer(deed, finding, office.FindingAnswer(**told))


FINDING_ACTS: Final[Mapping[str, Callable[[office.Deed, str, QueryDict], object]]] = MappingProxyType(
    {
        "triage": _triage,
        "assign": lambda deed, each, said: office.assign(deed, each, said.get("owner", ""), _day(said)),
        "answer": _answer,
        "send_back": lambda deed, each, said: office.send_back(deed, each, said.get("reason", "")),
        "confirm": lambda deed, each, _: office.confirm(deed, each),
        "prove_stopped": lambda deed, each, _: office.prove_stopped(deed, each),
        "file_consultation": lambda deed, each, _: office.file_consultation(deed, each),
        "close": lambda deed, each, _: office.close(deed, each),
    }
)


def _said(request: HttpRequest, words: Words) -> None:
    """Tell what was done."""
    messages.success(request, str(words))


@require_POST
@open_to(*EVERYBODY)
def finding_act(request: HttpRequest, finding: str, act: str) -> HttpResponse:
    """Do it, or say why not; a consultation that was drafted is opened."""
    desk = office_in(request)
    if act not in FINDING_ACTS or finding_view(desk.tenant, finding) is None:
        raise Http404
    try:
        made = FINDING_ACTS[act](office.act_as(desk.tenant, desk.person), finding, request.POST)
    except Refused as refused:
        return refuse(request, *refused.reasons, status=409)
    _said(request, Words("処理しました。記録に残りました。", "Done, and recorded."))
    return redirect("matter", matter=made) if act == "file_consultation" else redirect("finding", finding=finding)


def _open(deed: office.Deed, request: HttpRequest, _: "UploadedFile[Any] | None") -> Words:
    """Ask every department."""
    office.open_campaign(deed, request.POST.get("label", ""), _day(request.POST))
    return Words("全所属に照会しました。", "Every department was asked.")


def _file(file: "UploadedFile[Any] | None") -> "UploadedFile[Any]":
    """The file that was handed in.

    Raises:
        Refused: There is none.

    """
    if file is None:
        raise Refused([because(ReasonCode.EMPTY_PARCEL)])
    return file


def _log(deed: office.Deed, _: HttpRequest, file: "UploadedFile[Any] | None") -> Words:
    """Read a log; its bytes are not kept."""
    log = _file(file)
    taken = office.take_log(deed, log.name or "log", log.chunks())
    if taken.again:
        return Words("この記録は取込済みです。何も変わっていません。", "This log was read before; nothing changed.")
    found, unread = len(taken.unmatched), taken.reading.unread_lines()
    return Words(
        f"{taken.reading.lines:,}行を読みました。通行証のない接続 {found}件、読めない行 {unread}行。",
        f"{taken.reading.lines:,} lines were read: {found} findings, {unread} lines that cannot be read.",
    )


def _kept(keep: Callable[[office.Deed, bytes], int], deed: office.Deed, file: "UploadedFile[Any] | None") -> Words:
    """Keep a list."""
    rows = keep(deed, _file(file).read(_LARGEST_TABLE + 1))
    return Words(f"{rows}件を登録しました。", f"{rows} rows were kept.")


_SURVEY_ACTS: Final[Mapping[str, Callable[[office.Deed, HttpRequest, "UploadedFile[Any] | None"], Words]]] = (
    MappingProxyType(
        {
            "open_campaign": _open,
            "take_log": _log,
            "keep_networks": lambda deed, _, file: _kept(office.keep_networks, deed, file),
            "keep_technical": lambda deed, _, file: _kept(office.keep_technical, deed, file),
        }
    )
)


def _sign(deed: office.Deed, campaign: str, request: HttpRequest) -> Words:
    """A head answers: with an inventory, or that there is none.

    Raises:
        Refused: Neither, or both.

    """
    file, none = request.FILES.get("file"), request.POST.get("none") == "yes"
    if (file is not None) == none:
        raise Refused([because(ReasonCode.DOSSIER_INCOMPLETE, place=campaign, what="inventory / none")])
    found = office.sign_return(deed, campaign, file.read(_LARGEST_TABLE + 1) if file else b"")
    return Words(f"回答しました。通行証のない接続 {len(found)}件。", f"Answered: {len(found)} findings.")


def _close(deed: office.Deed, campaign: str, _: HttpRequest) -> Words:
    """The campaign is over."""
    office.close_campaign(deed, campaign)
    return Words("調査を終えました。", "The campaign is closed.")


_CAMPAIGN_ACTS: Final[Mapping[str, Callable[[office.Deed, str, HttpRequest], Words]]] = MappingProxyType(
    {"sign": _sign, "close": _close}
)


def _do(request: HttpRequest, act: Callable[[office.Deed], Words]) -> HttpResponse:
    """Do it, or say why not."""
    desk = office_in(request)
    try:
        said = act(office.act_as(desk.tenant, desk.person))
    except Refused as refused:
        return refuse(request, *refused.reasons, status=409)
    except SekishoError as fault:
        where = because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="file", what=str(fault))
        return refuse(request, where, status=400)
    _said(request, said)
    return redirect("survey")


@require_POST
@open_to(*EVERYBODY)
def survey_act(request: HttpRequest, act: str) -> HttpResponse:
    """Begin a campaign, read a log, keep a list."""
    if act not in _SURVEY_ACTS:
        raise Http404
    return _do(request, lambda deed: _SURVEY_ACTS[act](deed, request, request.FILES.get("file")))


@require_POST
@open_to(*EVERYBODY)
def campaign_act(request: HttpRequest, campaign: str, act: str) -> HttpResponse:
    """Answer a campaign, or close it."""
    known = {each.campaign for each in campaign_views(office_in(request).tenant)}
    if act not in _CAMPAIGN_ACTS or campaign not in known:
        raise Http404
    return _do(request, lambda deed: _CAMPAIGN_ACTS[act](deed, campaign, request))
