"""A stand-in for a printing contractor (印字・封入封緘の業者): takes what a city delivers, and signs for it.

A process of its own, speaking HTTPS with client certificates. It shares no code with the gate, and cannot open what
comes sealed: for that the city's command asks the city's gate. Whatever it was given it keeps, as contractors do.
"""
