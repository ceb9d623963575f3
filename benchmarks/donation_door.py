"""S1's door alone: how many donations a second are checked, sealed and written down; claim: at least 4,000.

Each parcel holds 10,000 donations of as many made-up donors; all go into one home folder of the bench's own. It is
claimed by both clocks: the wall's, which a busy machine slows down, and the process's own.

Run: python3 dev.py bench donation_door. BENCH_PARCELS says how many parcels; the best one counts.
"""

import atexit
import hashlib
import os
import resource
import shutil
import sys
import tempfile
import time
from datetime import UTC, datetime

from benchmarks._claims import tell_claims

PARCELS = int(os.environ.get("BENCH_PARCELS", "4"))
IN_A_PARCEL = 10_000
CLAIM = 4_000
FAMILY = "佐藤鈴木高橋田中伊藤渡辺山本中村小林加藤吉田山田佐々木山口松本井上木村林斎藤清水"
GIVEN = "太郎花子一郎美咲健太陽子大輔由美翔太彩香直樹真由美"


def row(number: int) -> dict[str, str]:
    """One donation of a donor of its own; everybody is made up."""
    family, given = FAMILY[number % len(FAMILY)], GIVEN[number * 7 % len(GIVEN)]
    return {
        "portal": "choice",
        "order_number": f"N-{number:08}",
        "ordered_at": "2026-05-01 10:23",
        "paid_on": f"2026-05-{1 + number % 28:02}",
        "amount": str(5_000 + 1_000 * (number % 50)),
        "name": f"{family}田　{given}{number % 97}",
        "kana": "ミホン　タカコ",
        "postcode": f"850{number % 10_000:04}",
        "prefecture": "長崎県",
        "city": "長崎市",
        "street": f"桜町{number % 300 + 1}番{number % 40 + 1}号",
        "telephone": f"090-{number // 10_000:04}-{number % 10_000:04}",
        "mail": f"donor{number}@example.invalid",
        "one_stop": "希望する",
        "status": "入金済",
        "gift_code": "G-01",
        "gift_name": "びわゼリー",
        "quantity": "1",
        "payment_method": "カード",
    }


def open_site() -> None:
    """A site with one area, in a home folder of its own."""
    home = tempfile.mkdtemp(prefix="donation-door-")
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    os.environ["SEKISHO_HOME"] = home
    os.environ["DJANGO_SETTINGS_MODULE"] = "sekisho.web.donation_manager.settings"
    from sekisho.bootstrap import open_house, prepare_database

    open_house("sekisho.web.donation_manager.settings")
    prepare_database()
    from sekisho.adapters.database.municipalities import enter_tenant
    from sekisho.adapters.database.turns import writing

    with writing():
        enter_tenant("422011", ("長崎市", "Nagasaki City"), datetime.now(UTC))


def parcel(number: int) -> bytes:
    """The bytes of one parcel."""
    from sekisho.adapters.layouts import shipped_layouts
    from sekisho.records import write

    first = number * IN_A_PARCEL
    return b"".join(write(shipped_layouts().find("donation.record"), map(row, range(first, first + IN_A_PARCEL))))


def bring(number: int, body: bytes) -> tuple[float, float]:
    """Bring one parcel; answers the seconds by the wall's clock and by the process's own."""
    from sekisho.adapters.donations.deliveries import Delivery
    from sekisho.adapters.donations.intake import take_in

    digest = hashlib.sha256(body).hexdigest()
    said = Delivery(
        area="422011", parcel=f"b{number}", door="intake", sha256=digest, sender="gate", at=datetime.now(UTC)
    )
    wall, own = time.perf_counter(), time.process_time()
    taken = take_in(said, body)
    if taken.new != IN_A_PARCEL:
        message = "a parcel was not taken whole"
        raise SystemExit(message)
    return time.perf_counter() - wall, time.process_time() - own


def main() -> int:
    """Bring some parcels and say how fast they were taken, and whether that is what we claim."""
    open_site()
    times = [bring(number, parcel(number)) for number in range(PARCELS)]
    wall, own = (min(each) for each in zip(*times, strict=True))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    load = os.getloadavg()[0]
    print(f"donations a second, best of {PARCELS} parcels of {IN_A_PARCEL}: {IN_A_PARCEL / wall:,.0f} (wall)")
    print(f"a second of its own time: {IN_A_PARCEL / own:,.0f}; peak {peak:.0f} MiB; load {load:.1f}")
    ratios = (IN_A_PARCEL / wall / CLAIM, IN_A_PARCEL / own / CLAIM)
    print(f"ratio to the claim of {CLAIM:,}: {ratios[0]:.2f} (wall), {ratios[1]:.2f} (own)")
    claims = {
        f"{CLAIM:,} donations a second or more (wall)": ratios[0] >= 1,
        f"{CLAIM:,} donations a second or more of its own time": ratios[1] >= 1,
    }
    return tell_claims(claims)


if __name__ == "__main__":
    sys.exit(main())
