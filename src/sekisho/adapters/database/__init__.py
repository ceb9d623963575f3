"""State and ledger rows, by Django's ORM: SQLite by default, PostgreSQL by one setting."""
