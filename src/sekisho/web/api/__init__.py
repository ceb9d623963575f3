"""Everything of the council that the screens show and do, for programs: one address an act, refusals as JSON."""
