"""Changes of the donation manager's tables, in order."""
