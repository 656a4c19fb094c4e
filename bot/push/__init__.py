"""What people are told without having just asked: notes, digests, reminders."""
