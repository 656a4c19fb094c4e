"""Drafts of revisions in the console: edited, checked, published; and what was published before."""
