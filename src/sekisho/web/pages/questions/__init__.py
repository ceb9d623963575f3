"""S-235: gathering questions and answers."""
