"""The gate: crossings, why one was stopped, and sending a file through."""
