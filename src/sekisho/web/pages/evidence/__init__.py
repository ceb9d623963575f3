"""Evidence: searching the ledger and verifying what it proves."""
