"""A DingTalk app's robot: its messages by Stream or HTTP, and what is sent to its people."""
