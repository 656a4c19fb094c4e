"""What the bureau's staff are pushed."""
