"""Questions that want a list, a count, a sum or a comparison: answered from typed facts."""
