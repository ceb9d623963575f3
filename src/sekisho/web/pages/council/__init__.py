"""The council: consultations with their map, and the permits that came of them."""
