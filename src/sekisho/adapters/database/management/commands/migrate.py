"""Making or updating the tables: what is new as a whole is made as a whole, everything else step by step."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from sekisho.adapters.database.first_tables import lay_first_tables


class Command(migrate.Command):
    """Django's own word, which finds the tables of a new installation laid already."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Lay the first tables if everything is wanted, then do what is left."""
        asked = ("app_label", "plan", "check_unapplied", "fake", "fake_initial", "prune")
        if not any(options[each] for each in asked):
            lay_first_tables(connections[options["database"]])
        super().handle(*args, **options)
