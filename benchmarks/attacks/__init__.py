"""The real server under hostile callbacks of every kind, while people go on writing to it."""
