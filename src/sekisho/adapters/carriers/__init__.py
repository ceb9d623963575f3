"""Carriers: to counterparts by HTTPS, SFTP, S3, folder or by hand, and inside the house; the sealing of it all."""

from sekisho.adapters.carriers.addresses import Counterpart, counterparts, keep_counterpart
from sekisho.adapters.carriers.away import AwayError, put_off, wait_after
from sekisho.adapters.carriers.choosing import carrier_to, check_counterpart
from sekisho.adapters.carriers.in_house import InHouseCarrier
from sekisho.adapters.carriers.linkage_platform import LinkagePlatform
from sekisho.adapters.carriers.sealing import AgeSealer, house_identity
from sekisho.adapters.carriers.shredding import KeyShredder

__all__ = [
    "AgeSealer",
    "AwayError",
    "Counterpart",
    "InHouseCarrier",
    "KeyShredder",
    "LinkagePlatform",
    "carrier_to",
    "check_counterpart",
    "counterparts",
    "house_identity",
    "keep_counterpart",
    "put_off",
    "wait_after",
]
