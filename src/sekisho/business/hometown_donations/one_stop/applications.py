"""The one-stop application (申告特例申請書, 第55号の5様式): one a donation, and whom it is from."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class ApplicationRoute(StrEnum):
    """How an application came. Stored values are never renamed."""

    KEYED = "keyed"
    SCANNED = "scanned"
    ONLINE = "online"


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """Who applies, as it stands on the form. Nothing of it is ever shown by printing the fact."""

    name: str = field(repr=False)
    kana: str = field(repr=False)
    address: str = field(repr=False)
    birth: date = field(repr=False)
    individual_number: str = field(repr=False)
    sex: str = field(default="", repr=False)
    telephone: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliedDonation:
    """The donation that an application is about, as the donation manager has it."""

    donation: str
    donated_on: date
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OneStopApplication:
    """One application that could be read whole: its number (整理番号), its year, its donation and its applicant."""

    application: str
    donation_year: int
    applied_on: date
    received_on: date
    donation: AppliedDonation
    applicant: Applicant
