"""What must reach somebody later: outbox worker and one thin client a platform."""
