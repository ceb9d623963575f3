"""What waits in this municipality's area."""
