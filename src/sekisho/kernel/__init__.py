"""What the council controls: permits, the chart, the corridor of a crossing, the ledger. Pure; enter by this name only."""

from sekisho.kernel.errors import Reason, ReasonCode, Refused, SekishoError, because, reason_from_data

__all__ = ["Reason", "ReasonCode", "Refused", "SekishoError", "because", "reason_from_data"]
