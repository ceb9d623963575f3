"""Carriers: to the linkage platform, and to the desk inside the house; the sealing of what they carry."""

from sekisho.adapters.carriers.addresses import Counterpart, counterparts, keep_counterpart
from sekisho.adapters.carriers.in_house import InHouseCarrier
from sekisho.adapters.carriers.linkage_platform import LinkagePlatform
from sekisho.adapters.carriers.sealing import AgeSealer, house_identity
from sekisho.adapters.carriers.shredding import KeyShredder

__all__ = [
    "AgeSealer",
    "Counterpart",
    "InHouseCarrier",
    "KeyShredder",
    "LinkagePlatform",
    "counterparts",
    "house_identity",
    "keep_counterpart",
]
