"""The council at work: drafting, dossier, questions, meetings, decision, conditions, the members' own desk."""
