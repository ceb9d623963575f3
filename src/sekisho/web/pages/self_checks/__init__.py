"""S-225 年次点検の自己点検: the calendar, one round with what the gate knows, the report of the year."""
