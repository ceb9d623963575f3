"""The story of consultation 56: what is attempted, and what must come of it under what the council approved."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sekisho.cli.demo.table import CrossingRow
from sekisho.kernel import ReasonCode

DOWN, UP = "registry-notices-down", "registry-prices-up"
TERMINAL, OTHER_TERMINAL = "asset-tax-terminal-1", "asset-tax-terminal-2"
NAMED, NOT_NAMED = "urakami", "dejima"
CLOSED_ROUTE, INTERNET = ("government_shared_network", "lgwan"), ("internet",)


class Cargo(StrEnum):
    """Which file an attempt carries."""

    NOTICES = "notices"
    NOTICES_WITH_SEX = "notices_with_sex"
    NOTICES_WITH_NUMBER = "notices_with_number"
    PRICES = "prices"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One attempt to cross: who, where, which way, with what, and what must come of it."""

    attempt: str
    ja: str
    en: str
    cargo: Cargo
    outcome: str
    codes: frozenset[ReasonCode] = frozenset()
    connection: str = DOWN
    terminal: str = TERMINAL
    person: str = NAMED
    route: tuple[str, ...] = CLOSED_ROUTE
    announced: int | None = None
    before: str = ""

    @property
    def title(self) -> str:
        """Both languages, for the table."""
        return f"{self.ja}\n{self.en}"


def _refused(attempt: str, ja: str, en: str, code: ReasonCode, **how: object) -> Attempt:
    """An attempt that must be refused for exactly this reason."""
    plan: Mapping[str, object] = {"cargo": Cargo.NOTICES, **how}
    return Attempt(
        attempt=attempt,
        ja=ja,
        en=en,
        outcome="refused",
        codes=frozenset({code}),
        **plan,  # type: ignore[arg-type]  # a table of fields
    )


NOTICES = Attempt(
    attempt="notices-down",
    ja="登記所からの通知を受け取る",
    en="Notices come down",
    cargo=Cargo.NOTICES,
    outcome="erased",
)
PRICES = Attempt(
    attempt="prices-up",
    ja="価格等の通知を送る",
    en="Prices go up",
    cargo=Cargo.PRICES,
    outcome="erased",
    connection=UP,
    route=tuple(reversed(CLOSED_ROUTE)),
)
REFUSALS: tuple[Attempt, ...] = (
    _refused(
        "extra-item",
        "承認されていない項目(性別)を足す",
        "An extra data item (sex)",
        ReasonCode.ITEM_NOT_APPROVED,
        cargo=Cargo.NOTICES_WITH_SEX,
    ),
    _refused(
        "number-in-remarks",
        "備考欄に個人番号を書く",
        "An Individual Number in a remarks field",
        ReasonCode.INDIVIDUAL_NUMBER_FOUND,
        cargo=Cargo.NOTICES_WITH_NUMBER,
    ),
    _refused(
        "second-terminal",
        "2台目の端末から通す",
        "From a second terminal",
        ReasonCode.TERMINAL_NOT_APPROVED,
        terminal=OTHER_TERMINAL,
    ),
    _refused(
        "person-not-named",
        "名前のない職員が通す",
        "By a person who was not named",
        ReasonCode.PERSON_NOT_NAMED,
        person=NOT_NAMED,
    ),
    _refused(
        "internet-route", "インターネット経由で通す", "By the internet", ReasonCode.ROUTE_NOT_APPROVED, route=INTERNET
    ),
    _refused(
        "edited-permit",
        "データベースで通行証の行を書き換える",
        "Under a permit whose row was edited",
        ReasonCode.PERMIT_ALTERED,
        before="edit the permit's row",
    ),
    _refused(
        "too-large",
        "承認された量を超える",
        "More than the approved volume",
        ReasonCode.TOO_LARGE,
        before="announce one byte more than was approved",
    ),
)
EXPIRED = _refused(
    "expired-permit",
    "期限の切れた通行証で送る",
    "Under an expired permit",
    ReasonCode.PERMIT_NOT_ACTIVE,
    cargo=Cargo.PRICES,
    connection=UP,
    route=tuple(reversed(CLOSED_ROUTE)),
)


def differences(attempts: Mapping[str, Attempt], rows: Mapping[str, CrossingRow]) -> list[str]:
    """Where what came of the attempts is not what must come of them; empty if all is as it should be.

    Both tables are by parcel.
    """
    found = []
    for parcel, attempt in attempts.items():
        row = rows.get(parcel)
        if row is None:
            found.append(f"{attempt.attempt}: 帳簿にありません / not in the ledger")
            continue
        codes = frozenset(reason.code for reason in row.reasons)
        if (row.outcome, codes) != (attempt.outcome, attempt.codes):
            found.append(
                f"{attempt.attempt}: {row.outcome} {sorted(codes)} / expected {attempt.outcome} {sorted(attempt.codes)}"
            )
    return found
