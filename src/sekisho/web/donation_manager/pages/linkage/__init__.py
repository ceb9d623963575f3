"""Whether two donations are of one person: the questions that wait, one question, and what linking was measured to be."""
