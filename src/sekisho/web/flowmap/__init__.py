"""The picture put to the council (概要図), drawn from the chart: zones in columns, arrows along the axes."""

from sekisho.web.flowmap.drawing import draw, routes
from sekisho.web.flowmap.placing import place

__all__ = ["draw", "place", "routes"]
