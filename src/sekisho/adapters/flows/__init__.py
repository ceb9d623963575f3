"""Durable flows: a parcel's way after landing, resumed wherever a process was killed."""

from sekisho.adapters.flows.durable import Flows
from sekisho.adapters.flows.failpoints import failpoint

__all__ = ["Flows", "failpoint"]
