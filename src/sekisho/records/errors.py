"""The one kind of fault that leaves the records room."""


class RecordsError(Exception):
    """A layout, a value or a file cannot be understood; the text says what, where and what to do, and holds no data."""
