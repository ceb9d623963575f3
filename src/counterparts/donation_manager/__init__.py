"""A stand-in for another maker's donation manager (S1): uploads, receipts record by record, an area a municipality.

A process of its own, speaking HTTPS with client certificates. It shares no code with the gate. A switch makes it mix up
two municipalities, as such a system must never do, and as somebody has to notice when it does.
"""
