"""S-350: the notices of a year, with their count-down."""
