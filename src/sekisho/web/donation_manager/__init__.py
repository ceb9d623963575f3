"""S1, the donation manager: a site of its own, with its own process, database, keys, ledger and accounts."""
