"""Simulated enterprises: seeded dialogues in users' words, and the share that ends rightly."""
