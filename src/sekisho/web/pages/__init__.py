"""The pages, one folder for each part of the office."""
