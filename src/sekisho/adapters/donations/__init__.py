"""The tables of the donation manager S1: many municipalities in areas of their own, personal columns sealed."""
