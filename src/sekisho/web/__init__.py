"""The screens: server-rendered pages in Japanese first and English second, for the office and the council."""
