"""People and their accounts: what an administrator does, and one's own password."""
