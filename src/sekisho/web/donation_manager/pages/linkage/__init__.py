"""Whether two donations are of one person: the questions that wait, one question, and how right linking is."""
