"""Reminders of deadlines, as enterprises ask for them, look at them and call them off."""
