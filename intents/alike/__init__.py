"""Whether two texts of different senders or days are about the same."""
