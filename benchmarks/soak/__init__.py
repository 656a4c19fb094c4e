"""The real server for an hour under steady load, while notices are published and lists exported."""
