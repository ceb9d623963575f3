"""The second opinion on every crossing, in Cedar: compiled from the specification, checked before it is issued."""

from sekisho.adapters.decisions.asking import Today, connection_data, today_of
from sekisho.adapters.decisions.compiling import Origin, compile_policy
from sekisho.adapters.decisions.opinion import CedarOpinion, guards_of, shipped_text, whole_text
from sekisho.adapters.decisions.rehearsal import first_opinion
from sekisho.adapters.decisions.validation import Known, Validated, validate_permit

__all__ = [
    "CedarOpinion",
    "Known",
    "Origin",
    "Today",
    "Validated",
    "compile_policy",
    "connection_data",
    "first_opinion",
    "guards_of",
    "shipped_text",
    "today_of",
    "validate_permit",
    "whole_text",
]
