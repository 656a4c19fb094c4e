"""What a message means and what to answer: pure functions of (conversation, message, kb, now)."""
