"""A stand-in for a donation portal (寄附受付システム): a web site, a download, an interface for the automatic link.

A program of its own that shares no code with the gate. All donors are made up.
"""
