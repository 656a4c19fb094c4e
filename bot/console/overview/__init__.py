"""How things stand, at a glance: each number leads to its list."""
