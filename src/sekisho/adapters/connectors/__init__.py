"""Connectors: how donations are fetched from a portal, by a robot at its web site or by its interface for programs."""

from sekisho.adapters.connectors.errands import Errand, PortalAwayError
from sekisho.adapters.connectors.links import LinkClient, LinkPage
from sekisho.adapters.connectors.robot import clear_dead_profiles, fetch_with_robot

__all__ = ["Errand", "LinkClient", "LinkPage", "PortalAwayError", "clear_dead_profiles", "fetch_with_robot"]
