"""The public register: what anybody may read of the permits of a municipality."""
