"""One module a word."""
