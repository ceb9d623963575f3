"""無害化: what runs inside the sandbox. Opens one document, reads its text, and builds it anew without what could run.

Nothing here is imported by the rest of the product; it is started as `python -m sekisho.adapters.rebuilding` in a room
of its own, gets one document as its input, and hands back facts and the rebuilt bytes.
"""
