"""Language, sign-in and the reports of the strict policy."""
