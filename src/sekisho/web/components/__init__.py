"""The parts that several screens share: icons, chips, dates, the menu, the custody timeline, checks."""
