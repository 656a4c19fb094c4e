"""Questions that no notice answers: answered once for all who asked, kept for all who will."""
