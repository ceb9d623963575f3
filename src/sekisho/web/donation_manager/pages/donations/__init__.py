"""Donations and donors: looking for them, one donation, one donor, what was answered."""
