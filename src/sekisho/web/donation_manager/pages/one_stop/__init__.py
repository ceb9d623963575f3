"""S-350: one-stop applications keyed, verified, checked and accepted at the dedicated terminal."""
