"""What the frame of the donation manager shows: its name and its menu."""

from typing import Final

from sekisho.web.access import EVERYBODY, Role
from sekisho.web.donation_manager.words import OFFICERS
from sekisho.web.frame import Site
from sekisho.web.words import Words

EXEMPT_HERE: Final = {
    "donor_enter": "a donor comes by the code on the receipt and an answer; tries are counted on the case",
    "donor_case": "only the case that this session has opened; no name, address or number is shown",
}
"""The addresses of S1 alone that anybody may ask for, each with its reason."""
SITE: Final = Site(
    brand=Words("寄附データ一括管理 S1", "Donation manager S1"),
    menu=(
        (
            Words("寄附の仕事", "Donations"),
            (
                (Words("今日の寄附", "Donations today"), "list", "today", EVERYBODY),
                (Words("寄附を探す", "Find donations"), "look", "donations", OFFICERS),
                (Words("名寄せの確認", "The same donor?"), "person", "linkage", OFFICERS),
                (Words("証明書・お礼状", "Receipts and letters"), "paper", "papers", OFFICERS),
                (Words("ワンストップ特例", "One-stop exception"), "key", "one_stop", EVERYBODY),
                (Words("申告特例通知書", "One-stop notices"), "send", "one_stop_notices", OFFICERS),
                (Words("自動連携", "Automatic links"), "send", "links", EVERYBODY),
                (Words("寄附の統計", "In figures"), "list", "figures", EVERYBODY),
            ),
        ),
        (
            Words("管理", "Settings"),
            (
                (Words("保存と消去", "Keeping and erasing"), "erase", "keeping", EVERYBODY),
                (Words("通行証", "Permits"), "paper", "permits", EVERYBODY),
                (Words("職員と役割", "People and roles"), "person", "people", (Role.ADMINISTRATOR,)),
                (Words("認証の設定", "My sign-in"), "lock", "mfa_index", tuple(Role)),
                (Words("パスワードの変更", "My password"), "lock", "account_change_password", tuple(Role)),
            ),
        ),
    ),
)
