"""How long donations are kept, what is due, and the certificates of what is gone."""
