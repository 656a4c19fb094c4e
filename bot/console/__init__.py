"""The console: where staff and admins work, in a browser."""
