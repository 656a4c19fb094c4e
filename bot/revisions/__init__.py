"""The life of the knowledge base: what was published, what is served, what a change changes."""
