"""Everything that does IO on every system, around the core."""
