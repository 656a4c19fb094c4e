"""A question tried, and any past answer looked into: what the user sees, and why."""
