"""Engines for examining large files: over several processes of this machine, or over a Ray cluster. One answer.

A file is cut into blocks; each block is examined by a pure function, and the parts are merged in the file's order. So
an engine decides where the work is done, and never what comes out.
"""

from sekisho.adapters.engines.on_ray import over_ray
from sekisho.adapters.engines.processes import over_processes

__all__ = ["over_processes", "over_ray"]
