"""The year of donations in the demonstration (consultations 59 and 60): from four portals to acknowledged notices.

Everything is a process of its own, as it would be: portals, the security cloud, S1 with a home of its own, the road to
other municipalities. What is told at the end is read back from each of them and compared to the yen.
"""
