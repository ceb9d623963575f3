"""Stand-ins for computers that are not ours: own processes that share no code with sekisho."""
