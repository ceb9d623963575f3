"""The landing store: bytes are hashed and encrypted while they arrive; plain bytes never touch a disk."""

from sekisho.adapters.objects.landing import Sink, open_chunks, remove_bytes, sealed_path
from sekisho.adapters.objects.stream import CHUNK, Opener, Sealer, StreamFault

__all__ = ["CHUNK", "Opener", "Sealer", "Sink", "StreamFault", "open_chunks", "remove_bytes", "sealed_path"]
