"""The door of S1 for machines: donation records and answers come in over HTTPS with a client certificate."""
