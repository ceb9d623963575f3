"""Durable flows: a parcel's way after landing, resumed wherever a process was killed."""

from sekisho.adapters.flows.durable import Flows

__all__ = ["Flows"]
