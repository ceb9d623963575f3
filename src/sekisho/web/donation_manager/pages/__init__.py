"""The pages of the donation manager, one folder a subject."""
