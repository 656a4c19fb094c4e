"""Talks that people have taken over from the assistant."""
