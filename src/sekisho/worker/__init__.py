"""Examination, exit, fetching from the platform, and the sequencer: what happens after the bytes have landed."""
