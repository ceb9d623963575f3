"""Linking donors as a process of its own, so that the door never waits for it and has its memory for itself."""
