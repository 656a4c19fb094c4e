"""Talks that people have with enterprises, held from the console."""
