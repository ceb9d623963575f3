"""The orders of one portal and one year: paid, waiting, cancelled, paid after the turn of the year."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from counterparts.donation_portal.people import PLACES, Donor, make_donors

GIFTS = (
    ("cast-01", "カステラ詰合せ", 10_000),
    ("chan-02", "ちゃんぽん6食", 8_000),
    ("kara-03", "からすみ", 30_000),
    ("biwa-04", "びわゼリー", 12_000),
    ("fish-05", "鮮魚の詰合せ", 20_000),
    ("beef-06", "和牛すき焼き用", 50_000),
)
PURPOSES = ("市長におまかせ", "子育て・教育", "平和の発信", "文化財の保存", "まちの活性化")
CARD, BANK = "クレジットカード", "銀行振込"
PAID, WAITING, CANCELLED = "paid", "waiting", "cancelled"
_MINUTES = 525_600
_REPEATERS = 0.7


@dataclass(frozen=True, slots=True)
class Order:
    """One order: a donor, what they give, and where the gifts go if not to themselves."""

    number: str
    ordered_at: datetime
    paid_on: date | None
    amount: int
    points: int
    donor: Donor
    recipient: Donor | None
    gifts: tuple[tuple[str, str, int], ...]
    one_stop: bool
    purpose: str
    publish: bool
    method: str
    status: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What a portal is filled with."""

    portal: str
    seed: int
    count: int
    year: int
    places: tuple[tuple[str, str], ...] = PLACES


def make_orders(plan: Plan) -> list[Order]:
    """The orders of a plan, oldest first; the same plan is always the same orders."""
    donors = make_donors(plan.seed, max(int(plan.count * _REPEATERS), 1), plan.places)
    chance = Random(f"orders/{plan.portal}/{plan.seed}/{plan.year}")  # noqa: S311 - made-up orders, not secrets
    # Half of the year's donations come in its last two months.
    minutes = sorted(int((1 - (1 - chance.random()) ** 1.6) * _MINUTES) for _ in range(plan.count))
    first = datetime(plan.year, 1, 1)  # noqa: DTZ001 - the portal's clock on the wall
    return [
        _make_order(
            f"{plan.portal[:2].upper()}-{plan.year}-{number:07d}", first + timedelta(minutes=each), chance, donors
        )
        for number, each in enumerate(minutes, start=1)
    ]


def _make_order(number: str, at: datetime, chance: Random, donors: list[Donor]) -> Order:
    """One order."""
    dice = chance.random()
    donor = donors[int(chance.random() * len(donors))]
    first = GIFTS[int(dice * 1000) % len(GIFTS)]
    second = GIFTS[(GIFTS.index(first) + 1) % len(GIFTS)]
    chosen = (first, second) if dice * 100 % 1 < 0.15 else (first,)  # noqa: PLR2004 - a share of the orders
    amount = sum(price for *_, price in chosen)
    method = BANK if dice * 1000 % 1 < 0.2 else CARD  # noqa: PLR2004 - a share of the orders
    status = CANCELLED if dice < 0.02 else WAITING if dice < 0.03 and method == BANK else PAID  # noqa: PLR2004 - shares
    days = 0 if method == CARD else 2 + int(dice * 100) % 9
    other = donors[int(chance.random() * len(donors))] if chance.random() < 0.08 else None  # noqa: PLR2004 - a share
    return Order(
        number=number,
        ordered_at=at,
        paid_on=at.date() + timedelta(days=days) if status == PAID else None,
        amount=amount,
        points=min(amount, int(dice * 3000)) if dice * 10 % 1 < 0.3 else 0,  # noqa: PLR2004 - a share of the orders
        donor=donor,
        recipient=other,
        gifts=tuple((code, name, 1 + int(dice * 50) % 2) for code, name, _ in chosen),
        one_stop=dice * 17 % 1 < 0.365,  # noqa: PLR2004 - with what is cancelled or paid late, a third of a year
        purpose=PURPOSES[int(dice * 500) % len(PURPOSES)],
        publish=dice * 31 % 1 < 0.5,  # noqa: PLR2004 - half of them
        method=method,
        status=status,
    )
