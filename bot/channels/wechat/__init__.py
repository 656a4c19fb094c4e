"""公众号 (WeChat Official Account): its callback, and what it may send within its window."""
