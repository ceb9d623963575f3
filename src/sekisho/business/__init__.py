"""Lines of business: each knows the kernel and the records, and none knows another."""
