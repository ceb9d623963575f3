"""A stand-in for the Legal Affairs Bureau's linkage platform (情報連携基盤): file download and file upload.

A process of its own, speaking HTTPS with client certificates. It shares no code with the gate.
"""
