"""Made-up donors: each has a number, and the same number is the same person at every portal of one seed."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

FAMILIES = (
    ("佐藤", "サトウ"),
    ("鈴木", "スズキ"),
    ("髙橋", "タカハシ"),
    ("田中", "タナカ"),
    ("渡邊", "ワタナベ"),
    ("伊藤", "イトウ"),
    ("山﨑", "ヤマサキ"),
    ("𠮷田", "ヨシダ"),
    ("德永", "トクナガ"),
    ("濵口", "ハマグチ"),
    ("中村", "ナカムラ"),
    ("小林", "コバヤシ"),
    ("齋藤", "サイトウ"),
    ("廣瀬", "ヒロセ"),
    ("桑原", "クワハラ"),
    ("藤井", "フジイ"),
)
GIVEN = (
    ("遥", "ハルカ", "女"),
    ("翔太", "ショウタ", "男"),
    ("美咲", "ミサキ", "女"),
    ("健一", "ケンイチ", "男"),
    ("さくら", "サクラ", "女"),
    ("大輔", "ダイスケ", "男"),
    ("陽子", "ヨウコ", "女"),
    ("誠", "マコト", "男"),
    ("由美", "ユミ", "女"),
    ("隆", "タカシ", "男"),
    ("智子", "トモコ", "女"),
    ("直樹", "ナオキ", "男"),
)
PLACES = (
    ("北海道", "札幌市中央区"),
    ("宮城県", "仙台市青葉区"),
    ("東京都", "世田谷区"),
    ("東京都", "港区"),
    ("神奈川県", "横浜市港北区"),
    ("埼玉県", "川口市"),
    ("千葉県", "船橋市"),
    ("愛知県", "名古屋市千種区"),
    ("京都府", "京都市左京区"),
    ("大阪府", "大阪市北区"),
    ("兵庫県", "神戸市中央区"),
    ("広島県", "広島市中区"),
    ("福岡県", "福岡市博多区"),
    ("熊本県", "熊本市中央区"),
    ("沖縄県", "那覇市"),
)
TOWNS = ("本町", "中央", "緑町", "栄町", "若葉台", "新町", "旭町", "寿町", "泉町", "桜木町")
_OLDEST = date(1940, 1, 1)
_BIRTHS = 23_000


@dataclass(frozen=True, slots=True)
class Donor:
    """Somebody who does not exist."""

    family: str
    given: str
    family_kana: str
    given_kana: str
    sex: str
    birth: date
    postcode: str
    prefecture: str
    city: str
    street: str
    building: str
    telephone: tuple[str, str, str]
    mail: str


def make_donors(seed: int, count: int, places: tuple[tuple[str, str], ...] = PLACES) -> list[Donor]:
    """So many donors, always the same for one seed."""
    chance = Random(f"donors/{seed}")  # noqa: S311 - made-up people, not secrets
    return [_make_donor(chance, number, places) for number in range(count)]


def _make_donor(chance: Random, number: int, places: tuple[tuple[str, str], ...]) -> Donor:
    """One of them."""
    family, family_kana = chance.choice(FAMILIES)
    given, given_kana, sex = chance.choice(GIVEN)
    prefecture, city = chance.choice(places)
    home = int(chance.random() * 1_000_000)
    return Donor(
        family=family,
        given=given,
        family_kana=family_kana,
        given_kana=given_kana,
        sex=sex,
        birth=_OLDEST + timedelta(days=int(chance.random() * _BIRTHS)),
        postcode=f"{100 + home % 900:03d}{number % 10_000:04d}",
        prefecture=prefecture,
        city=city,
        street=f"{TOWNS[home % 10]}{1 + home % 7}丁目{1 + home // 7 % 28}番{1 + home // 196 % 20}号",
        building=f"コーポ若葉{101 + home % 800}" if home % 3 == 0 else "",
        telephone=("090", f"{home % 10_000:04d}", f"{number % 10_000:04d}"),
        mail=f"donor{number}@example.jp",
    )
