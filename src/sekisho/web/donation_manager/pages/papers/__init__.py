"""Papers for donors: receipts, thank-you letters, invitations, one by one and in bulk."""
