"""Stand-ins with memory for the ports of the corridor."""
