"""What the assistant sends unasked: what failed, what was sent, who gets what."""
