"""S-240: the decision letter, its conditions, and the way to the permits."""
