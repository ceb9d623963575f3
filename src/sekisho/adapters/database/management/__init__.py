"""Words of Django's own that this database says in its own way."""
