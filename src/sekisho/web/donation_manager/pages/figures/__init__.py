"""Donations in figures: by portal, on a map of prefectures, by month."""
