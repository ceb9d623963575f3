"""The part of S-205 and S-210 about custody: who holds which credential, what the devices are, what is not joined."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from sekisho.kernel.council import ComputerCard, CredentialCustody, Dossier, Note, NoteKind
from sekisho.web.components.act_forms import AREA, SELECT, FormField, pick
from sekisho.web.components.facts import Fact
from sekisho.web.words import Words

Typed = Mapping[str, str]
CUSTODY: Final = Words("資格情報・機器・つながらない経路", "Credentials, devices, what is not joined")
MORE: Final = 2
"""How many blank rows stand below those that are written."""
LISTS: Final = (
    ("departments", Words("所属（一行に一つ）", "departments (one a line)")),
    ("custodians", Words("管理する者（一行に一人）", "who holds it (one a line)")),
    ("operators", Words("使う者（一行に一人）", "who uses it (one a line)")),
    ("shared_with", Words("ほかに使う事務（なければ空欄）", "also used for (empty if nothing)")),
)
TEXTS: Final = (
    ("exception", Words("共用・兼務の理由", "why it is shared, or used by its holder")),
    ("exception_until", Words("それが終わる日（2027-03-31 の形）", "the day on which that ends (2027-03-31)")),
)
CARD: Final = (
    ("form", Words("形", "form")),
    ("lock", Words("施錠", "lock")),
    ("state", Words("状態", "state")),
    ("maker", Words("製造者", "maker")),
    ("tenancy", Words("ほかの団体との区分", "how tenants are apart")),
)
NOTE_KINDS: Final[dict[NoteKind, Words]] = {
    NoteKind.NO_PATH: Words("つながっていない（図で確かめる）", "Not joined (checked on the map)"),
    NoteKind.TERM: Words("用語", "A term"),
    NoteKind.RISK_REMOVED: Words("なくなる危険", "A risk removed"),
    NoteKind.RISK_ADDED: Words("加わる危険", "A risk added"),
    NoteKind.HISTORY: Words("経緯", "History"),
    NoteKind.HUMAN_STEP: Words("人の手による作業", "A step by hand"),
    NoteKind.ALTERNATIVE: Words("検討した代替", "Considered instead"),
    NoteKind.SAFETY: Words("安全", "Safety"),
    NoteKind.VOLUME: Words("量", "Volume"),
    NoteKind.PRECEDENT: Words("先例", "Precedent"),
    NoteKind.UNCHANGED: Words("変わらないこと", "Unchanged"),
    NoteKind.POSSIBLE_ARROW: Words("あり得る接続", "A possible connection"),
}
_LOGIN: Final = CredentialCustody(
    credential="", departments=(), custodians=(), operators=(), shared_with=(), exception="", exception_until=""
)
_WORDS: Final = ("credential", *(name for name, _ in TEXTS))
_NOTE: Final = Note(note="", kind=NoteKind.NO_PATH, on="", text="")
_HINT_LOGIN: Final = Words(
    "名称を空欄にすると外れます。共用や、管理する者が使うことには、理由と終わる日、その日を期限とする条件が要ります。",
    "Without a name it is taken out. Sharing, or use by its holder, needs a reason, an end, and a condition due then.",
)
_HINT_NOTE: Final = Words(
    "つながっていない電子計算機を「一方/他方」の形で書きます。図の上でつながっていれば提出できません。",
    "Two computers as one/other. If the map joins them, it cannot be submitted.",
)


def _logins(dossier: Dossier) -> tuple[CredentialCustody, ...]:
    """The credentials that are written, and blank ones for more."""
    return (*dossier.credentials, *(_LOGIN for _ in range(MORE)))


def _notes(dossier: Dossier) -> tuple[Note, ...]:
    """The notes that are written, and blank ones for more."""
    return (*dossier.notes, *(_NOTE for _ in range(MORE)))


def _cards(dossier: Dossier) -> tuple[ComputerCard, ...]:
    """A card of each computer on the chart, blank where nothing is said of it."""
    known = {each.computer: each for each in dossier.devices}
    blank = dict.fromkeys((name for name, _ in CARD), "")
    return tuple(
        known.get(each.computer) or ComputerCard(computer=each.computer, **blank) for each in dossier.chart.computers
    )


def _field(name: str, words: Words, value: object, kind: str = "text", hint: Words | str = "") -> FormField:
    """One field; a draft may leave it empty."""
    text = "\n".join(value) if isinstance(value, tuple) else str(value)
    return FormField(name=name, words=words, value=text, kind=kind, hint=hint, required=False)


def _numbered(number: int, words: Words) -> Words:
    """What a field of the row of this number is called."""
    return Words(f"{number}：{words.ja}", f"{number}: {words.en}")


def custody_fields(dossier: Dossier) -> Iterator[FormField]:
    """The fields of every credential, of a card for each computer, of every note, and of blank rows."""
    for number, row in enumerate(_logins(dossier), 1):
        at, name = f"login.{number}", Words("資格情報の名称", "credential")
        yield _field(f"{at}.credential", _numbered(number, name), row.credential, hint=_HINT_LOGIN)
        for key, words in LISTS:
            yield _field(f"{at}.{key}", _numbered(number, words), getattr(row, key), AREA)
        for key, words in TEXTS:
            yield _field(f"{at}.{key}", _numbered(number, words), getattr(row, key))
    for card in _cards(dossier):
        for key, words in CARD:
            label = Words(f"{card.computer}：{words.ja}", f"{card.computer}: {words.en}")
            yield _field(f"device.{card.computer}.{key}", label, getattr(card, key))
    for number, note in enumerate(_notes(dossier), 1):
        yield from _note_fields(number, note)


def _note_fields(number: int, note: Note) -> Iterator[FormField]:
    """The fields of one note."""
    at, label = f"note.{number}", _numbered(number, Words("注記の種類", "kind of note"))
    options = pick(*((str(kind), words) for kind, words in NOTE_KINDS.items()), chosen=note.kind)
    yield FormField(name=f"{at}.kind", words=label, kind=SELECT, choices=options, required=False)
    yield _field(f"{at}.on", _numbered(number, Words("何について", "about what")), note.on, hint=_HINT_NOTE)
    yield _field(f"{at}.text", _numbered(number, Words("注記", "note")), note.text)


def _text(typed: Typed, name: str, before: str) -> str:
    """A text as it was typed."""
    return typed.get(name, before).strip()


def _lines(typed: Typed, name: str, before: tuple[str, ...]) -> tuple[str, ...]:
    """One entry a line."""
    text = typed.get(name)
    return before if text is None else tuple(line.strip() for line in text.splitlines() if line.strip())


def _read_logins(dossier: Dossier, typed: Typed) -> tuple[CredentialCustody, ...]:
    """The credentials as they were typed; a row without a name is none, a name stands once."""
    found: dict[str, CredentialCustody] = {}
    for number, row in enumerate(_logins(dossier), 1):
        at = f"login.{number}"
        texts: dict[str, Any] = {key: _text(typed, f"{at}.{key}", getattr(row, key)) for key in _WORDS}
        lists: dict[str, Any] = {key: _lines(typed, f"{at}.{key}", getattr(row, key)) for key, _ in LISTS}
        if texts["credential"]:
            found.setdefault(texts["credential"], replace(row, **texts, **lists))
    return tuple(found.values())


def _read_notes(dossier: Dossier, typed: Typed) -> tuple[Note, ...]:
    """The notes as they were typed; a row without a place and words is none. A new one gets a number nobody has."""
    taken, found = {each.note for each in dossier.notes}, []
    for number, row in enumerate(_notes(dossier), 1):
        at = f"note.{number}"
        on, text = _text(typed, f"{at}.on", row.on), _text(typed, f"{at}.text", row.text)
        kind = NoteKind(typed.get(f"{at}.kind", row.kind))
        name = row.note or next(each for each in (f"n{count}" for count in range(1, 1000)) if each not in taken)
        if on or text:
            taken.add(name)
            found.append(Note(note=name, kind=kind, on=on, text=text))
    return tuple(found)


def read_custody(dossier: Dossier, typed: Typed) -> Dossier:
    """The dossier with credentials, cards and notes as they were typed over what was there.

    Raises:
        ValueError: A note is of no known kind.

    """
    cards = (
        replace(card, **{key: _text(typed, f"device.{card.computer}.{key}", getattr(card, key)) for key, _ in CARD})
        for card in _cards(dossier)
    )
    return replace(
        dossier,
        credentials=_read_logins(dossier, typed),
        devices=tuple(each for each in cards if any(getattr(each, key) for key, _ in CARD)),
        notes=_read_notes(dossier, typed),
    )


def custody_facts(dossier: Dossier) -> Iterator[Fact]:
    """What the dossier says of custody, devices and what is not joined, for its readers."""
    for login in dossier.credentials:
        held, used = "、".join(login.custodians), "、".join(login.operators)
        shared, until = "、".join(login.shared_with), login.exception_until
        also = Words(f"共用：{shared}　", f"also for: {shared}　") if shared else ""
        ends = Words(f"例外：{login.exception}（{until} まで）", f"exception: {login.exception} (until {until})")
        yield Fact(
            name=Words(f"資格情報（{login.credential}）", f"Credential ({login.credential})"),
            value=Words(f"管理：{held}　使用：{used}", f"held by: {held}　used by: {used}"),
            more=f"{also}{ends if login.exception else ''}",
        )
    for card in dossier.devices:
        words = (f"{label}：{getattr(card, key)}" for key, label in CARD)
        yield Fact(name=Words(f"機器（{card.computer}）", f"Device ({card.computer})"), value="　".join(words))
    for note in dossier.notes:
        yield Fact(name=NOTE_KINDS[note.kind], value=note.on, more=note.text)
