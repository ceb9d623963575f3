"""S-600: what a donor does without an account: apply, see how far it is, correct."""
