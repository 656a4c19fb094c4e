"""The platforms' own APIs, as far as we call them: one client each, and what their answers mean."""
