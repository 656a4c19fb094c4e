"""The real server, killed again and again while people on every platform write to it."""
